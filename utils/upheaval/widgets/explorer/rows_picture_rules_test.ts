import assert from "node:assert/strict";
import type { MarkedRows, RowMark, RowTrack } from "../core/protocol.ts";
import { largest, rowShapes, type Run, type Shape, wrapped } from "./rows_picture_rules.ts";

const LOOK = {
  ink: "ink",
  soft: "soft",
  line: "line",
  edge: "edge",
  tones: { blue: "blue!", orange: "orange!", grey: "grey!" },
};
const measure = ({ text, size }: Run) => text.length * size * 0.6;
const run = (text: string): Run => ({ text, size: 10, color: "ink" });
const YES: RowMark = ["●", "blue", "yes"];
const NO: RowMark = ["✕", "orange", "no"];
const LONG =
  "A thing that is described in so many words that no phone has room for them on one line";

function list(change: Partial<MarkedRows> = {}): MarkedRows {
  const track: RowTrack[] = [
    [0, 0.5, "range", "blue"],
    [0.5, 0.5, "●", "orange"],
    [0.5, 0.5, "○", "blue"],
  ];
  const lines = [
    { at: 0, title: LONG, text: "4 to 6", note: "in 2024", sign: NO, track },
    { at: 1, title: "Another", text: "at least 7", note: "", units: [[YES, 3]] as [RowMark, 3][] },
  ];
  const ticks: [number, string][] = [[0, "0"], [1, "8"]];
  return { columns: [], ticks, unit: "pieces", groups: [{ title: "Things", lines }], ...change };
}

function table(): MarkedRows {
  const grey: RowMark = ["·", "grey", "neutral"];
  const lines = [
    { at: 0, title: LONG, text: "", note: "", cells: [YES, null] },
    { at: 1, title: "Another", text: "", note: "", cells: [NO, grey] },
  ];
  const columns: [string, string, string][] = [["A", "Money and goods", "3.8"], ["B", "", "2"]];
  return { columns, ticks: [], unit: "", groups: [{ title: "", lines }] };
}

const texts = (shapes: Shape[]) => shapes.filter(({ tag }) => tag === "text");
const wordsIn = (shape: Shape) => shape.runs!.map(({ text }) => text).join("");
const said = (shapes: Shape[]) => texts(shapes).map(wordsIn).join(" ");
const middle = ({ attributes }: Shape) => "text-anchor" in attributes;
const number = (shape: Shape, name: string) => Number(shape.attributes[name]);

/** From where to where a text reaches. */
function reach(shape: Shape): [number, number] {
  const width = shape.runs!.reduce((sum, one) => sum + measure(one), 0);
  const left = number(shape, "x") - (middle(shape) ? width / 2 : 0);
  return [left, left + width];
}

Deno.test("runs are parted at blanks, and keep their looks", () => {
  const bold = { ...run("one two"), weight: 700 };
  const made = wrapped([bold, run("three")], 48, measure);
  assert.deepEqual(made.map((line) => line.map(({ text }) => text)), [["one two"], ["three"]]);
  assert.deepEqual(made.flat().map(({ weight }) => weight), [700, undefined]);
  const parts = wrapped([run("abcdefghij")], 30, measure).flat().map(({ text }) => text);
  assert.deepEqual(parts, ["abcde", "fghij"]);
  assert.deepEqual(wrapped([run("")], 30, measure), []);
});

for (const width of [926, 400]) {
  for (const [name, rows] of [["list", list()], ["table", table()]] as const) {
    Deno.test(`a ${name} ${width} wide shows all its words, none over another or the edge`, () => {
      const { shapes, height } = rowShapes(rows, width, LOOK, measure);
      const all = said(shapes);
      const written = rows.groups.flatMap(({ lines }) => lines).flatMap((line) =>
        [line.title, line.text, line.note].filter(Boolean)
      );
      for (const text of [...written, rows.unit]) {
        assert.ok(all.replaceAll(/\s+/g, " ").includes(text), text);
      }
      for (const shape of texts(shapes)) {
        const [left, right] = reach(shape);
        assert.ok(left >= -0.01 && right <= width + 0.01, `${wordsIn(shape)}: ${left} to ${right}`);
        assert.ok(number(shape, "y") > 0 && number(shape, "y") <= height);
      }
      const lines = texts(shapes).filter((shape) => !middle(shape));
      const downs = lines.map((shape) => number(shape, "y"));
      assert.ok(downs.every((down, at) => !at || down - downs[at - 1] >= 13), "lines stand apart");
    });
  }
}

Deno.test("a track stands beside its words where there is room, and below them otherwise", () => {
  for (const [width, beside] of [[926, true], [400, false]] as const) {
    const { shapes } = rowShapes(list(), width, LOOK, measure);
    const note = texts(shapes).find((shape) => wordsIn(shape) === "in 2024")!;
    const dot = texts(shapes).find((shape) => wordsIn(shape) === "●" && middle(shape))!;
    assert.equal(number(dot, "y") < number(note, "y"), beside);
    assert.equal(number(dot, "x") > width * 0.4, true);
    assert.equal(dot.runs![0].color, "orange!");
  }
});

Deno.test("marks stand at their numbers, and of two at one number the open one is larger", () => {
  const { shapes } = rowShapes(list(), 926, LOOK, measure);
  const [filled, open] = ["●", "○"].map((sign) =>
    texts(shapes).find((shape) => wordsIn(shape) === sign && middle(shape))!
  );
  const scale = texts(shapes).filter((shape) => ["0", "8"].includes(wordsIn(shape)));
  const [low, high] = scale.map((shape) => number(shape, "x"));
  assert.equal(number(filled, "x"), (low + high) / 2);
  assert.equal(number(open, "x"), (low + high) / 2);
  assert.ok(open.runs![0].size > filled.runs![0].size);
  const bar = shapes.find(({ tag, attributes }) =>
    tag === "line" && attributes.stroke === "blue!"
  )!;
  assert.deepEqual([number(bar, "x1"), number(bar, "x2")], [low, (low + high) / 2]);
});

Deno.test("each kind of bar has its own shape, and an outline is seen however short it is", () => {
  const bars = ["bar", "outline", "range", "reach", "open"].map((look) => {
    const track: RowTrack[] = [[0.5, 0.5, look, "blue"]];
    const lines = [{ at: 0, title: "", text: "", note: "", track }];
    const rows = list({ ticks: [], groups: [{ title: "", lines }] });
    return rowShapes(rows, 926, LOOK, measure).shapes.filter(({ attributes }) =>
      [attributes.fill, attributes.stroke].includes("blue!")
    );
  });
  assert.equal(new Set(bars.map((shapes) => JSON.stringify(shapes))).size, 5);
  assert.equal(number(bars[1][0], "width"), 6);
  assert.equal(bars[2].length, 3, "a line and two caps");
});

Deno.test("signs one by one are as many as they count; a line through tracks is the goal", () => {
  const { shapes } = rowShapes(list({ goal: 0.25 }), 926, LOOK, measure);
  assert.ok(said(shapes).includes("● ● ●"));
  assert.ok(shapes.some(({ attributes }) => attributes["stroke-dasharray"] === "4 3"));
});

Deno.test("with many rows the scale stands above them, too", () => {
  const lines = Array.from({ length: 9 }, (_, at) => ({ ...list().groups[0].lines[0], at }));
  const { shapes } = rowShapes(list({ groups: [{ title: "", lines }] }), 926, LOOK, measure);
  assert.equal(texts(shapes).filter((shape) => wordsIn(shape) === "pieces").length, 2);
});

Deno.test("a table has its signs under the heads of their columns, on their colour", () => {
  for (const width of [926, 400]) {
    const { shapes } = rowShapes(table(), width, LOOK, measure);
    const at = (text: string) => texts(shapes).find((shape) => wordsIn(shape) === text)!;
    assert.equal(number(at("●"), "x").toFixed(3), (number(at("A"), "x")).toFixed(3));
    assert.equal(number(at("·"), "x").toFixed(3), (number(at("B"), "x")).toFixed(3));
    const boxes = shapes.filter(({ tag }) => tag === "rect");
    assert.deepEqual(boxes.map(({ attributes }) => attributes.fill), ["blue!", "orange!"]);
    assert.equal(said(shapes).includes("Money"), width === 926, "a phone leaves it out");
  }
});

Deno.test("a number stands beside its sign, and the larger it is the fuller is its ground", () => {
  const [first, second] = table().groups[0].lines;
  const lines = [{ ...first, numbers: [3, null] }, { ...second, numbers: [12, null] }];
  const rows = { ...table(), worded: true, groups: [{ title: "", lines }] };
  assert.equal(largest(rows), 12);
  const { shapes } = rowShapes(rows, 926, LOOK, measure);
  assert.ok(said(shapes).includes("● 3") && said(shapes).includes("✕ 12"));
  const [few, many] = shapes.filter(({ tag }) => tag === "rect");
  assert.ok(number(few, "fill-opacity") < number(many, "fill-opacity"));
  assert.equal(number(many, "fill-opacity").toFixed(2), "0.36");
});

Deno.test("words stand below their signs where they have room; many heads stand upright", () => {
  const [first, second] = table().groups[0].lines;
  const blank = Array<null>(8).fill(null);
  const lines = [first, second].map((line) => ({ ...line, cells: [...line.cells!, ...blank] }));
  const columns = [
    ...table().columns,
    ...blank.map(() => ["C", "", ""] as [string, string, string]),
  ];
  const worded = { ...table(), columns, worded: true, groups: [{ title: "", lines }] };
  for (const width of [926, 400]) {
    const { shapes } = rowShapes(worded, width, LOOK, measure);
    const wide = width === 926;
    const at = (text: string) => texts(shapes).find((shape) => wordsIn(shape) === text)!;
    const boxes = shapes.filter(({ tag }) => tag === "rect");
    assert.equal(boxes.length, 3, "what is grey has its ground, too");
    assert.equal(texts(shapes).some((shape) => wordsIn(shape) === "neutral"), wide);
    const head = at("A 3.8");
    assert.ok(head.attributes.transform);
    const sign = number(at("●"), "x");
    const beside = Math.abs(sign - number(head, "x"));
    assert.ok(beside < 10, "the head stands over its column");
    if (!wide) continue;
    const word = at("neutral");
    assert.equal(number(word, "x").toFixed(3), number(at("·"), "x").toFixed(3));
    assert.ok(number(word, "y") > number(at("·"), "y"), "below its sign");
    const foot = number(boxes[0], "y") + number(boxes[0], "height");
    assert.ok(number(at("yes"), "y") < foot, "inside its cell");
  }
});
