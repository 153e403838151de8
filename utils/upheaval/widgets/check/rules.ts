import type { AnswerKey, Attempt, Verdict } from "../core/protocol.ts";
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

/** What to keep of one more answer, after what was kept before. */
export function attempted(before: unknown, answer: unknown, right: boolean): Attempt {
  const tries = (before as Partial<Attempt> | null | undefined)?.tries;
  return { answer, right, tries: (Number.isInteger(tries) ? tries as number : 0) + 1 };
}
