import { element } from "./dom.ts";
import type { Cell, Table } from "./protocol.ts";

// Rows as a table on the page, and as CSV.

/** A cell as text. */
export function cell(value: Cell | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function cellView(value: Cell): HTMLElement {
  if (typeof value !== "number") return element("td", {}, cell(value));
  const text = value.toLocaleString("en-GB", { maximumFractionDigits: 6 });
  return element("td", { class: "face-number" }, text);
}

/** A table in a region of its own, which scrolls where the page is narrow. */
export function tableView({ columns, rows }: Table, name: string): HTMLElement {
  const head = columns.map((column) => element("th", { scope: "col" }, column));
  const body = rows.map((row) => element("tr", {}, ...row.map(cellView)));
  return scrolling(
    `Table: ${name}`,
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...body),
    ),
  );
}

/** A region that scrolls by itself, also by keyboard. */
export function scrolling(label: string, ...inside: HTMLElement[]): HTMLElement {
  const attributes = { class: "face-scroll", tabindex: 0, role: "group", "aria-label": label };
  return element("div", attributes, ...inside);
}

/**
 * Rows as CSV that Excel reads as well: UTF-8 with a byte order mark, CRLF, quotes where needed.
 */
export function asCsv({ columns, rows }: Table): string {
  const quoted = (value: Cell) => {
    const text = cell(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns, ...rows].map((row) => row.map(quoted).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
