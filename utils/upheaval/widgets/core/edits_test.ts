import assert from "node:assert/strict";
import { edited, editsOf, joined } from "./edits.ts";

// More cases, which Python runs too, stand in `tests/cases/edits.json`.

Deno.test("only what was changed in a form is put into what is kept", () => {
  const edits = editsOf({ a: "", b: "old" }, { a: "mine", b: "old" });
  assert.deepEqual(edits, [{ at: ["a"], to: "mine" }]);
  assert.deepEqual(edited({ a: "", b: "theirs" }, edits), { a: "mine", b: "theirs" });
});

Deno.test("of a list what went out and what came in is known, whatever else stands there", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => ({ id }));
  const edits = editsOf([a, b], [b, c]);
  assert.deepEqual(edits, [{ at: [], take: [a], add: [c] }]);
  assert.deepEqual(edited([{ id: "d" }, a], edits), [{ id: "d" }, c]);
});

Deno.test("an edit that is made again takes the place of the first", () => {
  const [first, second] = ["x", "xy"].map((to) => ({ at: ["a"], to }));
  const gone = { at: ["b"] };
  assert.deepEqual(joined([first, gone], [second]), [gone, second]);
});
