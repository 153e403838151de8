import assert from "node:assert/strict";
import { decoded } from "./word_codes.ts";

const bytes = (...parts: (string | number)[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === "number" ? part : [...part].map((one) => one.charCodeAt(0))
    ),
  );

Deno.test("a word is a byte, and a letter that is no ASCII four", () => {
  const data = bytes(9, "on\n Korea", "n", 128, 0, 129, "n", 1, 0, 0x20, 0x14, 0, 0);
  assert.deepEqual(decoded(data), ["non", " Korean—", ""]);
});

Deno.test("a word beyond the first hundred and ten is two bytes", () => {
  const words = Array.from({ length: 400 }, (_, at) => `w${at}`).join("\n");
  const length = [words.length & 127 | 128, words.length >> 7];
  const data = bytes(...length, words, 237, 238, 0, 238, 255, 239, 33, 0);
  assert.deepEqual(decoded(data), ["w109w110w365w399"]);
});

Deno.test("spaces and hyphens of an address change places", () => {
  assert.deepEqual(decoded(bytes(0, "https://a.b/two words-2", 0, "a-b c", 0)), [
    "https://a.b/two-words 2",
    "a-b c",
  ]);
});
