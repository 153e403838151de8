import assert from "node:assert/strict";
import { balanced, lines } from "./picture_rules.ts";

const letters = (text: string) => text.length;

Deno.test("words stand in as few lines as there is room for", () => {
  const text = "Busiest lane among 32 events: Pyongyang and Moscow (11)";
  const made = lines(text.split(" "), " ", 20, letters);
  assert.equal(made.join(" "), text);
  assert.deepEqual(made.map(letters).filter((length) => length > 20), []);
  assert.equal(made.length, 3);
});

Deno.test("entries of a key stay whole where they can, and are parted at their blanks", () => {
  const key = ["● one number", "▒ the range that these leave", "△ claimed"];
  assert.deepEqual(lines(key, " | ", 30, letters), [
    "● one number",
    "▒ the range that these leave",
    "△ claimed",
  ]);
  assert.deepEqual(lines(key, " | ", 20, letters), [
    "● one number",
    "▒ the range that",
    "these leave",
    "△ claimed",
  ]);
});

Deno.test("an address is parted after any letter, and no text makes no line", () => {
  assert.deepEqual(lines(["see", "https://example.org/a"], " ", 10, letters), [
    "see",
    "https://ex",
    "ample.org/",
    "a",
  ]);
  assert.deepEqual(lines([""], " ", 10, letters), []);
  assert.deepEqual(lines(["😀😀"], " ", 0, letters), ["😀", "😀"]);
});

Deno.test("a balanced title leaves no word alone on its last line", () => {
  const title = "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj".split(" ");
  const tenth = (text: string) => 10 * text.length;
  assert.deepEqual(lines(title, " ", 440, tenth).map(letters), [44, 4]);
  assert.deepEqual(balanced(title, " ", 440, tenth).map(letters), [24, 24]);
  assert.deepEqual(balanced(["one"], " ", 440, tenth), ["one"]);
});
