import assert from "node:assert/strict";
import {
  accepted,
  type MarkedRow,
  nothing,
  ranking,
  resultOf,
  scores,
  spread,
  stepsApart,
  support,
  turning,
} from "./rules.ts";
import type { KeptMatrix, Level, Mark, MatrixSpec } from "../core/protocol.ts";
import cases from "../../../../tests/cases/hypotheses.json" with { type: "json" };

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
  head: { about: "ours", version: "1" },
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
  const wrong = [null, undefined, 3, "x", [], {}, { marks: [] }, { marks: null }, { left: [] }];
  for (const value of wrong) {
    assert.equal(accepted(SPEC, value), null, JSON.stringify(value));
  }
});

Deno.test("every grid of the cases says what the published method says of it", () => {
  for (const one of cases.grids) {
    const rows = one.rows.map(({ marks: _, ...row }) => ({ ...row, text: row.id }));
    const columns = one.columns.map((id) => ({ id, name: id, text: id }));
    const spec = { ...SPEC, rows, columns } as MatrixSpec;
    const marks = Object.fromEntries(one.rows.map((row) => [row.id, row.marks]));
    const kept = accepted(spec, { marks, left: one.left, weighted: one.weighted }) as KeptMatrix;
    const result = resultOf(spec, kept);
    assert.deepEqual(result.counting.map(({ id }) => id), one.counting, one.name);
    assert.deepEqual(result.scores, one.scores, one.name);
    assert.deepEqual(result.support, one.support, one.name);
    assert.deepEqual(result.ranking, one.ranking, one.name);
    assert.deepEqual(turning(result.counting, one.columns, one.weighted), one.turning, one.name);
  }
  const first = new Set(cases.grids.map(({ ranking }) => ranking[0].length));
  assert.deepEqual([...first].sort(), [1, 2, 3], "there are ties and clear cases");
});

Deno.test("diagnosticity is the published method's", () => {
  const every = Object.entries(cases.diagnosticity);
  for (const [marks, apart] of every) {
    assert.equal(spread(marks.split(" ").filter(Boolean) as Mark[]), apart, marks);
  }
  assert.ok(every.length > 200);
});

Deno.test("a row counts with the reader's weights, when it is complete and not left out", () => {
  const marks = { one: { a: "I", b: "CC" }, two: { a: "C", b: "II" } } as KeptMatrix["marks"];
  const kept = { ...nothing(), marks, weights: { one: { credibility: "high" } } } as KeptMatrix;
  // "one" weighs 1 (high and low), "two" 0.5 (low and low).
  assert.deepEqual(resultOf(SPEC, kept).scores, { a: 1, b: 1 });
  const ids = (how: Partial<KeptMatrix>) =>
    resultOf(SPEC, { ...kept, ...how }).counting.map(({ id }) => id);
  assert.deepEqual(ids({}), ["one", "two"]);
  assert.deepEqual(ids({ left: ["two"] }), ["one"]);
  assert.deepEqual(ids({ marks: { one: { a: "I" } } }), []);
  assert.deepEqual(resultOf(SPEC, nothing()).rows.map(({ missing }) => missing), [2, 2]);
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

Deno.test("what does not fit does no harm, wherever it stands", () => {
  const empty = { marks: {}, left: [], weights: {}, weighted: true };
  const texts: [string, KeptMatrix][] = [
    ['{"marks": {}}', empty],
    ['{"marks": {"one": null, "two": [], "gone": {"a": "C"}}}', empty],
    [
      '{"marks": {"one": {"a": ["C"]}}, "weights": {"two": {"relevance": "HIGH"}, "one": 5}}',
      empty,
    ],
    ['{"marks": {"__proto__": {"a": "C"}, "constructor": {"a": "C"}}}', empty],
    ['{"marks": {}, "left": ["two", "one", "one", null, {}, []], "weighted": null}', {
      ...empty,
      left: ["one", "two"],
    }],
    ['{"marks": {"one": {"a": "I", "b": "XX"}}, "left": "one", "weights": [], "weighted": false}', {
      ...empty,
      marks: { one: { a: "I" } },
      weighted: false,
    }],
  ];
  for (const [text, kept] of texts) {
    assert.deepEqual(accepted(SPEC, JSON.parse(text)), kept, text);
  }
});

Deno.test("the widest gap between marks is told in steps", () => {
  assert.deepEqual(
    [[], ["CC"], ["CC", "C"], ["II", "N", "CC"]].map((one) => stepsApart(one as Mark[])),
    [0, 0, 1, 4],
  );
});
