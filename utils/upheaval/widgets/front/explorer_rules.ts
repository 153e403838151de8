import type { Choices, Control, Filter, Finding, Payload } from "./types.ts";
import { cell } from "./rows.ts";

// Which state a choice asks for, which may be next, and what of a chart can be evidence.

/**
 * The key of the state for a choice: the numbers of the options of all controls that do not only
 * filter.
 */
export function stateKey(controls: Control[], chosen: Choices): string {
  return controls.filter(({ column }) => !column).map(({ name }) => chosen[name]).join(",");
}

const MANY = 24;

/**
 * Keys of the states a reader may choose next: all of them if they are few, else those one choice
 * away.
 */
export function keysAhead(controls: Control[], chosen: Choices): string[] {
  const moving = controls.filter(({ column }) => !column);
  if (moving.reduce((count, { options }) => count * options.length, 1) <= MANY) {
    const longer = (keys: number[][], { options }: Control) =>
      keys.flatMap((key) => options.map((_, at) => [...key, at]));
    return moving.reduce(longer, [[]]).map((key) => key.join(","));
  }
  return moving.flatMap(({ name, options }) =>
    options.map((_, at) => stateKey(controls, { ...chosen, [name]: at }))
  );
}

/** The filters of a choice. */
export function filtersOf(controls: Control[], chosen: Choices): Filter[] {
  return controls.flatMap(({ name, column, rule, values, options }) => {
    if (!column || !rule || !values) return [];
    return [{ name, column, rule, value: values[chosen[name]], label: options[chosen[name]] }];
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
  const { asOf, listing } = payload;
  const whole: Finding = {
    id: `${payload.name}: ${payload.title}`,
    kind: "chart",
    title: payload.title,
    text: payload.description,
    status: "",
    asOf,
    sources: payload.references,
  };
  if (!rowSources || !listing.title) return [["the whole chart", whole]];
  const { columns, rows } = payload.table;
  const rest = rows.map((row, at): [string, Finding] => {
    const part = (column: string | undefined) =>
      column === undefined ? "" : cell(row[columns.indexOf(column)]);
    const label = [part(listing.when), part(listing.title)].filter(Boolean).join(": ");
    return [label, {
      id: `${payload.name}: ${label}`,
      kind: payload.name.split("-")[0],
      title: label,
      text: part(listing.body),
      status: part(listing.status),
      asOf,
      sources: rowSources(at),
    }];
  });
  return [["the whole chart", whole], ...rest];
}
