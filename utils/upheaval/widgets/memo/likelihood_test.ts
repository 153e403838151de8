import assert from "node:assert/strict";
import { agrees, bandsOf, pairsIn, termsIn } from "./likelihood.ts";

const BANDS = [
  { terms: ["almost no chance", "remote"], low: 1, high: 5 },
  { terms: ["unlikely", "improbable"], low: 20, high: 45 },
  { terms: ["roughly even chance"], low: 45, high: 55 },
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
    "It is highly likely (90%) that A.",
    "It is as likely as not (50%) that A.",
    "It is more likely than not (60%) that they come.",
    "A is likely (60–75%); B has almost no chance (3%).",
    "A is very likely: we put it at 85%.",
    "Critics will call A unlikely (30%); we say likely (70%).",
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
    "It is highly likely (60%) that A.",
    "It is as likely as not (70%) that A.",
    "It is not likely that A. We put that at 70%.",
    "It will happen (70%).",
    "",
  ];
  for (const text of right) assert.ok(agrees(text, BANDS), text);
  for (const text of wrong) assert.ok(!agrees(text, BANDS), text);
});

Deno.test("what people write for a term is that term, and each is told with its number", () => {
  const terms: [string, string[]][] = [
    ["The odds are even.", ["roughly even chance"]],
    ["The chance that A is about even.", ["roughly even chance"]],
    ["It is likelier than not.", ["likely"]],
    ["It is less likely than not.", ["unlikely"]],
    ["Even so it is done.", []],
  ];
  for (const [text, wanted] of terms) assert.deepEqual(termsIn(text, BANDS), wanted, text);
  assert.deepEqual(bandsOf("It is likely, and B unlikely.", BANDS).map(({ low }) => low), [20, 55]);
  assert.deepEqual(pairsIn("It is likely (seventy per cent). B is unlikely.", BANDS), [
    { word: "likely", share: "70%", fits: true },
    { word: "unlikely", share: "", fits: false },
  ]);
});
