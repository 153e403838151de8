import assert from "node:assert/strict";
import { withGhost } from "./ghost.ts";
import type { GhostSpec, Payload } from "../core/protocol.ts";

const DAYS: GhostSpec = {
  storageKey: "02.predict",
  scale: { low: 0, high: 120, step: 1, unit: "days later", ends: [1, 14], ticks: [0, 120] },
  options: ["At once", "Soon", "Late"],
  axis: "x",
  zero: "2024-10-08",
  per: 1,
  state: {},
};
const VOTES: GhostSpec = {
  ...DAYS,
  scale: { low: 0, high: 11, step: 1, unit: "votes", ends: [1], ticks: [0, 11] },
  options: ["None", "Some"],
  axis: "track",
  row: "China",
  zero: 0,
  per: 1 / 11,
};

function chart(range: [string, string], more: Partial<Payload> = {}): Payload {
  const layout = { xaxis: { range }, shapes: [{ name: "row:1" }] };
  return { figure: { data: [], layout }, legend: [["●", "confirmed"]], ...more } as Payload;
}

const lines = [{ title: "China", track: [[0, 0.2, "bar", "blue"]] }, { title: "Iran", track: [] }];
const list = {
  ...chart(["2024-09-24", "2024-12-01"]),
  markedRows: { columns: [], ticks: [], unit: "", groups: [{ title: "", lines }] },
} as unknown as Payload;

Deno.test("a guess is a dashed line at its day, with a name, and named in the key", () => {
  const before = chart(["2024-09-24", "2024-12-01"]);
  const { figure, legend } = withGhost(before, DAYS, {}, "20 days later");
  const [row, line] = figure.layout.shapes ?? [];
  assert.equal(row.name, "row:1");
  assert.deepEqual([line.name, line.type, line.xref, line.x0, line.x1], [
    "guess",
    "line",
    "x",
    "2024-10-28",
    "2024-10-28",
  ]);
  assert.deepEqual(line.line, { dash: "dash", width: 2 });
  const [note] = figure.layout.annotations ?? [];
  assert.deepEqual([note.name, note.x, note.text], ["guess", "2024-10-28", "◌ your guess"]);
  assert.deepEqual(legend.at(-1), ["◌", "your guess: 20 days later"]);
  assert.equal(before.figure.layout.shapes?.length, 1, "the chart itself stays as it was");
});

Deno.test("a guess of an earlier version is a dashed box as wide as what it meant", () => {
  const { figure } = withGhost(chart(["2024-09-24", "2024-12-01"]), DAYS, {}, "Soon");
  const box = figure.layout.shapes?.at(-1);
  assert.deepEqual([box?.type, box?.x0, box?.x1], ["rect", "2024-10-09", "2024-10-22"]);
});

Deno.test("beside the name of another line it is a sign alone, which the key explains", () => {
  const named = (x: string) => {
    const before = chart(["2024-09-24", "2024-12-01"]);
    before.figure.layout.annotations = [{ name: "at:as_of", text: "known by", x, y: 0 }];
    const { figure, legend } = withGhost(before, DAYS, {}, "20 days later");
    return [figure.layout.annotations?.at(-1)?.text, legend.at(-1)];
  };
  const key = ["◌", "your guess: 20 days later"];
  assert.deepEqual(named("2024-11-08"), ["◌", key]);
  assert.deepEqual(named("2025-11-08"), ["◌ your guess", key]);
});

Deno.test("of two panels the one is taken that has the day", () => {
  const before = chart(["1949-01-01", "2022-01-01"]);
  before.figure.layout.xaxis2 = { range: ["2022-01-01", "2026-12-31"] };
  const { figure } = withGhost(before, DAYS, {}, "20 days later");
  assert.equal(figure.layout.shapes?.at(-1)?.xref, "x2");
});

Deno.test("a guess outside of the picture is told and not drawn", () => {
  const before = chart(["2024-09-24", "2024-10-20"]);
  const { figure, legend } = withGhost(before, DAYS, {}, "20 days later");
  assert.deepEqual(figure, before.figure);
  assert.deepEqual(legend.at(-1), ["◌", "your guess: 20 days later, not in this picture"]);
});

Deno.test("the end of a scale that means never stands on no day", () => {
  const never = { ...DAYS, scale: { ...DAYS.scale, high: 20, most: "Never" } };
  const before = chart(["2024-09-24", "2024-12-01"]);
  const { figure, legend } = withGhost(before, never, {}, "Never");
  assert.deepEqual(figure, before.figure);
  assert.deepEqual(legend.at(-1), ["◌", "your guess: Never, not in this picture"]);
});

Deno.test("a guess of another choice is not drawn", () => {
  const one = { ...DAYS, state: { period: 2 } };
  const at = (period: number) =>
    withGhost(chart(["2024-09-24", "2024-12-01"]), one, { period }, "20 days later")
      .figure.layout.shapes?.length;
  assert.deepEqual([at(2), at(0)], [2, 1]);
});

Deno.test("on a row's scale it is a hollow sign beside what is drawn, in that row alone", () => {
  const { markedRows } = withGhost(list, VOTES, {}, "11 votes");
  const [china, iran] = markedRows?.groups[0].lines ?? [];
  assert.deepEqual(china.track, [[0, 0.2, "bar", "blue"], [1, 1, "◌", "grey"]]);
  assert.deepEqual(iran.track, []);
  assert.equal(
    withGhost(list, { ...VOTES, row: "Chad" }, {}, "11 votes").markedRows?.groups.length,
    1,
  );
});

Deno.test("without a guess, or with an odd one, a chart is the very same", () => {
  const before = chart(["2024-09-24", "2024-12-01"]);
  for (const kept of [undefined, null, "", "soon", 20, { said: 20 }]) {
    assert.equal(withGhost(before, DAYS, {}, kept), before);
  }
  assert.equal(withGhost(before, undefined, {}, "20 days later"), before);
});
