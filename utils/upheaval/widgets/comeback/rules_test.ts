import assert from "node:assert/strict";
import { dealt, doneOn, due, type LessonItems, MOST, roundsIn, standing } from "./rules.ts";

const lesson = (number: string, count = 5): LessonItems => ({
  lesson: number,
  items: Array.from({ length: count }, (_, at) => `${number}.back-${at}`),
});
const LESSONS = [lesson("01"), lesson("02")];
const attempt = (day?: string) => ({ answer: "a", right: true, tries: 1, ...(day && { day }) });

Deno.test("the day of a lesson is the last that is known, and nothing is claimed else", () => {
  const work = {
    "01.a": attempt("2026-01-02"),
    "01.b": attempt("2026-01-05"),
    "01.back-0": attempt("2026-02-01"), // a question that came back is no lesson
    "02.predict": "words",
    evidence: [],
  };
  assert.deepEqual(doneOn(LESSONS, work, []), { "01": "2026-01-05", "02": "" });
  assert.deepEqual(doneOn(LESSONS, {}, ["02"]), { "02": "" });
  assert.deepEqual(doneOn(LESSONS, { "01.a": null, "01.b": { day: "yesterday" } }, []), {
    "01": "",
  });
});

Deno.test("a lesson comes back after two days, a week and four weeks", () => {
  const done = { "01": "2026-01-01" };
  const dueOn = (today: string, ...rounds: string[]) =>
    due(LESSONS, done, rounds.map((day) => ({ day, items: ["01.back-3"] })), today);
  assert.deepEqual(dueOn("2026-01-02"), { lessons: [], next: "2026-01-03" });
  assert.deepEqual(dueOn("2026-01-03").lessons, ["01"]);
  assert.deepEqual(dueOn("2026-01-03", "2026-01-03"), { lessons: [], next: "2026-01-08" });
  assert.deepEqual(dueOn("2026-01-20", "2026-01-03").lessons, ["01"], "the week was missed");
  assert.deepEqual(dueOn("2026-01-20", "2026-01-20"), { lessons: [], next: "2026-01-29" });
  assert.deepEqual(dueOn("2026-03-01", "2026-02-01"), { lessons: [], next: "" });
});

Deno.test("a lesson without a day is never due", () => {
  assert.deepEqual(due(LESSONS, { "01": "" }, [], "2026-01-01"), { lessons: [], next: "" });
});

Deno.test("a round is mixed, no longer than it may be, and brings what came least", () => {
  const first = dealt(LESSONS, []);
  assert.equal(first.length, MOST);
  assert.deepEqual(first.slice(0, 3), ["01.back-0", "02.back-0", "01.back-1"]);
  const second = dealt(LESSONS, [{ day: "2026-01-03", items: first }]);
  assert.deepEqual(second.slice(0, 4), ["01.back-3", "02.back-3", "01.back-4", "02.back-4"]);
  assert.deepEqual(dealt([lesson("01", 2)], []), ["01.back-0", "01.back-1"]);
  assert.deepEqual(dealt([], []), []);
});

Deno.test("whatever is kept is read", () => {
  const none = { ticked: [], rounds: [], answers: {} };
  for (const odd of [null, undefined, 3, "x", [], { rounds: [null, 3, { day: "x" }] }]) {
    assert.deepEqual(roundsIn(odd), none);
  }
  const kept = {
    ticked: ["01", 3],
    rounds: [{ day: "2026-01-03", items: ["01.back-0", null] }],
    answers: { "01.back-0": attempt(), "01.back-1": "odd" },
  };
  assert.deepEqual(roundsIn(kept), {
    ticked: ["01"],
    rounds: [{ day: "2026-01-03", items: ["01.back-0"] }],
    answers: { "01.back-0": attempt() },
  });
});

Deno.test("how a round stands is told by its own questions", () => {
  const rounds = [{ day: "2026-01-03", items: ["01.back-0", "01.back-1", "01.back-2"] }];
  const answers = { "01.back-0": attempt(), "01.back-1": { ...attempt(), right: false } };
  const kept = { ticked: [], rounds, answers: { ...answers, "09.gone": attempt() } };
  assert.deepEqual(standing(kept), { asked: 3, open: 1, right: 1 });
  assert.deepEqual(standing({ ...kept, rounds: [] }), { asked: 0, open: 0, right: 0 });
});
