import type { AnswerKey, Verdict } from "../../core/protocol.ts";
import { isIndex } from "../kind.ts";

// One of several options, each with its own reason.

export interface ChoiceKey extends AnswerKey {
  right: number[];
  why: string[];
}

/** Right or wrong, with the reason of the option that was chosen. */
export function mark(key: ChoiceKey, answer: unknown): Verdict {
  if (!isIndex(answer, key.why.length)) {
    return { right: null, text: "Choose an answer first.", rules: [] };
  }
  return { right: key.right.includes(answer), text: key.why[answer], rules: [] };
}
