import assert from "node:assert/strict";
import { asCsv } from "./table.ts";
import { quoted, tableWithSays, UNREAD } from "./says.ts";
import type { RowSays } from "./protocol.ts";

const table = { columns: ["Date", "Title"], rows: [["1 May", "One"], ["2 May", "Two"]] };
const korean: RowSays = ["병력을 보냈다", "They sent troops", "KBS, 1 May", "https://a.org"];
const unread: RowSays = ["", "", "", ""];

Deno.test("a sentence stands in quotation marks, with its English and its page", () => {
  assert.equal(quoted(["They went.", "", "KBS"]), "“They went.” (KBS)");
  assert.match(
    quoted(["간다", "They go", "KBS"]),
    /^“간다” \(in English, in our words: “They go”\)/,
  );
  assert.equal(quoted(["", "", ""]), UNREAD);
});

Deno.test("a file has the sentence of each row, and says where there is none", () => {
  const { columns, rows } = tableWithSays({ table, rowSays: [korean, unread] });
  assert.deepEqual(columns, ["Date", "Title", "What the source says", "Where it says so"]);
  assert.match(String(rows[0][2]), /병력을 보냈다.*They sent troops.*KBS/);
  assert.equal(rows[0][3], "https://a.org");
  assert.deepEqual(rows[1], ["2 May", "Two", UNREAD, ""]);
  assert.match(asCsv({ columns, rows }, "."), /They sent troops/);
});

Deno.test("a row that no sentence is looked for has empty cells; a table without any stays", () => {
  assert.deepEqual(tableWithSays({ table, rowSays: [null, null] }).rows[0].slice(2), ["", ""]);
  assert.equal(tableWithSays({ table }), table);
});
