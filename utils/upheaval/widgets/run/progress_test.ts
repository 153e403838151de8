import assert from "node:assert/strict";
import { Count, loadingLine } from "./progress.ts";

Deno.test("a line says what is loaded, how much of how much, and what comes next", () => {
  const line = loadingLine(1_240_000, 24_800_000, "charts");
  assert.match(line, /^Loading charts: 1\.2 of 24\.8 MB\. Then Python starts/);
  assert.match(loadingLine(30, 20, "charts"), /0\.0 of 0\.0/, "never more than all");
});

Deno.test("what is read of an answer is counted, and stays as it was", async () => {
  const lines: string[] = [];
  const count = new Count({ "a.zip": [2_000_000, "Python"] }, (line) => lines.push(line));
  const type = { "content-type": "application/wasm" };
  const answer = count.of(new Response(new Uint8Array(1_000_000), { headers: type }), "Python");
  assert.equal(answer.headers.get("content-type"), "application/wasm");
  assert.equal((await answer.arrayBuffer()).byteLength, 1_000_000);
  assert.match(lines.at(-1) ?? "", /1\.0 of 2\.0 MB/);
});
