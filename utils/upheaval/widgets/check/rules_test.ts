import assert from "node:assert/strict";
import { attempted, kindOf, marked } from "./rules.ts";

Deno.test("an answer is marked by the kind that its key names", () => {
  const key = { type: "choice", right: ["b"], why: { a: "no", b: "yes" } };
  assert.deepEqual(marked(key, "b"), { right: true, text: "yes", rules: [] });
  assert.throws(() => kindOf("toString"), /no kind of check/);
});

Deno.test("tries are counted on, whatever was kept before", () => {
  const tries = (before: unknown) => attempted(before, 1, true).tries;
  assert.deepEqual([null, undefined, "x", 3, [], { tries: "2" }, { tries: 2 }].map(tries), [
    1,
    1,
    1,
    1,
    1,
    1,
    3,
  ]);
});

Deno.test("how sure a reader was counts with the first answer, and stays", () => {
  const beside = { day: "2026-01-02", sure: "sure" };
  const first = attempted(undefined, "a", false, beside);
  assert.deepEqual(first, {
    answer: "a",
    right: false,
    tries: 1,
    day: "2026-01-02",
    sure: { said: "sure", right: false },
  });
  const again = attempted(first, "b", true, { day: "2026-01-05", sure: "guessing" });
  assert.deepEqual([again.sure, again.tries, again.day], [first.sure, 2, "2026-01-05"]);
  const late = attempted({ answer: "a", right: false, tries: 1 }, "b", true, beside);
  assert.equal(late.sure, undefined, "a verdict had told what is right");
});
