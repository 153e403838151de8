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
