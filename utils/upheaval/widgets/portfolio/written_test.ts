import assert from "node:assert/strict";
import type { Part, Writing } from "../core/protocol.ts";
import { elsewhere, evidenceIn, writtenIn, writtenTo } from "./written.ts";

const writing = (kind: string, labels: Writing["labels"] = {}): Writing => ({
  key: "02.one",
  kind,
  question: "What?",
  labels,
});
const said = (kind: string, value: unknown, labels: Writing["labels"] = {}) =>
  writtenTo(writing(kind, labels), { "02.one": value }).lines
    .map(({ label, text }) => label ? `${label} | ${text}` : text);

Deno.test("each kind of work is put in words, with the labels of its part", () => {
  assert.deepEqual(said("predict", "In May"), ["In May"]);
  const fields = { see: "I see", wonder: "I wonder" };
  assert.deepEqual(said("write", { wonder: "why", see: " ", old: "x" }, { fields }), [
    "I wonder | why",
    "old | x",
  ]);
  const change = { row: "end", column: "biden", scale: "s", code: -1, reason: "A date." };
  const coded = { rows: { end: "The end" }, columns: { biden: "Biden" }, scales: { s: "Scale" } };
  assert.deepEqual(said("coding", { changes: [change] }, coded), [
    "The end, Biden, Scale: −1 | A date.",
  ]);
  const grid = { rows: { r: "Row" }, columns: { c: "Money" }, marks: { I: "✕ inconsistent" } };
  assert.deepEqual(said("matrix", { marks: { r: { c: "I" }, q: {} }, left: ["r"] }, grid), [
    "Row | Money ✕ inconsistent (left out)",
  ]);
  const asked = { questions: { q: "Will it?" } };
  const forecasts = { q: { percent: 0, reason: "Never." }, p: { percent: null, reason: "?" } };
  assert.deepEqual(said("forecast", { forecasts }, asked), ["Will it? | 0 %. Never."]);
  assert.deepEqual(said("weights", { weights: { hold: 5 } }, { criteria: { hold: "Hold" } }), [
    "Hold: 5",
  ]);
  const evidence = [{
    id: "a",
    kind: "event",
    title: "It went",
    status: "claimed",
    known: "2024-10-18",
  }];
  const memo = { fields: { to: "The President" }, evidence };
  assert.deepEqual(said("memo", memo, { fields: { to: "To" } }), [
    "To | The President",
    "[1] It went (event, claimed, public by 18 October 2024)",
  ]);
  assert.equal(evidenceIn(evidence).length, 1);
});

Deno.test("what cannot be read is left out, and stops nothing", () => {
  for (
    const kind of ["predict", "write", "coding", "matrix", "forecast", "weights", "memo", "new"]
  ) {
    for (const odd of [null, 3, "", [], {}, [null], { marks: 3, changes: 3, forecasts: [1] }]) {
      assert.deepEqual(said(kind, odd), [], `${kind} ${JSON.stringify(odd)}`);
    }
  }
});

Deno.test("what is written is told from what is not, and from other lessons' work", () => {
  const part: Part = {
    name: "02",
    title: "",
    checks: [],
    url: "",
    hood: [],
    writings: [writing("predict")],
  };
  const kept = { "02.one": "x", "03.two": "y", "02.check": { answer: 1, right: true, tries: 1 } };
  assert.equal(writtenIn(part, kept).length, 1);
  assert.deepEqual(writtenIn(part, {}), []);
  assert.deepEqual(elsewhere([part], { ...kept, evidence: [] }), ["03.two"]);
});
