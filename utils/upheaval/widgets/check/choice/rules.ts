import type { AnswerKey, Verdict } from "../../core/protocol.ts";
import { isId } from "../options.ts";

// One of several options, each with its own reason.

export interface ChoiceKey extends AnswerKey {
  right: string[];
  /** The reason of every option, by its id. */
  why: Record<string, string>;
}

/** Right or wrong, with the reason of the option that was chosen. */
export function mark(key: ChoiceKey, answer: unknown): Verdict {
  if (!isId(answer, key.why)) return { right: null, text: "Choose an answer first.", rules: [] };
  return { right: key.right.includes(answer), text: key.why[answer], rules: [] };
}
