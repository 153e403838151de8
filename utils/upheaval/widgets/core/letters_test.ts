import assert from "node:assert/strict";
import { letterOf } from "./letters.ts";

Deno.test("options have letters, and two of them from the 27th on", () => {
  assert.deepEqual([0, 25, 26, 51, 52].map(letterOf), ["A", "Z", "AA", "AZ", "BA"]);
});
