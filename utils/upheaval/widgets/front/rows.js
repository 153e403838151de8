import { element } from "./dom.js";

// Rows as a table on the page, and as CSV.

/** A cell as text. */
export function cell(value) {
  return value === null || value === undefined ? "" : String(value);
}

/** {columns, rows} as a table in a region of its own, which scrolls where the page is narrow. */
export function tableView({ columns, rows }, name) {
  const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)));
  const body = rows.map((row) => element("tr", {}, ...row.map((value) =>
    element("td", typeof value === "number" ? { class: "face-number" } : {}, typeof value === "number" ? value.toLocaleString("en-GB", { maximumFractionDigits: 6 }) : cell(value)))));
  return element("div", { class: "face-scroll", tabindex: 0, role: "group", "aria-label": `Table: ${name}` },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
}

/** {columns, rows} as CSV that Excel reads as well: UTF-8 with a byte order mark, CRLF, quotes where needed. */
export function asCsv({ columns, rows }) {
  const quoted = (value) => (/[",\r\n]/.test(cell(value)) ? `"${cell(value).replaceAll('"', '""')}"` : cell(value));
  return `\ufeff${[columns, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}
