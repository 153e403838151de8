import assert from "node:assert/strict";
import {
  dayIn,
  findingsIn,
  lineText,
  lint,
  markers,
  memoIn,
  renumbered,
  sentences,
  spelled,
  titled,
} from "./rules.ts";
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
  rivals: ["Moscow"],
  attributes: ["korean"],
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

const item = (id: string, kind: string, status: string): Evidence => ({
  ...ITEM,
  id,
  kind,
  title: `Title ${id}`,
  status,
  known: "2024-10-01",
});

/** Laws as a lesson has them: more evidence, more of each text, more terms. */
const LAWS: MemoRules = {
  ...RULES,
  order: [
    "recommendation",
    "background",
    "counter",
    "likelihood",
    "confidence",
    "flashpoint",
  ],
  options: ["Bring an umbrella", "Stay"],
  likelihood: [...RULES.likelihood, { terms: ["very likely"], low: 80, high: 95 }],
  confidence: ["low confidence", "moderate confidence", "high confidence"],
  prose: ["recommendation", "background"],
  status: { claimed: ["says"], disputed: ["denies"] },
  least: { cited: 3, kinds: 2, counter: 15, flashpoint: 8, words: 250 },
  most: { words: 900 },
};
const UMBRELLA = {
  fields: {
    recommendation: "Bring an umbrella: it costs little.",
    background:
      "Clouds came on 3 October 2024. The office says that 12 drops fell [1]. It rained " +
      `before [2], and a neighbour saw it [3].${" More words.".repeat(110)}`,
    counter: "It may stay dry, and an umbrella is one more thing to carry and to forget somewhere.",
    likelihood: "It is likely (70%) that it rains by noon.",
    confidence: "We have low confidence in this: one office only.",
    flashpoint: "If the sun is out at nine, we leave it at home.",
  },
  evidence: [
    item("a", "event", "claimed"),
    item("b", "estimate", "confirmed"),
    item("c", "event", "confirmed"),
  ],
};

const missed = (memo: KeptMemo) => lint(memo, LAWS).filter(({ ok }) => !ok).map(({ rule }) => rule);
const changed = (name: string, text: string): KeptMemo => ({
  ...UMBRELLA,
  fields: { ...UMBRELLA.fields, [name]: text },
});

/** A text in the place of a field's, and the rules that it breaks. */
const FAULTS: [field: string, text: string, broken: string[]][] = [
  ["recommendation", "Let us see.", ["recommendation"]],
  ["recommendation", "We BRING AN UMBRELLA.", []],
  ["recommendation", "bring an umbrella", []],
  ["recommendation", "Stayed.", ["recommendation"]],
  ["recommendation", "Stay. There are 12 of us.", ["numbers"]],
  ["recommendation", "Stay. There are 12 of us [2].", []],
  ["recommendation", "Stay. There are 12 of us. [2]", []],
  ["recommendation", "Stay until 20 January 2025, as in 2024 or in March 1999.", []],
  ["recommendation", "Stay with the 12 U.S. offices of [3].", []],
  ["recommendation", "Stay [9].", ["markers"]],
  ["recommendation", "Stay [0].", ["markers"]],
  ["counter", "No.", ["counter"]],
  ["likelihood", "It may rain.", ["likelihood", "band"]],
  ["likelihood", "It is likely that it rains.", ["likelihood", "band"]],
  ["likelihood", "It is likely (90%) that it rains.", ["band"]],
  ["likelihood", "It is very likely, 90 per cent, that it rains.", []],
  ["likelihood", "It is unlikely (70%) that it rains.", ["band"]],
  ["likelihood", "It is likely (70%), and we have high confidence.", ["apart"]],
  ["confidence", "We trust it.", ["confidence"]],
  ["flashpoint", "Nothing.", ["flashpoint"]],
  ["flashpoint", "One two three four five six seven eight nine.", ["flashpoint"]],
  ["background", UMBRELLA.fields.background + " word".repeat(700), ["length"]],
];

Deno.test("each fault breaks its own rule", () => {
  assert.deepEqual(missed(UMBRELLA), []);
  for (const [field, text, broken] of FAULTS) {
    assert.deepEqual(missed(changed(field, text)), broken, text.slice(0, 80));
  }
});

Deno.test("evidence is counted by what is cited", () => {
  const few = changed("background", `It rained [1].${" More words.".repeat(110)}`);
  assert.deepEqual(missed(few), ["cited", "status"], "no citation says who claims it");
  const same = UMBRELLA.evidence.map((one) => ({ ...one, kind: "event" }));
  assert.deepEqual(missed({ ...UMBRELLA, evidence: same }), ["cited"]);
});

Deno.test("what came later and what is less than confirmed is named", () => {
  const [first, second, third] = UMBRELLA.evidence;
  const known = (day: string) => ({
    ...UMBRELLA,
    evidence: [first, second, { ...third, known: day }],
  });
  assert.deepEqual(missed(known("2024-11-28")), ["known"]);
  assert.deepEqual(missed(known(LAWS.day)), [], "the day itself is not too late");
  const disputed = {
    ...UMBRELLA,
    evidence: [{ ...first, status: "disputed" }, second, third],
  };
  assert.deepEqual(missed(disputed), ["status"]);
  const odd = { ...disputed, evidence: [{ ...first, status: "constructor" }, second, third] };
  assert.deepEqual(missed(odd), [], "a status that nobody asks for");
  const background = `${UMBRELLA.fields.background} The neighbour denies that it rained [1].`;
  assert.deepEqual(missed({ ...disputed, fields: { ...disputed.fields, background } }), []);
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
  assert.deepEqual(sentences("One. Two! [1] [2] Three?\nFour U.S. words.  Five"), [
    "One.",
    "Two[1]!",
    "[2] Three?",
    "Four U.S. words.",
    "Five",
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
  says: {},
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
      "## References\n\n1. A &lt;claim> \\[x\\] \\| \\*y\\* (event, claimed, public by" +
      " 8 October 2024). S\\_1 <https://example.org/a>; bad\n\n*Foot*\n",
  );
});

Deno.test("a reference prints the sentence that its row rests on", () => {
  const says = { e: ["They <b>went</b> _there_.", "", "KBS, 1 May"] as [string, string, string] };
  assert.match(
    markdown(WRITTEN, { ...AROUND, says }),
    /bad “They &lt;b>went&lt;\/b> \\_there\\_\.” \(KBS, 1 May\)\n/,
  );
  assert.ok(
    webPage(WRITTEN, { ...AROUND, says }).includes(
      "<br>“They &lt;b&gt;went&lt;/b&gt; _there_.” (KBS, 1 May)</li>",
    ),
  );
  const unread = { e: ["", "", ""] as [string, string, string] };
  assert.match(markdown(WRITTEN, { ...AROUND, says: unread }), /No sentence was read/);
  assert.ok(!markdown(WRITTEN, AROUND).includes("“"), "a chart has none");
});

Deno.test("a row that was kept under a chart brings its sentence along", () => {
  const item = { ...ITEM, says: ["They went.", "", "KBS, 1 May"] as [string, string, string] };
  const memo = { ...WRITTEN, evidence: [item] };
  assert.match(markdown(memo, AROUND), /bad “They went\.” \(KBS, 1 May\)\n/);
  assert.ok(webPage(memo, AROUND).includes("<br>“They went.” (KBS, 1 May)</li>"));
  const says = { e: ["They left.", "", "KBS, 1 April"] as [string, string, string] };
  assert.match(markdown(memo, { ...AROUND, says }), /They left/, "the sentence of the memo's day");
  assert.deepEqual(memoIn(memo).evidence[0].says, item.says);
  for (const says of ["They went.", ["They went."], ["a", "b", 3], null]) {
    const edited = memoIn({ ...memo, evidence: [{ ...item, says }] });
    assert.ok(!("says" in edited.evidence[0]), "what is no sentence is left out");
  }
});

Deno.test("in Markdown, too, a reference keeps the number that it is cited by", () => {
  const memo: KeptMemo = {
    fields: {},
    evidence: Array.from({ length: 9 }, (_, at) => ({ ...ITEM, title: `Row ${at + 1}` })),
  };
  const [, listed] = markdown({ ...memo, fields: { recommendation: "[1] [2] [9]" } }, AROUND)
    .split("## References\n\n");
  const lines = listed.split("\n").map((line) => line.slice(0, 8)).filter(Boolean);
  assert.deepEqual(lines.slice(0, 4), ["1. Row 1", "2. Row 2", "<!-- -->", "9. Row 9"]);
  assert.ok(listed.includes("\n\n<!-- -->\n\n9. "), "a list of its own, which begins at 9");
});

Deno.test("the web page holds text as text, and links only to the web", () => {
  const page = webPage(WRITTEN, AROUND);
  assert.ok(
    page.includes('<p dir="auto">Stay &lt;b&gt;now&lt;/b&gt; <a href="#r1">[1]</a> [2].</p>'),
  );
  assert.ok(page.includes('<a href="https://example.org/a">S_1</a>; bad</li>'));
  assert.ok(!page.includes("javascript:") && !page.includes("<script"));
});

Deno.test("a memo that somebody edited loses no more than what was edited", () => {
  const well: KeptMemo = { ...MEMO, evidence: [{ ...ITEM, sources: [ITEM.sources[0]] }] };
  assert.deepEqual(memoIn(well), well);
  for (const odd of [null, undefined, 7, "text", [], [null], { fields: 5, evidence: "x" }]) {
    assert.deepEqual(memoIn(odd), { fields: {}, evidence: [] });
  }
  const { fields, evidence } = memoIn({
    fields: { counter: "Mine.", recommendation: 7 },
    evidence: [null, { ...ITEM, sources: [null, ITEM.sources[0], { text: "no address" }] }],
  });
  assert.deepEqual(fields, { counter: "Mine." });
  assert.deepEqual(evidence.map(({ id }) => id), ["odd-1", "e"]);
  assert.deepEqual(evidence[1], { ...ITEM, sources: [ITEM.sources[0]] });
  assert.equal(evidence[0].title, "What stood here could not be read.");
});

Deno.test("of what is kept as evidence the memo takes what an explorer added", () => {
  const found = {
    id: "a",
    kind: "event",
    title: "A",
    status: "claimed",
    asOf: "2025",
    sources: [],
  };
  for (const odd of [null, undefined, 7, "text", {}, [null], [[1]], [{ id: 1 }]]) {
    assert.deepEqual(findingsIn(odd), []);
  }
  assert.deepEqual(findingsIn([null, found, "x"]), [found]);
  const bare = findingsIn([{ id: "b", kind: "chart", title: "B", sources: "x" }]);
  assert.deepEqual(bare.map(({ asOf, sources }) => [asOf, sources]), [["", []]]);
});
