import assert from "node:assert/strict";
import { tells } from "./status.ts";

Deno.test("a status that is denied, or a month, is not told", () => {
  const said = (text: string) =>
    tells(text, ["disputed", "disputes", "denied", "say", "says", "may"]);
  const right = ["This is disputed [1].", "Seoul says so [1].", "It may come.", "May they come?"];
  const wrong = [
    "Nobody disputes it [1].",
    "It is not disputed.",
    "It is undisputed.",
    "It cannot be denied.",
    "Needless to say, they came.",
    "Moscow doesn’t say so.",
    "In May it came.",
  ];
  for (const text of right) assert.ok(said(text), text);
  for (const text of wrong) assert.ok(!said(text), text);
  assert.ok(said("Nobody could confirm what Seoul says."));
});
