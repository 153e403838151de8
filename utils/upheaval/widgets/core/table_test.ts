import assert from "node:assert/strict";
import { asCsv, asMarkdown, cell } from "./table.ts";

Deno.test("CSV keeps every cell: quotes, commas, breaks, other scripts, nothing", () => {
  const table = {
    columns: ["α", 'b"', "c"],
    rows: [['say "so"', "a,b", "line\nbreak"], [null, 1.5, "-1+1"], ["평양", true, "🙂\r"]],
  };
  assert.equal(
    asCsv(table, "."),
    '\ufeffα,"b""",c\r\n"say ""so""","a,b","line\nbreak"\r\n,1.5,\'-1+1\r\n평양,true,"🙂\r"\r\n',
  );
});

Deno.test("no cell of a CSV begins like a formula, and numbers stay numbers", () => {
  const texts = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "＝1",
    "-x",
  ];
  const rows = [...texts.map((text) => [text]), [-5], ["-5"], ["+3.5"], ["a=b"], ["–5 °C"]];
  const cells = asCsv({ columns: ["=a"], rows }, ".").slice(1).split("\r\n");
  assert.deepEqual(cells[0], "'=a");
  for (const at of texts.keys()) assert.match(cells[at + 1], /^"?'/);
  assert.deepEqual(cells.slice(10), ["-5", "-5", "+3.5", "a=b", "–5 °C", ""]);
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
