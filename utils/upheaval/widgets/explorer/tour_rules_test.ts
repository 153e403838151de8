import assert from "node:assert/strict";
import type { Control } from "../core/protocol.ts";
import { begun, moved, place, reopened, stepped } from "./tour_rules.ts";

const control = (name: string, kind: Control["kind"], start: number): Control => ({
  name,
  label: name,
  kind,
  options: ["a", "b", "c"],
  ids: ["a", "b", "c"],
  start,
});
const CONTROLS = [control("lane", "dropdown", 0), control("day", "stepper", 1)];

Deno.test("a tour begins at its first step, at that of the address, or folded", () => {
  assert.deepEqual(begun(0), { at: 0, open: true });
  assert.deepEqual(begun(2), { at: 2, open: true });
  assert.deepEqual(begun(null), { at: 0, open: false });
});

Deno.test("Next and Back stay within the tour", () => {
  assert.equal(moved(begun(0), 1, 3).at, 1);
  assert.equal(moved(begun(0), -1, 3).at, 0);
  assert.equal(moved(begun(2), 1, 3).at, 2);
  assert.equal(place(moved(begun(0), 1, 3), 3), "2 of 3");
});

Deno.test("a tour opens again where it was left, and anew where it had ended", () => {
  assert.deepEqual(reopened({ at: 1, open: false }, 3), { at: 1, open: true });
  assert.deepEqual(reopened({ at: 2, open: false }, 3), { at: 0, open: true });
});

Deno.test("without a tour an arrow moves the stepper, as far as it goes", () => {
  assert.deepEqual(stepped(CONTROLS, { lane: 1, day: 1 }, 1), { lane: 1, day: 2 });
  assert.deepEqual(stepped(CONTROLS, { lane: 1, day: 1 }, -1), { lane: 1, day: 0 });
  assert.equal(stepped(CONTROLS, { lane: 1, day: 2 }, 1), null);
  assert.equal(stepped(CONTROLS, { lane: 1, day: 0 }, -1), null);
  assert.equal(stepped([CONTROLS[0]], { lane: 1 }, 1), null);
});
