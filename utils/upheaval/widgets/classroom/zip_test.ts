import assert from "node:assert/strict";
import { crc32, dosTime, unzipped, zipEntries } from "./zip.ts";
import { type ToZip, zipOf } from "./zip_made.ts";

const MOST = 1_000;
const TEXT = "Seoul spoke first. ".repeat(20);

async function only(file: Partial<ToZip>, before?: Uint8Array<ArrayBuffer>) {
  const zip = await zipOf([{ name: "a/b.json", content: TEXT, ...file }], crc32, before);
  const entries = await zipEntries(zip, 9);
  assert.ok(Array.isArray(entries) && entries.length === 1);
  return { zip, entry: entries[0] };
}

async function said(file: Partial<ToZip>, most = MOST) {
  const { zip, entry } = await only(file);
  const found = await unzipped(zip, entry, most);
  return typeof found === "string" ? found : new TextDecoder().decode(found);
}

Deno.test("the sum of a file is the one that the world knows", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});

Deno.test("files come out as they went in, packed or not, with numbers of any size", async () => {
  assert.equal(await said({}), TEXT);
  assert.equal(await said({ stored: true }), TEXT);
  assert.equal(await said({ large: true }), TEXT);
  assert.equal(await said({ content: "" }), "");
  const { zip, entry } = await only({}, new TextEncoder().encode("a program that unpacks it"));
  assert.equal((await unzipped(zip, entry, MOST)).length, TEXT.length);
});

Deno.test("what a ZIP says of a file is read", async () => {
  const { entry } = await only({});
  const { name, size, changed, hasPassword, isLink } = entry;
  assert.deepEqual({ name, size, changed, hasPassword, isLink }, {
    name: "a/b.json",
    size: TEXT.length,
    changed: "2026-03-05T10:12:14",
    hasPassword: false,
    isLink: false,
  });
  const old = await only({ name: Uint8Array.of(0x5a, 0x6f, 0x89, 0x2f, 0x78) });
  assert.equal(old.entry.name, "Zoë/x", "a name of the time before UTF-8");
  assert.equal((await only({ name: "나.json" })).entry.name, "나.json");
  assert.equal((await only({ link: true })).entry.isLink, true);
});

Deno.test("a day that there is none of is no day", () => {
  const day = (year: number, month: number, date: number) =>
    dosTime(((year - 1980) << 9) | (month << 5) | date, 0);
  assert.equal(day(2024, 2, 29), "2024-02-29T00:00:00");
  for (const none of [day(2026, 2, 29), day(2026, 13, 1), day(2026, 0, 5), day(2026, 1, 0)]) {
    assert.equal(none, "");
  }
  assert.equal(dosTime(33, 24 << 11), "");
});

Deno.test("what is damaged, locked, too large or packed otherwise is told apart", async () => {
  assert.equal(await said({ crc: 1 }), "damaged");
  assert.equal(
    await said({ content: Uint8Array.of(255, 255, 7), stored: true, method: 8 }),
    "damaged",
  );
  assert.equal(await said({ password: true }), "password");
  assert.equal(await said({ method: 12 }), "method");
  assert.equal(await said({}, 10), "large");
});

Deno.test("a ZIP that says it is small is unpacked no further than it says", async () => {
  const bomb = new Uint8Array(5_000_000);
  assert.equal(await said({ content: bomb, size: 10, crc: 0 }), "damaged");
});

Deno.test("what is no ZIP has no entries, and one with too many tells how many", async () => {
  const zip = await zipOf(["a", "b", "c"].map((name) => ({ name, content: name })), crc32);
  assert.equal(await zipEntries(zip, 2), 3);
  for (const odd of [new Blob([]), new Blob(["PK\x03\x04 and no more"]), zip.slice(0, 60)]) {
    assert.equal(await zipEntries(odd, 9), null);
  }
  assert.equal(await zipEntries(zip.slice(30), 9), null, "its list is not where it says");
});
