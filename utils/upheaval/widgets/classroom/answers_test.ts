import assert from "node:assert/strict";
import { givenBy, tallied } from "./answers.ts";
import type { ClassCheck } from "./data.ts";
import type { Student } from "./people.ts";

const student = (name: string, answer: unknown, right = false): Student => ({
  id: name,
  name,
  files: [],
  work: { "02.x": { answer, right, tries: 2 } },
});
const spec = (type: string, more: object = {}) => ({
  kind: "check" as const,
  type,
  storageKey: "02.x",
  answerKey: "",
  question: "?",
  hints: [],
  options: [{ id: "a", text: "Alpha" }, { id: "b", text: "Beta" }],
  ...more,
});
const CHOICE: ClassCheck = {
  spec: spec("choice", { legacy: [{ id: "b" }, { id: "a" }] }),
  key: { type: "choice", right: ["a"], why: { a: "Yes", b: "No" } } as ClassCheck["key"],
};
const shown = (check: ClassCheck, students: Student[]) =>
  tallied(check, students).taken.map(({ of, text, right, who }) => [of, text, right, who.join()]);

Deno.test("answers are marked anew, whatever a file says of them", () => {
  const liar = student("Ann", "b", true);
  assert.equal(givenBy(liar, CHOICE)?.verdict.right, false);
  const tally = tallied(CHOICE, [liar, student("Bo", "a"), student("Cy", "a")]);
  assert.deepEqual([tally.right, tally.given.length], [2, 3]);
});

Deno.test("each option of a choice tells who took it, and its reason", () => {
  assert.deepEqual(shown(CHOICE, [student("Ann", "b"), student("Bo", "a")]), [
    ["", "Alpha", true, "Bo"],
    ["", "Beta", false, "Ann"],
  ]);
  assert.deepEqual(tallied(CHOICE, []).taken.map(({ why }) => why), ["Yes", "No"]);
});

Deno.test("an answer by position, as files had it before options had ids, is understood", () => {
  assert.deepEqual(shown(CHOICE, [student("Ann", 1)])[0], ["", "Alpha", true, "Ann"]);
});

Deno.test("what is no answer counts as none", () => {
  for (const answer of [null, "gone", {}, 9]) {
    assert.equal(givenBy(student("Ann", answer), CHOICE), null);
  }
  assert.equal(givenBy({ ...student("Ann", "a"), work: { "02.x": "text" } }, CHOICE), null);
});

Deno.test("of a list to tick each option tells who ticked it", () => {
  const option = (id: string, right: boolean) => ({ id, text: id, why: `why ${id}`, right });
  const all: ClassCheck = {
    spec: spec("select_all"),
    key: {
      type: "select_all",
      done: "",
      not_yet: "",
      missed: "",
      options: [option("a", true), option("b", false)],
    } as ClassCheck["key"],
  };
  assert.deepEqual(shown(all, [student("Ann", ["a", "b"]), student("Bo", ["a"])]), [
    ["", "Alpha", true, "Ann,Bo"],
    ["", "Beta", false, "Ann"],
  ]);
});

Deno.test("of a match each item tells who gave it what", () => {
  const item = (label: string) => ({ label, right: ["a"], why: { a: "yes", b: "no" } });
  const match: ClassCheck = {
    spec: spec("match", { slots: ["One", "Two"] }),
    key: {
      type: "match",
      done: "",
      not_yet: "",
      items: [item("1"), item("2")],
    } as ClassCheck["key"],
  };
  assert.deepEqual(shown(match, [student("Ann", ["a", "b"])]), [
    ["One", "Alpha", true, "Ann"],
    ["Two", "Alpha", true, ""],
    ["Two", "Beta", false, "Ann"],
  ]);
});

Deno.test("numbers are told as they were written", () => {
  const number: ClassCheck = {
    spec: spec("number", { unit: "days", options: undefined }),
    key: {
      type: "number",
      low: [3, 3],
      high: [3, 3],
      why: "Right",
      below: "Low",
      above: "High",
      unread: "",
      mistakes: [],
    } as ClassCheck["key"],
  };
  assert.deepEqual(shown(number, [student("Ann", "3"), student("Bo", "4"), student("Cy", "4")]), [
    ["", "3 days", true, "Ann"],
    ["", "4 days", false, "Bo,Cy"],
  ]);
});

Deno.test("of a selection each rule tells who kept it", () => {
  const rule = { kind: "count", column: "", value: 2, good: "Two", why: "Take two" };
  const selection: ClassCheck = {
    spec: spec("selection"),
    key: {
      type: "selection",
      done: "",
      not_yet: "",
      options: ["a", "b"],
      columns: {},
      rules: [rule],
    } as ClassCheck["key"],
  };
  assert.deepEqual(shown(selection, [student("Ann", ["a", "b"]), student("Bo", ["a"])]), [
    ["", "Rule kept", true, "Ann"],
    ["", "Rule not kept", false, "Bo"],
  ]);
});
