import assert from "node:assert/strict";
import { feedbackFile, feedbackText, isGiven, noFeedback, pointsOf } from "./feedback.ts";

const RUBRIC = [
  { part: "Bottom line", levels: ["none", "one", "and why"] },
  { part: "Evidence", levels: ["none", "some", "all"] },
];

Deno.test("points are added once every row has some", () => {
  assert.equal(pointsOf(RUBRIC, { points: { 0: 2 }, words: "" }), null);
  assert.equal(pointsOf(RUBRIC, { points: { 0: 2, 1: 0 }, words: "" }), 2);
  assert.ok(!isGiven(noFeedback()) && isGiven({ points: { 0: 0 }, words: "" }));
});

Deno.test("the feedback is plain text that tells points with their words", () => {
  assert.equal(
    feedbackText("On your memo", RUBRIC, { points: { 0: 2, 1: 1 }, words: " Good. " }),
    "On your memo\n\nBottom line: 2 of 2. and why\nEvidence: 1 of 2. some\n\n" +
      "Together: 3 of 4 points.\n\nGood.\n",
  );
  assert.equal(feedbackText("Memo", RUBRIC, noFeedback()), "Memo\n");
  assert.equal(feedbackFile("Ann Lee (../x)"), "feedback-Ann-Lee-x.txt");
  assert.equal(feedbackFile("…"), "feedback-memo.txt");
});
