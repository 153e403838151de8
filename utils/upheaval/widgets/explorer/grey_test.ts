import assert from "node:assert/strict";
import { greyed } from "./grey.ts";

Deno.test("colours become the greys that a printer makes of them", () => {
  assert.equal(greyed("fill: rgb(255, 0, 0)"), "fill: rgb(76, 76, 76)");
  assert.equal(greyed("rgba(0,255,0,0.5)"), "rgba(150, 150, 150,0.5)");
  assert.equal(greyed('fill="#2b7bb9"'), 'fill="#6a6a6a"');
  assert.equal(greyed("stroke:#f00;"), "stroke:#4c4c4c;");
});

Deno.test("what has no colour stays", () => {
  for (const text of ["#000000", "rgb(255, 255, 255)", "url('#clip12ab')", "&#160;", "#defs-1"]) {
    assert.equal(greyed(text), text);
  }
});
