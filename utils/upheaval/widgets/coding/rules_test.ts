import assert from "node:assert/strict";
import {
  accepted,
  changeRows,
  coded,
  figure,
  loaded,
  longEnough,
  markdown,
  problem,
  signed,
  summary,
} from "./rules.ts";
import type { Change, CodingSpec } from "../core/protocol.ts";
import cases from "../../../../tests/cases/coding.json" with { type: "json" };

const cell = (code: number) => ({ codes: { tone: code }, says: "s", evidence: "e", reason: "r" });
const SPEC: CodingSpec = {
  kind: "coding",
  storageKey: "07.coding",
  question: "Which | codes?",
  head: { about: "ours", version: "1" },
  least: 3,
  scales: [{ name: "tone", label: "Tone", low: -2, high: 2, labels: { "0": "neutral" } }],
  columns: [{ name: "us", label: "U.S." }, { name: "eu", label: "EU" }],
  rows: [
    { name: "aid", label: "Aid", cells: { us: cell(1), eu: cell(1) } },
    { name: "troops", label: "Troops", cells: { us: cell(-2), eu: cell(2) } },
    { name: "trade", label: "Trade", cells: { us: cell(0) } },
  ],
};
const CHANGE: Change = { scale: "tone", row: "aid", column: "us", code: -1, reason: "it is so" };

Deno.test("a change that fits has no problem", () => {
  for (const code of [-2, -1, 0, 2]) assert.equal(problem(SPEC, { ...CHANGE, code }), "");
});

Deno.test("what does not fit is told in a sentence", () => {
  const place = "Aid × U.S.";
  const range = `The code for ${place} must be a whole number from −2 to +2.`;
  const words = `Say in at least 3 words why ${place} should have another code.`;
  const none = (part: string) =>
    `There is no such ${part} here: a change names one of those on show.`;
  const told: [object, string][] = [
    [{ scale: "x" }, none("scale")],
    [{ row: "r9" }, none("row")],
    [{ row: "toString" }, none("row")],
    [{ row: "__proto__" }, none("row")],
    [{ column: "z" }, none("column")],
    [{ column: "toString" }, none("column")],
    [{ column: null }, none("column")],
    [{ row: "trade", column: "eu" }, "Trade × EU has no code, so there is none to change."],
    ...[3, -3, 0.5, 1.5, "1", true, null, NaN].map((code): [object, string] => [{ code }, range]),
    [{ code: 1 }, `${place} has the code +1 already: choose another to contest it.`],
    ...["No.", "", null, ["a b c d"], 3].map((reason): [object, string] => [{ reason }, words]),
  ];
  for (const [change, sentence] of told) {
    assert.equal(problem(SPEC, { ...CHANGE, ...change }), sentence, JSON.stringify(change));
  }
  for (const one of [null, 3, "x", [], [CHANGE], undefined]) {
    assert.match(problem(SPEC, one), /names a scale, .* this is none\.$/);
  }
  assert.equal(problem(SPEC, {}), none("scale"));
});

Deno.test("each scale has its own ends, and its own codes", () => {
  const size = { name: "size", label: "Size", low: 0, high: 3, labels: {} };
  const cells = { us: { ...cell(1), codes: { tone: 1, size: 1 } } };
  const spec = {
    ...SPEC,
    scales: [...SPEC.scales, size],
    rows: [{ name: "aid", label: "Aid", cells }],
  };
  const change = { ...CHANGE, scale: "size", code: 3 };
  assert.equal(problem(spec, change), "");
  assert.match(problem(spec, { ...change, code: -1 }), /from 0 to \+3\.$/);
  assert.deepEqual(coded(spec, [change], "size"), { aid: { us: 3 } });
  assert.deepEqual(coded(spec, [change], "tone"), { aid: { us: 1 } }, "the other scale stays");
});

Deno.test("of what is kept, the changes that fit come back, the last of each code", () => {
  const other = { ...CHANGE, row: "troops", code: 0 };
  const value = { changes: [{ ...CHANGE, code: 0 }, other, null, { ...CHANGE, more: 1 }] };
  assert.deepEqual(accepted(SPEC, value), [CHANGE, other]);
  assert.deepEqual(accepted(SPEC, { changes: [{ ...CHANGE, row: "gone" }, other] }), [other]);
  for (const edited of [null, undefined, 3, "x", [], {}, { changes: "x" }, { changes: {} }]) {
    assert.deepEqual(accepted(SPEC, edited), [], JSON.stringify(edited));
  }
});

/** A reason, and whether it is long enough where 1, 4 and 5 words are asked for. */
const REASONS: [reason: string, one: boolean, four: boolean, five: boolean][] = [
  ["", false, false, false],
  ["    ", false, false, false],
  ["one two three four", true, true, false],
  ["one two three", true, false, false],
  ["a-b c.d", true, true, false],
  ["____ !!!! ???? ....", false, false, false],
  ["– … !", false, false, false],
  ["Эти слова стоят здесь", true, true, false],
  ["этопричинаэтопричина", true, true, false],
  ["이 말은 다르게 보인다", true, true, false],
  ["平壤的士兵在库尔斯克作战这一点双方都已承认", true, true, false],
  ["平壤", true, false, false],
  ["½ ² ① Ⅷ", true, true, false],
  ["𝟛 𝟘 𝟘 𝟘", true, true, false],
  ["हिन्दी में कारण", true, true, true],
  ["a".repeat(20), true, true, false],
  ["a".repeat(19), true, false, false],
  ["\ud83d x y z", true, false, false],
  ["👩‍👩‍👧 a b c d", true, true, false],
  ["😀 😀 😀", false, false, false],
  ["a\x00b\x1cc\x85d", true, true, false],
  ["<script>alert(1)</script> is no good reason", true, true, true],
];

Deno.test("a reason is measured in words, or in letters where words are not parted", () => {
  for (const [reason, ...enough] of REASONS) {
    assert.deepEqual([1, 4, 5].map((least) => longEnough(reason, least)), enough, reason);
  }
  for (const none of [null, undefined, 3, ["a b c d"], {}]) {
    assert.equal(longEnough(none, 0), false, "no text, no reason");
  }
});

Deno.test("what codes say is what a second implementation said of them", () => {
  for (const { columns, codes, summary: said } of cases.summaries) {
    const given = codes as Record<string, Record<string, number>>;
    assert.deepEqual(summary(columns, given), said, JSON.stringify(codes));
  }
  assert.ok(cases.summaries.length > 50);
});

Deno.test("codes after changes, and what they say", () => {
  const before = coded(SPEC, [], "tone");
  assert.deepEqual(before, { aid: { us: 1, eu: 1 }, troops: { us: -2, eu: 2 }, trade: { us: 0 } });
  const said = summary(["us", "eu"], before);
  assert.deepEqual(said.agree, ["aid"]);
  assert.deepEqual([said.widest, said.apart, said.common], [4, ["troops"], 2]);
  assert.deepEqual(said.means[0], { column: "us", mean: -1 / 3, count: 3, shared: -0.5 });
  const after = coded(SPEC, [CHANGE, { ...CHANGE, scale: "other", code: 2 }], "tone");
  assert.equal(after.aid.us, -1);
  assert.deepEqual(summary(["us", "eu"], {}), {
    means: ["us", "eu"].map((column) => ({ column, mean: null, count: 0, shared: null })),
    common: 0,
    agree: [],
    widest: 0,
    apart: [],
  });
});

Deno.test("a saved file is loaded, and what no longer fits is counted", () => {
  const text = JSON.stringify({
    coding: SPEC.storageKey,
    changes: [{ ...CHANGE, before: 1 }, { ...CHANGE, row: "gone" }, null],
  });
  assert.deepEqual(loaded(SPEC, text), { changes: [CHANGE], left: 2, sign: "" });
  const work = { "07.coding": { changes: [CHANGE] } };
  const ours = JSON.stringify({ about: "ours", format: 1, name: "Ann", work });
  assert.deepEqual(loaded(SPEC, ours), { changes: [CHANGE], left: 0, sign: "Ann" });
  assert.match(loaded(SPEC, "{").problem ?? "", /no JSON file/);
  for (const other of ["null", "[]", "{}", '{"coding": "07.coding", "changes": {}}']) {
    assert.match(loaded(SPEC, other).problem ?? "", /not saved by this collection/);
  }
  const another = JSON.stringify({ coding: "08.coding", changes: [] });
  assert.match(loaded(SPEC, another).problem ?? "", /no changes to this coding/);
  const of = (changes: unknown[]) => JSON.stringify({ coding: SPEC.storageKey, changes });
  assert.match(loaded(SPEC, of([])).problem ?? "", /no changes to this coding/);
  assert.match(loaded(SPEC, of([{ ...CHANGE, row: "gone" }])).problem ?? "", /does not fit/);
  assert.match(loaded(SPEC, of([null, 3])).problem ?? "", /none of the 2 changes in it fits/);
});

Deno.test("signs and means are written as in print", () => {
  assert.deepEqual([1, 0, -2].map(signed), ["+1", "0", "−2"]);
  assert.deepEqual([0.5, -1 / 3, 0, null].map(figure), ["+0.50", "−0.33", "0.00", "–"]);
});

Deno.test("changes become rows, and a page with means before and after", () => {
  assert.deepEqual(changeRows(SPEC, [CHANGE]), [["Aid", "U.S.", "Tone", 1, -1, "it is so"]]);
  const page = markdown(SPEC, [{ ...CHANGE, reason: "a | b\n*c*" }]);
  assert.ok(page.startsWith("# Which \\| codes?\n\n| Row | Column |"));
  assert.ok(page.includes("| Aid | U.S. | Tone | +1 | −1 | a \\| b \\*c\\* |"));
  assert.ok(page.includes("| Tone | U.S. | −0.33 | −1.00 |"));
  assert.ok(markdown(SPEC, []).includes("No code was changed."));
});
