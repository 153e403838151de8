import assert from "node:assert/strict";
import { type AnswerKey, attempted, marked } from "./rules.ts";

/** Everything that no input gives, and more. */
const ODD: unknown[] = [
  null,
  undefined,
  true,
  "",
  " ",
  "NaN",
  -1,
  99,
  1.5,
  [],
  [99],
  [[0]],
  ["0"],
  {},
  "9".repeat(400),
  "\ud83d",
  "<b>1</b>",
];

const CHOICE: AnswerKey = { type: "choice", right: [1], why: ["no", "yes"] };
const NUMBER: AnswerKey = {
  type: "number",
  low: [9, 11],
  high: [11, 13],
  why: "in",
  below: "low",
  above: "high",
  unread: "unread",
  mistakes: [{ low: 900, high: 1300, why: "hundreds" }],
};
const STEPS: AnswerKey = {
  type: "selection",
  done: "done",
  not_yet: "not yet",
  options: 3,
  columns: { day: ["1", "2", "3"], who: [["x", "y"], [], ["z"]] },
  rules: [
    { kind: "count", good: "two", why: "not two", column: "", value: 2 },
    { kind: "ordered", good: "in order", why: "out of order", column: "day", value: null },
    { kind: "lte", good: "early", why: "late", column: "day", value: "2" },
    { kind: "distinct", good: "several", why: "few", column: "who", value: 2 },
    { kind: "includes", good: "x is there", why: "no x", column: "who", value: ["x"] },
  ],
};
const MATCH: AnswerKey = {
  type: "selection",
  done: "done",
  not_yet: "not yet",
  options: 2,
  columns: {},
  rules: [
    { kind: "match", slot: 0, label: "a", value: [0], why: ["a is 0", "a is not 1"] },
    { kind: "match", slot: 1, label: "b", value: [0, 1], why: ["b may be 0", "b may be 1"] },
  ],
};

Deno.test("a choice is marked with its own reason", () => {
  assert.deepEqual(marked(CHOICE, 0), { right: false, text: "no", rules: [] });
  assert.deepEqual(marked(CHOICE, 1), { right: true, text: "yes", rules: [] });
  assert.equal(marked(CHOICE, "1").right, null);
});

Deno.test("a range is right within both its ends, and a mistake wins over too low and high", () => {
  const said = (answer: unknown) => marked(NUMBER, answer).text;
  assert.deepEqual(["9 to 13", "11", "8", "14", "1000", "9–14", "x"].map(said), [
    "in",
    "in",
    "low",
    "high",
    "hundreds",
    "high",
    "unread",
  ]);
  assert.equal(marked(NUMBER, "11").right, true);
});

Deno.test("every rule of a selection has its own verdict", () => {
  const verdict = marked(STEPS, [0, 1]);
  assert.equal(verdict.right, true);
  assert.equal(verdict.text, "done");
  const other = marked(STEPS, [2, 1, null]);
  assert.deepEqual(other.rules.map(({ ok }) => ok), [true, false, false, false, false]);
  assert.equal(other.text, "not yet");
  assert.deepEqual(marked(STEPS, [null, null]), { right: null, text: "Choose first.", rules: [] });
});

Deno.test("what is not matched yet is said by its label", () => {
  assert.deepEqual(marked(MATCH, [1]).rules, [
    { ok: false, text: "a: a is not 1" },
    { ok: false, text: "b: not chosen yet." },
  ]);
  assert.equal(marked(MATCH, [0, 1]).right, true);
});

Deno.test("no answer of any kind raises", () => {
  for (const key of [CHOICE, NUMBER, STEPS, MATCH]) {
    for (const answer of ODD) {
      const { right, text, rules } = marked(key, answer);
      assert.ok([true, false, null].includes(right) && text && Array.isArray(rules));
    }
  }
});

Deno.test("tries are counted on, whatever was kept before", () => {
  const tries = (before: unknown) => attempted(before, 1, true).tries;
  assert.deepEqual([null, undefined, "x", 3, [], { tries: "2" }, { tries: 2 }].map(tries), [
    1,
    1,
    1,
    1,
    1,
    1,
    3,
  ]);
});
