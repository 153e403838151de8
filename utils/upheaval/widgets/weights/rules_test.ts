import assert from "node:assert/strict";
import type { Ratings } from "../core/protocol.ts";
import { leaders, scores, switches } from "./rules.ts";

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
