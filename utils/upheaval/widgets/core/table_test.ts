import assert from "node:assert/strict";
import { asCsv, asMarkdown, cell } from "./table.ts";

Deno.test("CSV keeps every cell: quotes, commas, breaks, other scripts, nothing", () => {
  const table = {
    columns: ["α", 'b"', "c"],
    rows: [['say "so"', "a,b", "line\nbreak"], [null, 1.5, "-1+1"], ["평양", true, "🙂\r"]],
  };
  assert.equal(
    asCsv(table, "."),
    '\ufeffα,"b""",c\r\n"say ""so""","a,b","line\nbreak"\r\n,1.5,-1+1\r\n평양,true,"🙂\r"\r\n',
  );
});

Deno.test("with a decimal comma, CSV has semicolons, and the comma in numbers only", () => {
  const table = { columns: ["a", "b;c"], rows: [[1.5, "1.5, so"], [-2000, "x;y"], [1e-7, null]] };
  assert.equal(
    asCsv(table, ","),
    '\ufeffa;"b;c"\r\n1,5;1.5, so\r\n-2000;"x;y"\r\n1e-7;\r\n',
  );
});

Deno.test("a cell that is not there is empty text", () => {
  assert.deepEqual([null, undefined, 0, false, ""].map(cell), ["", "", "0", "false", ""]);
});

Deno.test("Markdown has a line a row, under its headings", () => {
  const text = (cell: unknown) => String(cell).replaceAll("|", "\\|");
  assert.deepEqual(asMarkdown(["a", "b|c"], [[1, "x"], ["|", null]], text), [
    "| a | b\\|c |",
    "| --- | --- |",
    "| 1 | x |",
    "| \\| | null |",
  ]);
});
