import assert from "node:assert/strict";
import type { Layout, Trace } from "./protocol.ts";
import {
  enlargement,
  LABEL,
  moreOf,
  opensLarge,
  scrollOf,
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

Deno.test("that there is more is said above and below, but not of a few pixels", () => {
  const more = (scrollTop: number, scrollHeight = 1000) =>
    moreOf({ scrollTop, clientHeight: 600, scrollHeight });
  assert.deepEqual(more(0), { above: false, below: true });
  assert.deepEqual(more(200), { above: true, below: true });
  assert.deepEqual(more(400), { above: true, below: false });
  assert.deepEqual(more(395.5), { above: true, below: false });
  assert.deepEqual(more(0, 605), { above: false, below: false });
});

Deno.test("arrows up and down and whole pages move the view, alone", () => {
  const pressed = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "ArrowLeft", "toString"];
  const by = pressed.map((key) => Math.sign(scrollOf({ ...keys, key })));
  assert.deepEqual(by, [1, -1, 1, -1, 0, 0]);
  assert.equal(scrollOf({ ...keys, ctrlKey: true, key: "ArrowDown" }), 0);
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
