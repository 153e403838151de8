import assert from "node:assert/strict";
import {
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

const cell = (code: number) => ({ codes: { tone: code }, says: "s", evidence: "e", reason: "r" });
const SPEC: CodingSpec = {
  kind: "coding",
  storageKey: "07.coding",
  question: "Which | codes?",
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
  assert.equal(problem(SPEC, CHANGE), "");
});

Deno.test("what does not fit is told in a sentence", () => {
  const statusMessage = (change: object) => problem(SPEC, { ...CHANGE, ...change });
  assert.match(statusMessage({ scale: "x" }), /no such scale/);
  assert.match(statusMessage({ row: "toString" }), /no such row/);
  assert.match(statusMessage({ column: null }), /no such column/);
  assert.equal(
    statusMessage({ row: "trade", column: "eu" }),
    "Trade × EU has no code, so there is none to change.",
  );
  assert.match(statusMessage({ code: 3 }), /whole number from −2 to \+2/);
  assert.match(statusMessage({ code: 0.5 }), /whole number/);
  assert.match(statusMessage({ code: "1" }), /whole number/);
  assert.match(statusMessage({ code: 1 }), /has the code \+1 already/);
  assert.match(statusMessage({ reason: "no" }), /at least 3 words why Aid × U\.S\./);
  for (const one of [null, 3, "x", [], undefined]) assert.match(problem(SPEC, one), /this is none/);
  assert.match(problem(SPEC, {}), /no such scale/);
});

Deno.test("a reason is measured in words, or in letters where words are not parted", () => {
  assert.equal(longEnough("one two three", 3), true);
  assert.equal(longEnough("– … !", 1), false);
  assert.equal(longEnough("этопричина", 2), true);
  assert.equal(longEnough("一二三四五六七八九十", 2), true);
  assert.equal(longEnough("😀 😀 😀", 1), false);
  assert.equal(longEnough(null, 0), false);
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
  assert.deepEqual(loaded(SPEC, text), { changes: [CHANGE], left: 2 });
  assert.match(loaded(SPEC, "{").problem ?? "", /no JSON file/);
  for (const other of ["null", "[]", "{}", '{"coding": "07.coding", "changes": {}}']) {
    assert.match(loaded(SPEC, other).problem ?? "", /no changes to this coding/);
  }
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
