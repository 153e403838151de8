import type {
  Change,
  CodingSpec,
  KeptCoding,
  LabelledSpec,
  RowSpec,
  ScaleSpec,
} from "../core/protocol.ts";
import { asMarkdown } from "../core/table.ts";
import { workFileIn } from "../core/work_file.ts";

// Codes that a reader may contest: what fits, and what codes say.

/** A reason in a script that puts no spaces between words counts as so many words. */
const LETTERS_A_WORD = 5;

/** A code with its sign. */
export function signed(code: number): string {
  return code > 0 ? `+${code}` : String(code).replace("-", "−");
}

const isOn = ({ low, high }: ScaleSpec, code: unknown): boolean =>
  Number.isInteger(code) && low <= (code as number) && (code as number) <= high;

/** Whether `reason` is a text of at least `least` words, or as many letters as these would have. */
export function longEnough(reason: unknown, least: number): boolean {
  if (typeof reason !== "string") return false;
  const words = reason.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + [...word].length, 0);
  return words.length >= least || letters >= least * LETTERS_A_WORD;
}

/** Why `change` cannot be kept, in a sentence; empty when it can. */
export function problem(spec: CodingSpec, change: unknown): string {
  if (typeof change !== "object" || change === null || Array.isArray(change)) {
    return "A change names a scale, a row, a column, a code and a reason; this is none.";
  }
  const given = change as Partial<Record<keyof Change, unknown>>;
  const named = <One extends LabelledSpec>(all: One[], name: unknown) =>
    all.find((one) => one.name === name);
  const missing = (part: string) =>
    `There is no such ${part} here: a change names one of those on show.`;
  const scale = named(spec.scales, given.scale);
  if (!scale) return missing("scale");
  const row: RowSpec | undefined = named(spec.rows, given.row);
  if (!row) return missing("row");
  const column = named(spec.columns, given.column);
  if (!column) return missing("column");
  const position = `${row.label} × ${column.label}`;
  const cell = Object.hasOwn(row.cells, column.name) ? row.cells[column.name] : null;
  if (!cell) return `${position} has no code, so there is none to change.`;
  const { code } = given;
  if (!isOn(scale, code)) {
    const ends = `${signed(scale.low)} to ${signed(scale.high)}`;
    return `The code for ${position} must be a whole number from ${ends}.`;
  }
  if (code === cell.codes[scale.name]) {
    const now = signed(code as number);
    return `${position} has the code ${now} already: choose another to contest it.`;
  }
  if (!longEnough(given.reason, spec.least)) {
    return `Say in at least ${spec.least} words why ${position} should have another code.`;
  }
  return "";
}

/** Whether `change` can be kept. */
export const fits = (spec: CodingSpec, change: unknown): change is Change => !problem(spec, change);

/** Of a list in what is kept, what `fits`, one a code (the last counts): whoever wrote it. */
function oneACode(given: unknown, fits: (one: unknown) => one is Change): Change[] {
  const found = new Map<string, Change>();
  for (const change of Array.isArray(given) ? given.filter(fits) : []) {
    const { scale, row, column, code, reason } = change;
    found.set(JSON.stringify([scale, row, column]), { scale, row, column, code, reason });
  }
  return [...found.values()];
}

/** The changes in what is kept: those that fit. */
export const accepted = (spec: CodingSpec, value: unknown): Change[] =>
  oneACode(
    (value as Partial<KeptCoding> | null | undefined)?.changes,
    (one) => fits(spec, one),
  );

/** What was typed of changes that do not count yet: on a scale, of a code that is there. */
export const draftsIn = (spec: CodingSpec, value: unknown): Change[] =>
  oneACode(
    (value as Partial<KeptCoding> | null | undefined)?.drafts,
    (one): one is Change => {
      const { scale, row, column, code, reason } = (one ?? {}) as Partial<Change>;
      const cells = spec.rows.find(({ name }) => name === row)?.cells ?? {};
      const on = spec.scales.find(({ name }) => name === scale);
      return on !== undefined && isOn(on, code) && typeof reason === "string" &&
        Object.hasOwn(cells, column ?? "");
    },
  );

/** Row → column → code. */
export type Codes = Record<string, Record<string, number>>;

/** The codes on a scale, after `changes`. */
export function coded(spec: CodingSpec, changes: Change[], scale: string): Codes {
  const codesOf = ({ cells }: RowSpec) =>
    spec.columns.filter(({ name }) => Object.hasOwn(cells, name))
      .map(({ name }) => [name, cells[name].codes[scale]]);
  const codes: Codes = Object.fromEntries(
    spec.rows.map((row) => [row.name, Object.fromEntries(codesOf(row))]),
  );
  for (const change of changes) {
    if (change.scale === scale) codes[change.row][change.column] = change.code;
  }
  return codes;
}

/**
 * What the codes of one column say; `shared` is the mean over rows in which every column has a
 * code.
 */
export interface ColumnMean {
  column: string;
  mean: number | null;
  count: number;
  shared: number | null;
}

export interface Summary {
  means: ColumnMean[];
  common: number;
  agree: string[];
  widest: number;
  apart: string[];
}

/**
 * What codes say: means, rows in which all columns have one, rows that agree, and rows that lie
 * widest apart.
 */
export function summary(columns: string[], codes: Codes): Summary {
  const rows = Object.entries(codes);
  const has = (held: Record<string, number>, column: string) => Object.hasOwn(held, column);
  const common = rows.filter(([, held]) => columns.every((column) => has(held, column)));
  const mean = (values: number[]) =>
    values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
  const means = columns.map((column) => {
    const values = rows.filter(([, held]) => has(held, column)).map(([, held]) => held[column]);
    const shared = mean(common.map(([, held]) => held[column]));
    return { column, mean: mean(values), count: values.length, shared };
  });
  const spread = rows.filter(([, held]) => Object.keys(held).length > 1)
    .map(([row, held]): [string, number] => {
      const values = Object.values(held);
      return [row, Math.max(...values) - Math.min(...values)];
    });
  const widest = Math.max(0, ...spread.map(([, apart]) => apart));
  const rowsWith = (wanted: number) =>
    spread.filter(([, apart]) => apart === wanted).map(([row]) => row);
  return {
    means,
    common: common.length,
    agree: rowsWith(0),
    widest,
    apart: widest ? rowsWith(widest) : [],
  };
}

/** The changes in the text of a file that was saved here; `left` counts those that do not fit. */
export function loaded(
  spec: CodingSpec,
  text: string,
): { changes: Change[]; left: number; sign: string; problem?: undefined } | {
  changes?: undefined;
  problem: string;
} {
  const { file, problem } = workFileIn(text, spec.head.about);
  if (!file) return { problem };
  const kept = file.work[spec.storageKey] as Partial<KeptCoding> | null | undefined;
  if (!Array.isArray(kept?.changes) || !kept.changes.length) {
    return { problem: "it holds no changes to this coding" };
  }
  const [changes, all] = [accepted(spec, kept), kept.changes.length];
  const left = kept.changes.filter((change) => !fits(spec, change)).length;
  if (changes.length) return { changes, left, sign: file.sign };
  const none = all === 1
    ? "the one change in it does not fit"
    : `none of the ${all} changes in it fits`;
  return { problem: `${none} this table` };
}

/** Whether two changes are of one code. */
export const sameCode = (
  one: Pick<Change, "scale" | "row" | "column">,
  other: Pick<Change, "scale" | "row" | "column">,
): boolean => one.scale === other.scale && one.row === other.row && one.column === other.column;

/** A mean with its sign, or a dash. */
export function figure(value: number | null): string {
  return value === null ? "–" : `${value > 0 ? "+" : ""}${value.toFixed(2)}`.replace("-", "−");
}

/** The one of `list` with that name; its absence is an error of ours. */
export function byName<One extends LabelledSpec>(list: One[], name: string): One {
  const found = list.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

// -- what is saved --

export const HEAD = ["Row", "Column", "Scale", "Code before", "My code", "My reason"];

/** One change as a row of text and numbers, with the code it replaces. */
export type ChangeRow = [
  row: string,
  column: string,
  scale: string,
  before: number,
  code: number,
  reason: string,
];

/** The changes as rows of text and numbers, with the codes they replace. */
export function changeRows(spec: CodingSpec, changes: Change[]): ChangeRow[] {
  return changes.map(({ scale, row, column, code, reason }) => {
    const { label, cells } = byName(spec.rows, row);
    return [
      label,
      byName(spec.columns, column).label,
      byName(spec.scales, scale).label,
      cells[column].codes[scale],
      code,
      reason,
    ];
  });
}

/** The changes as a page in Markdown, with what the codes say before and after. */
export function markdown(spec: CodingSpec, changes: Change[]): string {
  const safe = (value: unknown) =>
    String(value).replace(/\s+/g, " ").replace(/[\\|<>*_`[\]]/g, "\\$&").trim();
  const table = (head: string[], rows: string[][]) => asMarkdown(head, rows, safe).join("\n");
  const columns = spec.columns.map(({ name }) => name);
  const means = spec.scales.flatMap(({ name, label }) => {
    const [before, after] = [[], changes].map((which) =>
      summary(columns, coded(spec, which, name))
    );
    return spec.columns.map((column, at) => [
      label,
      column.label,
      figure(before.means[at].mean),
      figure(after.means[at].mean),
    ]);
  });
  const rows = changeRows(spec, changes).map(([row, column, scale, before, code, reason]) => [
    row,
    column,
    scale,
    signed(before),
    signed(code),
    reason,
  ]);
  const changed = changes.length ? table(HEAD, rows) : "No code was changed.";
  const said = table(["Scale", "Column", "Mean before", "Mean with my codes"], means);
  return `# ${safe(spec.question)}\n\n${changed}\n\n${said}\n`;
}
