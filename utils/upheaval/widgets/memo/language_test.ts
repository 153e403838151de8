import assert from "node:assert/strict";
import { agrees, bare, levelsIn, optionsIn, sentences } from "./language.ts";

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
  ];
  for (const [text, wanted] of right) assert.deepEqual(levels(text), wanted, text);
  const wrong = [
    "We trust it.",
    "We are confident.",
    "Losses are high. We speak of confidence.",
    "We have no high confidence in it.",
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
  ];
  for (const text of right) assert.ok(!counts(text), text);
  for (const text of wrong) assert.ok(counts(text), text);
});

Deno.test("one option is recommended; one that is refused or talked about is not", () => {
  const options = ["Raise support", "Hold the line", "Offer talks", "Target the exchange"];
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
  for (const [text, named] of cases) assert.deepEqual(optionsIn(text, options), named, text);
});

Deno.test("no sentence ends behind a short month", () => {
  assert.deepEqual(sentences("On Nov. 17 Kim spoke. He left. See that of Sept. 3."), [
    "On Nov. 17 Kim spoke.",
    "He left.",
    "See that of Sept. 3.",
  ]);
});
