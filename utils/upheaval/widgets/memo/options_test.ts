import assert from "node:assert/strict";
import { mentionsIn, optionsIn } from "./options.ts";

const OPTIONS = ["Raise support", "Hold the line", "Offer talks", "Target the exchange"];

function recommends(cases: (readonly [text: string, named: string[]])[]): void {
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
    ["Raise support. Then Offer talks.", ["Raise support"]],
    ["Raise support. Offer talks.", ["Raise support", "Offer talks"]],
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
    ["We cannot do without Hold the line.", ["Hold the line"]],
    ["Because of the winter Hold the line. Raise support would spend stocks.", ["Hold the line"]],
  ];
  recommends(cases);
});

/** What is recommended where objections are said, and answered or not. */
const OBJECTIONS: [texts: string[], named: string[]][] = [
  [[
    "Critics will say Hold the line is weak; it is still the right course.",
    "Critics will say that Hold the line is weak, but it is still the right course.",
    "Some will call Hold the line timid. It is nevertheless our advice.",
    "Hold the line may look passive; it is the wiser choice all the same.",
    "Critics will say Offer talks is weak, and they are right. Hold the line.",
    "Some say Offer talks is the right course, but Hold the line is cheaper.",
    "Hold the line is not enough, critics say; we disagree.",
    "Many will prefer Offer talks; we advise Hold the line.",
    "Our critics want Raise support. They are wrong: Hold the line.",
    "Hold the line, even though critics will call it weak.",
    "Hold the line: critics will call it weak, and it is still right.",
    "We recommend Hold the line, knowing that some will call it too little.",
    "The strongest objection to Hold the line is that it is passive; we weigh it and keep to it.",
    "The strongest objection to Raise support is its cost, and that objection " +
    "decides: Hold the line.",
    "Allies fear that Hold the line is not sufficient; nonetheless it is our recommendation.",
    "Some want Raise support; it is right to Hold the line.",
    "Critics say Offer talks is weak, and critics are right; Hold the line.",
    "Hold the line sounds like doing nothing; in our view it is the safest course.",
    "If critics call Hold the line weak, we answer that it is the only course that " +
    "keeps allies together.",
    "Skeptics will say that Target the exchange is hopeless. Hold the line.",
    "Although Raise support is the best known option, it is wrong; Hold the line.",
    "Hold the line has critics, but it is what we advise.",
    "The argument that Hold the line is weak fails: it is the strongest course we have.",
  ], ["Hold the line"]],
  [[
    "Opponents argue that Raise support is too costly; it remains the best option.",
    "Raise support is expensive, but it is worth the price.",
    "Raise support will be called reckless, yet it is the only choice that works.",
    "Critics will say Hold the line is weak; they are right, so Raise support.",
    "The case against Raise support is strong, but we still recommend it.",
    "It will be said that Raise support risks escalation. We accept that risk.",
    "Raise support has a price: stocks shrink. We recommend it nonetheless.",
    "Sceptics will say Raise support is wrong. We think Raise support is right.",
    "Opponents will say that Raise support drags us in. That is true, and yet Raise " +
    "support is our advice.",
    "Raise support: the cost is high, but it is the right course.",
    "Critics will object to Raise support; it is nonetheless what we recommend.",
    "Raise support is not popular, yet it is the best of the four.",
    "Hold the line is weak. Raise support.",
    "No, Raise support is not too risky; it is the best way to keep Kyiv in the fight.",
    "Raise support is not without risk, but it is the right course.",
  ], ["Raise support"]],
  [[
    "You may object that Offer talks rewards aggression. It does not: it buys time.",
    "Although some call Offer talks naive, it is the best course.",
    "Do not listen to those who say Offer talks is weak: Offer talks.",
    "Some in Congress would call Offer talks a mistake, but it is the right step.",
    "It is easy to call Offer talks a mistake; it is harder to name something better.",
    "One may say Offer talks rewards Moscow; we disagree.",
  ], ["Offer talks"]],
  [[
    "Even if critics say Target the exchange is slow, we should choose it.",
    "Target the exchange will not stop the shells at once; it is still what we advise.",
    "Target the exchange is slow, hard and uncertain. Do it anyway.",
    "Target the exchange looks slow; still, it is the best lever we have.",
    "Our allies call Target the exchange too slow; we recommend it all the same.",
  ], ["Target the exchange"]],
  [[
    "Critics will say Hold the line is weak.",
    "Some say Offer talks is the right course; it is not.",
    "Hold the line is not enough, critics say.",
    "We reject Raise support; it is the best way to lose.",
    "Raise support is not the answer, and it is not the right time.",
    "Offer talks is premature, and it is a gift to Moscow.",
  ], []],
];

Deno.test("an objection that is answered in the same sentence is a counter-argument", () => {
  recommends(OBJECTIONS.flatMap(([texts, named]) => texts.map((text) => [text, named] as const)));
});

Deno.test("each name is told with what is thought of it, and the words that say so", () => {
  const text = "Offering talks is naive, so hold the line. Others would raise support.";
  const said = mentionsIn(text, OPTIONS).map(({ option, stance }) => [option, stance]);
  assert.deepEqual(said, [
    ["Offer talks", "refused"],
    ["Hold the line", "advised"],
    ["Raise support", "other people's"],
  ]);
  assert.equal(mentionsIn(text, OPTIONS)[2].sentence, "Others would raise support.");
  const named = (option: string, text: string) => optionsIn(text, [option]).length;
  assert.ok(named("Stay", "Staying is best.") && named("Put it off", "Putting it off is best."));
});
