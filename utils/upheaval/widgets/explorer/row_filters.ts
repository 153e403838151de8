import type {
  Figure,
  Filter,
  FilterCell,
  LayoutItem,
  Payload,
  RowEvidence,
  RowFilters,
  Trace,
} from "../core/protocol.ts";

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

const listed = (labels: string[]) =>
  labels.length > 1 ? `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}` : labels[0];

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
  const plain: Record<string, unknown> = {
    n: rows.length,
    total: rowFilters.total,
    first: rows.length ? rowFilters.when[rows[0]] : "",
    last: rows.length ? rowFilters.when[rows[rows.length - 1]] : "",
  };
  return template.replace(/\{([a-z_]+(?::[a-z_]+)?)\}/g, (_, token: string) => {
    const [name, of] = token.split(":");
    if (name === "chosen") return filters.find((filter) => filter.name === of)?.label ?? "";
    if (name === "tally") {
      return tallied(rowFilters, of, rows).map(([label, count]) => `${label} ${count}`).join(", ");
    }
    if (name === "most") return most(tallied(rowFilters, of, rows));
    return String(plain[name]);
  });
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
    figure: filterFigure(payload.figure, rows, filters),
    title: filledText(rowFilters, "title", filters, rows),
    description: filledText(rowFilters, "description", filters, rows),
    table: { ...payload.table, columns: [...payload.table.columns, "Source ids"], rows: cells },
    references: cited.map((index) => payload.references[index]),
    ...(payload.rowEvidence && { rowEvidence: rows.map(evidenceOf) }),
    visibleRows: rows,
    empty: rows.length === 0,
  };
}
