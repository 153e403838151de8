import assert from "node:assert/strict";
import { beginOf, isOver, placeOf } from "./era.ts";

Deno.test("an era has a place and begins with a clearing", () => {
  assert.equal(placeOf("0a1b/1700000000000-9f"), "0a1b");
  assert.equal(beginOf("0a1b/1700000000000-9f"), 1_700_000_000_000);
  assert.equal(beginOf("0a1b/"), 0);
  assert.equal(beginOf("0a1b/0123456789abcdef"), 0, "a mark of an earlier version");
});

Deno.test("an era is over after a later clearing of its place, and in any other place", () => {
  assert.ok(isOver("p/", "p/100-a") && isOver("p/100-a", "p/200-b"));
  assert.ok(!isOver("p/200-b", "p/100-a") && !isOver("p/", "p/"));
  assert.ok(isOver("q/200-b", "p/100-a"));
});
