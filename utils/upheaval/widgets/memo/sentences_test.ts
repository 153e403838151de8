import assert from "node:assert/strict";
import { found, markers, remarked, sentences } from "./sentences.ts";

Deno.test("no sentence ends behind a short month", () => {
  assert.deepEqual(sentences("On Nov. 17 Kim spoke. He left. See that of Sept. 3."), [
    "On Nov. 17 Kim spoke.",
    "He left.",
    "See that of Sept. 3.",
  ]);
});

Deno.test("no sentence ends behind a short word, and a marker may stand behind a quotation", () => {
  const whole = [
    "It was 2,000 approx. 1,500 came [2].",
    "About 11,000 came, i.e. a third [2].",
    "11,000 came vs. 1,000 before [2].",
    "Gen. Ryder counted 11,000, incl. Mr. Kim [2].",
  ];
  for (const text of whole) assert.deepEqual(sentences(text), [text]);
  assert.equal(sentences("He said “11,000 came.” [2] So he left.").length, 2);
});

Deno.test("a marker may name several rows", () => {
  assert.deepEqual(markers("[1, 2] [3;4] [1234] [2024-1]"), [1, 2, 3, 4]);
  const without = (text: string) => remarked(text, (one) => one === 2 ? "" : `${one + 1}`);
  assert.equal(without("a [1, 2], b [2], c [3]."), "a [2], b, c [4].");
});

Deno.test("three dots in a term stand for some words of its clause, or none", () => {
  const terms = ["if … true"];
  assert.deepEqual(found("If true, they left.", terms), ["if true"]);
  assert.deepEqual(found("If the report is true, they left.", terms), ["if the report is true"]);
  assert.deepEqual(found("If they left, it is true.", terms), []);
});
