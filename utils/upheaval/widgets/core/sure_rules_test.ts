import assert from "node:assert/strict";
import {
  calibrated,
  groupWords,
  rightShare,
  sureGroups,
  surenessIn,
  wasAnswered,
} from "./sure_rules.ts";

const given = (said: string, right: boolean) => ({
  answer: "a",
  right: true,
  tries: 2,
  sure: { said, right },
});
const many = (said: string, right: number, wrong: number) =>
  Array.from({ length: right + wrong }, (_, at) => given(said, at < right));
const work = (...groups: unknown[][]) =>
  Object.fromEntries(groups.flat().map((one, at) => [`01.q${at}`, one]));

Deno.test("the first answer counts, not the last", () => {
  const [sure] = sureGroups(work([given("sure", false)]));
  assert.deepEqual(sure, { said: "sure", count: 1, right: 0 });
});

Deno.test("what is odd counts nowhere", () => {
  const odd = [null, 3, "x", [], {}, { sure: "sure" }, { sure: null }, given("certain", true), {
    ...given("sure", true),
    sure: { said: "sure", right: 1 },
  }];
  assert.ok(sureGroups(work(odd)).every(({ count }) => count === 0));
  for (const one of odd) assert.equal(surenessIn(one), null);
  assert.ok(!wasAnswered({ tries: "2" }) && !wasAnswered(null) && wasAnswered({ tries: 1 }));
});

Deno.test("answers of a round count as others do", () => {
  const back = { day: "2026-01-02", answers: { "01.a": given("guessing", true), "01.b": null } };
  const groups = sureGroups({ back, odd: { answers: 3 }, "01.c": given("guessing", false) });
  assert.deepEqual(groups[2], { said: "guessing", count: 2, right: 1 });
});

Deno.test("under five answers there is no share", () => {
  const [four, five] = [many("sure", 3, 1), many("sure", 4, 1)].map((one) =>
    sureGroups(work(one))[0]
  );
  assert.equal(rightShare(four), null);
  assert.equal(groupWords(four), "3 of 4 right: too few to say");
  assert.equal(groupWords(five), "4 of 5 right, 80 %");
  assert.equal(groupWords({ said: "sure", count: 0, right: 0 }), "no answers yet");
});

Deno.test("being sure is compared with guessing, where both can be said", () => {
  const says = (sure: number, guessing: number) =>
    calibrated(sureGroups(work(many("sure", sure, 5 - sure), many("guessing", guessing, 4))));
  assert.match(says(5, 1), /more often when you were sure/);
  assert.match(says(0, 1), /no more often/);
  assert.match(says(5, 0), /too few/);
  assert.match(calibrated(sureGroups({})), /^Nothing yet/);
});
