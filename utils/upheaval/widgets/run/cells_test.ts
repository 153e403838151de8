import assert from "node:assert/strict";
import { type Cell, neededFor } from "./cells.ts";

const cell = (source: string | string[], ...tags: string[]): Cell => ({
  cell_type: "code",
  source,
  metadata: { tags },
});
const text: Cell = { cell_type: "markdown", source: "words", metadata: {} };
const cells = [
  text,
  cell("begin", "hide-input"),
  cell(["table = 1\n", "more"], "set-up"),
  cell("chart", "hide-input"),
  cell("interact", "hood", "skip-execution"),
  cell("table", "hood"),
  cell("after", "hood"),
];

Deno.test("what begins the lesson and what shows its code runs before a cell, its own last", () => {
  assert.deepEqual(neededFor("table\n", cells), [1, 2, 5]);
  assert.deepEqual(neededFor("table = 1\nmore", cells), [1, 2]);
});

Deno.test("a cell of another version of the lesson has no place", () => {
  assert.equal(neededFor("another", cells), null);
});
