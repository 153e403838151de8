import type { Control, Filter, Finding, Payload, SaysInMemo, Selection } from "../core/protocol.ts";
import { dayIn } from "../core/days.ts";
import { cell } from "../core/table.ts";

// Which state a choice asks for, which may be next, and what of a chart can be evidence.

/** Whether there is something for plotly to draw: not where no row is left, or rows are HTML. */
export function hasFigure({ empty, markedRows }: Payload): boolean {
  return !empty && !markedRows;
}

/**
 * The key of the state for a choice: the numbers of the options of all controls that do not only
 * filter.
 */
export function stateKey(controls: Control[], selection: Selection): string {
  return controls.filter(({ column }) => !column).map(({ name }) => selection[name]).join(",");
}

const MANY = 24;

/**
 * Keys of the states a reader may choose next: all of them if they are few, else those one choice
 * away.
 */
export function prefetchKeys(controls: Control[], selection: Selection): string[] {
  const moving = controls.filter(({ column }) => !column);
  if (moving.reduce((count, { options }) => count * options.length, 1) <= MANY) {
    const longer = (keys: number[][], { options }: Control) =>
      keys.flatMap((key) => options.map((_, at) => [...key, at]));
    return moving.reduce(longer, [[]]).map((key) => key.join(","));
  }
  return moving.flatMap(({ name, options }) =>
    options.map((_, at) => stateKey(controls, { ...selection, [name]: at }))
  );
}

type Earlier = NonNullable<Filter["earlier"]>;

/** The filters of a choice. */
export function filtersOf(controls: Control[], selection: Selection): Filter[] {
  return controls.flatMap(({ name, column, rule, values, options }) => {
    if (!column || !rule || !values) return [];
    const at = selection[name];
    return [{
      name,
      column,
      rule,
      value: values[at],
      label: options[at],
      ...(rule === "lte" && at > 0 && { earlier: [values[at - 1], options[at - 1]] as Earlier }),
    }];
  });
}

/** The key of a chart as it is drawn: the key of its state, and what filters leave of it. */
export const chartKey = (state: string, filters: Filter[]): string =>
  `${state}|${JSON.stringify(filters.map(({ value }) => value))}`;

/** The ISO day by which all of a chart was public: the day chosen, or its own, or its data's. */
function knownBy({ known = "", asOf }: Payload, filters: Filter[]): string {
  const limit = filters.find(({ rule }) => rule === "lte");
  return (limit ? limit.value : known) || dayIn(asOf);
}

const LONGEST = 80; // letters of a cell in the name of a row
const BESIDE = ["Source ids", "Status"]; // what stands beside a piece of evidence anyway

/** A row in words: what its list calls it, or else its cells under their headings. */
function rowWords(payload: Payload, at: number): string {
  const { table: { columns, rows }, listColumns, title, rowEvidence } = payload;
  const row = rows[at];
  const part = (column: string | undefined) =>
    column === undefined ? "" : cell(row[columns.indexOf(column)]);
  if (listColumns.title) {
    return [part(listColumns.when), part(listColumns.title)].filter(Boolean).join(": ");
  }
  const [first, ...rest] = columns.map((heading, index) => ({ heading, text: cell(row[index]) }))
    .filter(({ heading, text }) => text && text.length <= LONGEST && !BESIDE.includes(heading));
  const words = rest.map(({ heading, text }) => `${heading}: ${text.replace(/\.$/, "")}`);
  const said = [first?.text ?? "A row", ...words].join("; ");
  return rowEvidence?.[at]?.[0] ? said : `${said} (in “${title}”)`;
}

/**
 * What of a chart can be kept as evidence: the whole, and each row; nothing of one that misleads on
 * purpose.
 */
export function evidence(payload: Payload, filters: Filter[]): [label: string, item: Finding][] {
  const { asOf, listColumns, name, references, rowEvidence, rowSays, table } = payload;
  if (payload.misleading) return [];
  const day = knownBy(payload, filters);
  const whole: Finding = {
    id: `${name}: ${payload.title}`,
    kind: "chart",
    title: payload.title,
    text: payload.description,
    status: "",
    asOf,
    known: day,
    sources: references,
  };
  const body = table.columns.indexOf(listColumns.body ?? "");
  const rows = table.rows.map((row, at): [string, Finding] => {
    const label = rowWords(payload, at);
    const [id, kind, known, status, cited] = rowEvidence?.[at] ?? ["", "", "", "", []];
    // A row of no table of ours says less than its chart: of which aim, by whose weights.
    const title = id || !listColumns.title ? label : `${label} (in “${payload.title}”)`;
    const said = rowSays?.[at];
    return [label, {
      id: id || `${name}: ${title}`,
      kind: kind || "chart",
      title,
      text: cell(row[body]),
      status,
      asOf,
      known: known || day,
      sources: cited.length ? cited.map((index) => references[index]) : references,
      ...(said && { says: [said[0], said[1], said[2]] as SaysInMemo }),
    }];
  });
  return [["the whole chart", whole], ...rows];
}
