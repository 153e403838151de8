import assert from "node:assert/strict";
import { brierScore, calibrationGroups, likelihoodWord, mean, median } from "./scores.ts";

Deno.test("a Brier score is 0 for certainty that came true, and 1 for the other", () => {
  assert.deepEqual([brierScore(100, true), brierScore(100, false)], [0, 1]);
  assert.equal(brierScore(50, true), 0.25);
});

Deno.test("of no numbers there is neither mean nor median", () => {
  assert.deepEqual([mean([]), median([])], [null, null]);
  assert.deepEqual([mean([1, 2, 6]), median([6, 1, 2]), median([4, 1])], [3, 2, 2.5]);
});

Deno.test("a percentage on the edge of two words has the likelier", () => {
  const bands = [
    { term: "unlikely", low: 20, high: 45 },
    { term: "even", low: 45, high: 55 },
  ];
  assert.equal(likelihoodWord(45, bands)?.term, "even");
  assert.equal(likelihoodWord(30, bands)?.term, "unlikely");
  assert.equal(likelihoodWord(99, bands), null);
});

Deno.test("forecasts are grouped by twenties, the last with its upper edge", () => {
  assert.deepEqual(calibrationGroups([[0, false], [19.9, true], [20, true], [100, true]]), [
    { low: 0, high: 20, count: 2, mean: 9.95, share: 50 },
    { low: 20, high: 40, count: 1, mean: 20, share: 100 },
    { low: 80, high: 100, count: 1, mean: 100, share: 100 },
  ]);
  assert.deepEqual(calibrationGroups([]), []);
});
