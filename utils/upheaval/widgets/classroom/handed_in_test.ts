import assert from "node:assert/strict";
import type { ReadingLimits } from "./data.ts";
import { decodedText, readFiles, withFreeNames } from "./handed_in.ts";
import { collected } from "./people.ts";
import { crc32 } from "./zip.ts";
import { type ToZip, zipOf } from "./zip_made.ts";

const LIMITS: ReadingLimits = {
  largestFile: 2_000_000,
  largestZip: 10_000_000,
  allTogether: 20_000_000,
  mostFiles: 50,
  deepest: 4,
  mostEntries: 100,
};
const MARCH = Date.UTC(2026, 2, 5);
const ABOUT = "What I wrote";

const given = (name: string, content: Blob | string) => ({
  name,
  lastModified: MARCH,
  content: new Blob([content]),
});
const zip = (files: ToZip[]) => zipOf(files, crc32);
const packed = async (files: Record<string, string | Blob>) =>
  await zip(
    await Promise.all(
      Object.entries(files).map(async ([name, content]) => ({
        name,
        content: new Uint8Array(await new Blob([content]).arrayBuffer()),
      })),
    ),
  );
const read = async (files: Record<string, string | Blob>, limits: Partial<ReadingLimits> = {}) =>
  await readFiles(
    Object.entries(files).map(([name, content]) => given(name, content)),
    { ...LIMITS, ...limits },
  );
const places = ({ files }: { files: { place: string }[] }) => files.map(({ place }) => place);

Deno.test("ZIPs in one another are read, litter and folders are not", async () => {
  const inner = await packed({ "w.json": "{}", "__MACOSX/._w.json": "x", ".DS_Store": "x" });
  const all = await packed({ "b\\w.json": "{}", "a/inner.zip": inner, "c/": "" });
  const found = await read({ "all.zip": all, "my_work.json": "{}", "Thumbs.db": "x" });
  assert.deepEqual(places(found), [
    "all.zip/a/inner.zip/w.json",
    "all.zip/b/w.json",
    "my_work.json",
  ]);
  assert.deepEqual(found.problems, []);
  assert.equal(found.files[0].changed, "2026-03-05T10:12:14");
  assert.equal(found.files[2].changed, "2026-03-05T00:00:00.000Z");
});

Deno.test("each thing that cannot be read has a sentence, and stops nothing", async () => {
  const odd = await zip([
    { name: "broken.json", content: "{}", crc: 1 },
    { name: "good.json", content: "{}" },
    { name: "link.json", content: "../x", link: true },
    { name: "locked.json", content: "{}", password: true },
    { name: "other.json", content: "{}", method: 12 },
  ]);
  const found = await read({ "odd.zip": odd, "half.zip": odd.slice(0, 90), "x.json": "\0" });
  assert.deepEqual(places(found), ["odd.zip/good.json"]);
  assert.deepEqual(found.problems, [
    "odd.zip/broken.json was left out: it was damaged on its way.",
    "odd.zip/link.json was left out: it is a link to another place, and links are not followed.",
    "odd.zip/locked.json was left out: it has a password.",
    "odd.zip/other.json was left out: it is packed in a way that no browser opens: unpack the " +
    "ZIP, and drop what is in it.",
    "half.zip was left out: it is no ZIP that can be opened, or it was damaged on its way.",
    "x.json was left out: it is no text, or it was damaged on its way.",
  ]);
});

Deno.test("what is too large, too deep or too much is left out and told", async () => {
  const large = new Blob([new Uint8Array(2_000_001)]);
  const told = await read({ "a.zip": await packed({ "l.json": large }), "l.json": large });
  assert.equal(told.files.length, 0);
  assert.match(told.problems[0], /^a.zip\/l.json was left out: it is larger than 2 MB/);
  let deep = await packed({ "w.json": "{}" });
  for (let at = 0; at < 5; at++) deep = await packed({ "z.zip": deep });
  assert.match((await read({ "z.zip": deep })).problems[0], /more than 4 ZIPs in one another/);
  const nested = await read({ "z.zip": await packed({ "big.zip": large }) }, { allTogether: 99 });
  assert.match(nested.problems[0], /^z.zip\/big.zip was left out: unpacked it is too large\.$/);
  assert.match((await read({ "z.zip": large }, { largestZip: 9 })).problems[0], /it is too large/);
  const many = Object.fromEntries(Array.from("abcdef", (name) => [`${name}.json`, "{}"]));
  const crowd = await read({ "m.zip": await packed(many) }, { mostEntries: 5 });
  assert.deepEqual(crowd.problems, ["m.zip was left out: it holds more than 5 files."]);
  const full = await read({ "m.zip": await packed(many), ...many }, { mostFiles: 3 });
  assert.equal(full.files.length, 3);
  assert.deepEqual(full.problems.map((one) => one.slice(0, 17)), ["More than 3 files"]);
});

Deno.test("files of other kinds are told together, and a memo's page is none of them", async () => {
  const docs = Object.fromEntries([...Array(8).keys()].map((at) => [`${at}.docx`, "x"]));
  const memo = '<p>Memo</p><template class="my-work">{}</template>';
  const found = await read({ ...docs, "memo.html": memo, "page.html": "<p>", "none": "" });
  assert.deepEqual(places(found), ["memo.html"]);
  assert.match(found.problems[0], /^0.docx, .*5.docx and 4 more are no files of answers/);
});

Deno.test("texts are read as programs write them", () => {
  const text = (ending: string, ...bytes: number[]) => decodedText(Uint8Array.from(bytes), ending);
  assert.equal(text(".json", 0xef, 0xbb, 0xbf, 0x7b), "{");
  assert.equal(text(".json", 0xff, 0xfe, 0x98, 0xb0), "나");
  assert.equal(text(".json", 0xfe, 0xff, 0xb0, 0x98), "나");
  assert.equal(text(".csv", 0x5a, 0xeb), "Zë");
  assert.equal(text(".json", 0x5a, 0xeb), null);
});

Deno.test("odd letters in names change no line, and doubled names get a number", () => {
  const names = ["a.zip", "a.zip", "w.json", "none"].map((name) => ({ name }));
  const free = withFreeNames(names, ["w.json", "a.zip/x/w.json", "w [2].json", "none"]);
  assert.deepEqual(free.map(({ name }) => name), [
    "a [2].zip",
    "a [3].zip",
    "w [3].json",
    "none [2]",
  ]);
});

Deno.test("doubles and later versions in a ZIP are what they are in a folder", async () => {
  const work = (name: string, answer: string, day: string) =>
    JSON.stringify({
      about: ABOUT,
      format: 1,
      name,
      saved: `${day}T10:00:00Z`,
      work: { "02.a": answer },
    });
  const ann = "Ann Lee_1_assignsubmission_file_my_work.json";
  const [early, late] = [work("Ann", "old", "2026-03-02"), work("Ann", "new", "2026-03-09")];
  const found = await read({
    "task.zip": await packed({ [ann]: late, "Bo_2_assignsubmission_file_w.json": early }),
    "\u202emy_work.json": early,
    "again.zip": await packed({ [ann]: late }),
  });
  const forecast = {
    head: { about: ABOUT, version: "1" },
    storageKey: "10.f",
    questions: [],
    outcomes: [],
  };
  const { students, notes, problems } = collected(found.files, ABOUT, forecast);
  assert.deepEqual(problems, []);
  assert.ok(notes.some((one) => one.startsWith(`again.zip/${ann} holds the same as task.zip/`)));
  assert.ok(places(found).includes("?my_work.json"));
  assert.equal(students.find(({ name }) => name.startsWith("Ann Lee"))?.work["02.a"], "new");
});
