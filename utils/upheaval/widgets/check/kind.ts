import type { AnswerKey, CheckSpec, Verdict } from "../core/protocol.ts";

// What a kind of check has to bring. Its folder's `index.ts` exports both, and `kinds.ts` names the
// folder.

/** What a reader answers with. */
export interface Input {
  node: HTMLElement;
  /** The answer as it stands there now, in the form in which it is kept. */
  answer(): unknown;
  /** Puts an answer there, whatever was kept: what is none leaves nothing chosen. */
  fill(answer: unknown): void;
}

/** A kind of check, with its own spec and its own answer key. */
export interface Kind<Spec extends CheckSpec = never, Key extends AnswerKey = never> {
  input(spec: Spec): Input;
  /** The verdict on an answer, whatever it is: this never throws. */
  mark(key: Key, answer: unknown): Verdict;
}
