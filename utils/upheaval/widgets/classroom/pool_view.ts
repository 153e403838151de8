import { percentage, score, verdict } from "../forecast/rules.ts";
import { mean } from "../forecast/scores.ts";
import { signed } from "../coding/rules.ts";
import { markText } from "../matrix/beside.ts";
import type { CodingSpec, LabelledSpec, MatrixSpec } from "../core/protocol.ts";
import { type Child, element } from "../core/dom.ts";
import { counted } from "../core/wording.ts";
import type { ClassForecast } from "./data.ts";
import { type CellContent, type ClassPart, fold, grid, own, para, tallyText } from "./parts.ts";
import type { Student } from "./people.ts";
import {
  type Agreement,
  type CodedCell,
  coders,
  comparedCodings,
  type ComparedScale,
  FAR_APART,
  type JoinedCell,
  joinedGrids,
  pooled,
} from "./pool.ts";

// What a class made together: forecasts pooled, codings compared, grids joined.

const said = (percent: number | null) =>
  percent === null ? "–" : percentage(percent).replace(" ", "\u00a0");

// -- forecasts --

/** The forecasts of the class, question by question, and how the pool scores. */
export function forecastsPart(forecast: ClassForecast, students: Student[]): ClassPart {
  const [id, title] = ["forecasts", "Forecasts, pooled"];
  const asked = pooled(forecast, students).filter((one) => one.said.length);
  if (!asked.length) return { id, title, nodes: [para("Nobody has handed in forecasts.")] };
  const meanOf = (of: (one: typeof asked[0]) => number | null) =>
    score(mean(asked.map(of).filter((one) => one !== null)));
  const scored = asked.filter(({ crowd }) => crowd !== null).length;
  const told = `Over ${counted(scored, "question", "questions")} the class median has a ` +
    `Brier score of ${meanOf(({ crowd }) => crowd)}; its members score ` +
    `${
      meanOf(({ members }) => members)
    } on average. 0 is perfect, always saying 50 % scores 0.25. ` +
    "What a student marked as known before is left out.";
  const rows = asked.map((one): CellContent[] => {
    const percents = one.said.map(({ percent }) => percent);
    return [
      one.text,
      verdict(one.happened),
      String(percents.length),
      said(one.mean),
      said(one.median),
      `${Math.min(...percents)} to ${said(Math.max(...percents))}`,
      score(one.crowd),
      score(one.members),
    ];
  });
  const head = [
    "Question",
    "What happened",
    "Forecasts",
    "Mean",
    "Median",
    "Range",
    "Brier score of the median",
    "Mean Brier score of members",
  ];
  return { id, title, nodes: [para(told), grid("forecasts, pooled", head, rows)] };
}

// -- codings --

const labelIn = (all: LabelledSpec[], name: string) =>
  all.find((one) => one.name === name)?.label ?? name;

function agreementText(of: string, { cells, alike, alpha }: Agreement): string {
  if (!cells) return "";
  const share = alike === null ? "–" : percentage(100 * alike);
  const value = alpha === null ? "not defined, because nothing varies" : alpha.toFixed(2);
  return `Over ${of} (${cells}), two coders give the same code in ${share} of all pairs; ` +
    `Krippendorff's alpha is ${value.replace("-", "−")}.`;
}

function codedRow(spec: CodingSpec, cell: CodedCell): CellContent[] {
  const { row, column, before, codes } = cell;
  const changed = codes.filter(({ code }) => code !== before);
  const reasons = changed.map(({ who, code, reason }) =>
    element("p", {}, own(who, "class-names"), ` ${signed(code)}: `, own(reason))
  );
  const place = `${labelIn(spec.rows, row)} × ${labelIn(spec.columns, column)}`;
  const given = tallyText(codes.map(({ code }) => signed(code)));
  const told = fold(counted(changed.length, "reason", "reasons"), ...reasons);
  return [place, signed(before), given, [told]];
}

function scaleView(spec: CodingSpec, compared: ComparedScale): HTMLElement[] {
  const { scale, cells, all, contested } = compared;
  const rows = cells.filter(({ codes, before }) => codes.some(({ code }) => code !== before))
    .map((cell) => codedRow(spec, cell));
  const head = ["Cell", "In the table", "Codes given", "Who changed it, and why"];
  return [
    element("h3", {}, scale.label),
    ...[
      agreementText("all cells of the table", all),
      agreementText("cells that at least one student changed", contested),
    ].filter(Boolean).map(para),
    ...(rows.length ? [grid(`codes, ${scale.label}`, head, rows)] : [para("No code was changed.")]),
  ];
}

const HOW_CODED = "A cell that a student left as it was counts as the code of the table. Alpha " +
  "takes off what chance would give: 1 is full agreement, 0 is chance. It treats codes as names " +
  "(nominal): −2 and −1 are as different as −2 and +2.";

/** The codings of the class, cell by cell, and how alike they are. */
export function codingsPart(spec: CodingSpec, students: Student[]): ClassPart {
  const [id, title] = ["codings", "Codings, compared"];
  const who = coders(spec, students);
  if (!who.length) return { id, title, nodes: [para("Nobody has handed in a coding.")] };
  const told = `${counted(who.length, "student has", "students have")} changed codes. ${HOW_CODED}`;
  const views = comparedCodings(spec, students).flatMap((one) => scaleView(spec, one));
  return { id, title, nodes: [para(told), ...views] };
}

// -- grids --

function markCell(spec: MatrixSpec, { marks, apart }: JoinedCell): Child[] {
  if (!marks.length) return ["–"];
  const text = tallyText(marks.map(({ mark }) => markText(spec, mark))).split(", ")
    .map((line) => element("span", { class: "class-line" }, line));
  if (apart < FAR_APART) return text;
  return [...text, element("strong", { class: "class-apart" }, `${apart} steps apart`)];
}

/** What each of those who lie far apart said of a cell. */
function apartView(spec: MatrixSpec, cell: JoinedCell): HTMLElement {
  const row = spec.rows.find(({ id }) => id === cell.row)?.text ?? cell.row;
  const column = spec.columns.find(({ id }) => id === cell.column)?.name ?? cell.column;
  const groups = Map.groupBy(cell.marks, ({ mark }) => mark);
  const said = [...groups].flatMap(([mark, those], at) => [
    `${at ? "; " : " "}${markText(spec, mark)}: `,
    own(those.map(({ who }) => who).join(", "), "class-names"),
  ]);
  return element("li", {}, element("strong", {}, `${row} × ${column}.`), ...said);
}

/** The grids of the class as one, and where its members lie far apart. */
export function gridsPart(spec: MatrixSpec, students: Student[]): ClassPart {
  const [id, title] = ["grids", "Grids of hypotheses, joined"];
  const { members, cells } = joinedGrids(spec, students);
  if (!members) return { id, title, nodes: [para("Nobody has handed in a grid.")] };
  const far = cells.filter(({ apart }) => apart >= FAR_APART);
  const rows = spec.rows.filter((row) =>
    cells.some((one) => one.row === row.id && one.marks.length)
  )
    .map((row): CellContent[] => [
      row.text,
      ...cells.filter((one) => one.row === row.id).map((cell) => markCell(spec, cell)),
    ]);
  const told = `${counted(members, "grid is", "grids are")} joined. In ` +
    `${counted(far.length, "cell", "cells")} two students lie two steps apart or more.`;
  const list = element("ul", {}, ...far.map((cell) => apartView(spec, cell)));
  const head = ["Evidence", ...spec.columns.map(({ name }) => name)];
  const apart = far.length ? [fold("Where students lie two steps apart: who said what", list)] : [];
  return { id, title, nodes: [para(told), grid("grids, joined", head, rows), ...apart] };
}
