import type { Control, Filter, Finding, Payload, Selection } from "../core/protocol.ts";
import { cell } from "../core/table.ts";

// Which state a choice asks for, which may be next, and what of a chart can be evidence.

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

/** The filters of a choice. */
export function filtersOf(controls: Control[], selection: Selection): Filter[] {
  return controls.flatMap(({ name, column, rule, values, options }) => {
    if (!column || !rule || !values) return [];
    return [{
      name,
      column,
      rule,
      value: values[selection[name]],
      label: options[selection[name]],
    }];
  });
}

/** The key of a chart as it is drawn: the key of its state, and what filters leave of it. */
export const chartKey = (state: string, filters: Filter[]): string =>
  `${state}|${JSON.stringify(filters.map(({ value }) => value))}`;

/** The numbers of the sources of a row on show. */
export type RowSources = (row: number) => Finding["sources"];

/** What of a chart can be kept as evidence: the whole, and each row that has sources of its own. */
export function evidence(
  payload: Payload,
  rowSources: RowSources | null,
): [label: string, item: Finding][] {
  const { asOf, listColumns } = payload;
  const whole: Finding = {
    id: `${payload.name}: ${payload.title}`,
    kind: "chart",
    title: payload.title,
    text: payload.description,
    status: "",
    asOf,
    sources: payload.references,
  };
  if (!rowSources || !listColumns.title) return [["the whole chart", whole]];
  const { columns, rows } = payload.table;
  const rest = rows.map((row, at): [string, Finding] => {
    const part = (column: string | undefined) =>
      column === undefined ? "" : cell(row[columns.indexOf(column)]);
    const label = [part(listColumns.when), part(listColumns.title)].filter(Boolean).join(": ");
    return [label, {
      id: `${payload.name}: ${label}`,
      kind: payload.name.split("-")[0],
      title: label,
      text: part(listColumns.body),
      status: part(listColumns.status),
      asOf,
      sources: rowSources(at),
    }];
  });
  return [["the whole chart", whole], ...rest];
}
