import assert from "node:assert/strict";
import { nearest, Recent } from "./prepared_rules.ts";

Deno.test("what was not used for longest makes room", () => {
  const dropped: string[] = [];
  const recent = new Recent<string>(2, (thing) => dropped.push(thing));
  recent.put("a", "A");
  recent.put("b", "B");
  assert.ok(recent.has("a"));
  recent.put("c", "C");
  assert.deepEqual(dropped, ["B"]);
  assert.ok(!recent.has("b") && recent.has("a") && recent.has("c"));
  assert.equal(recent.size, 2);
});

Deno.test("what is taken or put again is dropped once or never", () => {
  const dropped: string[] = [];
  const recent = new Recent<string>(2, (thing) => dropped.push(thing));
  recent.put("a", "A");
  recent.put("b", "B");
  assert.equal(recent.take("a"), "A");
  assert.equal(recent.take("a"), undefined);
  recent.put("c", "C");
  assert.deepEqual(dropped, []);
  recent.put("b", "B again");
  assert.deepEqual(dropped, ["B"]);
  recent.clear();
  assert.deepEqual(dropped, ["B", "C", "B again"]);
  assert.equal(recent.size, 0);
});

Deno.test("the likeliest choice comes first", () => {
  assert.deepEqual(nearest(["0", "1", "2", "3", "4"], "1"), ["2", "0", "3", "4"]);
  const keys = ["0,0", "0,1", "0,2", "1,0", "1,1", "1,2"];
  assert.deepEqual(nearest([...keys, ...keys], "0,1"), ["0,2", "1,1", "0,0", "1,2", "1,0"]);
  assert.deepEqual(nearest([""], ""), []);
});
