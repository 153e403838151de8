import { element, link, rove, Saver } from "../core/dom.ts";
import { FIRST, firstRows } from "../core/first_rows.ts";
import type { Keeper } from "./keep.ts";
import { SAYS, tableWithSays } from "../core/says.ts";
import { asCsv, cell, tableView } from "../core/table.ts";
import { saysView } from "./says.ts";
import type { Cell, ListColumns, Payload } from "../core/protocol.ts";

// What lies under a chart: rows with notes, a list, the table, sources, what to take away.

/** Makes what cites and pictures a chart. */
type Share = (payload: Payload) => HTMLElement;

/** What a part is made with: who keeps and who shares its rows, and whether lists show all. */
interface Tools {
  keeper: Keeper;
  share: Share;
  all: boolean;
  showAll(all: boolean): void;
}

/** The numbers of the rows with a note. */
function noted({ table, listColumns }: Payload): number[] {
  if (!listColumns.note) return [];
  const column = table.columns.indexOf(listColumns.note);
  return [...table.rows.keys()].filter((at) => table.rows[at][column]);
}

function listView(payload: Payload, tools: Tools, rows: number[]): HTMLElement {
  const { table, listColumns, rowSays } = payload;
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
      saysView(rowSays?.[at]),
      tools.keeper.rowButton(at),
    );
  };
  const list = element("ol", { class: "face-list" }, ...rows.map(item));
  return element("div", {}, ...firstRows(list, tools.all, tools.showAll));
}

/** The table; of a chart without a list, each row has its sentence there. */
function tableOf(payload: Payload, { keeper }: Tools): HTMLElement {
  const { table, title, misleading, listColumns, rowSays } = payload;
  const alone = rowSays && !Object.keys(listColumns).length;
  return tableView(table, title, {
    ...(!misleading && { before: (row) => keeper.rowButton(row) }),
    ...(alone && { heading: SAYS, behind: (row) => saysView(rowSays[row]) }),
  });
}

function sourcesView({ references }: Payload, tools: Tools): HTMLElement {
  const items = references.map(({ text, url }) => element("li", {}, link(text, url)));
  const list = element("ul", { class: "face-sources" }, ...items);
  return element("div", {}, ...firstRows(list, tools.all, tools.showAll));
}

function dataView(payload: Payload, { keeper, share }: Tools): HTMLElement {
  const saver = new Saver();
  const save = () =>
    saver.save(`${payload.name}.csv`, "text/csv;charset=utf-8", asCsv(tableWithSays(payload)));
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
  view(payload: Payload, tools: Tools): HTMLElement;
  has(payload: Payload): boolean;
}

const always = () => true;

const PARTS: Part[] = [
  {
    name: "highlights",
    label: (payload) => `${payload.listColumns.highlights} (${noted(payload).length})`,
    view: (payload, tools) => listView(payload, tools, noted(payload)),
    has: ({ listColumns }) => "highlights" in listColumns,
  },
  {
    name: "list",
    label: ({ table }) => `List (${table.rows.length})`,
    view: (payload, tools) => listView(payload, tools, [...payload.table.rows.keys()]),
    has: ({ listColumns }) => Object.keys(listColumns).length > 0,
  },
  {
    name: "table",
    label: ({ table }) => `Table (${table.rows.length})`,
    view: tableOf,
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
  #tools: Tools;
  #payload: Payload | null = null;
  #open: string | null = null;
  #large: HTMLButtonElement;

  /** `large` is the button that opens the chart large: it stands at the end of the bar. */
  constructor(id: string, keeper: Keeper, share: Share, large: HTMLButtonElement) {
    this.#large = large;
    large.tabIndex = -1;
    const showAll = (all: boolean) => {
      this.#tools.all = all;
    };
    this.#tools = { keeper, share, all: false, showAll };
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
    const bar = element(
      "div",
      {
        class: "face-under",
        role: "toolbar",
        "aria-label": "Under this chart",
        onkeydown: (event) => this.#move(event),
      },
      element("div", { class: "face-parts" }, ...this.#buttons),
      large,
    );
    this.nodes = [bar, this.#panel];
  }

  /** Shows the parts of another state. */
  fill(payload: Payload): void {
    this.#payload = payload;
    PARTS.forEach((part, at) => {
      const has = part.has(payload);
      this.#buttons[at].textContent = has ? part.label(payload) : "";
      this.#buttons[at].hidden = !has;
    });
    this.#keepStop();
    // What the rows' notes say is part of the lesson, so it begins open.
    this.#show(this.#open ?? (PARTS[0].has(payload) ? "highlights" : ""));
  }

  /** Takes the button away while the chart is large. */
  enlarged(is: boolean): void {
    this.#large.hidden = is;
    if (is) this.#large.tabIndex = -1;
    this.#keepStop();
  }

  /** Sees that the bar can be reached by Tab. */
  #keepStop(): void {
    const visible = this.#visible();
    if ([...visible, this.#large].every((one) => one.tabIndex < 0)) visible[0].tabIndex = 0;
  }

  /** Finds a row in the list, or else in the table. */
  pick(row: number): void {
    if (!this.#payload || !Number.isInteger(row)) return;
    this.#tools.keeper.choose(row);
    if (row >= FIRST) this.#tools.all = true;
    const listed = Object.keys(this.#payload.listColumns).length > 0;
    this.#show(listed ? "list" : "table");
    const item = this.#panel.querySelectorAll(listed ? "li" : "tbody tr")[row];
    item?.classList.add("face-picked");
    item?.querySelector(".face-says")?.setAttribute("open", "");
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
    const view = part && this.#payload ? [part.view(this.#payload, this.#tools)] : [];
    this.#panel.replaceChildren(...view);
  }

  #move(event: KeyboardEvent): void {
    rove(event, [...this.#buttons, this.#large], ["ArrowLeft"], ["ArrowRight"]);
  }
}
