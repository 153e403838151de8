import assert from "node:assert/strict";
import { neverThrows } from "../odd_answers.ts";
import { mark, type SelectionKey } from "./rules.ts";

const STEPS: SelectionKey = {
  type: "selection",
  done: "done",
  not_yet: "not yet",
  options: ["a", "b", "c"],
  columns: { day: { a: "1", b: "2", c: "3" }, who: { a: ["x", "y"], b: [], c: ["z"] } },
  rules: [
    { kind: "count", good: "two", why: "not two", column: "", value: 2 },
    { kind: "ordered", good: "in order", why: "out of order", column: "day", value: null },
    { kind: "lte", good: "early", why: "late", column: "day", value: "2" },
    { kind: "distinct", good: "several", why: "few", column: "who", value: 2 },
    { kind: "includes", good: "x is there", why: "no x", column: "who", value: ["x"] },
  ],
};

Deno.test("every rule of a selection has its own verdict", () => {
  const verdict = mark(STEPS, ["a", "b"]);
  assert.equal(verdict.right, true);
  assert.equal(verdict.text, "done");
  const other = mark(STEPS, ["c", "b", null]);
  assert.deepEqual(other.rules.map(({ ok }) => ok), [true, false, false, false, false]);
  assert.equal(other.text, "not yet");
  assert.deepEqual(mark(STEPS, [null, null]), { right: null, text: "Choose first.", rules: [] });
});

Deno.test("no answer makes it throw", () => neverThrows(mark, STEPS));
