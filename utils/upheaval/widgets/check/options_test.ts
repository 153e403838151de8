import assert from "node:assert/strict";
import type { CheckSpec } from "../core/protocol.ts";
import { isId, vanished, withIds } from "./options.ts";

const LEGACY = [{ id: "b" }, { id: "gone", text: "What was said" }, { id: "a" }];
const SPEC: CheckSpec = {
  kind: "check",
  type: "choice",
  storageKey: "99.x",
  answerKey: "",
  question: "?",
  hints: [],
};
const OPTIONS = { ...SPEC, options: [{ id: "a", text: "A" }, { id: "b", text: "B" }] };

Deno.test("a position becomes the id that stood there, and an id stays", () => {
  const read = [0, 1, 2, "a", null, [2, null, 0], ["a", null]].map((one) => withIds(LEGACY, one));
  assert.deepEqual(read, ["b", "gone", "a", "a", null, ["a", null, "b"], ["a", null]]);
});

Deno.test("a position that there never was is no answer", () => {
  assert.deepEqual([3, -1, 1.5, [9]].map((one) => withIds(LEGACY, one)), [null, null, 1.5, [null]]);
});

Deno.test("where nothing is frozen an answer stays as it is", () => {
  assert.deepEqual([3, "3", [1]].map((one) => withIds(undefined, one)), [3, "3", [1]]);
});

Deno.test("what is no longer among the options is told in its words, or by its id", () => {
  const told = (answer: unknown) => vanished({ ...OPTIONS, legacy: LEGACY }, answer);
  assert.deepEqual(told("gone"), ["What was said"]);
  assert.deepEqual(told(["a", "gone", null, "gone", "later"]), ["What was said", "later"]);
  for (const one of ["a", null, undefined, 3, {}, []]) assert.deepEqual(told(one), []);
  assert.deepEqual(vanished(SPEC, "12"), [], "a number has no options");
});

Deno.test("an id is a name that something is said about", () => {
  assert.ok(isId("a", { a: "why" }));
  for (const one of ["b", "toString", 0, null, ["a"]]) assert.ok(!isId(one, { a: "why" }));
});
