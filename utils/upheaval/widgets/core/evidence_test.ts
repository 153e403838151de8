import assert from "node:assert/strict";
import { evidenceAdded, findingsIn, oneKind, statusIn } from "./evidence.ts";

Deno.test("a status is its word, and what is none is left out", () => {
  const cases = {
    "✕ disputed then": "disputed",
    "● confirmed": "confirmed",
    "claimed": "claimed",
    "⬡ a promise": "",
    "then": "",
    "": "",
  };
  for (const [words, status] of Object.entries(cases)) assert.equal(statusIn(words), status, words);
});

Deno.test("kinds are of one vocabulary, whichever version kept them", () => {
  assert.equal(oneKind("timeline"), "event");
  assert.equal(oneKind("estimates"), "estimate");
  assert.equal(oneKind("event"), "event");
  assert.equal(oneKind("constructor"), "constructor");
});

Deno.test("a finding keeps its own day; an older one has it in its title or its data", () => {
  const finding = {
    id: "timeline-october: 28 October 2024: N",
    kind: "timeline",
    title: "28 October 2024: N",
    status: "✕ disputed then",
    asOf: "February 2026",
  };
  const older = evidenceAdded(finding);
  assert.deepEqual([older.kind, older.status, older.known], ["event", "disputed", "2024-10-28"]);
  assert.equal(evidenceAdded({ ...finding, known: "2024-10-29" }).known, "2024-10-29");
  assert.equal(evidenceAdded({ ...finding, kind: "chart" }).known, "2026-02-28");
});

Deno.test("what a source says of a finding stays with it, from the basket into a memo", () => {
  const finding = { id: "ties/a", kind: "tie", title: "A", status: "", asOf: "2025", sources: [] };
  const says = ["It went.", "", "KBS, 1 May"];
  const [kept, ...others] = findingsIn([
    { ...finding, says },
    { ...finding, says: "It went." },
    { ...finding, says: ["It went.", "", ["KBS"]] },
    finding,
  ]);
  assert.deepEqual(kept.says, says);
  assert.deepEqual(evidenceAdded(kept).says, says);
  assert.ok([...others, ...others.map(evidenceAdded)].every((one) => !("says" in one)));
});
