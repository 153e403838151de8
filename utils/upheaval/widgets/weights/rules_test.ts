import assert from "node:assert/strict";
import type { Ratings } from "../core/protocol.ts";
import { everFirst, leaders, scores, switches, withOwn } from "./rules.ts";

const RATINGS: Ratings = {
  stay: { cost: [4, 5], speed: [1, 2] },
  go: { cost: [1, 1], speed: [5, 5] },
};

Deno.test("a score is the weighted mean of low, middle and high", () => {
  assert.deepEqual(scores(RATINGS, { cost: 1, speed: 1 }), {
    stay: [2.5, 3, 3.5],
    go: [3, 3, 3],
  });
  assert.deepEqual(scores(RATINGS, { cost: 2 }), { stay: [4, 4.5, 5], go: [1, 1, 1] });
});

Deno.test("without any weight nobody leads", () => {
  assert.deepEqual(scores(RATINGS, { cost: 0, speed: 0 }), {});
  assert.deepEqual(leaders(RATINGS, {}), []);
});

Deno.test("who is level leads together", () => {
  assert.deepEqual(leaders(RATINGS, { cost: 1, speed: 1 }), ["stay", "go"]);
  assert.deepEqual(leaders(RATINGS, { cost: 2, speed: 1 }), ["stay"]);
});

Deno.test("the smallest changes of one weight that give another lead, never beyond 0 and 5", () => {
  assert.deepEqual(switches(RATINGS, { cost: 2, speed: 1 }), [
    ["cost", 1, ["stay", "go"]],
    ["speed", 2, ["stay", "go"]],
  ]);
  assert.deepEqual(switches(RATINGS, { cost: 5, speed: 0 }), [["speed", 5, ["stay", "go"]]]);
  assert.deepEqual(switches({ only: { cost: [1, 2] } }, { cost: 3 }), []);
});

Deno.test("an option leads under some weights, or under none", () => {
  assert.deepEqual(everFirst(RATINGS), ["stay", "go"]);
  const worse: Ratings = { ...RATINGS, wait: { cost: [1, 1], speed: [1, 1] } };
  assert.deepEqual(everFirst(worse), ["stay", "go"], "what is worse for every aim never leads");
  assert.deepEqual(everFirst({}), []);
});

Deno.test("moved ratings count, others stay, and what is not here is left out", () => {
  const five = { low: 5, high: 5 };
  const own = { go: { cost: five, fame: five }, other: { cost: five } };
  const all = withOwn(RATINGS, own);
  assert.deepEqual(all, { ...RATINGS, go: { cost: [5, 5], speed: [5, 5] } });
  assert.deepEqual(everFirst(all), ["go"]);
});
