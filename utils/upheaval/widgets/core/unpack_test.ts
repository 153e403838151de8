import assert from "node:assert/strict";
import { canUnpack, unpacked, unpackedWhole, unpacker } from "./unpack.ts";

Deno.test("parts of a pool come back whole; texts that begin like a reference stay texts", () => {
  const whole = unpacker(["a long text", { list: ["~0", "~0"] }, "~~~1"]);
  assert.deepEqual(whole({ a: "~1", b: ["~~0", "~2", "x~0", null, 1, true] }), {
    a: { list: ["a long text", "a long text"] },
    b: ["~0", "~~1", "x~0", null, 1, true],
  });
});

Deno.test("what two states share is made once", () => {
  const whole = unpacker([{ rows: [1] }]);
  assert.equal(whole("~0"), whole("~0"));
});

Deno.test("states that Python packed come back", async () => {
  assert.ok(canUnpack());
  // Packed by `pack` in widgets/pack.py.
  const states = await unpacked(PACKED);
  assert.deepEqual(states("0"), { title: "zero 三千", rows: [["a row that both share", 1]] });
  assert.deepEqual(states("1"), { title: "~one", rows: [["a row that both share", 1]] });
  assert.equal(states("0"), states("0"), "each state is made once");
  assert.equal(states("2"), undefined);
  assert.deepEqual(await unpackedWhole(PACKED), { "0": states("0"), "1": states("1") });
});

Deno.test("what is damaged is no state", async () => {
  await assert.rejects(unpacked("AAAA"));
  await assert.rejects(unpacked("no base64!"));
});

const PACKED = "q1YqLkksSS1WsqpWMgARJZklOalKVkpVqUX5Ck92dD7tbVbSUSrKLwcqUaozUKrVUTJEVldXl5+Xiqo" +
  "CqKQgPz9HySo6OlopUQEoo1CSkViikJRfkqFQnJFYBFRvGBsbWwsA";
