import assert from "node:assert/strict";
import { alpha, counts, pairsAlike, type Unit } from "./agreement.ts";
import cases from "../../../../tests/cases/alpha.json" with { type: "json" };

const near = (one: number | null, other: number | null) =>
  one === other || Math.abs((one ?? NaN) - (other ?? NaN)) < 1e-9;

/** Coders as rows of letters, a dot where one gave no code; the units are the columns. */
const unitsOf = (coders: string[]): Unit[] =>
  [...coders[0]].map((_, at) => coders.map((row) => row[at]).filter((code) => code !== "."));

// Worked by hand in Krippendorff's paper of 2011, parts A, B and C.
const PUBLISHED: [coders: string[], alpha: number][] = [
  [["0100000010", "1110010000"], 0.095],
  [["aabbdcccedda", "babbbccceddd"], 0.692],
  [["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743],
];

Deno.test("published examples give the published alpha", () => {
  for (const [coders, published] of PUBLISHED) {
    assert.equal(Number(alpha(unitsOf(coders))?.toFixed(3)), published, coders.join(" / "));
  }
});

Deno.test("cases drawn by lot give what the package krippendorff gives", () => {
  assert.ok(cases.cases.length > 20);
  for (const { units, alpha: expected } of cases.cases) {
    assert.ok(near(alpha(units), expected), JSON.stringify(units));
  }
});

Deno.test("of pairs of codes those that are equal are counted", () => {
  assert.equal(pairsAlike([["a", "a", "b"], ["a"], []]), 1 / 3);
  assert.equal(pairsAlike([["a"], []]), null);
  assert.deepEqual([...counts(["a", "b", "a"])], [["a", 2], ["b", 1]]);
});

Deno.test("where nothing can vary there is no alpha", () => {
  for (const units of [[], [["a"], ["b"]], [["a", "a"], ["a", "a"]]]) {
    assert.equal(alpha(units), null);
  }
});
