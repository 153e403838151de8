import assert from "node:assert/strict";
import type { Layout, Trace } from "./protocol.ts";
import {
  enlargement,
  LABEL,
  lowered,
  opensLarge,
  partAt,
  partsOf,
  partStep,
  saidOf,
  smallestLabel,
  stepOf,
} from "./wall_rules.ts";

const figure = (layout: Layout, data: Trace[] = []) => ({ data, layout });
const keys = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

Deno.test("the smallest label is looked for in traces, axes and annotations", () => {
  assert.equal(smallestLabel(figure({})), 12);
  assert.equal(smallestLabel(figure({ font: { size: 14 } })), 14);
  const texts = [{ mode: "markers+text", textfont: { size: [13, 11] } }, { mode: "lines" }];
  assert.equal(smallestLabel(figure({ font: { size: 14 } }, texts)), 11);
  assert.equal(
    smallestLabel(figure({ font: { size: 14 }, xaxis2: { tickfont: { size: 10 } } })),
    10,
  );
  const annotations = [{ font: { size: 9 } }, {}];
  assert.equal(smallestLabel(figure({ font: { size: 14 }, annotations })), 9);
});

Deno.test("the smallest label has its size on a small projector, and grows with the view", () => {
  const one = figure({ font: { size: 11 } });
  const at = (width: number, height: number) => enlargement(one, { width, height, free: 9_999 });
  assert.equal(at(1280, 720) * 11, LABEL);
  assert.equal(at(1920, 1080) * 11, LABEL * 1.5);
  assert.equal(at(390, 700), 1);
  const large = figure({ font: { size: 40 } });
  assert.equal(enlargement(large, { width: 1280, height: 720, free: 9_999 }), 1);
});

Deno.test("a tall chart is fit to the height as far as its labels stay large", () => {
  const tall = figure({ font: { size: 11 }, height: 480 });
  const labels = (width: number, height: number, free: number) =>
    enlargement(tall, { width, height, free }) * 11;
  assert.equal(labels(1280, 720, 500), LABEL, "at the smallest size it scrolls");
  assert.equal(labels(1920, 1080, 750), LABEL * 1.5);
  assert.equal(labels(1920, 900, 1_200), 27.5, "1200 / 480: it fits");
  assert.equal(labels(1920, 900, 100), LABEL * 900 / 720, "no smaller, whatever the room");
  assert.equal(labels(1920, 600, 100), LABEL);
});

Deno.test("a map and a chart of numbers may be drawn lower to fit, a chart in rows may not", () => {
  const numbers = figure({ height: 400, yaxis: { range: [0, 10] } });
  const map = figure({ height: 400, yaxis: { scaleanchor: "x", showticklabels: false } });
  for (const one of [numbers, map]) {
    assert.equal(lowered(one, 300), 300);
    assert.equal(lowered(one, 500), 400, "and never higher");
    assert.equal(lowered(one, 100), 400, "nor so low that its labels meet");
  }
  const rows = figure({ height: 400, yaxis: { showticklabels: false } });
  const panels = figure({ height: 400, yaxis: {}, yaxis2: { showticklabels: false } });
  for (const one of [rows, panels, figure({ height: 400 })]) assert.equal(lowered(one, 300), 400);
});

Deno.test("a tall view falls into parts that cut nothing", () => {
  const rows: [number, number][] = [0, 1, 2, 3, 4, 5, 6].map((at) => [at * 100, at * 100 + 100]);
  const parts = partsOf(rows, 700, { first: 350, later: 250 });
  assert.deepEqual(parts, [
    { start: 0, end: 300 },
    { start: 300, end: 500 },
    { start: 500, end: 700 },
  ]);
  assert.deepEqual([0, 299, 300, 460, 500].map((top) => partAt(parts, top)), [0, 1, 1, 1, 2]);
  assert.deepEqual(partsOf(rows, 700, { first: 700, later: 600 }), [{ start: 0, end: 700 }]);
  assert.deepEqual(partsOf(rows, 704, { first: 700, later: 600 }).length, 1, "a few pixels");
});

Deno.test("of two pieces side by side neither is cut, and a piece too high for the room is", () => {
  const staggered: [number, number][] = [[0, 80], [70, 150], [140, 220], [230, 900], [400, 440]];
  const parts = partsOf(staggered, 900, { first: 225, later: 200 });
  assert.deepEqual(parts[0], { start: 0, end: 225 });
  assert.deepEqual(parts[1], { start: 225, end: 400 }, "what stands in a piece too high is whole");
  assert.deepEqual(parts[2], { start: 400, end: 600 });
  assert.equal(partsOf([[0, 90], [100, 160]], 160, { first: 120, later: 99 })[0].end, 100);
  assert.deepEqual(partsOf(staggered, 900, { first: 0, later: 0 }).length, 1, "no room at all");
});

Deno.test("parts of a chart are counted, and the words below it are not", () => {
  const parts = [[0, 300], [300, 500], [500, 700]].map(([start, end]) => ({ start, end }));
  assert.deepEqual([0, 1, 2].map((at) => saidOf(parts, at, 500)), [
    "Part 1 of 2",
    "Part 2 of 2",
    "Below the chart",
  ]);
  assert.equal(saidOf(parts, 2, 700), "Part 3 of 3");
  assert.deepEqual([0, 1].map((at) => saidOf(parts, at, 300)), ["", "Below the chart"]);
});

Deno.test("arrows up and down and whole pages go through the parts, alone", () => {
  const pressed = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "ArrowLeft", "toString"];
  assert.deepEqual(pressed.map((key) => partStep({ ...keys, key })), [1, -1, 1, -1, 0, 0]);
  assert.equal(partStep({ ...keys, ctrlKey: true, key: "ArrowDown" }), 0);
});

Deno.test("Alt and P open, whatever letter that makes; no other keys with them", () => {
  assert.ok(opensLarge({ ...keys, altKey: true, code: "KeyP" }));
  assert.ok(!opensLarge({ ...keys, code: "KeyP" }));
  assert.ok(!opensLarge({ ...keys, altKey: true, ctrlKey: true, code: "KeyP" }));
  assert.ok(!opensLarge({ ...keys, altKey: true, code: "KeyL" }));
});

Deno.test("arrows step, alone", () => {
  assert.deepEqual(
    ["ArrowRight", "ArrowLeft", "ArrowUp", "x"].map((key) => stepOf({ ...keys, key })),
    [1, -1, 0, 0],
  );
  assert.equal(stepOf({ ...keys, altKey: true, key: "ArrowLeft" }), 0);
});
