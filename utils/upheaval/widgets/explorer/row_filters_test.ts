import assert from "node:assert/strict";
import {
  applyFilters,
  filledText,
  filterFigure,
  filterMarked,
  stopOf,
  visibleRows,
} from "./row_filters.ts";
import { storyNews } from "./stories.ts";
import type { Figure, Filter, Payload, RowFilters, RowRules } from "../core/protocol.ts";
import cases from "../../../../tests/cases/row_filters.json" with { type: "json" };

// The cases that Python runs, too: what a first painting without a face shows.

interface Case {
  chart: string;
  filters: Filter[];
  rows: number[];
  title: string;
  description: string;
  news?: string;
}

const charts = cases.charts as unknown as Record<string, RowRules>;

Deno.test("rows and sentences are those of a first painting without a face", () => {
  for (const { chart, filters, rows, news = "", ...texts } of cases.cases as unknown as Case[]) {
    const rowFilters = { ...charts[chart], references: [] };
    const asked = filters;
    assert.deepEqual(visibleRows(rowFilters, asked), rows, JSON.stringify([chart, filters]));
    for (const which of ["title", "description"] as const) {
      assert.equal(filledText(rowFilters, which, asked, rows), texts[which], chart);
    }
    const told = rowFilters.story && rows.length
      ? storyNews(rowFilters.story, stopOf(rowFilters, asked, rows))
      : "";
    assert.equal(told, news, chart);
  }
});

Deno.test("marks are those of a first painting without a face", () => {
  for (const { figure, rows, left } of cases.figures) {
    assert.deepEqual(filterFigure(figure as Figure, rows, []), left);
  }
});

// What the face alone does, and odd ends.

const ROW_FILTERS: RowFilters = {
  columns: { kind: ["a", "b", "a"], tags: [["x", "y"], [], ["x"]], day: ["1", "2", "3"] },
  when: ["$&", "2", "{n}"],
  labels: { kind: { b: "$1 B", a: "{n} A" }, tags: { x: "X", y: "Y" } },
  total: 3,
  references: [[1], [0, 1], []],
  templates: {
    title: { many: "{n}/{total} {most:kind}; {tally:tags}", one: "{first} {chosen:f}", none: "0" },
    description: { many: "{first} to {last}", one: "one", none: "none {chosen:f}" },
  },
};

const filter = (column: string, rule: Filter["rule"], value: string | null): Filter => ({
  name: "f",
  column,
  rule,
  value,
  label: `$& ${value}`,
});

Deno.test("a filter keeps rows that are the value, or hold it", () => {
  assert.deepEqual(visibleRows(ROW_FILTERS, [filter("kind", "contains", "a")]), [0, 2]);
  assert.deepEqual(visibleRows(ROW_FILTERS, [filter("tags", "contains", "x")]), [0, 2]);
  assert.deepEqual(visibleRows(ROW_FILTERS, [filter("tags", "contains", "zz")]), []);
  assert.deepEqual(visibleRows(ROW_FILTERS, [filter("kind", "contains", null)]), [0, 1, 2]);
});

Deno.test("until keeps what sorts at or before the value, and filters add up", () => {
  const until = filter("day", "lte", "2");
  assert.deepEqual(visibleRows(ROW_FILTERS, [until]), [0, 1]);
  assert.deepEqual(visibleRows(ROW_FILTERS, [until, filter("kind", "contains", "b")]), [1]);
});

Deno.test("a phase holds from its first day to the day before the next", () => {
  const phases: RowFilters = {
    ...ROW_FILTERS,
    span: "day",
    columns: { day: [["1", "3"], "3", "2", ["2", "4"]] },
    when: ["a", "b", "c", "d"],
  };
  const at = (value: string | null) => visibleRows(phases, [filter("day", "lte", value)]);
  assert.deepEqual(at("1"), [0]);
  assert.deepEqual(at("2"), [0, 2, 3]);
  assert.deepEqual(at("3"), [1, 2, 3]);
  assert.deepEqual(at("9"), [1, 2]);
  assert.deepEqual(at(null), [1, 2], "without a day: what has no end");
  assert.deepEqual(visibleRows(phases, []), [1, 2]);
});

Deno.test("words are filled in literally, whatever stands in the data", () => {
  const templates = (which: "title" | "description", rows: number[]) =>
    filledText(ROW_FILTERS, which, [filter("kind", "contains", "b")], rows);
  assert.equal(templates("title", [0, 1, 2]), "3/3 {n} A (2); X 2, Y 1");
  assert.equal(templates("title", [0, 1]), "2/3 $1 B and {n} A (1 each); X 1, Y 1");
  assert.equal(templates("title", [0]), "$& $& b");
  assert.equal(templates("description", [0, 2]), "$& to {n}");
  assert.equal(templates("description", []), "none $& b");
});

Deno.test("a figure keeps the marks of its rows, and a line moves with its control", () => {
  const figure = {
    data: [
      { ids: ["0", "1", "2"], x: [1, 2, 3], marker: { size: [4, 5, 6], color: "red" } },
      { x: [1, 2, 3] },
    ],
    layout: {
      annotations: [{ name: "row:0", text: "0" }, { name: "row:2", text: "2" }, { text: "all" }],
      shapes: [{ name: "at:f", x0: "?", x1: "?", y0: 0 }],
    },
  };
  const filtered = filterFigure(figure, [1, 2], [filter("day", "lte", "2")]);
  assert.deepEqual(filtered.data[0], {
    ids: ["1", "2"],
    x: [2, 3],
    marker: { size: [5, 6], color: "red" },
  });
  assert.deepEqual(filtered.data[1], { x: [1, 2, 3] });
  assert.deepEqual(filtered.layout.annotations, [{ name: "row:2", text: "2" }, {
    text: "all",
  }]);
  assert.deepEqual(filtered.layout.shapes, [{ name: "at:f", x0: "2", x1: "2", y0: 0 }]);
  const none = filterFigure(figure, [1], [filter("day", "lte", null)]);
  assert.deepEqual(none.layout.shapes, [], "no day, no line");
  assert.equal(figure.data[0].x.length, 3, "the chart itself stays as it was");
});

Deno.test("rows of HTML keep their lines, what stands for no row, and no empty group", () => {
  const line = (at: number | null) => ({ at, title: String(at), text: "", note: "" });
  const groups = [[null], [0, 1], [2]].map((rows) => ({ title: "", lines: rows.map(line) }));
  const marked = { columns: [], ticks: [], unit: "", groups };
  const left = filterMarked(marked, [1], []).groups.map(({ lines }) => lines.map(({ at }) => at));
  assert.deepEqual(left, [[null], [1]]);
});

const PAYLOAD: Payload = {
  name: "n",
  figure: { data: [], layout: {} },
  title: "",
  subtitle: "",
  description: "",
  table: { columns: ["c"], rows: [["r0"], ["r1"], ["r2"]] },
  references: [{ id: "s0", text: "S0", url: "" }, { id: "s1", text: "S1", url: "" }],
  asOf: "",
  cite: "",
  listColumns: {},
  legend: [],
  mobile: {},
  empty: false,
  rowFilters: ROW_FILTERS,
};

Deno.test("a payload is left with its rows, their sources, and the ids of these", () => {
  const left = applyFilters(PAYLOAD, [filter("kind", "contains", "a")]);
  assert.deepEqual(left.table, {
    columns: ["c", "Source ids"],
    rows: [["r0", "s1"], ["r2", ""]],
  });
  assert.deepEqual(left.references.map(({ id }) => id), ["s1"]);
  assert.deepEqual(left.visibleRows, [0, 2]);
  assert.equal(left.empty, false);
  assert.ok(!("rowFilters" in left));
  const none = applyFilters(PAYLOAD, [filter("kind", "contains", "zz")]);
  assert.equal(none.empty, true);
  assert.equal(none.description, "none $& zz");
});

Deno.test("a payload without rows to filter stays as it is", () => {
  const { rowFilters: _, ...plain } = PAYLOAD;
  assert.equal(applyFilters(plain, [filter("kind", "contains", "a")]), plain);
});

Deno.test("a mark that changed since the last stop has a ring, and the key says so", () => {
  const story = cases.charts.story as unknown as RowRules;
  const trace = { mode: "markers", ids: ["0", "1", "2", "3", "4"], x: [1, 2, 3, 4, 5] };
  const blank = story.when.map(() => []);
  const payload = {
    ...{ name: "", title: "", subtitle: "", description: "", asOf: "", cite: "", mobile: {} },
    ...{ listColumns: {}, legend: [["●", "confirmed"]], empty: false, references: [] },
    table: { columns: [], rows: blank },
    figure: { data: [{ ...trace, y: [1, 2, 3, 4, 5] }], layout: {} },
    rowFilters: { ...story, references: blank },
  } as unknown as Payload;
  const at = (value: string, earlier: string): Filter => ({
    ...filter("known", "lte", value),
    earlier: [earlier, `day ${earlier}`],
  });
  const lit = applyFilters(payload, [at("2025-04-28", "2024-11-27")]);
  const ring = lit.figure.data[1];
  assert.deepEqual([ring.x, ring.y, ring.ids], [[2], [2], undefined]);
  assert.deepEqual(lit.legend[1], ["◯", "changed since day 2024-11-27"]);
  assert.match(lit.news ?? "", /^New since day 2024-11-27: Moscow admits\. .*Changed: First sail/);
  const calm = applyFilters(payload, [at("2024-11-27", "2024-11-05")]);
  assert.equal(calm.figure.data.length, 1);
  assert.equal(calm.legend.length, 1);
});
