import { largest, MANY } from "./rows_picture_rules.ts";
import { element, freshId, rove } from "../core/dom.ts";
import type { MarkedRows, RowGroup, RowLine, RowMark, RowTrack } from "../core/protocol.ts";

// What of a chart is a list or a table, as HTML: text that wraps, can be selected and is read
// aloud, with signs and bars in its lines. A sign is seen; its words are heard.

type Open = (row: number) => void;
type Scale = Pick<MarkedRows, "ticks" | "unit">;

function percent(part: number): string {
  return `${100 * part}%`;
}

function sign([look, tone, text]: RowMark): HTMLElement[] {
  return [
    element("span", { class: `face-sign face-${tone}`, "aria-hidden": "true" }, look),
    element("span", { class: "face-unseen" }, ` ${text} `),
  ];
}

/** Signs one by one; heard is how many there are of each. */
function unitsOf(units: [RowMark, number][]): HTMLElement {
  const one = ([[look, tone, text], count]: [RowMark, number]) => [
    ...Array.from(
      { length: count },
      () => element("span", { class: `face-sign face-${tone}`, "aria-hidden": "true" }, look),
    ),
    element("span", { class: "face-unseen" }, ` ${text}: ${count}. `),
  ];
  return element("p", { class: "face-units" }, ...units.flatMap(one));
}

/** More lines than this, and the scale stands above them, too: its foot is out of sight. */
const TALL = 8;

const BARS = ["bar", "outline", "range", "reach", "open"];
const OPEN = "○◇□△▽⬡";

/** What stands on the scale; the words of the line say its numbers. Of signs at one number an open
 * one stands around those before it, and a filled one beside them: none hides another. */
function trackOf(
  track: RowTrack[],
  { goal }: MarkedRows,
  ticks: [number, string][],
): HTMLElement {
  const line = element("div", { class: "face-track", "aria-hidden": "true" });
  const signsAt = new Map<number, number>();
  const put = (look: string, from: number, to: number, text = "") => {
    const one = element("span", { class: look }, text);
    one.style.left = percent(from);
    if (to > from) one.style.width = percent(to - from);
    const before = signsAt.get(from) ?? 0;
    if (before && OPEN.includes(text)) one.classList.add(`face-wide-${Math.min(before, 2)}`);
    else if (text && before) one.style.marginLeft = `${0.9 * before}em`;
    if (text) signsAt.set(from, before + 1);
    line.append(one);
  };
  for (const [at] of ticks) put("face-tick", at, at);
  if (goal !== undefined) put("face-goal", goal, goal);
  for (const [from, to, look, tone] of track) {
    const bar = BARS.includes(look);
    put(`face-${bar ? look : "sign"} face-${tone}`, from, to, bar ? "" : look);
  }
  return line;
}

function scaleOf({ ticks, unit }: Scale): HTMLElement {
  const line = element("div", { class: "face-scale" });
  for (const [at, label] of ticks) {
    const one = element("span", {}, label);
    one.style.left = percent(at);
    line.append(one);
  }
  return element("div", { "aria-hidden": "true" }, line, element("p", {}, unit));
}

/** The words of a line, and what leads to all that is known of its row. */
function wordsOf(line: RowLine, open: Open): HTMLElement[] {
  const { at, title, text, note } = line;
  const button = at === null ? null : element("button", {
    type: "button",
    class: "face-more",
    "aria-label": `More on: ${title}`,
    onclick: () => open(at),
  }, "▸");
  const marked = line.sign ? [...sign(line.sign), " "] : [];
  const cut = text.lastIndexOf(" ") + 1;
  const lead = [element("strong", {}, title), text && ` ${text.slice(0, cut)}`];
  // The button never stands alone on a line: a space that does not break is not enough before one.
  const last = element("span", { class: "face-together" }, text.slice(cut), "\u00a0", button);
  const first = element("p", {}, ...marked, ...lead, last);
  return note ? [first, element("p", { class: "face-body" }, note)] : [first];
}

function listOf(group: RowGroup, rows: MarkedRows, open: Open): HTMLElement[] {
  const { title, lines, unit = "" } = group;
  const id = freshId("rows");
  const ticks = group.ticks ?? rows.ticks;
  const item = (line: RowLine) =>
    element(
      "li",
      {},
      ...wordsOf(line, open),
      line.units && unitsOf(line.units),
      line.track && trackOf(line.track, rows, ticks),
    );
  const list = element("ul", title ? { "aria-labelledby": id } : {}, ...lines.map(item));
  const foot = group.ticks ? [scaleOf({ ticks, unit })] : [];
  return title
    ? [element("p", { class: "face-group", id }, title), list, ...foot]
    : [list, ...foot];
}

/** A sign, and its number, with its words below, which a phone leaves to those who hear them. */
function worded([look, tone, text]: RowMark, number: number | null): HTMLElement[] {
  return [
    element("span", { class: `face-sign face-${tone}`, "aria-hidden": "true" }, look),
    ...(number === null ? [] : [element("span", { class: "face-count" }, ` ${number} `)]),
    element("span", { class: "face-word" }, text),
  ];
}

/** The cell of a sign. The larger its number beside the largest, the fuller its ground. */
function cellOf(one: RowMark | null, number: number | null, rows: MarkedRows): HTMLElement {
  const words = one ? (rows.worded ? worded(one, number) : sign(one)) : [];
  const cell = element("td", { class: one ? `face-${one[1]}` : "" }, ...words);
  if (number !== null) cell.style.setProperty("--full", String(number / largest(rows)));
  return cell;
}

/** Signs under columns. On a phone the cells of a line stand below its words; it stays a table. */
function tableOf(rows: MarkedRows, name: string, open: Open): HTMLElement {
  const { columns, groups } = rows;
  const head = ([title, text, note]: [string, string, string]) =>
    element(
      "th",
      { scope: "col" },
      element(
        "div",
        {},
        element("span", {}, title),
        text ? element("span", { class: "face-wide" }, text) : null,
        note ? element("span", {}, note) : null,
      ),
    );
  const row = (line: RowLine) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, ...wordsOf(line, open)),
      ...(line.cells ?? []).map((one, at) => cellOf(one, line.numbers?.[at] ?? null, rows)),
    );
  const look = ["face-matrix"];
  if (rows.worded) look.push("face-worded");
  if (rows.worded && columns.length > MANY) look.push("face-many");
  const corner = element("td", { class: "face-corner" });
  const table = element(
    "table",
    { class: look.join(" "), "aria-label": name },
    element(
      "thead",
      {},
      element("tr", {}, corner, ...columns.map(head)),
    ),
    ...groups.map(({ lines }) => element("tbody", {}, ...lines.map(row))),
  );
  table.style.setProperty("--columns", String(columns.length));
  return rows.worded ? element("div", { class: "face-room" }, table) : table;
}

/**
 * The rows of a chart called `name`; `open` is told of the row that somebody wants more of. They
 * are one tab stop: arrow keys lead from row to row.
 */
export function markedRows(rows: MarkedRows, name: string, open: Open): HTMLElement {
  const parts = rows.columns.length
    ? [tableOf(rows, name, open)]
    : rows.groups.flatMap((group) => listOf(group, rows, open));
  const scale = rows.ticks.length ? scaleOf(rows) : null;
  const tall = rows.groups.reduce((count, { lines }) => count + lines.length, 0) > TALL;
  const above = scale && tall ? scaleOf(rows) : null;
  const stops: HTMLElement[] = [];
  const made = element(
    "div",
    {
      class: "face-rows",
      onkeydown: (event) =>
        rove(event, stops, ["ArrowUp", "ArrowLeft"], ["ArrowDown", "ArrowRight"]),
    },
    above,
    ...parts,
    scale,
  );
  stops.push(...made.querySelectorAll<HTMLElement>(".face-more"));
  stops.forEach((one, at) => one.tabIndex = at ? -1 : 0);
  return made;
}
