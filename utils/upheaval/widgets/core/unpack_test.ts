import assert from "node:assert/strict";
import { canUnpack, statesOf, unpacked } from "./unpack.ts";

Deno.test("states that Python packed come back", async () => {
  assert.ok(canUnpack());
  // Packed by `pack` in widgets/core/pack.py.
  const whole = await unpacked(PACKED);
  const states = statesOf(whole);
  assert.deepEqual(states("0"), { title: "zero 三千", rows: [["a row that both share", 1]] });
  assert.deepEqual(states("1"), { title: "~one", rows: [["a row that both share", 1]] });
  assert.equal(states("0"), states("0"), "each state is made once");
  assert.equal(states("2"), undefined);
  assert.deepEqual(whole, { "0": states("0"), "1": states("1") });
});

Deno.test("charts that were packed together come back each by its number", async () => {
  const all = await unpacked(TOGETHER) as object[];
  const [first, second] = [statesOf(all[0]), statesOf(all[1])];
  assert.deepEqual(first(""), { title: "zero 三千", rows: [["a row that both share", 1]] });
  assert.deepEqual(second("0,1"), { title: "~one", rows: [["a row that both share", 1]] });
  const rowsOf = (one: unknown) => (one as { rows: unknown }).rows;
  assert.equal(rowsOf(first("")), rowsOf(second("0,1")), "what they share is made once");
  assert.equal(second(""), undefined);
});

Deno.test("what is damaged is no state", async () => {
  await assert.rejects(unpacked("AAAA"));
  await assert.rejects(unpacked(PACKED.slice(0, -9)));
  await assert.rejects(unpacked(PACKED.replace("R", "S")));
  await assert.rejects(unpacked("평양"));
});

const PACKED =
  "+vB^UO5xURketyV)nfu8NBv2p4@yok9xPFOOxO!S:?jppQe/2_nLRABezmd@1C-[P@exTK8Gm(Rm*!_gdfUN#at5t6hk|," +
  "Z>zM-n";
const TOGETHER =
  "+vB^UPO7y@G8Net8es5^035uRr(FYG*8(gH#s_Cjd9+6_4N)O>+sldgI,r2J8i?t!Qz1K2-@KV#b!M.]JpZbrPHJ5Fm3*]" +
  "DT+90UCNH60=R4S:";
