import assert from "node:assert/strict";
import { numbersIn, read } from "./columns.ts";

// Numbers as `columns.py` writes them; that both sides agree is held by tests/widgets/test_pack.py.

Deno.test("numbers stand in bytes, with how many bytes these are before them", () => {
  const bytes = new Uint8Array([4, 5, 0xff, 0xff, 3, 9]);
  assert.deepEqual(numbersIn(bytes), { numbers: [5, 65535], end: 5 });
  assert.deepEqual(numbersIn(new Uint8Array([5, 0x80, 0x80, 0x80, 0x80, 0x20])).numbers, [2 ** 33]);
  assert.throws(() => numbersIn(new Uint8Array([2, 0x80, 0x80])), RangeError);
});

Deno.test("equal parts are one object", () => {
  // A list, of two equal records of one key each, whose value is an empty list.
  const numbers = [0, 1 << 3, 0, 2, 1, 1 << 4, 1, 1, 0, 0, 1 << 3, 0, 0];
  const made = read(numbers, ["rows"]) as unknown[];
  assert.deepEqual(made, [{ rows: [] }, { rows: [] }]);
  assert.equal(made[0], made[1]);
});

Deno.test("numbers that are too few or too many are no value", () => {
  assert.equal(read([0, 1, 0], ["text"]), "text");
  assert.throws(() => read([0, 1], ["text"]), RangeError);
  assert.throws(() => read([0, 1, 0, 0], ["text"]), RangeError);
  assert.throws(() => read([0, 1, 0], ["text", "more"]), RangeError);
});
