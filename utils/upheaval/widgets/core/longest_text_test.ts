import assert from "node:assert/strict";
import { refusalOfText } from "./longest_text.ts";

Deno.test("a text may grow to half a million letters, and a longer one be made shorter", () => {
  assert.equal(refusalOfText(0, 0, 500_000), "");
  assert.equal(refusalOfText(499_999, 0, 1), "");
  assert.match(refusalOfText(500_000, 0, 1), /500,001 letters, and 500,000 are the most/);
  assert.equal(refusalOfText(500_000, 10, 10), "", "as many come as go");
  assert.equal(refusalOfText(4_000_000, 0, 0), "", "of an older, longer text letters may go");
  assert.equal(refusalOfText(4_000_000, 20, 3), "");
  assert.match(refusalOfText(4_000_000, 0, 1), /has not changed/);
});
