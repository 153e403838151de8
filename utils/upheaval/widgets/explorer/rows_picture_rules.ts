import type { MarkedRows, RowGroup, RowLine, RowMark, RowTrack } from "../core/protocol.ts";
import type { PaperLook } from "./paper_look.ts";
import { lines } from "./picture_rules.ts";

// Where everything of a list or a table stands in its picture: as `marked_rows.ts` makes it for a
// page, in plain shapes that any program draws. HTML in an SVG would be drawn by browsers only, and
// some of them would not let it become a PNG.

/** Words of one look. */
export interface Run {
  text: string;
  size: number;
  color: string;
  weight?: number;
}

type Attributes = Record<string, string | number>;

/** A shape of the picture; a text has its words in `runs`. */
export interface Shape {
  tag: "line" | "rect" | "text";
  attributes: Attributes;
  runs?: Run[];
}

/** The colours of a picture. */
export type Look = Pick<PaperLook, "ink" | "soft" | "line" | "edge" | "tones">;

/** Where words stand. */
interface Place {
  left: number;
  top: number;
  room: number;
  centred?: boolean;
}

/** How wide a run is. */
export type RunWidth = (run: Run) => number;

const SIZE = 15;
const NOTE = 13.5;
const SMALL = 12.5;
const LEADING = 1.4;
const SIGN = 1.15; // how much larger a sign is than the words beside it
const PAD = 5; // above and below a row
const GAP = 16; // between words and what stands beside them
const MARGIN = 12; // at both ends of a track: half of a sign
const TRACK = 18;
const CELL = 24;
const WORDS = 0.4; // of the width, where a track stands beside its words
const FIRST = 0.42; // of the width, for the words of a table's rows
const WORDED = 0.26; // the same where signs have their words
const WORD = 12; // the size of words below a sign
const ROOM = 600; // pixels from which a track stands beside its words, and cells too
/** With more columns than this the heads of a worded table stand upright. */
export const MANY = 8;
const TALL = 8; // as in a page: with more rows the scale stands above them, too

const BARS = ["bar", "outline", "range", "reach", "open"];
const OPEN = "○◇□△▽⬡";

/** Parts runs into lines of at most `room`; a word that is wider alone is parted after a letter. */
export function wrapped(runs: Run[], room: number, width: RunWidth): Run[][] {
  const made: Run[][] = [];
  let line: Run[] = [];
  let used = 0;
  for (const run of runs) {
    const wide = (text: string) => width({ ...run, text });
    const words = run.text.split(" ").filter(Boolean);
    const parts = words.flatMap((word) =>
      wide(word) > room ? lines([...word], "", room, wide) : [word]
    );
    parts.forEach((text, at) => {
      if (line.length && used + wide(` ${text}`) > room) {
        made.push(line);
        line = [];
      }
      used = line.length ? used + wide(` ${text}`) : wide(text);
      const last = line.at(-1);
      if (at && last) last.text += ` ${text}`;
      else line.push({ ...run, text });
    });
  }
  return line.length ? [...made, line] : made;
}

/** Shapes below one another, on a sheet that is so wide. */
class Sheet {
  shapes: Shape[] = [];
  down = 0;
  wide: boolean;

  constructor(readonly width: number, readonly look: Look, readonly measure: RunWidth) {
    this.wide = width >= ROOM;
  }

  /** Where tracks and scales begin, and how wide they are. */
  get track(): [left: number, width: number] {
    const left = this.wide ? (this.width - GAP) * WORDS + GAP : 0;
    return [left + MARGIN, this.width - left - 2 * MARGIN];
  }

  tone(name: string): string {
    return this.look.tones[name] ?? this.look.ink;
  }

  /** Sets words from `top` down; gives where the next may stand. */
  words(runs: Run[], at: Place): number {
    return this.set(wrapped(runs, at.room, this.measure), at);
  }

  /** The same with words that stand in lines. */
  set(lines: Run[][], at: Place): number {
    let top = at.top;
    for (const line of lines) {
      const size = Math.max(...line.map((run) => run.size));
      const x = at.centred ? at.left + at.room / 2 : at.left;
      const anchor: Attributes = at.centred ? { "text-anchor": "middle" } : {};
      const runsOfLine = line.map((run, index) => index ? { ...run, text: ` ${run.text}` } : run);
      this.shapes.push({
        tag: "text",
        attributes: { x, y: top + size * 1.08, ...anchor },
        runs: runsOfLine,
      });
      top += size * LEADING;
    }
    return top;
  }

  /** A sign with its middle at a point. */
  sign([text, tone]: [string, string], x: number, y: number, size: number): void {
    this.shapes.push({
      tag: "text",
      attributes: { x, y: y + size * 0.34, "text-anchor": "middle" },
      runs: [{ text, size, color: this.tone(tone) }],
    });
  }

  line(from: [number, number], to: [number, number], stroke: string, width: number, dash = "") {
    const [[x1, y1], [x2, y2]] = [from, to];
    const dashed: Attributes = dash ? { "stroke-dasharray": dash } : {};
    const attributes = { x1, y1, x2, y2, stroke, "stroke-width": width, ...dashed };
    this.shapes.push({ tag: "line", attributes });
  }

  box(attributes: Attributes): void {
    this.shapes.push({ tag: "rect", attributes });
  }

  /** Ends a row, with a line below it. */
  rule(width = 1): void {
    this.line([0, this.down], [this.width, this.down], this.look.line, width);
    this.down += width;
  }
}

/** The words of a line; gives where they end. */
function wordsOf(sheet: Sheet, line: RowLine, top: number, room: number): number {
  const { ink, soft } = sheet.look;
  const sign = line.sign &&
    { text: line.sign[0], size: SIZE * SIGN, color: sheet.tone(line.sign[1]) };
  const title = { text: line.title, size: SIZE, color: ink, weight: 700 };
  const text = { text: line.text, size: SIZE, color: ink };
  const place = { left: 0, room };
  let down = sheet.words([...sign ? [sign] : [], title, text], { ...place, top });
  if (line.note) {
    down = sheet.words([{ text: line.note, size: NOTE, color: soft }], { ...place, top: down });
  }
  return line.units ? unitsOf(sheet, line.units, down, room) : down;
}

/** Signs one by one. */
function unitsOf(sheet: Sheet, units: [RowMark, number][], top: number, room: number): number {
  const runs = units.flatMap(([[text, tone], count]) =>
    Array.from({ length: count }, () => ({ text, size: SIZE * SIGN, color: sheet.tone(tone) }))
  );
  return sheet.words(runs, { left: 0, top, room });
}

/** A bar, an outline or a line with its ends. */
function barOf(
  sheet: Sheet,
  [from, to]: [number, number],
  look: string,
  tone: string,
  top: number,
) {
  const color = sheet.tone(tone);
  const middle = top + TRACK / 2;
  if (look === "bar" || look === "outline") {
    const edge = look === "outline" ? 2 : 0;
    const width = Math.max(to - from, edge && 8) - edge;
    const [x, y, height] = [from + edge / 2, middle - 5.6 + edge / 2, 11.2 - edge];
    const paint: Attributes = edge
      ? { fill: "none", stroke: color, "stroke-width": 2 }
      : { fill: color };
    return sheet.box({ x, y, width, height, ...paint });
  }
  sheet.line([from, middle], [to, middle], color, 3.2, look === "open" ? "3.2 3.2" : "");
  if (look !== "range") return;
  for (const x of [from + 1, to - 1]) sheet.line([x, middle - 5], [x, middle + 5], color, 2);
}

/** What stands on the scale; signs at one number as in a page: none hides another. */
function trackOf(sheet: Sheet, track: RowTrack[], rows: Scaled, top: number): void {
  const [left, width] = sheet.track;
  const { line, edge } = sheet.look;
  const at = (part: number) => left + part * width;
  for (const [part] of rows.ticks) sheet.line([at(part), top], [at(part), top + TRACK], line, 1);
  if (rows.goal !== undefined) {
    sheet.line([at(rows.goal), top - 6], [at(rows.goal), top + TRACK + 6], edge, 2, "4 3");
  }
  const signsAt = new Map<number, number>();
  for (const [from, to, look, tone] of track) {
    if (BARS.includes(look)) {
      barOf(sheet, [at(from), at(to)], look, tone, top);
      continue;
    }
    const before = signsAt.get(from) ?? 0;
    signsAt.set(from, before + 1);
    const around = before > 0 && OPEN.includes(look);
    const size = SIZE * SIGN * (around ? [1.5, 2][Math.min(before, 2) - 1] : 1);
    const aside = around ? 0 : before * size * 0.9;
    sheet.sign([look, tone], at(from) + aside, top + TRACK / 2, size);
  }
}

type Scaled = Pick<MarkedRows, "ticks" | "unit" | "goal">;

/** A scale: its line, its numbers, what they count. */
function scaleOf(sheet: Sheet, { ticks, unit }: Scaled): void {
  const [left, width] = sheet.track;
  const color = sheet.look.ink;
  sheet.line([left, sheet.down], [left + width, sheet.down], sheet.look.edge, 1);
  for (const [part, text] of ticks) {
    const x = left + part * width;
    sheet.shapes.push({
      tag: "text",
      attributes: { x, y: sheet.down + SMALL * 1.3, "text-anchor": "middle" },
      runs: [{ text, size: SMALL, color }],
    });
  }
  const top = sheet.down + SMALL * 1.6;
  const place = { left: left - MARGIN, top, room: width + 2 * MARGIN, centred: true };
  sheet.down = sheet.words([{ text: unit, size: SMALL, color }], place) + PAD;
}

function listOf(sheet: Sheet, group: RowGroup, rows: MarkedRows): void {
  const ticks = group.ticks ?? rows.ticks;
  if (group.title) groupTitle(sheet, group.title);
  for (const line of group.lines) {
    const beside = Boolean(line.track) && sheet.wide;
    const top = sheet.down + PAD;
    const room = beside ? (sheet.width - GAP) * WORDS : sheet.width;
    let down = Math.max(wordsOf(sheet, line, top, room), beside ? top + TRACK : 0);
    if (line.track) {
      const under = beside ? (top + down - TRACK) / 2 : down;
      trackOf(sheet, line.track, { ...rows, ticks }, under);
      down = Math.max(down, under + TRACK);
    }
    sheet.down = down + PAD;
    sheet.rule();
  }
  if (group.ticks) scaleOf(sheet, { ticks, unit: group.unit ?? "" });
}

function groupTitle(sheet: Sheet, text: string): void {
  const run = { text, size: SIZE, color: sheet.look.ink, weight: 700 };
  const place = { left: 0, top: sheet.down + 2 * PAD, room: sheet.width };
  sheet.down = sheet.words([run], place) + 2;
  sheet.rule(2);
}

/** The heads of columns, which end at one height. */
function headsOf(sheet: Sheet, columns: MarkedRows["columns"], left: number, width: number): void {
  const color = sheet.look.ink;
  const room = width - 4;
  const heads = columns.map(([title, text, note]) => {
    const pieces: [string, number][] = [[title, 700], [sheet.wide ? text : "", 400], [note, 700]];
    return pieces.flatMap(([text, weight]) =>
      wrapped([{ text, size: SMALL, color, weight }], room, sheet.measure)
    );
  });
  const foot = sheet.down + Math.max(...heads.map((lines) => lines.length)) * SMALL * LEADING;
  heads.forEach((lines, at) => {
    const top = foot - lines.length * SMALL * LEADING;
    sheet.set(lines, { left: left + at * width + 2, top, room, centred: true });
  });
  sheet.down = foot + PAD;
  sheet.rule();
}

/** Heads that stand upright, for many columns have little room; they are read from below. */
function uprightHeads(
  sheet: Sheet,
  columns: MarkedRows["columns"],
  left: number,
  width: number,
): void {
  const runs = columns.map(([title, , note]) => ({
    text: `${title} ${note}`.trim(),
    size: SMALL,
    color: sheet.look.ink,
    weight: 700,
  }));
  const foot = sheet.down + Math.max(...runs.map(sheet.measure)) + PAD;
  runs.forEach((run, at) => {
    const [x, y] = [left + (at + 0.5) * width + SMALL * 0.36, foot];
    const attributes = { x, y, transform: `rotate(-90 ${x} ${y})` };
    sheet.shapes.push({ tag: "text", attributes, runs: [run] });
  });
  sheet.down = foot + PAD;
  sheet.rule();
}

/** The largest number in the cells of a table. */
export function largest({ groups }: MarkedRows): number {
  const all = groups.flatMap(({ lines }) => lines.flatMap(({ numbers = [] }) => numbers));
  return Math.max(1, ...all.map((one) => one ?? 0));
}

/** A sign in its cell, with its number, and its words below it where they have room. */
function cellOf(sheet: Sheet, [sign, tone, text]: RowMark, cell: Cell, worded: boolean): void {
  const { x, y, width, height, number, full } = cell;
  const look = number === null ? sign : `${sign} ${number}`;
  if (worded || tone !== "grey") {
    const opacity = tone === "grey" ? 0.08 : worded ? 0.2 : 0.12;
    const fill = {
      fill: sheet.tone(tone),
      "fill-opacity": number === null ? opacity : 0.06 + 0.3 * full,
    };
    sheet.box({ x: x + (worded ? 1 : 0), y, width: width - (worded ? 2 : 0), height, ...fill });
  }
  const said = worded && sheet.wide;
  const middle = y + height / 2 - (said ? WORD * 0.7 : 0);
  sheet.sign([look, tone], x + width / 2, middle, SIZE * SIGN);
  if (!said) return;
  const run = { text, size: WORD, color: sheet.look.ink };
  sheet.words([run], { left: x, top: middle + SIZE * 0.5, room: width, centred: true });
}

interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
  number: number | null;
  full: number;
}

/** Signs under columns; where there is little room, below the words of their line. */
function tableOf(sheet: Sheet, rows: MarkedRows): void {
  const { columns, groups, worded = false } = rows;
  const most = largest(rows);
  const left = sheet.wide ? sheet.width * (worded ? WORDED : FIRST) : 0;
  const width = (sheet.width - left) / columns.length;
  const least = CELL + (worded && sheet.wide ? WORD * LEADING : 0);
  if (worded && columns.length > MANY) uprightHeads(sheet, columns, left, width);
  else headsOf(sheet, columns, left, width);
  for (const line of groups.flatMap((group) => group.lines)) {
    const top = sheet.down + PAD;
    const words = wordsOf(sheet, line, top, sheet.wide ? left - GAP : sheet.width);
    const from = sheet.wide ? sheet.down : words;
    const to = sheet.wide ? Math.max(words, top + least) + PAD : words + CELL + PAD;
    (line.cells ?? []).forEach((one, at) => {
      const number = line.numbers?.[at] ?? null;
      const ground = { x: left + at * width, y: from, width, height: to - from };
      const cell = { ...ground, number, full: (number ?? 0) / most };
      if (one) cellOf(sheet, one, cell, worded);
    });
    sheet.down = to;
    sheet.rule();
  }
}

/** The shapes of rows on a sheet that is so wide, and how high it is. */
export function rowShapes(
  rows: MarkedRows,
  width: number,
  look: Look,
  measure: RunWidth,
): { shapes: Shape[]; height: number } {
  const sheet = new Sheet(width, look, measure);
  const count = rows.groups.reduce((sum, group) => sum + group.lines.length, 0);
  if (rows.ticks.length && count > TALL) scaleOf(sheet, rows);
  if (rows.columns.length) tableOf(sheet, rows);
  else for (const group of rows.groups) listOf(sheet, group, rows);
  if (rows.ticks.length) scaleOf(sheet, rows);
  return { shapes: sheet.shapes, height: Math.ceil(sheet.down + PAD) };
}
