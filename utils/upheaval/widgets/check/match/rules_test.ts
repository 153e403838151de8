import assert from "node:assert/strict";
import { neverThrows } from "../odd_answers.ts";
import { mark, type MatchKey } from "./rules.ts";

const MATCH: MatchKey = {
  type: "match",
  done: "done",
  not_yet: "not yet",
  items: [
    { label: "a", right: ["0"], why: { "0": "a is 0", "1": "a is not 1" } },
    { label: "b", right: ["0", "1"], why: { "0": "b may be 0", "1": "b may be 1" } },
  ],
};

Deno.test("what is not matched yet is said by its label", () => {
  assert.deepEqual(mark(MATCH, ["1"]).rules, [
    { ok: false, text: "a: a is not 1" },
    { ok: false, text: "b: not chosen yet." },
  ]);
  assert.equal(mark(MATCH, ["0", "1"]).right, true);
});

Deno.test("no answer makes it throw", () => neverThrows(mark, MATCH));
