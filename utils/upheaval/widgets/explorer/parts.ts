import { element, link, Saver } from "../core/dom.ts";
import type { Keeper } from "./keep.ts";
import { asCsv, cell, tableView } from "../core/table.ts";
import type { Cell, ListColumns, Payload } from "../core/protocol.ts";

// What lies under a chart: rows with notes, a list, the table, sources, what to take away.

/** Makes what cites and pictures a chart. */
type Share = (payload: Payload) => HTMLElement;

/** The numbers of the rows with a note. */
function noted({ table, listColumns }: Payload): number[] {
  if (!listColumns.note) return [];
  const column = table.columns.indexOf(listColumns.note);
  return [...table.rows.keys()].filter((at) => table.rows[at][column]);
}

function listView({ table, listColumns }: Payload, keeper: Keeper, rows: number[]): HTMLElement {
  const piece = (row: Cell[], part: keyof ListColumns, tag: "strong" | "span" | "p") => {
    const column = listColumns[part];
    const value = column === undefined ? null : row[table.columns.indexOf(column)];
    return value ? element(tag, { class: `face-${part}` }, cell(value)) : null;
  };
  const item = (at: number) => {
    const row = table.rows[at];
    return element(
      "li",
      {},
      element("p", {}, piece(row, "when", "strong"), " ", piece(row, "status", "span")),
      piece(row, "title", "p"),
      piece(row, "body", "p"),
      piece(row, "note", "p"),
      keeper.rowButton(at),
    );
  };
  return element("ol", { class: "face-list" }, ...rows.map(item));
}

function sourcesView({ references }: Payload): HTMLElement {
  const items = references.map(({ text, url }) => element("li", {}, link(text, url)));
  return element("ul", { class: "face-sources" }, ...items);
}

function dataView(payload: Payload, keeper: Keeper, share: Share): HTMLElement {
  const saver = new Saver();
  const save = () =>
    saver.save(`${payload.name}.csv`, "text/csv;charset=utf-8", asCsv(payload.table));
  const rows = `Save these ${payload.table.rows.length} rows (CSV)`;
  return element(
    "div",
    {},
    share(payload),
    element("button", { type: "button", class: "face-csv", onclick: save }, rows),
    saver.node,
    keeper.view(),
  );
}

/** A part that opens under a chart. */
interface Part {
  name: string;
  label(payload: Payload): string;
  view(payload: Payload, keeper: Keeper, share: Share): HTMLElement;
  has(payload: Payload): boolean;
}

const always = () => true;

const PARTS: Part[] = [
  {
    name: "highlights",
    label: (payload) => `${payload.listColumns.highlights} (${noted(payload).length})`,
    view: (payload, keeper) => listView(payload, keeper, noted(payload)),
    has: ({ listColumns }) => "highlights" in listColumns,
  },
  {
    name: "list",
    label: ({ table }) => `List (${table.rows.length})`,
    view: (payload, keeper) => listView(payload, keeper, [...payload.table.rows.keys()]),
    has: ({ listColumns }) => Object.keys(listColumns).length > 0,
  },
  {
    name: "table",
    label: ({ table }) => `Table (${table.rows.length})`,
    view: ({ table, title, misleading }, keeper) =>
      tableView(table, title, misleading ? undefined : (row) => keeper.rowButton(row)),
    has: always,
  },
  {
    name: "sources",
    label: ({ references }) => `Sources (${references.length})`,
    view: sourcesView,
    has: always,
  },
  { name: "data", label: () => "Save and cite", view: dataView, has: always },
];

/**
 * The parts under a chart as a toolbar: one tab stop, arrow keys inside, each button opens or
 * closes its part.
 */
export class PartsBar {
  /** What to put under the chart. */
  nodes: HTMLElement[];
  #panel: HTMLElement;
  #buttons: HTMLButtonElement[];
  #keeper: Keeper;
  #share: Share;
  #payload: Payload | null = null;
  #open: string | null = null;

  constructor(id: string, keeper: Keeper, share: Share) {
    [this.#keeper, this.#share] = [keeper, share];
    this.#panel = element("div", { class: "face-panel", id });
    this.#buttons = PARTS.map(({ name }, at) =>
      element("button", {
        type: "button",
        "aria-controls": id,
        "aria-expanded": "false",
        tabindex: at ? -1 : 0,
        onclick: () => this.#show(name === this.#open ? "" : name),
      })
    );
    const bar = element("div", {
      class: "face-parts",
      role: "toolbar",
      "aria-label": "Under this chart",
      onkeydown: (event) => this.#move(event),
    }, ...this.#buttons);
    this.nodes = [bar, this.#panel];
  }

  /** Shows the parts of another state. */
  fill(payload: Payload): void {
    this.#payload = payload;
    PARTS.forEach((part, at) => {
      this.#buttons[at].textContent = part.label(payload);
      this.#buttons[at].hidden = !part.has(payload);
    });
    const visible = this.#visible();
    if (visible.every((one) => one.tabIndex < 0)) visible[0].tabIndex = 0;
    // What the rows' notes say is part of the lesson, so it begins open.
    this.#show(this.#open ?? (PARTS[0].has(payload) ? "highlights" : ""));
  }

  /** Finds a row in the list, or else in the table. */
  pick(row: number): void {
    if (!this.#payload || !Number.isInteger(row)) return;
    this.#keeper.choose(row);
    const listed = Object.keys(this.#payload.listColumns).length > 0;
    this.#show(listed ? "list" : "table");
    const item = this.#panel.querySelectorAll(listed ? "li" : "tbody tr")[row];
    item?.classList.add("face-picked");
    item?.scrollIntoView({ block: "nearest" });
  }

  #visible(): HTMLButtonElement[] {
    return this.#buttons.filter((one) => !one.hidden);
  }

  #show(name: string): void {
    this.#open = name;
    PARTS.forEach((part, at) =>
      this.#buttons[at].setAttribute("aria-expanded", String(part.name === name))
    );
    const part = PARTS.find((one) => one.name === name);
    const view = part && this.#payload ? [part.view(this.#payload, this.#keeper, this.#share)] : [];
    this.#panel.replaceChildren(...view);
  }

  #move(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const stops = this.#visible();
    const from = stops.findIndex((one) => one === document.activeElement);
    if (!step || from < 0) return;
    const to = stops[(from + step + stops.length) % stops.length];
    for (const one of this.#buttons) one.tabIndex = one === to ? 0 : -1;
    to.focus();
    event.preventDefault();
  }
}
