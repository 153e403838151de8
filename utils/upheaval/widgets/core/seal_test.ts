import assert from "node:assert/strict";
import { unsealed } from "./seal.ts";

Deno.test("a sealed answer key opens", () => {
  // Sealed by `seal` in core/seal.py.
  assert.deepEqual(unsealed(SEALED), { why: ["„ünï“ 三千 🙂", ""] });
});

const SEALED = "O5uhe8wqgy/0IYlcf7HA+igBOsvpCWZxnIBB4soINWjYRzWSdRU=";
