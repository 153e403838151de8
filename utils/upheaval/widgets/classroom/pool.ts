import { accepted as changesIn, coded } from "../coding/rules.ts";
import type { CodingSpec, KeptMatrix, Mark, MatrixSpec, ScaleSpec } from "../core/protocol.ts";
import { memberIn } from "../forecast/class_import.ts";
import { scoreOf } from "../forecast/rules.ts";
import { brierScore, mean, median } from "../forecast/scores.ts";
import { accepted as gridIn, stepsApart } from "../matrix/rules.ts";
import { alpha, pairsAlike, type Unit } from "./agreement.ts";
import type { ClassForecast } from "./data.ts";
import type { Student } from "./people.ts";

// What a class made together: forecasts pooled, codings compared, grids joined.

const keptIn = ({ work }: Student, key: string): unknown =>
  Object.hasOwn(work, key) ? work[key] : null;

// -- forecasts --

/** What a class said of one question, in per cent, and how that scores. */
export interface Pooled {
  text: string;
  /** Null while the question is open: then nothing is scored. */
  happened: boolean | null;
  said: { who: string; percent: number }[];
  mean: number | null;
  median: number | null;
  /** The Brier score of the median, and the mean of the members' own. */
  crowd: number | null;
  members: number | null;
}

/** The forecasts of a class, question by question; what was known before is left out. */
export function pooled(forecast: ClassForecast, students: Student[]): Pooled[] {
  const ids = forecast.questions.map(({ id }) => id);
  const members = students.flatMap((one) => {
    const found = memberIn(keptIn(one, forecast.storageKey), one.name, ids);
    return found ? [{ who: one.name, percents: found.percents }] : [];
  });
  return forecast.questions.map(({ id, text }, at) => {
    const happened = forecast.outcomes[at];
    const said = members.flatMap(({ who, percents }) =>
      Object.hasOwn(percents, id) ? [{ who, percent: percents[id] }] : []
    );
    const percents = said.map(({ percent }) => percent);
    const middle = median(percents);
    return {
      text,
      happened,
      said,
      mean: mean(percents),
      median: middle,
      crowd: scoreOf(middle, happened),
      members: happened === null
        ? null
        : mean(percents.map((percent) => brierScore(percent, happened))),
    };
  });
}

// -- codings --

/** One code of the table, and what each coder gave. */
export interface CodedCell {
  row: string;
  column: string;
  before: number;
  codes: { who: string; code: number; reason: string }[];
}

/** The codings of one scale: cell by cell, and how alike they are. */
export interface ComparedScale {
  scale: ScaleSpec;
  cells: CodedCell[];
  /** Over all cells, and over those that at least one coder changed. */
  all: Agreement;
  contested: Agreement;
}

export interface Agreement {
  cells: number;
  alike: number | null;
  alpha: number | null;
}

function agreementOf(cells: CodedCell[]): Agreement {
  const units: Unit[] = cells.map(({ codes }) => codes.map(({ code }) => code));
  return { cells: cells.length, alike: pairsAlike(units), alpha: alpha(units) };
}

/** Who handed in a coding: at least one code of the table is changed. */
export const coders = (spec: CodingSpec, students: Student[]): Student[] =>
  students.filter((one) => changesIn(spec, keptIn(one, spec.storageKey)).length);

/** The codings of a class, scale by scale; a cell that a coder left alone is theirs, too. */
export function comparedCodings(spec: CodingSpec, students: Student[]): ComparedScale[] {
  const all = coders(spec, students).map((one) => ({
    who: one.name,
    changes: changesIn(spec, keptIn(one, spec.storageKey)),
  }));
  return spec.scales.map((scale) => {
    const before = coded(spec, [], scale.name);
    const each = all.map(({ who, changes }) => ({
      who,
      changes,
      codes: coded(spec, changes, scale.name),
    }));
    const cells = spec.rows.flatMap((row) =>
      Object.keys(before[row.name]).map((column): CodedCell => ({
        row: row.name,
        column,
        before: before[row.name][column],
        codes: each.map(({ who, changes, codes }) => ({
          who,
          code: codes[row.name][column],
          reason: changes.find((one) =>
            one.scale === scale.name && one.row === row.name && one.column === column
          )?.reason ?? "",
        })),
      }))
    );
    const contested = cells.filter(({ codes, before }) =>
      codes.some(({ code }) => code !== before)
    );
    return { scale, cells, all: agreementOf(cells), contested: agreementOf(contested) };
  });
}

// -- grids --

/** One cell of the joined grid: who gave which mark, and how many steps lie between them. */
export interface JoinedCell {
  row: string;
  column: string;
  marks: { who: string; mark: Mark }[];
  apart: number;
}

/** Marks that lie as many steps apart are worth talking about. */
export const FAR_APART = 2;

/** The grids of a class as one: a cell for each row and column. */
export function joinedGrids(
  spec: MatrixSpec,
  students: Student[],
): { members: number; cells: JoinedCell[] } {
  const grids = students.flatMap((one) => {
    const kept: KeptMatrix | null = gridIn(spec, keptIn(one, spec.storageKey));
    return kept && Object.keys(kept.marks).length ? [{ who: one.name, marks: kept.marks }] : [];
  });
  const cells = spec.rows.flatMap((row) =>
    spec.columns.map((column): JoinedCell => {
      const marks = grids.flatMap(({ who, marks }) => {
        const mark = marks[row.id]?.[column.id];
        return mark ? [{ who, mark }] : [];
      });
      const apart = stepsApart(marks.map(({ mark }) => mark));
      return { row: row.id, column: column.id, marks, apart };
    })
  );
  return { members: grids.length, cells };
}
