import assert from "node:assert/strict";
import { Lately } from "./lately.ts";
import type { Finding } from "./protocol.ts";

const finding = (id: string): Finding => ({
  id,
  kind: "event",
  title: id,
  text: `${id} in words`,
  status: "",
  asOf: "",
  sources: [],
});
const [a, b, c] = ["a", "b", "c"].map(finding);

Deno.test("what another tab wrote over is put back whole, and what it put back goes again", () => {
  const lately = new Lately();
  lately.note([a], ["c"], 0);
  assert.deepEqual(lately.mended([b, c], 10), [b, a]);
  assert.equal(lately.mended([b, a], 20), null, "nothing is missing any more");
});

Deno.test("the last that was done to a piece counts, and what is no piece stays", () => {
  const lately = new Lately();
  lately.note([a], [], 0);
  lately.note([], ["a"], 1);
  assert.deepEqual(lately.mended([null, "x", a], 2), [null, "x"]);
});

Deno.test("after a moment, and after a clearing, nothing comes back", () => {
  const lately = new Lately();
  lately.note([a], [], 0);
  assert.equal(lately.mended([], 15_000), null);
  lately.note([b], [], 16_000);
  lately.forget();
  assert.ok(!lately.any);
  assert.equal(lately.mended([], 16_001), null);
});

Deno.test("two tabs that want the opposite come to an end", () => {
  const [one, other] = [new Lately(), new Lately()];
  one.note([a], [], 0);
  other.note([], ["a"], 0);
  let kept: unknown[] = [];
  let writes = 0;
  for (let at = 0; at < 100; at += 1) {
    for (const tab of [one, other]) {
      const mended = tab.mended(kept, 1);
      if (mended) [kept, writes] = [mended, writes + 1];
    }
  }
  assert.ok(writes > 0 && writes <= 20, `${writes} writes`);
});
