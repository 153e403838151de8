import assert from "node:assert/strict";
import { chosen, citation, foot } from "./share_rules.ts";

const control = { kind: "dropdown", start: 0, ids: ["a", "b"] } as const;
const controls = [
  { ...control, ids: ["a", "b"], name: "lane", label: "Lane", options: ["All lanes", "Korea"] },
  { ...control, ids: ["a", "b"], name: "day", label: "Known by", options: ["1 May", "2 May"] },
];
const cite = "A unit, version 1, data as of May 2026";
const references = ["One", "Two", "Three", "Four"].map((text) => ({ id: text, text, url: "" }));
const payload = { title: "Two events", cite, asOf: "May 2026", references };
const nowhere = { lesson: "", choices: "", address: "" };

Deno.test("choices are told in the words of the controls", () => {
  assert.equal(chosen(controls, { lane: 1, day: 0 }), "Lane: Korea; Known by: 1 May");
  assert.equal(chosen([], {}), "");
});

Deno.test("a citation names what is known and leaves no gap for what is not", () => {
  const place = { lesson: "02 · Time", choices: "Lane: Korea", address: "https://a.org/02#b" };
  assert.equal(
    citation(payload, place),
    `“Two events” (lesson “02 · Time”; choices: Lane: Korea). ${cite}. https://a.org/02#b`,
  );
  assert.equal(citation(payload, nowhere), `“Two events”. ${cite}.`);
});

Deno.test("under a picture stand the day once, few sources by name and many as a number", () => {
  assert.deepEqual(foot({ ...payload, references: references.slice(0, 3) }, nowhere), [
    "Data as of May 2026. Sources: One; Two; Three",
    "Chart: A unit, version 1",
  ]);
  const place = { lesson: "02 · Time", choices: "Lane: Korea", address: "https://a.org/02" };
  assert.deepEqual(foot(payload, place), [
    "Data as of May 2026. Sources: 4 documents, named under the chart in the lesson.",
    "Choices: Lane: Korea.",
    "Chart: A unit, version 1, lesson “02 · Time”, https://a.org/02",
  ]);
  assert.equal(foot({ ...payload, references: [] }, nowhere)[0], "Data as of May 2026.");
});
