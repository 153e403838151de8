import assert from "node:assert/strict";
import {
  entriesIn,
  hashOf,
  hashWith,
  isAtStep,
  isChoice,
  publicAddress,
  selectionIn,
  stepIn,
} from "./address.ts";
import type { Control, ExplorerSpec } from "./protocol.ts";

const control = (name: string, options: string[], ids: string[], start: number): Control => ({
  name,
  label: name,
  kind: "dropdown",
  options,
  ids,
  start,
});
const SPEC: ExplorerSpec = {
  kind: "explorer",
  name: "timeline",
  controls: [
    control("period", ["All", "Around 2024"], ["all", "2024"], 0),
    control("theme", ["", "Korea & co"], ["none", "korea"], 1),
  ],
};

Deno.test("a choice goes into the address by its id and comes back", () => {
  const hash = hashWith("", SPEC, { period: 1, theme: 0 });
  assert.equal(hash, "#timeline.period=2024&timeline.theme=none");
  assert.deepEqual(selectionIn(hash, SPEC), { period: 1, theme: 0 });
});

Deno.test("an older address has labels, and the next choice writes ids", () => {
  const old = "#timeline.period=Around%202024&timeline.theme=";
  assert.deepEqual(selectionIn(old, SPEC), { period: 1, theme: 0 });
  const hash = hashWith(old, SPEC, selectionIn(old, SPEC));
  assert.equal(hash, "#timeline.period=2024&timeline.theme=none");
});

Deno.test("a label that was worded anew, or now is another option's, means what it meant", () => {
  const [period, theme] = SPEC.controls;
  const legacyLabels = { "In 2024": "2024", "All": "2024", "toString": "all" };
  const spec = { ...SPEC, controls: [{ ...period, legacyLabels }, theme] };
  const found = (text: string) => selectionIn(`#timeline.period=${text}`, spec).period;
  assert.deepEqual(["In%202024", "All", "all", "2024"].map(found), [1, 1, 0, 1]);
  assert.deepEqual(["Around%202024", "constructor"].map(found), [1, 0]);
});

Deno.test("what is at its start does not stand in the address, and other charts stay", () => {
  const hash = "#other.x=%D0%BF&timeline.period=2024";
  assert.equal(hashWith(hash, SPEC, { period: 0, theme: 1 }), "#other.x=%D0%BF");
  assert.deepEqual(entriesIn(hash).get("other.x"), "п");
});

Deno.test("an address that was cut, mistyped or is an anchor leaves charts at their start", () => {
  for (
    const hash of [
      "",
      "#",
      "#lesson",
      "#%E0%A4%A=%",
      "#=&==&&",
      "#__proto__=1",
      "#timeline.period=no",
      "#timeline.period",
      "#timeline.period=%",
    ]
  ) {
    assert.deepEqual(selectionIn(hash, SPEC), { period: 0, theme: 1 }, hash);
  }
});

Deno.test("signs that part an address are kept apart from it", () => {
  const entries = new Map([["a&b", "c=d#e%"]]);
  assert.deepEqual(entriesIn(hashOf(entries)), entries);
});

Deno.test("an address is given where others can open it, and nothing secret with it", () => {
  const given = (address: string, hash = "#a.b=c") => publicAddress(new URL(address), hash);
  assert.equal(given("https://unit.org/02.html?verifier=1#x"), "https://unit.org/02.html#a.b=c");
  assert.equal(given("http://192.168.1.20/02.html"), "http://192.168.1.20/02.html#a.b=c");
  assert.equal(given("https://unit.org/02.html", "#"), "https://unit.org/02.html");
  for (
    const own of [
      "file:///home/kim/02.html",
      "http://localhost:8888/files/02.html?token=1",
      "http://127.0.0.1:8000/02.html",
      "http://[::1]/02.html",
      "about:srcdoc",
      "blob:https://lab.org/1",
    ]
  ) {
    assert.equal(given(own), "#a.b=c", own);
    assert.equal(given(own, "#"), "");
  }
});

Deno.test("an anchor within the page is no choice, and an empty address is one", () => {
  for (const hash of ["", "#", "#timeline.period=2024"]) assert.equal(isChoice(hash), true, hash);
  for (const hash of ["#look", "#your-turn-2"]) assert.equal(isChoice(hash), false, hash);
});

const TOUR: ExplorerSpec = {
  ...SPEC,
  tour: [
    { state: {}, says: "One.", asks: "Why?" },
    { state: { period: 1 }, says: "Two.", asks: "Why?" },
    { state: {}, says: "Three.", asks: "Why?" },
  ],
};

Deno.test("a step of a tour has an address, which leads to its chart by itself", () => {
  assert.equal(stepIn("#timeline.tour=2", TOUR), 1);
  assert.deepEqual(selectionIn("#timeline.tour=2", TOUR), { period: 1, theme: 1 });
  const hash = hashWith("", TOUR, { period: 1, theme: 1 }, 1);
  assert.equal(hash, "#timeline.period=2024&timeline.tour=2");
  assert.equal(stepIn(hash, TOUR), 1);
  assert.equal(stepIn(hashWith(hash, TOUR, { period: 0, theme: 1 }, 2), TOUR), 2);
});

Deno.test("the first step is the chart as it begins, and needs no address", () => {
  assert.equal(stepIn("", TOUR), 0);
  assert.equal(hashWith("#timeline.tour=2", TOUR, { period: 0, theme: 1 }, 0), "#");
});

Deno.test("an address with a choice leads to that choice, and to no step", () => {
  const old = "#timeline.theme=none";
  assert.equal(stepIn(old, TOUR), null);
  assert.deepEqual(selectionIn(old, TOUR), { period: 0, theme: 0 });
  assert.equal(hashWith("", TOUR, { period: 1, theme: 0 }, 1).includes("tour"), false);
});

Deno.test("a step that is none is passed over, and a chart without a tour has no step", () => {
  for (const one of ["0", "4", "-1", "1.5", "x", "__proto__"]) {
    assert.equal(stepIn(`#timeline.tour=${one}`, TOUR), 0);
  }
  assert.equal(stepIn("#timeline.tour=2", SPEC), null);
  assert.deepEqual(selectionIn("#timeline.tour=2", SPEC), { period: 0, theme: 1 });
});

Deno.test("a chart is at a step when every control is: those not named are at their start", () => {
  const step = { state: { period: 1 }, says: "", asks: "" };
  assert.ok(isAtStep(SPEC.controls, step, { period: 1, theme: 1 }));
  assert.ok(!isAtStep(SPEC.controls, step, { period: 1, theme: 0 }));
  assert.ok(!isAtStep(SPEC.controls, step, { period: 0, theme: 1 }));
});
