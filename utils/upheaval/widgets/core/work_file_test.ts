import assert from "node:assert/strict";
import {
  byLine,
  lessonOf,
  savedName,
  signAmong,
  signedTable,
  signIn,
  signOr,
  workFile,
  workFileIn,
} from "./work_file.ts";
import older from "../../../../tests/cases/handed_in.json" with { type: "json" };

const HEAD = { about: older.about, version: "1.2.3" };
const NOON = new Date(2026, 2, 5, 12);
const read = (text: string) => workFileIn(text, HEAD.about);

Deno.test("what is saved comes back, with who, lesson, day and version", () => {
  const work = { name: "Ann Lee", "02.delay": { answer: "a", right: true, tries: 1 } };
  const text = workFile(HEAD, work, { sign: " Ann\n Lee ", lesson: "02" }, NOON);
  assert.deepEqual(read(text).file, {
    sign: "Ann Lee",
    lesson: "02",
    saved: NOON.toISOString(),
    version: "1.2.3",
    isLater: false,
    work,
  });
  assert.ok(text.startsWith('{\n  "about": '), "a kernel knows it by its first line");
});

Deno.test("without a sign a file tells none, and is called as ever", () => {
  const by = { sign: undefined, lesson: "02" };
  assert.ok(!("name" in JSON.parse(workFile(HEAD, {}, by, NOON))));
  assert.equal(savedName("my_work", "json", by, NOON), "my_work.json");
  assert.equal(byLine(HEAD, by, NOON), "");
  const table = { columns: ["a"], rows: [[1]] };
  assert.deepEqual(signedTable(table, " "), table);
});

Deno.test("with a sign the name of a file tells it, the lesson and the day", () => {
  const by = (sign: string, lesson = "07") => ({ sign, lesson });
  assert.equal(
    savedName("my_work", "json", by(" Ana/../Łuk 1 "), NOON),
    "my_work-Ana-Łuk-1-07-2026-03-05.json",
  );
  assert.equal(savedName("my_work", "json", by("李", ""), NOON), "my_work-李-2026-03-05.json");
  assert.equal(savedName("forecasts", "csv", by("///"), NOON), "forecasts.csv");
  assert.ok(savedName("m", "csv", by("x".repeat(99)), NOON).length < 62);
  assert.equal(byLine(HEAD, by("Bo"), NOON), "Bo · lesson 07 · 2026-03-05 · version 1.2.3");
  assert.deepEqual(signedTable({ columns: ["a"], rows: [[1]] }, "Bo"), {
    columns: ["Name", "a"],
    rows: [["Bo", 1]],
  });
});

Deno.test("one sign serves all files; the older one of forecasts counts until one is given", () => {
  const forecasts = { "10.forecast": { name: " Kim\n", forecasts: {} } };
  assert.equal(signAmong(forecasts), "Kim");
  assert.equal(signAmong({ ...forecasts, name: "Ann" }), "Ann");
  assert.equal(signAmong({ ...forecasts, name: "" }), "", "it was taken out");
  assert.equal(signAmong({ ...forecasts, name: null }), "Kim");
  assert.deepEqual([signOr(undefined, "Kim"), signOr("", "Kim"), signOr(null, 3)], ["Kim", "", ""]);
  const file =
    read(workFile(HEAD, { ...forecasts, name: "Ann" }, { sign: "Ann", lesson: "" })).file;
  assert.equal(file?.sign, "Ann");
});

Deno.test("a sign is one short line of text", () => {
  assert.equal(signIn("\u202eA\u0000n\n\tn "), "A n n");
  assert.equal(signIn("x".repeat(99)).length, 60);
  for (const odd of [null, 3, {}, ["a"]]) assert.equal(signIn(odd), "");
  assert.deepEqual(["07.coding", "evidence", "name", "12.a.b"].map(lessonOf), ["07", "", "", "12"]);
});

Deno.test("files of every form that was ever written are read", () => {
  for (const { was, text, sign, lesson, saved, work } of older.files) {
    const { file, problem } = read(text);
    assert.equal(problem, undefined, was);
    assert.deepEqual([file?.sign, file?.lesson, file?.saved], [sign, lesson, saved], was);
    assert.deepEqual(file?.work, work, was);
  }
});

Deno.test("a page that holds a file of work is read as one", () => {
  const text = workFile(HEAD, { "11.memo": { fields: { a: "1 < 2" } } }, {
    sign: "Bo",
    lesson: "11",
  });
  const inert = text.replaceAll("<", "\\u003c");
  const page = `<p>…</p><template class="my-work">${inert}</template>`;
  assert.deepEqual(read(page).file?.work, { "11.memo": { fields: { a: "1 < 2" } } });
});

Deno.test("what is no file of ours is named", () => {
  assert.match(read("{").problem ?? "", /no JSON file/);
  assert.match(read("").problem ?? "", /no JSON file/);
  const marked = (rest: string) => `{"about": ${JSON.stringify(HEAD.about)}${rest}}`;
  for (
    const text of ["null", "3", "[]", "{}", '{"work": {}}', marked(""), marked(', "work": []')]
  ) {
    assert.match(read(text).problem ?? "", /not saved by this collection/, text);
  }
});

Deno.test("a file of a newer version, and one that would hang the page, are named", () => {
  const file = (more: object) => JSON.stringify({ about: HEAD.about, work: {}, ...more });
  assert.match(read(file({ format: 2 })).problem ?? "", /saved by a newer version/);
  for (const format of [1, undefined, "x"]) assert.ok(read(file({ format })).file);
  const exit = { "02.exit": { exit: ["x".repeat(7_000_000)] } };
  assert.match(read(file({ work: exit })).problem ?? "", /7,000,000 letters/);
  assert.ok(read(file({ work: { "02.exit": { exit: "x".repeat(100_000) } } })).file);
});
