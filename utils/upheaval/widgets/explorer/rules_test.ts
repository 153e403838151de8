import assert from "node:assert/strict";
import { chartKey, filtersOf, prefetchKeys, stateKey } from "./rules.ts";
import type { Control } from "../core/protocol.ts";

const control = (name: string, count: number, column?: string): Control => ({
  name,
  label: name,
  kind: "dropdown",
  options: Array.from({ length: count }, (_, at) => `${name} ${at}`),
  ids: Array.from({ length: count }, (_, at) => `${at}`),
  start: 0,
  ...(column &&
    { column, rule: "contains", values: Array.from({ length: count }, (_, at) => `${at}`) }),
});

Deno.test("a state is known by the choices of all controls that do not only filter", () => {
  const controls = [control("a", 3), control("f", 2, "kind"), control("b", 2)];
  assert.equal(stateKey(controls, { a: 2, f: 1, b: 1 }), "2,1");
  assert.equal(stateKey([controls[1]], { f: 1 }), "");
  assert.deepEqual(filtersOf(controls, { a: 2, f: 1, b: 1 }), [
    { name: "f", column: "kind", rule: "contains", value: "1", label: "f 1" },
  ]);
});

Deno.test("a chart is known by its state and by what its filters ask for", () => {
  const controls = [control("a", 3), control("f", 2, "kind")];
  const keyOf = (a: number, f: number) =>
    chartKey(stateKey(controls, { a, f }), filtersOf(controls, { a, f }));
  assert.equal(keyOf(2, 1), '2|["1"]');
  assert.equal(new Set([keyOf(0, 0), keyOf(0, 1), keyOf(1, 0), keyOf(1, 1)]).size, 4);
});

Deno.test("few states are all asked for ahead, of many those one choice away", () => {
  const few = prefetchKeys([control("a", 3), control("b", 2)], { a: 0, b: 0 });
  assert.deepEqual(few, ["0,0", "0,1", "1,0", "1,1", "2,0", "2,1"]);
  const many = prefetchKeys([control("a", 9), control("b", 9)], { a: 4, b: 7 });
  assert.equal(many.length, 18);
  assert.ok(many.includes("4,0") && many.includes("8,7") && !many.includes("0,0"));
  assert.deepEqual(prefetchKeys([control("f", 5, "kind")], { f: 0 }), [""]);
});
