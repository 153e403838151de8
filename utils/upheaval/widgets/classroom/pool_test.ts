import assert from "node:assert/strict";
import type { CodingSpec, MatrixSpec } from "../core/protocol.ts";
import type { Student } from "./people.ts";
import { coders, comparedCodings, joinedGrids, pooled } from "./pool.ts";

const student = (name: string, work: Student["work"]): Student => ({
  id: name,
  name,
  files: [],
  work,
});
const HEAD = { about: "ours", version: "1" };

Deno.test("forecasts are pooled: mean, median, and Brier scores of both", () => {
  const forecast = {
    head: HEAD,
    storageKey: "10.f",
    questions: [{ id: "q1", text: "Rain?" }, { id: "q2", text: "Snow?" }],
    outcomes: [true, false],
  };
  const said = (name: string, percent: unknown, known = false) =>
    student(name, { "10.f": { forecasts: { q1: { percent, known } } } });
  const [rain, snow] = pooled(forecast, [
    said("Ann", 20),
    said("Bo", 50),
    said("Cy", 100),
    said("Di", 90, true),
    said("Ed", "x"),
    student("Flo", {}),
  ]);
  assert.deepEqual(rain.said.map(({ who }) => who), ["Ann", "Bo", "Cy"]);
  assert.equal(rain.median, 50);
  assert.equal(rain.mean?.toFixed(2), "56.67");
  assert.equal(rain.crowd, 0.25);
  assert.equal(rain.members?.toFixed(4), ((0.64 + 0.25 + 0) / 3).toFixed(4));
  assert.deepEqual([snow.said, snow.median, snow.crowd], [[], null, null]);
  const [open] = pooled({ ...forecast, outcomes: [null, false] }, [said("Ann", 20)]);
  assert.deepEqual([open.median, open.crowd, open.members], [20, null, null], "nobody knows yet");
});

const cell = (code: number) => ({ codes: { tone: code }, says: "s", evidence: "e", reason: "r" });
const CODING: CodingSpec = {
  kind: "coding",
  storageKey: "07.c",
  question: "?",
  head: HEAD,
  least: 1,
  scales: [{ name: "tone", label: "Tone", low: -2, high: 2, labels: {} }],
  columns: [{ name: "us", label: "U.S." }],
  rows: [
    { name: "aid", label: "Aid", cells: { us: cell(1) } },
    { name: "troops", label: "Troops", cells: { us: cell(-2) } },
  ],
};

Deno.test("codings are compared cell by cell; a cell left as it was counts as that code", () => {
  const coded = (name: string, code: number) =>
    student(name, {
      "07.c": { changes: [{ scale: "tone", row: "aid", column: "us", code, reason: "so it is" }] },
    });
  const all = [coded("Ann", 2), coded("Bo", 2), coded("Cy", 0), student("Di", {})];
  assert.deepEqual(coders(CODING, all).map(({ name }) => name), ["Ann", "Bo", "Cy"]);
  const [tone] = comparedCodings(CODING, all);
  const [aid, troops] = tone.cells;
  assert.deepEqual(aid.codes.map(({ code }) => code), [2, 2, 0]);
  assert.equal(aid.codes[0].reason, "so it is");
  assert.deepEqual(troops.codes.map(({ code }) => code), [-2, -2, -2]);
  assert.deepEqual([tone.all.cells, tone.contested.cells], [2, 1]);
  assert.equal(tone.all.alike, (1 + 3) / 6);
  assert.equal(tone.contested.alike, 1 / 3);
  assert.ok((tone.all.alpha ?? 0) > (tone.contested.alpha ?? 0));
});

const GRID: MatrixSpec = {
  kind: "matrix",
  storageKey: "09.g",
  question: "?",
  head: HEAD,
  advice: "",
  nouns: { row: "row", column: "column" },
  rows: [{ id: "r1", text: "R", credibility: "low", relevance: "low" }],
  columns: [{ id: "h1", name: "H1", text: "" }, { id: "h2", name: "H2", text: "" }],
  marks: [],
  worked: {},
};

Deno.test("grids are joined, and cells two steps apart are found", () => {
  const marked = (name: string, marks: object) =>
    student(name, { "09.g": { marks: { r1: marks } } });
  const { members, cells } = joinedGrids(GRID, [
    marked("Ann", { h1: "C", h2: "N" }),
    marked("Bo", { h1: "I", h2: "C" }),
    marked("Cy", {}),
    student("Di", { "09.g": "odd" }),
  ]);
  assert.equal(members, 2);
  assert.deepEqual(cells.map(({ apart }) => apart), [2, 1]);
  assert.deepEqual(cells[0].marks, [{ who: "Ann", mark: "C" }, { who: "Bo", mark: "I" }]);
});
