import assert from "node:assert/strict";
import { asCsv } from "../core/table.ts";
import type { ClassCheck, ClassLesson } from "./data.ts";
import { doneIn, doneText, emptyHanded, gradebook, lastSaved, lessonsWith } from "./gradebook.ts";
import type { Student } from "./people.ts";

const check = (storageKey: string): ClassCheck => ({
  spec: {
    kind: "check",
    type: "choice",
    storageKey,
    answerKey: "",
    question: "?",
    hints: [],
    options: [{ id: "a", text: "A" }, { id: "b", text: "B" }],
  },
  key: { type: "choice", right: ["a"], why: { a: "", b: "" } } as ClassCheck["key"],
});
const LESSON: ClassLesson = {
  number: "02",
  title: "Two",
  checks: [check("02.x"), check("02.y")],
  writings: [{ key: "02.predict", kind: "predict", question: "?", labels: {} }],
};
const EMPTY: ClassLesson = { number: "03", title: "Three", checks: [], writings: [] };
const student = (name: string, work: Student["work"]): Student => ({
  id: name,
  name,
  files: [{ place: "p", saved: "2026-03-05T09:07:30.000Z", sign: "", owner: "", work }],
  work,
});
const ANN = student("=SUM(A1)", {
  "02.x": { answer: "a", right: false, tries: 1 },
  "02.y": { answer: "b", right: true, tries: 1 },
  "02.predict": "Soon",
});

Deno.test("what somebody did in a lesson is counted and told", () => {
  assert.deepEqual(doneIn(LESSON, ANN), {
    right: 1,
    answered: 2,
    checks: 2,
    written: 1,
    writings: 1,
  });
  assert.equal(doneText(doneIn(LESSON, ANN)), "1 of 2 right, 1 of 1 written");
  assert.equal(doneText(doneIn(LESSON, student("Bo", {}))), "");
  assert.deepEqual(lessonsWith([LESSON, EMPTY], [ANN]), [LESSON]);
  assert.equal(lastSaved(ANN), "2026-03-05 09:07");
});

Deno.test("a gradebook has a row a student, and no cell that a spreadsheet would compute", () => {
  const table = gradebook([LESSON, EMPTY], [ANN, student("Bo", {})], new Map([["Bo", 9]]));
  assert.deepEqual(table.columns, [
    "Student",
    "Last saved (UTC)",
    "02 checks right (of 2)",
    "02 checks answered",
    "02 things written (of 1)",
    "Memo points",
  ]);
  assert.deepEqual(table.rows.map((row) => row.slice(2)), [[1, 2, 1, null], [0, 0, 0, 9]]);
  const text = asCsv(table, ".");
  assert.ok(text.startsWith("\ufeffStudent,"));
  assert.ok(text.includes("\r\n'=SUM(A1),2026-03-05 09:07,1,2,1,\r\n"));
});

Deno.test("who answered no check has none wrong, and is not told so", () => {
  const cy = student("Cy", { "02.predict": "Soon" });
  assert.equal(doneText(doneIn(LESSON, cy)), "none of 2 checks answered, 1 of 1 written");
});

Deno.test("a file without an answer to any lesson is told by its name", () => {
  const told = emptyHanded([LESSON, EMPTY], [ANN, student("Bo", { "02.x": 17 })]);
  assert.equal(told.length, 1);
  assert.match(told[0], /^Bo: no answer was found in p\./);
});
