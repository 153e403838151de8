import { button, download, element, freshId, link } from "../core/dom.ts";
import { evidence, type RowSources } from "./rules.ts";
import { asCsv, cell, tableView } from "../core/table.ts";
import type { Backend, Cell, ListColumns, Payload } from "../core/protocol.ts";

// What lies under a chart: rows with notes, a list, the table, sources, what to take away.

type AddEvidence = Backend["addEvidence"];

function noted({ table, listColumns }: Payload): Cell[][] {
  if (!listColumns.note) return [];
  const at = table.columns.indexOf(listColumns.note);
  return table.rows.filter((row) => row[at]);
}

function listView({ table, listColumns }: Payload, rows: Cell[][]): HTMLElement {
  const piece = (row: Cell[], part: keyof ListColumns, tag: "strong" | "span" | "p") => {
    const column = listColumns[part];
    const value = column === undefined ? null : row[table.columns.indexOf(column)];
    return value ? element(tag, { class: `face-${part}` }, cell(value)) : null;
  };
  const item = (row: Cell[]) =>
    element(
      "li",
      {},
      element("p", {}, piece(row, "when", "strong"), " ", piece(row, "status", "span")),
      piece(row, "title", "p"),
      piece(row, "body", "p"),
      piece(row, "note", "p"),
    );
  return element("ol", { class: "face-list" }, ...rows.map(item));
}

function sourcesView({ references }: Payload): HTMLElement {
  const items = references.map(({ text, url }) => element("li", {}, link(text, url)));
  return element("ul", { class: "face-sources" }, ...items);
}

function dataView(
  payload: Payload,
  addEvidence: AddEvidence,
  rowSources: RowSources | null,
): HTMLElement {
  const citation = element("p", { class: "face-cite" }, `“${payload.title}” ${payload.cite}.`);
  const statusMessage = element("span", { role: "status" });
  const notify = (text: string) => {
    statusMessage.textContent = ` ${text}`;
  };
  const select = () => {
    getSelection()?.selectAllChildren(citation);
    notify("Selected: press Ctrl+C.");
  };
  // A page from disk may have no clipboard, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  const copy = () => {
    clipboard?.writeText(citation.textContent ?? "").then(() => notify("Copied."), select);
  };
  const save = () =>
    download(`${payload.name}.csv`, "text/csv;charset=utf-8", asCsv(payload.table));
  const items = evidence(payload, rowSources);
  const choice = element("select", { id: freshId("evidence") });
  items.forEach(([label], at) => choice.add(new Option(label, String(at))));
  const keep = () => {
    addEvidence(items[choice.selectedIndex][1]).then(notify);
  };
  const rows = `Save these ${payload.table.rows.length} rows (CSV)`;
  const memo = "Keep as evidence for your memo (lesson 11): ";
  return element(
    "div",
    {},
    citation,
    button("Copy this citation", copy),
    " ",
    element("button", { type: "button", class: "face-csv", onclick: save }, rows),
    element(
      "p",
      { class: "face-gather" },
      element("label", { for: choice.id }, memo),
      choice,
      " ",
      button("Keep", keep),
    ),
    statusMessage,
  );
}

/** A part that opens under a chart. */
interface Part {
  name: string;
  label(payload: Payload): string;
  view(payload: Payload): HTMLElement;
  has(payload: Payload): boolean;
}

/** The parts under a chart: `fill` shows another state, `pick` finds a row in the list. */
export interface PartsBar {
  nodes: HTMLElement[];
  fill(payload: Payload, rowSources: RowSources | null): void;
  pick(row: number): void;
}

/**
 * The parts as a toolbar: one tab stop, arrow keys inside, each button opens or closes its part.
 */
export function partsBar(id: string, addEvidence: AddEvidence): PartsBar {
  const always = () => true;
  const parts: Part[] = [
    {
      name: "highlights",
      label: (payload) => `${payload.listColumns.highlights} (${noted(payload).length})`,
      view: (payload) => listView(payload, noted(payload)),
      has: ({ listColumns }) => "highlights" in listColumns,
    },
    {
      name: "list",
      label: ({ table }) => `List (${table.rows.length})`,
      view: (payload) => listView(payload, payload.table.rows),
      has: ({ listColumns }) => Object.keys(listColumns).length > 0,
    },
    {
      name: "table",
      label: ({ table }) => `Table (${table.rows.length})`,
      view: ({ table, title }) => tableView(table, title),
      has: always,
    },
    {
      name: "sources",
      label: ({ references }) => `Sources (${references.length})`,
      view: sourcesView,
      has: always,
    },
    {
      name: "data",
      label: () => "Save and cite",
      view: (payload) => dataView(payload, addEvidence, rowSources),
      has: always,
    },
  ];
  let payload: Payload | null = null;
  let rowSources: RowSources | null = null;
  let open: string | null = null;
  const panel = element("div", { class: "face-panel", id });
  const buttons = parts.map((part, at) =>
    element("button", {
      type: "button",
      "aria-controls": id,
      "aria-expanded": "false",
      tabindex: at ? -1 : 0,
      onclick: () => show(part.name === open ? "" : part.name),
    })
  );
  const visible = () => buttons.filter((one) => !one.hidden);
  const onkeydown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const stops = visible();
    const from = stops.findIndex((one) => one === document.activeElement);
    if (!step || from < 0) return;
    const to = stops[(from + step + stops.length) % stops.length];
    buttons.forEach((one) => {
      one.tabIndex = one === to ? 0 : -1;
    });
    to.focus();
    event.preventDefault();
  };
  const bar = element("div", {
    class: "face-parts",
    role: "toolbar",
    "aria-label": "Under this chart",
    onkeydown,
  }, ...buttons);
  function show(name: string) {
    open = name;
    parts.forEach((part, at) =>
      buttons[at].setAttribute("aria-expanded", String(part.name === open))
    );
    const part = parts.find((one) => one.name === open);
    panel.replaceChildren(...(part && payload ? [part.view(payload)] : []));
  }
  const fill: PartsBar["fill"] = (next, sourcesOfRow) => {
    payload = next;
    rowSources = sourcesOfRow;
    parts.forEach((part, at) => {
      buttons[at].textContent = part.label(next);
      buttons[at].hidden = !part.has(next);
    });
    if (visible().every((one) => one.tabIndex < 0)) visible()[0].tabIndex = 0;
    // What the rows' notes say is part of the lesson, so it begins open.
    show(open ?? (parts[0].has(next) ? "highlights" : ""));
  };
  const pick: PartsBar["pick"] = (row) => {
    if (!payload || !Object.keys(payload.listColumns).length) return;
    show("list");
    const item = panel.querySelectorAll("li")[row];
    item?.classList.add("face-picked");
    item?.scrollIntoView({ block: "nearest" });
  };
  return { nodes: [bar, panel], fill, pick };
}
