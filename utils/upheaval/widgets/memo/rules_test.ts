import assert from "node:assert/strict";
import { dayIn, lineText, lint, markers, renumbered, sentences, spelled, titled } from "./rules.ts";
import { about, markdown, references, webPage } from "./export.ts";
import type { Evidence, KeptMemo, MemoRules } from "../core/protocol.ts";

const RULE_NAMES = [
  "recommendation",
  "cited",
  "markers",
  "counter",
  "likelihood",
  "band",
  "confidence",
  "apart",
  "numbers",
  "known",
  "status",
  "flashpoint",
  "length",
];

const RULES: MemoRules = {
  order: ["recommendation", "counter", "likelihood", "confidence", "flashpoint"],
  options: ["Stay"],
  day: "2024-11-27",
  likelihood: [
    { terms: ["unlikely"], low: 20, high: 45 },
    { terms: ["likely", "probable"], low: 55, high: 80 },
  ],
  confidence: ["moderate confidence"],
  prose: ["recommendation"],
  status: { claimed: ["claims", "says"] },
  least: { cited: 1, kinds: 1, counter: 2, flashpoint: 3, words: 5 },
  most: { words: 60 },
  texts: Object.fromEntries(
    RULE_NAMES.map((name) => [name, { good: `${name} met: {found}`, bad: `${name}: {found}` }]),
  ),
};

const ITEM: Evidence = {
  id: "e",
  kind: "event",
  title: "A <claim> [x] | *y*",
  status: "claimed",
  known: "2024-10-08",
  sources: [{ text: "S_1", url: "https://example.org/a" }, { text: "bad", url: "javascript:x" }],
};

const MEMO: KeptMemo = {
  fields: {
    recommendation: "Stay. Seoul says that 3,000 came [1].",
    counter: "It costs more.",
    likelihood: "It is likely (60 per cent).",
    confidence: "We have moderate confidence.",
    flashpoint: "If they cross, we act.",
  },
  evidence: [ITEM],
};

const broken = (memo: KeptMemo | null) =>
  lint(memo, RULES).filter(({ ok }) => !ok).map(({ rule }) => rule);
const withField = (name: string, text: string): KeptMemo => ({
  ...MEMO,
  fields: { ...MEMO.fields, [name]: text },
});

Deno.test("a good memo meets every rule, in the order of its texts", () => {
  assert.deepEqual(lint(MEMO, RULES).map(({ rule }) => rule), RULE_NAMES);
  assert.deepEqual(broken(MEMO), []);
  assert.equal(lint(MEMO, RULES)[5].text, "band met: likely 55–80%");
});

Deno.test("each fault breaks its own rule", () => {
  assert.deepEqual(broken(withField("recommendation", "Go. Seoul says 3,000 came [1].")), [
    "recommendation",
  ]);
  assert.deepEqual(broken(withField("recommendation", "Stay. It says 3,000 came [1]. 40 left.")), [
    "numbers",
  ]);
  assert.deepEqual(broken(withField("recommendation", "Stay. 3,000 came [1].")), ["status"]);
  assert.deepEqual(broken(withField("recommendation", "Stay. He says 3,000 came [1][2].")), [
    "markers",
  ]);
  assert.deepEqual(broken(withField("likelihood", "It is likely (30%).")), ["band"]);
  assert.deepEqual(broken(withField("likelihood", "It is likely.")), ["likelihood", "band"]);
  assert.deepEqual(broken(withField("confidence", "With moderate confidence it is likely.")), [
    "apart",
  ]);
  assert.deepEqual(broken(withField("flashpoint", "They cross, we act.")), ["flashpoint"]);
  assert.deepEqual(broken(withField("counter", "No.")), ["counter"]);
  assert.deepEqual(broken(withField("counter", "word ".repeat(90))), ["length"]);
  const late = { ...MEMO, evidence: [{ ...ITEM, known: "2025-01-01" }] };
  assert.deepEqual(broken(late), ["known"]);
});

Deno.test("an empty memo, and none at all, are told what they lack", () => {
  for (const memo of [null, { fields: {}, evidence: [] }]) {
    assert.deepEqual(broken(memo), [
      "recommendation",
      "cited",
      "counter",
      "likelihood",
      "band",
      "confidence",
      "flashpoint",
      "length",
    ]);
  }
});

Deno.test("a word inside another is not that word, and the longest wins", () => {
  assert.deepEqual(broken(withField("likelihood", "It is unlikely (30%).")), []);
  assert.deepEqual(broken(withField("likelihood", "The likelyhood is 60%.")), [
    "likelihood",
    "band",
  ]);
});

Deno.test("sentences keep their markers and initials", () => {
  assert.deepEqual(sentences("Kim J. Un came.[1] He left! [2]\nAgain?\r\n\n  "), [
    "Kim J. Un came[1].",
    "He left[2]!",
    "Again?",
  ]);
  assert.deepEqual(markers("[1][22] [1234] [x] [0]"), [1, 22, 0]);
});

Deno.test("a line has its sign before its sentence, and evidence its number", () => {
  const lines = lint(withField("counter", "No."), RULES).map(lineText);
  assert.deepEqual(lines[2], ["✓", "markers met: "]);
  assert.deepEqual(lines[3], ["✗", "counter: 1 words"]);
  assert.equal(titled(ITEM, 1), "[2] A <claim> [x] | *y*");
});

Deno.test("numbers move up when an item is taken out", () => {
  assert.equal(renumbered("A [1] b [2], c [3][12] [2].", 2), "A [1] b, c [2][11].");
});

Deno.test("days are read from words and spelled again", () => {
  assert.equal(dayIn("27 November 2024: a thing"), "2024-11-27");
  assert.equal(dayIn("February 2024"), "2024-02-29");
  assert.equal(dayIn("3 May 2024"), "2024-05-03");
  assert.equal(dayIn("on 3 May 2024"), "");
  assert.equal(dayIn("2024"), "");
  assert.equal(dayIn(""), "");
  assert.equal(dayIn(undefined), "");
  assert.equal(spelled("2024-11-07"), "7 November 2024");
  assert.equal(spelled(""), "");
});

const AROUND = {
  title: "Memo",
  foot: "Foot",
  fields: [
    { name: "to", label: "To", head: true },
    { name: "recommendation", label: "We advise" },
  ],
};
const WRITTEN: KeptMemo = {
  fields: { to: "You\n& me", recommendation: "Stay <b>now</b> [1] [2].\n\nSoon." },
  evidence: [ITEM],
};

Deno.test("evidence is cited by its number, and only where the text does", () => {
  assert.deepEqual(references(WRITTEN, AROUND.fields), [{ number: 1, item: ITEM }]);
  assert.deepEqual(references({ ...WRITTEN, fields: {} }, AROUND.fields), []);
  assert.equal(about(ITEM), "event, claimed, public by 8 October 2024");
});

Deno.test("Markdown keeps the reader's marks and takes the collection's literally", () => {
  assert.equal(
    markdown(WRITTEN, AROUND),
    "# Memo\n\n**To:** You & me\n\n## We advise\n\nStay &lt;b>now&lt;/b> [1] [2].\n\nSoon.\n\n" +
      "## References\n\n1. A &lt;claim> \\[x\\] \\| \\*y\\* (event, claimed, public by 8 October 2024)." +
      " S\\_1 <https://example.org/a>; bad\n\n*Foot*\n",
  );
});

Deno.test("the web page holds text as text, and links only to the web", () => {
  const page = webPage(WRITTEN, AROUND);
  assert.ok(page.includes('<p>Stay &lt;b&gt;now&lt;/b&gt; <a href="#r1">[1]</a> [2].</p>'));
  assert.ok(page.includes('<a href="https://example.org/a">S_1</a>; bad</li>'));
  assert.ok(!page.includes("javascript:") && !page.includes("<script"));
});
