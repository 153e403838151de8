import assert from "node:assert/strict";
import { marksOf } from "./walk_rules.ts";

const places = (...given: Parameters<typeof marksOf>) =>
  marksOf(...given).map(({ curveNumber, pointNumber }) => [curveNumber, pointNumber]);

Deno.test("marks come from left to right, and those without words or a place not at all", () => {
  const data = [
    { x: ["2024-10-18", "2024-10-08", null], y: [1, 2, 3] },
    { x: ["2024-10-09"], y: [1], hoverinfo: "skip" },
    { x: ["2024-10-08", "2024-10-20"], y: [1, null] },
  ];
  assert.deepEqual(places(data, {}), [[2, 0], [0, 1], [0, 0]]);
});

Deno.test("where a chart is made of lines, they are read from the top", () => {
  const data = [{ x: [9, 10], y: [84, 36] }, { type: "bar", x: [2], y: [84] }];
  assert.deepEqual(places(data, { yaxis: { range: [120, 0] } }), [[0, 1], [1, 0], [0, 0]]);
});

Deno.test("marks of rows come in the order of the rows, which is that of list and table", () => {
  const data = [{ x: [1, 2], y: [1, 1], ids: ["10", "2"] }, { x: [3], y: [1], ids: ["3"] }];
  assert.deepEqual(marksOf(data, {}).map(({ id }) => id), ["2", "3", "10"]);
});
