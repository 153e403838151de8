import assert from "node:assert/strict";
import { counted, listed } from "./wording.ts";

Deno.test("items are listed as a sentence has them", () => {
  assert.equal(listed(["A", "B", "C"]), "A, B and C");
  assert.equal(listed(["A", "B"]), "A and B");
  assert.equal(listed(["A"]), "A");
  assert.equal(listed([]), "");
});

Deno.test("one thing has another noun than several", () => {
  assert.equal(counted(1, "row", "rows"), "1 row");
  assert.equal(counted(0, "row", "rows"), "0 rows");
  assert.equal(counted(2, "file was", "files were"), "2 files were");
});
