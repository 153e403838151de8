import type { KeptMatrix, Level, Mark, MatrixRow, MatrixSpec } from "../core/protocol.ts";

// Rows of evidence marked against columns of explanations, by the published method in
// `upheaval/methods/hypotheses.py`; `tests/cases/hypotheses.json` holds the two equal.

const STEPS: Record<Mark, number> = { CC: 2, C: 1, N: 0, I: -1, II: -2 };
const WEIGHTS: Record<Level, number> = { low: Math.sqrt(0.5), medium: 1, high: Math.sqrt(2) };

/** A row with its weights and a mark for each column. */
export interface MarkedRow {
  id: string;
  credibility: Level;
  relevance: Level;
  marks: Record<string, Mark>;
}

export type Scores = Record<string, number>;

function rounded(value: number): number {
  return Math.floor(value * 100 + 0.5) / 100;
}

/** By how many steps two marks of a row differ, on average over all pairs. */
export function spread(marks: Mark[]): number {
  const apart = marks.flatMap((one, at) =>
    marks.slice(at + 1).map((other) => Math.abs(STEPS[one] - STEPS[other]))
  );
  return apart.length ? rounded(apart.reduce((sum, one) => sum + one, 0) / apart.length) : 0;
}

/** By how many steps the two marks that lie widest apart differ; 0 of one mark or none. */
export function stepsApart(marks: Mark[]): number {
  const steps = marks.map((one) => STEPS[one]);
  return marks.length ? Math.max(...steps) - Math.min(...steps) : 0;
}

/** What speaks against each column; marks that fit count nothing. */
export function scores(rows: MarkedRow[], columns: string[], weighted: boolean): Scores {
  const sums = Object.fromEntries(columns.map((one) => [one, 0]));
  for (const { credibility, relevance, marks } of rows) {
    const factor = weighted ? WEIGHTS[credibility] * WEIGHTS[relevance] : 1;
    for (const one of columns) sums[one] += Math.max(0, -STEPS[marks[one]]) * factor;
  }
  return Object.fromEntries(columns.map((one) => [one, rounded(sums[one])]));
}

/** How many rows fit each column: the count that misleads. */
export function support(rows: Pick<MarkedRow, "marks">[], columns: string[]): Scores {
  const fitting = (column: string) => rows.filter(({ marks }) => STEPS[marks[column]] > 0).length;
  return Object.fromEntries(columns.map((one) => [one, fitting(one)]));
}

/** The columns from the lowest score to the highest, equals together. */
export function ranking(given: Scores): string[][] {
  const levels = [...new Set(Object.values(given))].sort((one, other) => one - other);
  return levels.map((level) => Object.keys(given).filter((one) => given[one] === level));
}

/** Who would stand best without a row, and whether that is a change. */
export interface Turn {
  id: string;
  first: string[];
  changes: boolean;
}

/** For each row: who would stand best without it. */
export function turning(rows: MarkedRow[], columns: string[], weighted: boolean): Turn[] {
  const first = (some: MarkedRow[]) => ranking(scores(some, columns, weighted))[0] ?? [];
  const now = first(rows).join();
  return rows.map((row) => {
    const then = first(rows.filter((one) => one !== row));
    return { id: row.id, first: then, changes: then.join() !== now };
  });
}

type Plain = Record<string, unknown>;

const plainObject = (one: unknown): Plain | null =>
  typeof one === "object" && one !== null && !Array.isArray(one) ? one as Plain : null;

/** The part of `value` that fits this grid, or null if it is no grid at all. */
export function accepted(spec: MatrixSpec, value: unknown): KeptMatrix | null {
  const given = plainObject(value);
  const marks = plainObject(given?.marks);
  if (!given || !marks) return null;
  // For each row, those of `names` whose value is one of `words`.
  const some = <Word extends string>(from: Plain, names: string[], words: Record<Word, number>) => {
    const known = (one: unknown): one is Word =>
      typeof one === "string" && Object.hasOwn(words, one);
    const kept: Record<string, Record<string, Word>> = {};
    for (const { id } of spec.rows) {
      const row = Object.hasOwn(from, id) ? plainObject(from[id]) : null;
      if (!row) continue;
      const found = names.flatMap((name): [string, Word][] => {
        const one = Object.hasOwn(row, name) ? row[name] : null;
        return known(one) ? [[name, one]] : [];
      });
      if (found.length) kept[id] = Object.fromEntries(found) as Record<string, Word>;
    }
    return kept;
  };
  const left: unknown[] = Array.isArray(given.left) ? given.left : [];
  return {
    marks: some(marks, spec.columns.map(({ id }) => id), STEPS),
    left: spec.rows.map(({ id }) => id).filter((id) => left.includes(id)),
    weights: some(plainObject(given.weights) ?? {}, ["credibility", "relevance"], WEIGHTS),
    weighted: given.weighted !== false,
  };
}

/** A grid with nothing in it. */
export const nothing = (): KeptMatrix => ({ marks: {}, left: [], weights: {}, weighted: true });

/**
 * A row as the reader has it: the weights may be the reader's, marks may be missing, it may be left
 * out.
 */
export interface OwnRow extends MarkedRow, MatrixRow {
  missing: number;
  left: boolean;
}

/** Everything worked out from what is kept; only complete rows count. */
export interface Result {
  rows: OwnRow[];
  counting: OwnRow[];
  columns: string[];
  scores: Scores;
  support: Scores;
  ranking: string[][];
}

function ownRows(spec: MatrixSpec, kept: KeptMatrix): OwnRow[] {
  return spec.rows.map((row) => {
    const marks = kept.marks[row.id] ?? {};
    return {
      ...row,
      ...kept.weights[row.id],
      marks,
      missing: spec.columns.length - Object.keys(marks).length,
      left: kept.left.includes(row.id),
    };
  });
}

/** What a filled grid says. */
export function resultOf(spec: MatrixSpec, kept: KeptMatrix): Result {
  const rows = ownRows(spec, kept);
  const counting = rows.filter((row) => !row.missing && !row.left);
  const columns = spec.columns.map(({ id }) => id);
  const against = scores(counting, columns, kept.weighted);
  return {
    rows,
    counting,
    columns,
    scores: against,
    support: support(counting, columns),
    ranking: ranking(against),
  };
}
