import assert from "node:assert/strict";
import {
  agrees,
  bare,
  levelsIn,
  markers,
  optionsIn,
  remarked,
  sentences,
  tells,
} from "./language.ts";

const BANDS = [
  { terms: ["almost no chance", "remote"], low: 1, high: 5 },
  { terms: ["unlikely", "improbable"], low: 20, high: 45 },
  { terms: ["likely", "probable"], low: 55, high: 80 },
  { terms: ["very likely"], low: 80, high: 95 },
];

Deno.test("each word of likelihood is compared with its own number", () => {
  const right = [
    "It is likely (70%) that A. It is unlikely (30%) that B.",
    "A is likely (70%) and B is unlikely (30%).",
    "A is likely (70%), B very likely (90%), and C has almost no chance (3%).",
    "We put it at 70 per cent: likely.",
    "It is likely (70 percent) that exports fall by 20%.",
    "It is likely (60–70%) that A.",
    "It is likely (between 60 and 70 per cent) that A.",
    "It is likely (62.5%) that A.",
    "It is likely that A. We put that at 70%.",
    "70%: A is likely.\nB is improbable, 25 %.",
    "It is not likely (30%) that A.",
    "It is likely (70 per  cent) that A.",
  ];
  const wrong = [
    "It is likely (30%) that A. It is unlikely (70%) that B.",
    "A is likely (30%) and B is unlikely (70%).",
    "It is likely (70%) that A. It is unlikely (70%) that B.",
    "It is likely (40–70%) that A.",
    "It is likely (45 to 50 per cent) that A.",
    "It is likely that A. It is unlikely that B.",
    "It is likely (70%) that A. It is unlikely that B.",
    "It is likely (7.5%) that A.",
    "It is not likely (70%) that A.",
    "It is not likely that A. We put that at 70%.",
    "It will happen (70%).",
    "",
  ];
  for (const text of right) assert.ok(agrees(text, BANDS), text);
  for (const text of wrong) assert.ok(!agrees(text, BANDS), text);
});

Deno.test("confidence has its level before it or behind it", () => {
  const terms = ["low confidence", "moderate confidence", "high confidence"];
  const levels = (text: string) => levelsIn(text, terms).map((one) => one.split(" ")[0]);
  const right: [string, string[]][] = [
    ["Confidence is moderate.", ["moderate"]],
    ["Our confidence in this is low, because one service says it.", ["low"]],
    ["We have high confidence.", ["high"]],
    ["We are moderately confident.", ["moderate"]],
    ["We are highly confident in the number.", ["high"]],
    ["Confidence: low.", ["low"]],
    ["Confidence (moderate): two services.", ["moderate"]],
    ["A moderate level of confidence.", ["moderate"]],
    ["Our level of confidence remains low.", ["low"]],
    ["HIGH CONFIDENCE", ["high"]],
    ["We have a low degree of confidence.", ["low"]],
    ["Confidence – low.", ["low"]],
    ["Confidence in the count: moderate", ["moderate"]],
    ["I rate my confidence as moderate.", ["moderate"]],
    ["We would put our confidence at moderate.", ["moderate"]],
    ["No service could ask a soldier, so we have low confidence.", ["low"]],
    ["Our confidence is neither high nor low; it is moderate.", ["moderate"]],
  ];
  for (const [text, wanted] of right) assert.deepEqual(levels(text), wanted, text);
  const wrong = [
    "We trust it.",
    "We are confident.",
    "Losses are high. We speak of confidence.",
    "We have no high confidence in it.",
    "Our confidence is not high.",
    "We could have high confidence only if a second service confirmed it.",
    "The highway gives us confidence.",
    "",
  ];
  for (const text of wrong) assert.deepEqual(levels(text), [], text);
});

Deno.test("a date and a name count nothing; what is counted is a number", () => {
  const counts = (text: string) => /[0-9]/.test(bare(text));
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
  ];
  const wrong = [
    "There are 12 of us.",
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
  ];
  for (const text of right) assert.ok(!counts(text), text);
  for (const text of wrong) assert.ok(counts(text), text);
});

const OPTIONS = ["Raise support", "Hold the line", "Offer talks", "Target the exchange"];

function recommends(cases: [text: string, named: string[]][]): void {
  for (const [text, named] of cases) assert.deepEqual(optionsIn(text, OPTIONS), named, text);
}

Deno.test("one option is recommended; one that is refused or talked about is not", () => {
  const cases: [text: string, named: string[]][] = [
    ["Hold the line.", ["Hold the line"]],
    ["We recommend “Offer talks”.", ["Offer talks"]],
    ["Do not Raise support, and do not Offer talks.", []],
    ["We should neither Raise support nor Offer talks.", []],
    ["Don’t Raise support or Offer talks.", []],
    ["We reject Raise support.", []],
    ["Hold the line. Raise support would spend stocks.", ["Hold the line"]],
    ["Raise support would spend stocks. Hold the line.", ["Hold the line"]],
    ["Hold the line, and do not Raise support.", ["Hold the line"]],
    ["Do not Raise support: Hold the line.", ["Hold the line"]],
    ["Hold the line rather than Raise support.", ["Hold the line"]],
    ["Instead of Offer talks, Target the exchange.", ["Target the exchange"]],
    ["Hold the line is better than Raise support.", ["Hold the line"]],
    ["Hold the line. If they cross the border, Raise support.", ["Hold the line"]],
    ["Hold the line. Offer talks comes too early, Raise support costs too much.", [
      "Hold the line",
    ]],
    ["Raise support would help most.", ["Raise support"]],
    ["Not only the law says: Hold the line.", ["Hold the line"]],
    ["We should not wait. Raise support.", ["Raise support"]],
    ["Raise support and Offer talks.", ["Raise support", "Offer talks"]],
    ["Raise support. Then Offer talks.", ["Raise support", "Offer talks"]],
    ["We recommend Raise support. We also advise to Hold the line.", [
      "Raise support",
      "Hold the line",
    ]],
    ["Let us see.", []],
    ["", []],
  ];
  recommends(cases);
});

Deno.test("an option is refused, put aside and praised in many ways", () => {
  const cases: [text: string, named: string[]][] = [
    ["Hold\u00a0the  line.", ["Hold the line"]],
    ["Others would Offer talks. Raise support.", ["Raise support"]],
    ["We recommend Raise support, although others would Offer talks.", ["Raise support"]],
    ["Between Raise support and Hold the line, choose Hold the line.", ["Hold the line"]],
    ["Of the options (Raise support, Offer talks, Hold the line) take Hold the line.", [
      "Hold the line",
    ]],
    ["We recommend the second (Hold the line).", ["Hold the line"]],
    ["It would be wrong to Raise support.", []],
    ["It would be a mistake to Offer talks now. Hold the line.", ["Hold the line"]],
    ["Nobody should Raise support.", []],
    ["Hardly anybody recommends Offer talks.", []],
    ["Stop thinking about Offer talks; Hold the line.", ["Hold the line"]],
    ["To stop the shells Target the exchange.", ["Target the exchange"]],
    ["Raise support is not the answer. Hold the line.", ["Hold the line"]],
    ["Raise support is a bad idea.", []],
    ["Raise support should not be chosen.", []],
    ["Raise support should be our answer. Offer talks would fail.", ["Raise support"]],
    ["Hold the line; Raise support must wait.", ["Hold the line"]],
    ["There is no better option than Hold the line.", ["Hold the line"]],
    ["Before you Offer talks, Raise support.", ["Raise support"]],
    ["Do not hesitate to Raise support.", ["Raise support"]],
    ["Because of the winter Hold the line. Raise support would spend stocks.", ["Hold the line"]],
  ];
  recommends(cases);
});

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

Deno.test("a status that is denied, or a month, is not told", () => {
  const said = (text: string) =>
    tells(text, ["disputed", "disputes", "denied", "say", "says", "may"]);
  const right = ["This is disputed [1].", "Seoul says so [1].", "It may come.", "May they come?"];
  const wrong = [
    "Nobody disputes it [1].",
    "It is not disputed.",
    "It is undisputed.",
    "It cannot be denied.",
    "Needless to say, they came.",
    "Moscow doesn’t say so.",
    "In May it came.",
  ];
  for (const text of right) assert.ok(said(text), text);
  for (const text of wrong) assert.ok(!said(text), text);
  assert.ok(said("Nobody could confirm what Seoul says."));
});
