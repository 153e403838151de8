import assert from "node:assert/strict";
import { neverThrows } from "../odd_answers.ts";
import { type ChoiceKey, mark } from "./rules.ts";

const CHOICE: ChoiceKey = { type: "choice", right: ["b"], why: { a: "no", b: "yes" } };

Deno.test("a choice is marked with its own reason", () => {
  assert.deepEqual(mark(CHOICE, "a"), { right: false, text: "no", rules: [] });
  assert.deepEqual(mark(CHOICE, "b"), { right: true, text: "yes", rules: [] });
  for (const none of ["c", "toString", 1]) assert.equal(mark(CHOICE, none).right, null);
});

Deno.test("no answer makes it throw", () => neverThrows(mark, CHOICE));
