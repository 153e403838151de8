import assert from "node:assert/strict";
import { joinedMembers, type Member, membersIn, pastedRows, percentIn } from "./class_import.ts";

const WANTED = {
  head: { about: "ours", version: "1" },
  storageKey: "10.f",
  questions: [{ id: "q1" }, { id: "q2" }],
};

Deno.test("rows are read with commas, semicolons, tabs, quotes and a byte order mark", () => {
  for (const comma of [",", ";", "\t"]) {
    const text = `\ufeffid${comma}percent\r\n"a""b${comma}\nc"${comma} 3 \r\n\r\n`;
    assert.deepEqual(pastedRows(text), [["id", "percent"], [`a"b${comma}\nc`, "3"]]);
  }
  assert.deepEqual(pastedRows(""), []);
});

Deno.test("a percentage is one number from 0 to 100", () => {
  assert.deepEqual([0, 100, "55", "55 %", "1,5"].map(percentIn), [0, 100, 55, 55, 1.5]);
  for (const bad of [-1, 101, NaN, "1k", "1–2", "x", "", null, true, {}]) {
    assert.equal(percentIn(bad), null, String(bad));
  }
});

const file = (content: object) =>
  membersIn(JSON.stringify({ about: "older", key: "10.f", ...content }), WANTED);

Deno.test("a saved file is one member, without what was known or does not fit", () => {
  const forecasts = [
    { id: "q1", percent: 40 },
    { id: "q2", percent: 90, known: true },
    { id: "gone", percent: 1 },
    { id: ["q1"], percent: 2 },
    null,
    3,
  ];
  assert.deepEqual(file({ name: "Ana", locked: "2024", forecasts }).members, [
    { name: "Ana", locked: "2024", percents: { q1: 40 } },
  ]);
});

Deno.test("forecasts are found in a file of all work, signed with its name", () => {
  const forecasts = { q1: { percent: 40 }, q2: { percent: 101 }, gone: { percent: 1 }, q3: null };
  const all = (kept: unknown) =>
    membersIn(
      JSON.stringify({ about: "ours", format: 1, name: "Bo", work: { "10.f": kept } }),
      WANTED,
    );
  assert.deepEqual(all({ name: "", locked: null, forecasts }).members, [
    { name: "Bo", locked: "", percents: { q1: 40 } },
  ]);
  assert.match(all([]).problem ?? "", /cannot be read/);
});

Deno.test("what is no file of forecasts is named", () => {
  assert.match(file({ forecasts: [] }).problem ?? "", /holds no forecast/);
  assert.match(file({ key: 3, forecasts: {} }).problem ?? "", /not saved by this collection/);
  assert.match(file({ key: "10.g", forecasts: [] }).problem ?? "", /forecasts are others/);
  assert.match(membersIn("a,b\n1,2", WANTED).problem ?? "", /neither a file/);
  assert.match(membersIn("words", WANTED).problem ?? "", /neither a file/);
  assert.match(membersIn("{", WANTED).problem ?? "", /no JSON file/);
});

Deno.test("tables pasted one under another are several people, also without names", () => {
  const table = "name,id,percent,known\n,q1,40,no\n,q2,50,yes\nBo,q1,60,\n";
  assert.deepEqual(membersIn(table + table, WANTED).members, [
    { name: "", locked: "", percents: { q1: 40 } },
    { name: "Bo", locked: "", percents: { q1: 60 } },
    { name: "", locked: "", percents: { q1: 40 } },
    { name: "Bo", locked: "", percents: { q1: 60 } },
  ]);
});

Deno.test("who is there already is left out and named", () => {
  const ana: Member = { name: "Ana", locked: "", percents: { q1: 1 } };
  const nobody: Member = { name: "", locked: "", percents: { q1: 2 } };
  assert.deepEqual(joinedMembers([ana], [ana, nobody, nobody]), {
    members: [ana, nobody],
    twice: ["Ana", "somebody without a name"],
  });
});
