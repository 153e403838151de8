import assert from "node:assert/strict";
import { accepted, type MarkedRow, ranking, scores, spread, support, turning } from "./rules.ts";
import type { Level, Mark, MatrixSpec } from "../core/protocol.ts";

const COLUMNS = ["a", "b", "c"];
const row = (id: string, marks: Mark[], credibility: Level, relevance: Level): MarkedRow => ({
  id,
  credibility,
  relevance,
  marks: Object.fromEntries(COLUMNS.map((column, at) => [column, marks[at]])),
});
const ROWS = [
  row("one", ["CC", "I", "II"], "high", "high"),
  row("two", ["C", "N", "I"], "low", "medium"),
  row("three", ["II", "C", "N"], "medium", "medium"),
];

Deno.test("marks that speak against a column add up, weighted or not", () => {
  assert.deepEqual(scores(ROWS, COLUMNS, false), { a: 2, b: 1, c: 3 });
  assert.deepEqual(scores(ROWS, COLUMNS, true), { a: 2, b: 2, c: 4.71 });
  assert.deepEqual(scores([], COLUMNS, true), { a: 0, b: 0, c: 0 });
});

Deno.test("support counts what fits, and the ranking keeps equals together", () => {
  assert.deepEqual(support(ROWS, COLUMNS), { a: 2, b: 1, c: 0 });
  assert.deepEqual(ranking({ a: 2, b: 2, c: 0.5 }), [["c"], ["a", "b"]]);
  assert.deepEqual(ranking({}), []);
});

Deno.test("a row that carries the result is named with who would stand best without it", () => {
  const turns = turning(ROWS, COLUMNS, false);
  assert.deepEqual(turns.map(({ changes }) => changes), [false, false, true]);
  assert.deepEqual(turns[2], { id: "three", first: ["a"], changes: true });
  assert.deepEqual(turning([], COLUMNS, false), []);
});

Deno.test("diagnosticity is the mean distance of all pairs", () => {
  assert.equal(spread(["CC", "II"]), 4);
  assert.equal(spread(["CC", "N", "II"]), 2.67);
  assert.equal(spread(["N", "N", "N"]), 0);
  assert.equal(spread(["N"]), 0);
});

const SPEC: MatrixSpec = {
  kind: "matrix",
  storageKey: "09.grid",
  question: "?",
  advice: "",
  nouns: { row: "Row", column: "Column" },
  rows: ["one", "two"].map((id) => ({ id, text: id, credibility: "low", relevance: "low" })),
  columns: ["a", "b"].map((id) => ({ id, name: id, text: id })),
  marks: [],
  worked: {},
};

Deno.test("what is no grid at all is refused", () => {
  for (const value of [null, undefined, 3, "x", [], {}, { marks: [] }, { marks: null }]) {
    assert.equal(accepted(SPEC, value), null, JSON.stringify(value));
  }
});

Deno.test("of a grid, what fits is kept", () => {
  const kept = accepted(SPEC, {
    marks: {
      two: { b: "CC", a: "I", x: "N" },
      one: { a: "toString", b: 3 },
      gone: { a: "N" },
      __proto__: { a: "N" },
    },
    left: ["two", "gone", "two", 3],
    weights: { one: { credibility: "high", relevance: "huge", other: "low" }, two: null },
    weighted: 0,
    more: 1,
  });
  assert.deepEqual(kept, {
    marks: { two: { a: "I", b: "CC" } },
    left: ["two"],
    weights: { one: { credibility: "high" } },
    weighted: true,
  });
  assert.equal(JSON.stringify(kept?.marks), '{"two":{"a":"I","b":"CC"}}', "in the grid's order");
  assert.equal(accepted(SPEC, { marks: {}, weighted: false, left: "two" })?.weighted, false);
});
