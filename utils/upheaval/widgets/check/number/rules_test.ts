import assert from "node:assert/strict";
import { neverThrows } from "../odd_answers.ts";
import { mark, type NumberKey } from "./rules.ts";

const NUMBER: NumberKey = {
  type: "number",
  low: [9, 11],
  high: [11, 13],
  why: "in",
  below: "low",
  above: "high",
  unread: "unread",
  mistakes: [{ low: 900, high: 1300, why: "hundreds" }],
};

Deno.test("a range is right within both its ends, and a mistake wins over too low and high", () => {
  const said = (answer: unknown) => mark(NUMBER, answer).text;
  assert.deepEqual(["9 to 13", "11", "8", "14", "1000", "9–14", "x"].map(said), [
    "in",
    "in",
    "low",
    "high",
    "hundreds",
    "Your lower end fits, your upper end is too high. high",
    "unread",
  ]);
  assert.equal(mark(NUMBER, "11").right, true);
});

Deno.test("no answer makes it throw", () => neverThrows(mark, NUMBER));
