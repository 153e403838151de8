import assert from "node:assert/strict";
import { countIn, counts, inPerCent } from "./numbers.ts";

Deno.test("a date and a name count nothing; what is counted is a number", () => {
  const right = [
    "On November 17, 2024 the permission came.",
    "By January 20 the new president is in office.",
    "On 17 November 2024, on 17 November and in November 2024.",
    "On the 17th of November, on November 17th, and on Nov. 17, 2024.",
    "From 17 to 20 November, November 17-20, and on 17 and 18 November.",
    "On 2024-11-17, on 11/17/2024 and on 17.11.2024.",
    "In 2024, in the 1990s, in 2022–2024, in 2024/25 and since mid-2023.",
    "In 2024 officials said so.",
    "The G7, a KN-23 and an F-16; Article 5; Resolution 1718; the 38th parallel.",
    "Nothing [3].",
    "Nothing [1, 3].",
    "1. Raise support gives Kyiv what it asks for.",
    "(2) Hold the line keeps to what is decided.",
    "At 10:30 the call came.",
    "The Group of 7, Art. 51 of the Charter and § 4 of the treaty.",
    "Security Council resolutions 1718 and 2270 forbid it.",
    "HIMARS and 155 mm shells.",
    "On 17 november 2024 it came.",
    "Two sides, one of them at war, and a thousand reasons.",
    "The two presidents spoke for ten minutes.",
    "From October 8 to November 27 they came.",
    "The 2024 treaty promises help, Resolution 2397 forbids it.",
  ];
  const wrong = [
    "There are 12 of us.",
    "A third of the shells failed.",
    "Some 3,000 were wounded by 20 December.",
    "10,000 soldiers came.",
    "Some 2000 soldiers died.",
    "In May 12 soldiers died.",
    "On 17 November 2024 there were 12.",
    "November 17, 2024: 11,000 came.",
    "They sent 1,950 shells and $20 million.",
    "A third (33%) of the shells failed.",
    "It cost 2.5 billion.",
    "By 2024 1500 of them died.",
    "Some 12 may die.",
    "In part 20 ships left.",
    "After Resolution 1718 and 12 talks it came.",
    "There are 12.",
    "Eleven thousand soldiers came.",
    "Thousands of North Korean troops came.",
    "Two soldiers died.",
    "Twenty-two missiles and ten thousand of them.",
  ];
  for (const text of right) assert.ok(!counts(text), text);
  for (const text of wrong) assert.ok(counts(text), text);
});

Deno.test("what is counted is told in its own words", () => {
  assert.equal(countIn("On 4 May 2024 some 12 soldiers came."), "12 soldiers");
  assert.equal(countIn("They need twice as many."), "twice as");
  const korean = "Two more North Korean soldiers came.";
  assert.equal(countIn(korean, ["North", "Korean"]), "Two more North Korean soldiers");
  assert.equal(countIn(korean), "", "without the words of a topic it is only a name");
  assert.equal(countIn("It cost $2.5 billion."), "$2.5 billion");
  assert.equal(countIn("Article 4 says so [3]."), "");
});

Deno.test("shares in words are read as figures", () => {
  assert.equal(inPerCent("seventy-five per cent"), "75 per cent");
  assert.equal(inPerCent("sixty to seventy percent"), "60 to 70 percent");
  assert.equal(inPerCent("seven in ten"), "70%");
  assert.equal(inPerCent("3 in 10"), "30%");
  assert.equal(inPerCent("ten ships"), "ten ships");
});
