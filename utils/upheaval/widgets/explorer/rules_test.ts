import assert from "node:assert/strict";
import { chartKey, evidence, filtersOf, prefetchKeys, stateKey } from "./rules.ts";
import type { Control, Filter, Payload } from "../core/protocol.ts";

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

const PAYLOAD: Payload = {
  name: "ties",
  figure: { data: [], layout: {} },
  title: "Two ties",
  subtitle: "",
  description: "Two.",
  table: {
    columns: ["From", "To", "Status", "Began", "Source ids"],
    rows: [["A", "B", "✕ disputed then", "2020", "s"], ["C", "D", "", null, ""]],
  },
  references: [{ id: "s", text: "S", url: "https://s.org" }, { id: "t", text: "T", url: "" }],
  asOf: "February 2026",
  cite: "",
  listColumns: {},
  legend: [],
  mobile: {},
  empty: false,
  known: "2024-06-19",
  rowEvidence: [["ties/a", "tie", "2020-12-31", "disputed", [0]], ["", "", "", "", []]],
};
const limit = (value: string | null): Filter[] => [
  { name: "as_of", column: "known", rule: "lte", value, label: "" },
];

Deno.test("a row is evidence with its own day, kind, status and sources, or the chart's", () => {
  const [whole, first, second] = evidence(PAYLOAD, []).map(([, item]) => item);
  assert.deepEqual([whole.kind, whole.known, whole.sources?.length], ["chart", "2024-06-19", 2]);
  assert.deepEqual(
    [first.id, first.kind, first.title, first.status, first.known, first.sources],
    ["ties/a", "tie", "A; To: B; Began: 2020", "disputed", "2020-12-31", [PAYLOAD.references[0]]],
  );
  assert.deepEqual(
    [second.id, second.kind, second.title, second.known, second.sources?.length],
    ["ties: C; To: D (in “Two ties”)", "chart", "C; To: D (in “Two ties”)", "2024-06-19", 2],
  );
});

Deno.test("a row of no table of ours is kept with what its chart says", () => {
  const { rowEvidence: _, ...bare } = PAYLOAD;
  const [, [label, item]] = evidence({ ...bare, listColumns: { title: "From" } }, []);
  assert.deepEqual([label, item.title], ["A", "A (in “Two ties”)"]);
  const [, [, other]] = evidence({ ...bare, title: "X", listColumns: { title: "From" } }, []);
  assert.notEqual(item.id, other.id, "the same row of another chart is another piece");
});

Deno.test("what a source says of a row goes with it; of the whole chart nothing is said", () => {
  const rowSays: Payload["rowSays"] = [["It went.", "", "KBS, 1 May", "https://k.org"], null];
  const [whole, first, second] = evidence({ ...PAYLOAD, rowSays }, []).map(([, item]) => item);
  assert.deepEqual(first.says, ["It went.", "", "KBS, 1 May"]);
  assert.ok(!("says" in whole) && !("says" in second));
  assert.ok(evidence(PAYLOAD, []).every(([, item]) => !("says" in item)));
});

Deno.test("a chart carries the day that is chosen, else its own, else that of its data", () => {
  const known = (payload: Payload, filters: Filter[]) => evidence(payload, filters)[0][1].known;
  assert.equal(known(PAYLOAD, limit("2024-10-23")), "2024-10-23");
  assert.equal(known(PAYLOAD, limit(null)), "2026-02-28", "today's statuses are today's");
  const { known: _, ...bare } = PAYLOAD;
  assert.equal(known(bare, []), "2026-02-28");
});

Deno.test("a chart that misleads on purpose is no evidence", () => {
  assert.deepEqual(evidence({ ...PAYLOAD, misleading: true }, []), []);
});
