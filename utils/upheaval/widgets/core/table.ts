import { type Attributes, type Child, element } from "./dom.ts";
import type { Cell, Table } from "./protocol.ts";

// Rows as a table on the page, as CSV and as Markdown.

/** A cell as text. */
export function cell(value: Cell | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function cellView(value: Cell): HTMLElement {
  if (typeof value !== "number") return element("td", {}, cell(value));
  const text = value.toLocaleString("en-GB", { maximumFractionDigits: 6 });
  return element("td", { class: "face-number" }, text);
}

/** The cell that heads a row. */
export function rowHead(...inside: Child[]): HTMLElement {
  return element("th", { scope: "row" }, ...inside);
}

/** A table of cells under headings; an empty heading heads nothing. */
export function cellTable(
  headings: string[],
  rows: HTMLElement[][],
  attributes: Attributes = {},
  caption?: HTMLElement,
): HTMLTableElement {
  const heads = headings.map((text) =>
    text ? element("th", { scope: "col" }, text) : element("td", {})
  );
  return element(
    "table",
    attributes,
    caption,
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells))),
  );
}

/** What stands beside the cells of a row: before them, and behind them under a heading. */
export interface Beside {
  before?(row: number): HTMLElement;
  heading?: string;
  behind?(row: number): HTMLElement | null;
}

/** A table in a region of its own, which scrolls where the page is narrow. */
export function tableView({ columns, rows }: Table, name: string, beside: Beside = {}) {
  const { before, heading, behind } = beside;
  const first = (at: number) => before ? [element("td", {}, before(at))] : [];
  const last = (at: number) => behind ? [element("td", {}, behind(at))] : [];
  const cells = rows.map((row, at) => [...first(at), ...row.map(cellView), ...last(at)]);
  const headings = [...(before ? [""] : []), ...columns, ...(behind ? [heading ?? ""] : [])];
  return scrolling(`Table: ${name}`, cellTable(headings, cells));
}

/** A region that scrolls by itself, also by keyboard. */
export function scrolling(label: string, ...inside: HTMLElement[]): HTMLElement {
  const attributes = { class: "face-scroll", tabindex: 0, role: "group", "aria-label": label };
  return element("div", attributes, ...inside);
}

/**
 * Rows as CSV for a double click in Excel: UTF-8 with a byte order mark, CRLF, quotes where needed.
 *
 * Where the reader's language has a decimal comma, Excel parts columns by semicolons and would take
 * 3.5 for 3 May: numbers get the comma there, and columns the semicolon. No line `sep=;`: with it
 * Excel forgets the byte order mark, and every other program takes it for a row.
 */
export function asCsv({ columns, rows }: Table, decimal = decimalMark()): string {
  const separator = decimal === "," ? ";" : ",";
  const quoted = (value: Cell) => {
    const text = typeof value === "number" ? cell(value).replace(".", decimal) : plain(cell(value));
    return text.includes(separator) || /["\r\n]/.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  };
  const lines = [columns, ...rows].map((row) => row.map(quoted).join(separator));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** Text that no spreadsheet takes for a formula: an apostrophe before what begins like one. */
function plain(text: string): string {
  const formula = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text);
  return formula && !/^[+-]?\d+([.,]\d+)*$/.test(text) ? `'${text}` : text;
}

/** The decimal mark of the reader's language: a comma or a point. */
function decimalMark(): "," | "." {
  return (1.5).toLocaleString(globalThis.navigator?.language).includes(",") ? "," : ".";
}

/** Rows as a table in Markdown, line by line; `text` gives a cell without what would break it. */
export function asMarkdown(
  headings: string[],
  rows: unknown[][],
  text: (cell: unknown) => string,
): string[] {
  const line = (cells: unknown[]) => `| ${cells.map(text).join(" | ")} |`;
  return [line(headings), `| ${headings.map(() => "---").join(" | ")} |`, ...rows.map(line)];
}
