import assert from "node:assert/strict";
import { neverThrows } from "../odd_answers.ts";
import { type ChoiceKey, mark } from "./rules.ts";

const CHOICE: ChoiceKey = { type: "choice", right: [1], why: ["no", "yes"] };

Deno.test("a choice is marked with its own reason", () => {
  assert.deepEqual(mark(CHOICE, 0), { right: false, text: "no", rules: [] });
  assert.deepEqual(mark(CHOICE, 1), { right: true, text: "yes", rules: [] });
  assert.equal(mark(CHOICE, "1").right, null);
});

Deno.test("no answer makes it throw", () => neverThrows(mark, CHOICE));
