import assert from "node:assert/strict";
import { unpacker } from "./pool.ts";

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
