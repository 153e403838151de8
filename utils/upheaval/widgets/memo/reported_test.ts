import assert from "node:assert/strict";
import { reported, sidesOf } from "./reported.ts";

// More sentences, whole: tests/cases/memo_sentences.json.

const SIDES = sidesOf(["Moscow", "Pyongyang", "Beijing"]);
const said = (before: string, rest: string, next = "") => reported(before, rest, next, SIDES);
const favours = (before: string, rest: string, next = "") => said(before, rest, next)?.favours;

Deno.test("a view that is shared is the writer's, and one that is rejected its contrary", () => {
  assert.equal(favours("Critics say ", " rewards Moscow; we agree."), false);
  assert.equal(favours("Critics say ", " rewards Moscow; they are wrong."), true);
  assert.equal(favours("It is said that ", " works best, and rightly."), true);
  assert.equal(favours("Some would choose ", ".", "We would not."), false);
});

Deno.test("the verdict may stand before the view, be its verb, or follow the name", () => {
  assert.equal(favours("We disagree with those who call ", " naive."), true);
  assert.equal(favours("The claim that ", " is cowardly is false."), true);
  assert.equal(favours("", " is too soft, some say, and they are right."), false);
});

Deno.test("who is hurt or helped decides what a view says", () => {
  for (const who of ["Moscow", "Pyongyang", "Beijing"]) {
    assert.equal(favours("Some say that ", ` hurts ${who}; they are right.`), true, who);
    assert.equal(favours("Some say that ", ` helps ${who}; they are right.`), false, who);
  }
  const nobody = sidesOf([]);
  const told = reported("Some say that ", " hurts Moscow; they are right.", "", nobody);
  assert.equal(told?.favours, false, "who has no rivals wants to hurt nobody");
});

Deno.test("what is said behind a verdict is handed on", () => {
  const told = said("Critics say ", " is slow; they are right, but it is the best course.");
  assert.equal(told?.behind, ", but it is the best course.");
});

Deno.test("a view that nobody judges is other people's; one's own words are no report", () => {
  assert.equal(favours("Some would say ", " is enough."), null);
  assert.equal(said("We also advise to ", "."), null);
  assert.equal(said("Some prefer talks; we prefer ", "."), null);
  assert.equal(said("Because NATO says the front may break, ", "."), null);
});
