import assert from "node:assert/strict";
import { confidenceIn, levelsIn } from "./confidence.ts";

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
    ["The confidence of this estimate is low.", ["low"]],
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
    ["Critics will say our confidence is too low; we keep it moderate.", ["moderate"]],
    ["My confidence in this judgment stays low.", ["low"]],
    ["We cannot have high confidence; ours is low.", ["low"]],
    ["Overall confidence in this assessment: Low.", ["low"]],
    ["Confidence: moderate, for two sources agree.", ["moderate"]],
    ["The level of our confidence is moderate because sources differ.", ["moderate"]],
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
    "High confidence would need a second source.",
    "High confidence requires more than one photograph.",
    "I have little confidence.",
    "We would need more to have high confidence.",
    "The confidence of Moscow is high.",
    "A vote of no confidence is at a high price.",
    "",
  ];
  for (const text of wrong) assert.deepEqual(levels(text), [], text);
});

Deno.test("the confidence of others is not the writer's", () => {
  const own = [
    "Our confidence is low.",
    "We are confident.",
    "With high confidence.",
    "Confident.",
  ];
  const others = [
    "A vote of no confidence.",
    "Kyiv loses confidence in us.",
    "Confidence among allies falls.",
    "They regain the confidence of the voters.",
    "Public confidence falls.",
    "Nothing of the kind.",
  ];
  for (const text of own) assert.ok(confidenceIn(text), text);
  for (const text of others) assert.equal(confidenceIn(text), "", text);
});
