import assert from "node:assert/strict";
import { neverThrows } from "../odd_answers.ts";
import { mark, type SelectAllKey } from "./rules.ts";

const SELECT_ALL: SelectAllKey = {
  type: "select_all",
  done: "done",
  not_yet: "not yet",
  missed: "something is missing",
  options: [
    { id: "a", text: "A", why: "a fits", right: true },
    { id: "b", text: "B", why: "b does not", right: false },
    { id: "c", text: "C", why: "c fits", right: true },
  ],
};

Deno.test("exactly the right ones are right, in any order", () => {
  const all = [{ ok: true, text: "“A”: a fits" }, { ok: true, text: "“C”: c fits" }];
  for (const answer of [["a", "c"], ["c", "a", "c"]]) {
    assert.deepEqual(mark(SELECT_ALL, answer), { right: true, text: "done", rules: all });
  }
});

Deno.test("a wrong one says why, and a missing one is not named", () => {
  const said = (...answer: string[]) => mark(SELECT_ALL, answer).rules.map(({ text }) => text);
  assert.deepEqual(said("a", "b", "c"), ["“A”: a fits", "“B”: b does not", "“C”: c fits"]);
  assert.deepEqual(said("a"), ["“A”: a fits", "something is missing"]);
  assert.deepEqual(said("b"), ["“B”: b does not", "something is missing"]);
  for (const answer of [["a", "b", "c"], ["a"], ["b"]]) {
    const { right, text } = mark(SELECT_ALL, answer);
    assert.deepEqual([right, text], [false, "not yet"]);
  }
});

Deno.test("nothing ticked is no answer, and what is no option counts for nothing", () => {
  for (const answer of [[], ["d"], "a", null]) {
    const none = { right: null, text: "Tick at least one first.", rules: [] };
    assert.deepEqual(mark(SELECT_ALL, answer), none);
  }
  assert.equal(mark(SELECT_ALL, ["a", "c", "d", null]).right, true);
});

Deno.test("no answer makes it throw", () => neverThrows(mark, SELECT_ALL));
