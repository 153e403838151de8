import assert from "node:assert/strict";
import { readNumber } from "./numbers.ts";

Deno.test("numbers are read in the ways people write them", () => {
  const cases: [string, [number, number] | null][] = [
    ["3,000", [3000, 3000]],
    ["3.000", [3000, 3000]],
    ["3\u202f000", [3000, 3000]],
    ["1,5", [1.5, 1.5]],
    ["about 3000 soldiers", [3000, 3000]],
    ["10 to 12 thousand", [10_000, 12_000]],
    ["12k–10k", [10_000, 12_000]],
    ["1.2 mn", [1_200_000, 1_200_000]],
    ["2bn", [2e9, 2e9]],
    ["−5", [-5, -5]],
    ["3m", [3_000_000, 3_000_000]],
    ["10km", [10, 10]],
    ["٣٠٠٠", [3000, 3000]],
    ["１２", [12, 12]],
    ["½", null],
    ["three thousand", null],
    ["1 2 3", null],
    ["", null],
  ];
  for (const [text, expected] of cases) assert.deepEqual(readNumber(text), expected, text);
});

Deno.test("what is no text at all is no number, unless it is one", () => {
  for (const one of [null, undefined, true, {}, [], "NaN", "Infinity"]) {
    assert.equal(readNumber(one), null, String(one));
  }
  assert.deepEqual(readNumber(7), [7, 7]);
});
