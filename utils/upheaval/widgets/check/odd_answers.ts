import assert from "node:assert/strict";
import type { Verdict } from "../core/protocol.ts";

// For the tests of every kind: what a file that somebody edited may hold in the place of an answer.

/** Everything that no input gives, and more. */
export const ODD: unknown[] = [
  null,
  undefined,
  true,
  "",
  " ",
  "NaN",
  -1,
  99,
  1.5,
  [],
  [99],
  [[0]],
  ["0"],
  {},
  "9".repeat(400),
  "\ud83d",
  "<b>1</b>",
];

/** Asserts that `mark` gives a verdict with words for whatever was kept. */
export function neverThrows<Key>(mark: (key: Key, answer: unknown) => Verdict, key: Key): void {
  for (const answer of ODD) {
    const { right, text, rules } = mark(key, answer);
    assert.ok([true, false, null].includes(right) && text && Array.isArray(rules));
  }
}
