import assert from "node:assert/strict";
import type { FoundFile } from "./data.ts";
import { collected, owners, withoutNames } from "./people.ts";
import older from "../../../../tests/cases/handed_in.json" with { type: "json" };

const HEAD = { about: older.about, version: "1" };
const FORECAST = {
  head: HEAD,
  storageKey: "10.f",
  questions: [{ id: "q1", text: "Rain?" }],
  outcomes: [true],
};
const CHECK = { answer: "a", right: true, tries: 1 };

function file(place: string, work: object, more: object = {}): FoundFile {
  const text = JSON.stringify({ about: HEAD.about, format: 1, ...more, work });
  return { place, changed: "2026-01-01T00:00:00Z", text };
}
const read = (...files: FoundFile[]) => collected(files, HEAD.about, FORECAST);

Deno.test("whose a file is stands in the name that a platform gave it", () => {
  const named = {
    "Ann Lee_12345_assignsubmission_file_my_work.json": "Ann Lee",
    "Ann Lee_12345_assignsubmission_file_/my_work.json": "Ann Lee",
    "a.zip/Bo Berg_7_assignsubmission_file_all.zip/my_work.json": "Bo Berg",
    "leeann_123_456_my_work-1.json": "leeann",
    "leeann_LATE_123_456_my_work.json": "leeann",
    "Task_leeann_attempt_2026-03-05-10-11-12_my_work.json": "leeann",
    "Ann Lee - my_work.json": "Ann Lee",
    "Submitted files/Ann Lee/Task 1/Version 2/my_work.json": "Ann Lee",
    "my_work (2).json": "",
    "my_work - copy.json": "",
    "my_work-Ann-02-2026-03-05.json": "",
    "Version 2/my_work.json": "",
    "Lesson 10 - forecasts.json": "",
    "Weekes Bo_7_assignsubmission_file_/my_work.json": "Weekes Bo",
  };
  for (const [place, owner] of Object.entries(named)) {
    assert.equal(owners([place]).get(place), owner, place);
  }
});

Deno.test("folders that lie side by side with few files each are one person's each", () => {
  const own = owners(["x/Ann/my_work.json", "x/Bo.zip/my_work.json", "x/Bo.zip/my_work (1).json"]);
  assert.deepEqual([...own.values()], ["Ann", "Bo", "Bo"]);
  const named = owners(["x/Weekes Bo/my_work.json", "x/Classen Ann/my_work.json"]);
  assert.deepEqual([...named.values()], ["Weekes Bo", "Classen Ann"], "names of people");
  const many = ["x", "y"].flatMap((folder) => [1, 2, 3, 4].map((at) => `${folder}/${at}.json`));
  assert.deepEqual(new Set(owners(many).values()), new Set([""]));
  assert.deepEqual(new Set(owners(["Lesson 2/a.json", "Lesson 3/a.json"]).values()), new Set([""]));
});

Deno.test("of several files of one person the later counts, by its own day, and is told", () => {
  const { students, notes } = read(
    file("leeann_1_2_my_work-1.json", { "02.a": "new" }, { saved: "2026-03-05T09:00:00Z" }),
    file("leeann_1_1_my_work.json", { "02.a": "old", "03.b": "kept" }, {
      saved: "2026-03-04T09:00:00Z",
    }),
  );
  assert.equal(students.length, 1);
  assert.deepEqual(students[0].work, { "02.a": "new", "03.b": "kept" });
  assert.equal(notes.length, 1);
  assert.match(notes[0], /leeann handed in 2 files.*leeann_1_2_my_work-1.json, saved on 5 March/);
});

Deno.test("two files of one person that answer other questions are no resubmission", () => {
  const { students, notes } = read(
    file("a.json", { name: "Ann", "02.a": "x" }),
    file("b.json", { name: "Ann", "03.a": "x" }),
  );
  assert.deepEqual([students.length, notes], [1, []]);
});

Deno.test("a copy is read once, and a copy of another student is told and kept", () => {
  const once = read(
    file("my_work.json", { "02.a": "x" }),
    file("my_work (1).json", { "02.a": "x" }),
  );
  assert.equal(once.students.length, 1);
  assert.match(
    once.notes[0],
    /my_work \(1\).json holds the same as my_work.json: it was read once/,
  );
  const both = read(
    file("Ann_1_assignsubmission_file_w.json", { "02.a": "x" }),
    file("Bo_2_assignsubmission_file_w.json", { "02.a": "x" }),
  );
  assert.equal(both.students.length, 2);
  assert.match(both.notes[0], /letter by letter.*another student/);
});

const OWN = "Seoul spoke first, and nobody else had counted them.";

Deno.test("the same work under two signs is told, and both are kept", () => {
  const { students, notes } = read(
    file("a.json", { name: "Ann", "02.w": { text: OWN } }),
    file("b.json", { name: "Bo", "02.w": { text: OWN } }),
  );
  assert.deepEqual(students.map(({ name }) => name), ["Ann", "Bo"]);
  assert.match(
    notes[0],
    /^b\.json holds the same, letter by letter, as a\.json.*signed Bo, and Ann/,
  );
  const locked = (name: string) => ({ name, reason: OWN, locked: "2026-03-01T09:00:00Z" });
  const forecasts = read(
    file("a.json", { name: "Ann", "10.f": locked("Ann") }),
    file("b.json", { name: "Bo", "10.f": locked("Bo") }),
  );
  assert.match(forecasts.notes[0], /letter by letter/);
});

Deno.test("right answers alone are no copy of anybody's, and a second sign of nobody is", () => {
  const right = { "02.a": CHECK, "02.b": CHECK };
  const both = read(
    file("a.json", { name: "Ann", ...right }),
    file("b.json", { name: "Bo", ...right }),
  );
  assert.deepEqual([both.students.length, both.notes], [2, []]);
  const nameless = read(file("a.json", { name: "Ann", ...right }), file("b.json", right));
  assert.deepEqual([nameless.students.length, nameless.notes], [2, []]);
});

Deno.test("the same words in other work are told once for those who share them", () => {
  const work = (name: string, tries: number, own = OWN) =>
    file(`${name}.json`, { name, "02.a": { ...CHECK, tries }, "02.w": { text: own } });
  const { notes } = read(
    work("Ann", 1),
    work("Bo", 2, OWN.toUpperCase().replaceAll(" ", "\n")),
    work("Chi", 3, `${OWN} Who says so?`),
  );
  assert.deepEqual(notes, [
    "Ann and Bo wrote the same words in one place: “Seoul spoke first, and nobody else had c …”.",
  ]);
  const chosen = (name: string) =>
    file(`${name}.json`, { name, "02.predict": OWN, evidence: [{ id: name, title: OWN }] });
  assert.deepEqual(read(chosen("Ann"), chosen("Bo")).notes, [], "words of the lesson");
  const board = "ABCDEFG".split("").map((name, at) => work(name, at));
  assert.deepEqual(read(...board).notes, [], "what half a class has stood on the board");
});

Deno.test("a sign that one platform name uses joins files that carry no platform's name", () => {
  const { students } = read(
    file("leeann_1_2_w.json", { "02.a": "x" }, { name: "Ann" }),
    file("dropped.json", { "03.a": "y" }, { name: "ANN" }),
  );
  assert.deepEqual(students.map(({ name }) => name), ["leeann (ANN)"]);
});

Deno.test("who gave no name is called by the file, and each of them is one person", () => {
  const { students } = read(file("my_work (2).json", { "02.a": 1 }), file("w.json", { "02.a": 2 }));
  assert.deepEqual(students.map(({ name }) => name), ["No name: my_work (2)", "No name: w"]);
});

Deno.test("damaged and other files are named, and stop nothing", () => {
  const odd = (place: string, text: string) => ({ place, changed: "", text });
  const { students, problems } = read(
    odd("a.json", "{"),
    odd("b.json", '{"x": 1}'),
    odd("c.csv", "a,b\n1,2"),
    odd("d.json", "[]"),
    file("e.json", { "02.a": CHECK }),
  );
  assert.equal(students.length, 1);
  assert.deepEqual(problems.map((one) => one.split(" ")[0]), [
    "a.json",
    "b.json",
    "c.csv",
    "d.json",
  ]);
  assert.ok(problems.every((one) => /was left out: .+\.$/.test(one)));
});

Deno.test("a table of forecasts is as many people as it names", () => {
  const text = "name,id,percent\nAnn,q1,40\nBo,q1,60\n";
  const { students } = read({ place: "class.csv", changed: "", text });
  assert.deepEqual(students.map(({ name }) => name), ["Ann", "Bo"]);
});

Deno.test("every form that files ever had is taken", () => {
  const files = older.files.map(({ text }, at) => ({ place: `${at}.json`, changed: "", text }));
  const { students, problems } = read(...files);
  assert.deepEqual(problems, []);
  // Two files are signed Kim.
  assert.equal(students.length, files.length - 1);
});

Deno.test("without names everybody has a number, out of the order of the alphabet", () => {
  const { students } = read(
    ..."abcdefgh".split("").map((name) => file(`${name}.json`, { name, "02.a": name })),
  );
  const numbered = withoutNames(students);
  assert.deepEqual(
    numbered.map(({ name }) => name),
    students.map((_, at) => `Student ${at + 1}`),
  );
  assert.notDeepEqual(numbered.map(({ id }) => id), students.map(({ id }) => id));
  assert.deepEqual(withoutNames([...students].reverse()), numbered, "in whichever order they came");
});

Deno.test("a file of a later version is read as far as it is known, and told", () => {
  const { students, notes } = read(
    file("new.json", { "02.a": "x" }, { format: 2, version: "9.0.0" }),
    file("now.json", { "02.a": "y" }, { version: "9.0.0" }),
  );
  assert.equal(students.length, 2);
  assert.equal(notes.length, 1);
  assert.match(notes[0], /^new\.json was saved by a later version of the collection, 9\.0\.0\./);
});
