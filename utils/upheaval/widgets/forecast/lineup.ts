import { drawn, element } from "../core/dom.ts";
import { type ClassRow, percentage, type ScoredQuestion } from "./rules.ts";

// Forecasts as a picture: on a line from 0 to 100 per cent a reader's number, the base rate and the
// median of the class, and at its end what happened, where that is known.

const acrossAt = (percent: number) => 12 + percent * 2.76;

// Each kind of mark stands at a height of its own, so that none covers another.
const HEIGHTS = { base: 12, line: 22, crowd: 32 };

const KEY = [
  ["■", "forecast-you", "you"],
  ["◆", "forecast-base", "base rate"],
  ["⬡", "forecast-class", "class median"],
  ["▶ or ◀", "forecast-end", "what happened: yes at 100 %, no at 0 %"],
];

function mark(sign: string, name: string, percent: number, y = HEIGHTS.line): SVGElement {
  return drawn("text", { x: acrossAt(percent), y, "text-anchor": "middle", class: name }, sign);
}

function lineOf(row: ScoredQuestion, crowd: number | null): HTMLElement {
  const said = [
    ["You said", row.percent],
    ["base rate about", row.base === null ? null : Math.round(row.base)],
    ["class median", crowd],
  ] as [string, number | null][];
  const words = said.filter(([, percent]) => percent !== null)
    .map(([who, percent]) => `${who} ${percentage(percent ?? 0)}`);
  const end = row.outcome === null
    ? "still open"
    : row.outcome
    ? "it happened"
    : "it did not happen";
  const marks: SVGElement[] = [
    drawn("line", { x1: acrossAt(0), x2: acrossAt(100), y1: 17, y2: 17, class: "forecast-grid" }),
    drawn("line", { x1: acrossAt(50), x2: acrossAt(50), y1: 6, y2: 28, class: "forecast-grid" }),
  ];
  if (row.outcome !== null) {
    marks.push(mark(row.outcome ? "▶" : "◀", "forecast-end", row.outcome ? 100 : 0));
  }
  if (row.base !== null) marks.push(mark("◆", "forecast-base", row.base, HEIGHTS.base));
  if (crowd !== null) marks.push(mark("⬡", "forecast-class", crowd, HEIGHTS.crowd));
  if (row.percent !== null) marks.push(mark("■", "forecast-you", row.percent));
  return element(
    "li",
    {},
    element("p", {}, element("strong", {}, row.text)),
    drawn(
      "svg",
      { class: "forecast-line", viewBox: "0 0 300 34", "aria-hidden": "true", focusable: "false" },
      ...marks,
    ),
    element("p", { class: "face-subtitle" }, `${[...words, end].join(", ")}.`),
  );
}

/** One line a question, under a key; what a class said where there is one. */
export function lineupView(rows: ScoredQuestion[], crowd: ClassRow[]): HTMLElement {
  const medians = new Map(crowd.map(({ id, median }) => [id, median]));
  const drawnHere = KEY.filter(([, name]) => name !== "forecast-class" || crowd.length);
  const key = drawnHere.map(([sign, name, text]) =>
    element("span", {}, element("span", { class: name }, sign), ` ${text}`)
  );
  return element(
    "details",
    { open: true },
    element("summary", {}, "Your forecasts as a picture"),
    element("p", { class: "face-legend" }, ...key),
    element(
      "ul",
      { class: "forecast-lineup" },
      ...rows.map((row) => lineOf(row, medians.get(row.id) ?? null)),
    ),
  );
}
