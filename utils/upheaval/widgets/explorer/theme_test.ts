import assert from "node:assert/strict";
import type { Figure } from "../core/protocol.ts";
import { applyTheme } from "./theme.ts";

const LOOK = { ink: "ink", paper: "paper", line: "line", soft: "soft" };
const figure: Figure = {
  data: [],
  layout: { height: 300, xaxis: { range: [0, 1], domain: [0, 0.3] }, yaxis2: { range: [0, 9] } },
};

Deno.test("of an axis a phone changes only what is told, and keeps its scale and colours", () => {
  const layout = { height: 640, xaxis: { domain: [0, 1] }, yaxis2: { domain: [0, 0.2] } };
  const phone = applyTheme(figure, LOOK, { layout }).layout;
  assert.equal(phone.height, 640);
  const across = phone.xaxis as Record<string, unknown>;
  assert.deepEqual([across.domain, across.range, across.gridcolor], [[0, 1], [0, 1], "line"]);
  assert.deepEqual((phone.yaxis2 as Record<string, unknown>).range, [0, 9]);
  const wide = applyTheme(figure, LOOK, null).layout.xaxis as Record<string, unknown>;
  assert.deepEqual(wide.domain, [0, 0.3]);
});
