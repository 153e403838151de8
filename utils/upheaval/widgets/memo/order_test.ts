import assert from "node:assert/strict";
import { placed } from "./order.ts";

// More sentences, whole: tests/cases/memo_sentences.json.

const place = (before: string, after: string, advised = false) =>
  placed({ before, gap: before, after, advised });

Deno.test("what comes later is no recommendation where something comes first", () => {
  for (const before of [", then ", "; later ", ", followed by ", ". In a second step, "]) {
    assert.equal(place(before, ".", true), "set apart", before);
    assert.equal(place(before, ".", false), null, before);
  }
  assert.equal(place(" now and ", " later.", true), "set apart");
  assert.equal(place("If Kyiv can wait, then ", ".", true), null);
  assert.equal(place(" or ", " later.", true), null, "a choice is no order");
});

Deno.test("what is only done on a condition is not recommended", () => {
  assert.equal(place("We would only ", " if a second group left."), "refused");
  assert.equal(place("We would ", " only when both ask."), "refused");
  assert.equal(place("Only if Seoul agreed would we ", "."), "refused");
  assert.equal(place("We should not only ", " if Seoul asks."), null);
  assert.equal(place("Only if we ", " will Moscow listen."), null);
});

Deno.test("second best, and the alternative to what is recommended", () => {
  assert.equal(place("", " is only second best."), "refused");
  assert.equal(place("Our second choice is ", "."), "refused");
  assert.equal(place("", " is second to none."), null);
  assert.equal(place(", since the alternative, to ", ", costs more."), "set apart");
  assert.equal(place("The best alternative is ", "."), null);
});
