import assert from "node:assert/strict";
import {
  classRows,
  classSummary,
  classTable,
  countingPairs,
  crowdAgainst,
  forecastsTable,
  given,
  likelihoodText,
  refusal,
  scoredQuestions,
  scoresTable,
  scoreText,
  workIn,
} from "./rules.ts";
import type { Member } from "./class_import.ts";
import type { AskedQuestion, KeptForecasts, Outcome } from "../core/protocol.ts";

const WORDS = [{ term: "likely", low: 55, high: 80 }];
const question = (id: string, base: number | null): AskedQuestion => ({
  id,
  text: id.toUpperCase(),
  rule: "",
  closes: "",
  known: "",
  links: [],
  base: base === null ? null : { percent: base, phrase: "", limits: "" },
});
const QUESTIONS = [question("q1", 50), question("q2", null), question("q3", null)];
const outcome = (yes: boolean | null): Outcome => ({
  outcome: yes,
  happened: "",
  why: "",
  links: [],
});
const ANSWERS = [outcome(true), outcome(false), outcome(true)];
const WORK: KeptForecasts = {
  name: "Ana",
  forecasts: {
    q1: { percent: 80, reason: "so", known: false },
    q2: { percent: 100, reason: "", known: true },
  },
  locked: "2024-11-27T00:00:00Z",
  revealed: null,
};

Deno.test("of what is kept, only what belongs there is read", () => {
  const ids = ["q1", "q2"];
  assert.deepEqual(workIn({ ...WORK, more: 1 }, ids), WORK);
  const nothing = { name: "", forecasts: {}, locked: null, revealed: null };
  for (const value of [null, undefined, 3, "x", [], {}, { forecasts: 3, name: {}, locked: 1 }]) {
    assert.deepEqual(workIn(value, ids), nothing, JSON.stringify(value));
  }
  const odd = {
    forecasts: { q1: { percent: "80", reason: 3 }, q2: { percent: 101, known: 1 }, gone: {} },
    revealed: "now",
  };
  assert.deepEqual(workIn(odd, ids), nothing, "what says nothing, and a reveal without a lock");
  assert.deepEqual(workIn({ forecasts: { q1: { percent: 0 } } }, ids).forecasts, {
    q1: { percent: 0, reason: "", known: false },
  });
});

Deno.test("a lock holds until it is undone, and what was revealed stays", () => {
  const { locked } = WORK;
  const revealed = { ...WORK, revealed: "2024-12-01T00:00:00Z" };
  const other = { ...WORK.forecasts, q1: { percent: 81, reason: "so", known: false } };
  const why = (before: KeptForecasts, next: Partial<KeptForecasts>) =>
    refusal(before, { ...before, ...next });
  assert.equal(given(WORK), 2);
  assert.match(why(WORK, { forecasts: other }) ?? "", /^Your forecasts are locked\./);
  assert.match(why(WORK, { locked: "later" }) ?? "", /^Your forecasts are locked\./);
  assert.equal(why(WORK, { locked: null, forecasts: other }), null);
  assert.equal(why(WORK, { name: "Ben" }), null);
  assert.equal(why(WORK, { revealed: "now" }), null);
  assert.equal(why(revealed, { name: "Ben" }), null);
  for (const next of [{ forecasts: other }, { locked: null }, { revealed: null }]) {
    assert.match(why(revealed, next) ?? "", /^You have seen what happened/);
  }
  const draft = { ...WORK, locked: null };
  assert.equal(why(draft, { locked }), null);
  assert.match(why(draft, { locked, forecasts: {} }) ?? "", /^Give at least one probability/);
  assert.match(why(draft, { locked, revealed: "now" }) ?? "", /^Lock your forecasts before/);
});

const ROWS = scoredQuestions(QUESTIONS, WORK.forecasts, ANSWERS);

Deno.test("what was known before has a score that does not count", () => {
  assert.deepEqual(ROWS.map(({ counts }) => counts), [true, false, false]);
  assert.equal(ROWS[1].own, 1);
  assert.equal(ROWS[2].own, null);
  assert.deepEqual(ROWS.map(({ baseScore }) => baseScore), [0.25, null, null]);
});

Deno.test("scores are told in words and as a table", () => {
  const bands = scoreText(ROWS);
  assert.match(bands, /^Your mean score over 1 question is 0\.04\./);
  assert.match(bands, /1 forecast is left out, because you already knew how it ended\.$/);
  assert.equal(scoreText([]), "There is no forecast to score.");
  assert.deepEqual(scoresTable(ROWS).rows[1], [
    "Q2",
    "100 % (known)",
    "✗ no",
    "1.00",
    "–",
    "–",
  ]);
});

Deno.test("a question that is still open is listed and not scored", () => {
  const answers = [outcome(true), outcome(false), outcome(null)];
  const forecasts = { ...WORK.forecasts, q3: { percent: 90, reason: "", known: false } };
  const rows = scoredQuestions(QUESTIONS, forecasts, answers);
  const { own, counts, baseScore } = rows[2];
  assert.deepEqual([own, counts, baseScore], [null, false, null]);
  assert.match(scoreText(rows), /mean score over 1 question is 0\.04\..* 1 forecast is left out/);
  assert.match(scoreText(rows), / 1 question is still open, and not scored\.$/);
  assert.deepEqual(scoresTable(rows).rows[2], ["Q3", "90 %", "still open", "–", "–", "–"]);
  assert.deepEqual(countingPairs(rows, ({ percent }) => percent), [[80, true]]);
  const members = [{ name: "A", locked: "", percents: { q1: 20, q3: 10 } }];
  const pooled = classRows(QUESTIONS, members);
  const work = { ...WORK, forecasts };
  assert.deepEqual(classTable(pooled, work, answers).rows[2].slice(-3), ["still open", "–", "–"]);
  assert.equal(crowdAgainst(pooled, members, answers).members?.toFixed(2), "0.64");
  assert.match(
    classSummary(QUESTIONS, pooled, members, work, answers),
    /scores 0\.64 over 1 quest/,
  );
});

Deno.test("a percentage is told as a word", () => {
  assert.equal(likelihoodText(60, WORDS), "in words: likely (55 to 80 %)");
  assert.equal(likelihoodText(100, WORDS), "in words: none, that is certainty");
  assert.equal(likelihoodText(null, WORDS), "");
});

Deno.test("forecasts become rows that a class can pool", () => {
  assert.deepEqual(forecastsTable({ questions: QUESTIONS, bands: WORDS }, WORK).rows, [
    ["Ana", "q1", "Q1", 80, "likely", "so", "no", WORK.locked],
    ["Ana", "q2", "Q2", 100, "", "", "yes", WORK.locked],
  ]);
});

const MEMBERS: Member[] = [
  { name: "A", locked: "", percents: { q1: 20 } },
  { name: "B", locked: "", percents: { q1: 60, q2: 10 } },
];

Deno.test("a class has a median, ends and members for each question", () => {
  const rows = classRows(QUESTIONS, MEMBERS);
  assert.deepEqual(rows[0], { id: "q1", text: "Q1", count: 2, median: 40, low: 20, high: 60 });
  assert.deepEqual([rows[2].median, rows[2].low, rows[2].count], [null, null, 0]);
  assert.equal(classTable(rows, WORK, null).rows[0].length, 6);
  assert.deepEqual(classTable(rows, WORK, ANSWERS).rows[2].slice(-3), ["✓ yes", "–", "–"]);
});

Deno.test("the median is held against each member on the member's own questions", () => {
  const rows = classRows(QUESTIONS, MEMBERS);
  const { beats, members } = crowdAgainst(rows, MEMBERS, ANSWERS);
  assert.equal(beats, 1);
  assert.equal(members?.toFixed(4), ((0.64 + (0.16 + 0.01) / 2) / 2).toFixed(4));
  assert.deepEqual(crowdAgainst(rows, [], ANSWERS), { beats: 0, members: null });
});

Deno.test("before the answers a class file tells no score", () => {
  const rows = classRows(QUESTIONS, MEMBERS);
  assert.match(classSummary(QUESTIONS, rows, MEMBERS, WORK, null), /^2 members are in the class/);
  const bands = classSummary(QUESTIONS, rows, MEMBERS, WORK, ANSWERS);
  assert.match(bands, /The class median scores 0\.18 over 2 questions/);
  assert.match(bands, /On the 1 question that you and the class share, you score 0\.04/);
});
