import type { AnswerKey, Attempt, Verdict } from "../core/protocol.ts";
import { surenessIn, wasAnswered } from "../core/sure_rules.ts";
import type { Kind } from "./kind.ts";
import * as kinds from "./kinds.ts";

// How an answer is marked, and what is kept of it; each kind marks its own in its `rules.ts`.

const KINDS: Record<string, Kind> = kinds;

/** The kind with that name. Throws where there is none. */
export function kindOf(type: string): Kind {
  if (!Object.hasOwn(KINDS, type)) throw new Error(`there is no kind of check called ${type}`);
  return KINDS[type];
}

/** The verdict on an answer, whatever it is. */
export function marked(key: AnswerKey, answer: unknown): Verdict {
  return kindOf(key.type).mark(key as never, answer); // the kind wrote the key
}

/** What goes with an answer: the day, and how sure the reader said to be (a word, or nothing). */
export interface Beside {
  day?: string;
  sure?: string;
}

/**
 * What to keep of one more answer, after what was kept before. How sure a reader was counts with
 * the first one only: behind it stands what is right.
 */
export function attempted(
  before: unknown,
  answer: unknown,
  right: boolean,
  { day, sure }: Beside = {},
): Attempt {
  const again = wasAnswered(before);
  const first = surenessIn(before);
  const made: Attempt = { answer, right, tries: again ? (before as Attempt).tries + 1 : 1 };
  if (day) made.day = day;
  if (again && first) made.sure = first;
  if (!again && sure) made.sure = { said: sure, right };
  return made;
}
