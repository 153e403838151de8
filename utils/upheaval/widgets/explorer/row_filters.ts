import type {
  Figure,
  Filter,
  FilterCell,
  LayoutItem,
  MarkedRows,
  Payload,
  RowEvidence,
  RowFilters,
  RowLine,
  Trace,
} from "../core/protocol.ts";
import { listed } from "../core/wording.ts";
import {
  changedRows,
  fromTo,
  share,
  type Stop,
  storyNews,
  storyTitle,
  storyTold,
} from "./stories.ts";

// The rule of charts with row filters. `upheaval/row_filters.py` says what row filters, filters and
// templates look like, and has as much of the rule as a first painting without a face needs;
// tests/cases/row_filters.json holds the two equal.

/** Numbers of the rows that every filter keeps, in order. */
export function visibleRows(rowFilters: RowFilters, filters: Filter[]): number[] {
  const { span = null } = rowFilters;
  const moment = filters.find(({ column }) => column === span)?.value ?? null;
  const holds = (row: number) => {
    if (span === null) return true;
    const [begin, end = null] = [rowFilters.columns[span][row]].flat();
    return moment === null ? end === null : begin <= moment && (end === null || moment < end);
  };
  const keeps = ({ value, rule, column }: Filter, row: number) => {
    const cell = rowFilters.columns[column][row];
    if (value === null || column === span) return true;
    if (rule === "lte") return cell <= value;
    return holdsValue(cell, value);
  };
  return rowFilters.when.map((_, row) => row)
    .filter((row) => holds(row) && filters.every((filter) => keeps(filter, row)));
}

const holdsValue = (cell: FilterCell, value: string) =>
  Array.isArray(cell) ? cell.includes(value) : cell === value;

function tallied(
  rowFilters: RowFilters,
  column: string,
  rows: number[],
): [label: string, count: number][] {
  const cells = rows.map((row) => rowFilters.columns[column][row]);
  return Object.entries(rowFilters.labels[column])
    .map(([value, label]): [string, number] => [
      label,
      cells.filter((cell) => holdsValue(cell, value)).length,
    ])
    .filter(([, count]) => count > 0);
}

function most(counts: [label: string, count: number][]): string {
  const top = Math.max(...counts.map(([, count]) => count));
  const labels = counts.filter(([, count]) => count === top).map(([label]) => label);
  return `${listed(labels)} (${top}${labels.length > 1 ? " each" : ""})`;
}

/** The title or description for the rows shown. */
export function filledText(
  rowFilters: RowFilters,
  which: "title" | "description",
  filters: Filter[],
  rows: number[],
): string {
  const templates = rowFilters.templates[which];
  const template = templates[rows.length === 0 ? "none" : rows.length === 1 ? "one" : "many"];
  const [first = "", last = ""] = [rows[0], rows[rows.length - 1]].map((row) =>
    rowFilters.when[row]
  );
  const plain: Record<string, unknown> = {
    n: rows.length,
    total: rowFilters.total,
    share: share(rows.length, rowFilters.total),
    first,
    last,
    days: fromTo(first, last),
  };
  return template.replace(/\{([a-z_]+(?::[a-z_]+)?)\}/g, (found, token: string) => {
    const [name, of] = token.split(":");
    if (name === "story" || name === "told") {
      const tell = name === "story" ? storyTitle : storyTold;
      return rowFilters.story ? tell(rowFilters.story, stopOf(rowFilters, filters, rows)) : "";
    }
    if (name === "chosen") return filters.find((filter) => filter.name === of)?.label ?? "";
    if (name === "of") {
      const value = filters.find((filter) => filter.name === of)?.value ?? "";
      return rowFilters.of?.[of][value] ?? "";
    }
    if (name === "asked") {
      const asked = filters.filter(({ value }) => value !== null).map(({ label }) => label);
      return asked.length ? ` (${asked.join(" · ")})` : "";
    }
    if (name === "counts") {
      if (filters.some(({ column, value }) => column === of && value !== null)) return "";
      const counts = tallied(rowFilters, of, rows).map(([label, count]) => `${count} ${label}`);
      return `: ${counts.join(", ")}`;
    }
    if (name === "tally") {
      return tallied(rowFilters, of, rows)
        .map(([label, count]) => rows.length > 1 ? `${label} ${count}` : label).join(", ");
    }
    if (name === "most") return most(tallied(rowFilters, of, rows));
    // Braces that are no placeholder are a row's own text.
    return name in plain ? String(plain[name]) : found;
  });
}

/** Where a reader of a chart with a story stands, with the rows shown. */
export function stopOf(rowFilters: RowFilters, filters: Filter[], rows: number[]): Stop {
  const day = filters.find(({ column }) => column === rowFilters.span);
  const asked = filters.filter((one) => one !== day && one.value !== null)
    .map(({ label }) => label);
  const [value, last] = day?.earlier ?? [null, ""];
  return {
    rows,
    when: rowFilters.when,
    statuses: (rowFilters.columns[rowFilters.story?.status ?? ""] ?? []) as string[],
    before: day?.earlier ? visibleRows(rowFilters, [{ ...day, value }]) : null,
    last,
    since: value,
    label: day?.label ?? "",
    moment: day?.value ?? null,
    asked,
  };
}

// `value` with every list of `length` cut down to `indices`.
function cut(value: unknown, indices: number[], length: number): unknown {
  if (Array.isArray(value)) {
    return value.length === length ? indices.map((index) => value[index]) : value;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, cut(inner, indices, length)]),
  );
}

// What the name of a shape or an annotation says: "row:3" is of row 3, "at:control" moves with that
// control.
function parts(item: LayoutItem): [kind: string, of: string] {
  const text = String(item.name ?? "");
  const colon = text.indexOf(":");
  return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The figure with the marks of `rows` only. */
export function filterFigure(figure: Figure, rows: number[], filters: Filter[]): Figure {
  const keep = new Set(rows);
  const chosen = Object.fromEntries(filters.map(({ name, value }) => [name, value]));
  const trace = (one: Trace): Trace => {
    const { ids } = one;
    if (!ids) return one;
    const indices = ids.map((_, index) => index).filter((index) => keep.has(Number(ids[index])));
    return cut(one, indices, ids.length) as Trace; // the same trace with shorter lists
  };
  const stays = (item: LayoutItem) => {
    const [kind, of] = parts(item);
    if (kind === "row") return keep.has(Number(of));
    return kind === "at" ? (chosen[of] ?? null) !== null : true;
  };
  const moved = (item: LayoutItem): LayoutItem => {
    const [kind, of] = parts(item);
    if (kind !== "at") return item;
    const indices = ["x", "x0", "x1"].filter((key) => key in item).map((key) => [key, chosen[of]]);
    return { ...item, ...Object.fromEntries(indices) };
  };
  const layout = { ...figure.layout };
  if (layout.annotations) layout.annotations = layout.annotations.filter(stays).map(moved);
  if (layout.shapes) layout.shapes = layout.shapes.filter(stays).map(moved);
  return { ...figure, data: figure.data.map(trace), layout };
}

const RING = "◯";

/** The figure with a ring around the marks of `rows`: what changed, told by shape. */
function ringed(figure: Figure, rows: number[]): Figure {
  const lit = new Set(rows.map(String));
  const points = figure.data.filter(({ ids, mode }) => ids && mode?.includes("markers"))
    .flatMap(({ ids, x, y }) =>
      (ids ?? []).flatMap((id, at) =>
        lit.has(id) ? [[(x as unknown[])[at], (y as unknown[])[at]]] : []
      )
    );
  if (!points.length) return figure;
  const ring: Trace = {
    type: "scatter",
    mode: "markers",
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
    marker: { symbol: "circle-open", size: 19, color: "#9561c4", line: { width: 2.5 } },
    hoverinfo: "skip",
    cliponaxis: false,
  };
  return { ...figure, data: [...figure.data, ring] };
}

/** What a story adds to a chart: what is new since the last stop, and rings around what changed. */
function retold(payload: Payload, filters: Filter[], rows: number[]): Partial<Payload> {
  const { rowFilters } = payload;
  const figure = filterFigure(payload.figure, rows, filters);
  if (!rowFilters?.story || !rows.length) return { figure };
  const stop = stopOf(rowFilters, filters, rows);
  const changed = changedRows(rowFilters.story, stop);
  const key: [string, string][] = changed.length ? [[RING, `changed since ${stop.last}`]] : [];
  return {
    figure: ringed(figure, changed),
    legend: [...payload.legend, ...key],
    tones: { ...payload.tones, [RING]: "purple" },
    news: storyNews(rowFilters.story, stop),
  };
}

/** Rows of HTML with the lines of `rows` only, and of those that stand for no row or a choice. */
export function filterMarked(marked: MarkedRows, rows: number[], filters: Filter[]): MarkedRows {
  const keep = new Set(rows);
  const stays = ({ at, chosen }: RowLine) => {
    const value = filters.find(({ name }) => name === chosen?.[0])?.value ?? null;
    return (at === null || keep.has(at)) && (!chosen || chosen[1] === value);
  };
  const groups = marked.groups.map((group) => ({ ...group, lines: group.lines.filter(stays) }));
  return { ...marked, groups: groups.filter(({ lines }) => lines.length > 0) };
}

/** A chart's payload as the filters leave it; one that has nothing to filter stays as it is. */
export function applyFilters(payload: Payload, filters: Filter[]): Payload {
  const { rowFilters, ...rest } = payload;
  if (!rowFilters) return payload;
  const rows = visibleRows(rowFilters, filters);
  const cited = [...new Set(rows.flatMap((row) => rowFilters.references[row]))]
    .sort((one, other) => one - other);
  const evidenceOf = (row: number): RowEvidence => {
    const [id, kind, known, status, sources] = payload.rowEvidence?.[row] as RowEvidence;
    return [id, kind, known, status, sources.map((index) => cited.indexOf(index))];
  };
  const ids = payload.references.map(({ id }) => id);
  const cells = rows.map((row) => [
    ...payload.table.rows[row],
    rowFilters.references[row].map((index) => ids[index]).join("; "),
  ]);
  return {
    ...rest,
    ...retold(payload, filters, rows),
    ...(payload.markedRows && { markedRows: filterMarked(payload.markedRows, rows, filters) }),
    title: filledText(rowFilters, "title", filters, rows),
    description: filledText(rowFilters, "description", filters, rows),
    table: { ...payload.table, columns: [...payload.table.columns, "Source ids"], rows: cells },
    references: cited.map((index) => payload.references[index]),
    ...(payload.rowEvidence && { rowEvidence: rows.map(evidenceOf) }),
    ...(payload.rowSays && { rowSays: rows.map((row) => payload.rowSays?.[row] ?? null) }),
    visibleRows: rows,
    empty: rows.length === 0,
  };
}
