import assert from "node:assert/strict";
import {
  besideIt,
  guessIn,
  guessText,
  moved,
  numberAt,
  numberIn,
  partOf,
  stepNote,
} from "./guess.ts";

const DAYS = {
  low: 0,
  high: 120,
  step: 1,
  unit: "days later",
  one: "day later",
  ends: [1, 14, 60],
  ticks: [0, 60, 120],
};
const OPTIONS = ["On the day itself", "Some days later", "Some weeks later", "Only months later"];
const SHARE = { low: 0, high: 100, step: 5, unit: "%", ends: [60, 40, 10], ticks: [0, 100] };
const PARTS = ["Most", "About half", "A quarter", "Almost none"];

Deno.test("keys move by a step, by ten, to the ends, and never beyond", () => {
  const keys = ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "PageUp", "PageDown"];
  assert.deepEqual(keys.map((key) => moved(key, 50, DAYS)), [51, 51, 49, 49, 62, 38]);
  assert.deepEqual([moved("Home", 50, DAYS), moved("End", 50, DAYS)], [0, 120]);
  assert.deepEqual([moved("ArrowLeft", 0, DAYS), moved("PageUp", 119, DAYS)], [0, 120]);
  assert.equal(moved("ArrowRight", 20, SHARE), 25);
  assert.deepEqual(["Tab", "a", "toString"].map((key) => moved(key, 50, DAYS)), [null, null, null]);
});

Deno.test("a pointer sets the nearest stop, and what slips off the scale its end", () => {
  assert.deepEqual([0, 0.5, 1].map((part) => numberAt(part, DAYS)), [0, 60, 120]);
  assert.deepEqual([-0.3, 1.4].map((part) => numberAt(part, DAYS)), [0, 120]);
  assert.equal(numberAt(0.26, SHARE), 25);
  const tenths = { ...SHARE, low: 0, high: 1, step: 0.1 };
  assert.equal(numberAt(0.31, tenths), 0.3);
});

Deno.test("a number stands where a pointer sets it", () => {
  for (let day = 0; day <= 120; day++) assert.equal(numberAt(partOf(day, DAYS), DAYS), day);
});

Deno.test("a number is read as people write it, if it is one of the scale", () => {
  assert.deepEqual(["20", " 20 ", "20 days", "٢٠", "19.6"].map((one) => numberIn(one, DAYS)), [
    20,
    20,
    20,
    20,
    20,
  ]);
  const none = ["", "soon", "-3", "121", "3 to 5", "1,000"];
  assert.deepEqual(none.map((one) => numberIn(one, DAYS)), none.map(() => null));
});

Deno.test("who writes a number between two steps is told where the mark stands", () => {
  assert.equal(
    stepNote("3 %", SHARE),
    "You wrote 3. The scale goes in steps of 5, so the mark stands at 5.",
  );
  assert.equal(
    stepNote("19.6", DAYS),
    "You wrote 19.6. The scale goes in whole numbers, so the mark stands at 20.",
  );
  assert.deepEqual(["20", "35 %", "soon", "121"].map((one) => stepNote(one, SHARE)), [
    "",
    "",
    "",
    "",
  ]);
});

Deno.test("what is kept begins with its number, and is read again", () => {
  assert.equal(guessText(20, DAYS), "20 days later");
  assert.equal(guessText(1, DAYS), "1 day later");
  assert.deepEqual(guessIn("20 days later", DAYS, OPTIONS), [20, 20]);
  assert.deepEqual(guessIn("2.5 times", DAYS, OPTIONS), [2.5, 2.5]);
});

Deno.test("the last stop may have words of its own", () => {
  const never = { ...DAYS, most: "Only months later" };
  assert.equal(guessText(120, never), "Only months later");
  assert.deepEqual(guessIn("Only months later", never, OPTIONS), [120, 120]);
});

Deno.test("an option that an earlier version kept stands for all that it means", () => {
  assert.deepEqual(OPTIONS.map((one) => guessIn(one, DAYS, OPTIONS)), [
    [0, 1],
    [1, 14],
    [14, 60],
    [60, 120],
  ]);
  assert.deepEqual(guessIn("Most", SHARE, PARTS), [60, 100]);
  assert.deepEqual(guessIn("Almost none", SHARE, PARTS), [0, 10]);
});

Deno.test("what cannot be read is no guess", () => {
  const odd = [null, undefined, "", "soon", "999 days later", "-3 days later", 5, ["20 x"], {}];
  assert.deepEqual(odd.filter((one) => guessIn(one, DAYS, OPTIONS) !== null), []);
});

Deno.test("a guess is the same as what came, or more, or less", () => {
  const beside = (kept: unknown) => besideIt(kept, 10, DAYS);
  assert.deepEqual(["10 days later", "11 days later", "9 days later"].map(beside), [
    "same",
    "more",
    "less",
  ]);
  assert.deepEqual(["Some days later", "soon", null].map(beside), ["", "", ""]);
  assert.equal(besideIt("25 %", 25.9, SHARE), "same", "no stop is nearer");
  const never = { ...DAYS, most: "Never" };
  assert.equal(besideIt("Never", 10, never), "");
});
