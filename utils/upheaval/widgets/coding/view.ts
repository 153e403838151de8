import {
  accepted,
  byName,
  changeRows,
  coded,
  draftsIn,
  figure,
  HEAD,
  loaded,
  markdown,
  problem,
  sameCode,
  signed,
  summary,
} from "./rules.ts";
import {
  button,
  type ChosenFile,
  element,
  freshId,
  labelled,
  pickFile,
  type SavedFile,
  Saver,
  textArea,
} from "../core/dom.ts";
import { type Draft, draft } from "../core/draft.ts";
import { SharedForm } from "../core/follow.ts";
import { fieldset, form, statusLine } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { byLine, lessonOf, savedName, SIGN, signedTable, workFile } from "../core/work_file.ts";
import { largePart } from "../core/wall.ts";
import { besideView } from "./beside.ts";
import { asCsv, cellTable, rowHead, scrolling } from "../core/table.ts";
import type {
  Backend,
  Builder,
  Change,
  CodingSpec,
  KeptCoding,
  LabelledSpec,
  RowSpec,
  ScaleSpec,
} from "../core/protocol.ts";
import { counted } from "../core/wording.ts";

// Codes that a reader may contest.

/** Where a code stands: what the lists say. */
type Position = Pick<Change, "scale" | "row" | "column">;

function options(id: string, from: LabelledSpec[]): HTMLSelectElement {
  const box = element("select", { id: freshId(id) });
  from.forEach(({ name, label }) => box.add(new Option(label, name)));
  return box;
}

const worded = ({ labels }: ScaleSpec, code: number) =>
  `${signed(code)}${labels[code] ? ` ${labels[code]}` : ""}`;

/** The means of each column, before and with the reader's changes. */
function meansView(spec: CodingSpec, scale: ScaleSpec, changes: Change[]): HTMLElement {
  const columns = spec.columns.map(({ name }) => name);
  const now = summary(columns, coded(spec, changes, scale.name));
  const before = summary(columns, coded(spec, [], scale.name));
  const head = [
    "",
    "Codes",
    "Mean in the table",
    "Mean with your changes",
    `Mean where all have a code (${now.common})`,
  ];
  const rows = now.means.map(({ column, mean, count, shared }, at) => {
    const was = before.means[at].mean;
    const changed = `✎ ${figure(mean)}`;
    const cells = [
      String(count),
      figure(was),
      mean !== was ? element("strong", {}, changed) : figure(mean),
      figure(shared),
    ];
    return [
      rowHead(byName(spec.columns, column).label),
      ...cells.map((inside) => element("td", { class: "face-number" }, inside)),
    ];
  });
  return scrolling(`Means, ${scale.label}`, cellTable(head, rows));
}

/** What the codes on a scale say, in a sentence or three. */
function summaryText(spec: CodingSpec, scale: ScaleSpec, changes: Change[]): string {
  const columns = spec.columns.map(({ name }) => name);
  const { means, agree, widest, apart } = summary(columns, coded(spec, changes, scale.name));
  const changed = changes.filter((change) => change.scale === scale.name).length;
  const names = (rows: string[]) => rows.map((row) => byName(spec.rows, row).label).join("; ");
  const total = means.reduce((sum, { count }) => sum + count, 0);
  const agreeing = agree.length
    ? `The columns agree on ${agree.length} of ${spec.rows.length}: ${names(agree)}.`
    : `The columns agree on none of ${spec.rows.length}.`;
  const points = counted(widest, "point", "points");
  const far = widest ? ` Widest apart (${points}): ${names(apart)}.` : "";
  return `${scale.label}: you changed ${changed || "none"} of ${total} codes. ${agreeing}${far}`;
}

/** What the table and its authors say of one code. */
function cardView(spec: CodingSpec, scale: ScaleSpec, position: Position): HTMLElement[] {
  const cell = byName(spec.rows, position.row).cells[position.column];
  if (!cell) {
    const column = byName(spec.columns, position.column).label;
    const row = byName(spec.rows, position.row).label;
    const none = `No code here: ${column} has no position on “${row}” in the table.`;
    return [element("p", {}, `${none} Choose another column.`)];
  }
  return [
    element("p", {}, element("strong", {}, cell.says)),
    element("p", {}, cell.evidence),
    element(
      "p",
      {},
      `The code in the table: ${worded(scale, cell.codes[position.scale])}. `,
      element("em", {}, cell.reason),
    ),
  ];
}

/** All codes on a scale; a click on one looks at it. */
function gridView(
  spec: CodingSpec,
  now: Position,
  changes: Change[],
  look: (position: Position) => void,
): HTMLElement {
  const codes = coded(spec, [], now.scale);
  const cellOf = (row: RowSpec, column: LabelledSpec) => {
    if (!Object.hasOwn(codes[row.name], column.name)) return element("td", {}, "–");
    const position = { scale: now.scale, row: row.name, column: column.name };
    const change = changes.find((one) => sameCode(one, position));
    const code = signed(codes[row.name][column.name]);
    const text = change ? `${code} → ${signed(change.code)} ✎` : code;
    // The lists above reach every cell by keyboard; a tab stop for each would be in the way.
    const cell = element("button", {
      type: "button",
      tabindex: -1,
      class: "coding-cell",
      "aria-pressed": String(sameCode(position, now)),
      "aria-label": `${row.label} × ${column.label}: ${text}${change ? ", changed" : ""}`,
      onclick: () => look(position),
    }, text);
    return element("td", {}, cell);
  };
  const head = ["", ...spec.columns.map(({ label }) => label)];
  const rows = spec.rows.map((row) => [
    rowHead(row.label),
    ...spec.columns.map((column) => cellOf(row, column)),
  ]);
  return cellTable(head, rows);
}

/** The reader's changes, each with a way back. */
function changesView(
  spec: CodingSpec,
  changes: Change[],
  keep: (changes: Change[]) => void,
): HTMLElement {
  if (!changes.length) {
    return element("p", { class: "face-message" }, "You have changed no code yet.");
  }
  const items = changeRows(spec, changes).map(([row, column, scale, before, code, reason], at) => {
    const name = `${row} × ${column}, ${scale.toLowerCase()}`;
    const others = changes.filter((other) => !sameCode(other, changes[at]));
    return element(
      "li",
      {},
      element("strong", {}, `${name}: ${signed(before)} → ${signed(code)}. `),
      element("bdi", {}, reason),
      " ",
      element("button", {
        type: "button",
        "aria-label": `Take back: ${name}`,
        onclick: () => keep(others),
      }, "Take back"),
    );
  });
  return element("ul", { class: "coding-changes" }, ...items);
}

/** Buttons that save the changes as files. */
function saveButtons(
  spec: CodingSpec,
  changes: () => Change[],
  sign: () => unknown,
  save: (...file: SavedFile) => void,
): HTMLElement[] {
  const by = () => ({ sign: sign(), lesson: lessonOf(spec.storageKey) });
  const named = (ending: string) => savedName("my_coding", ending, by());
  const json = () => {
    const rows = changeRows(spec, changes());
    const told = changes().map((change, at) => ({ ...change, before: rows[at][3] }));
    const text = workFile(spec.head, { [spec.storageKey]: { changes: told } }, by());
    save(named("json"), "application/json", text);
  };
  const text = () => {
    const who = byLine(spec.head, by());
    const page = markdown(spec, changes());
    save(named("md"), "text/markdown;charset=utf-8", who ? `${page}\n${who}\n` : page);
  };
  const csv = () => {
    const table = signedTable({ columns: HEAD, rows: changeRows(spec, changes()) }, sign());
    save(named("csv"), "text/csv;charset=utf-8", asCsv(table));
  };
  return Object.entries({ JSON: json, Markdown: text, CSV: csv })
    .map(([name, act]) => button(`Save my changes (${name})`, act));
}

const NO_CHANGE_YET = "It counts when you press “Keep this change”. ";

/** What is kept; drafts only where there are some. */
const keptCoding = (changes: Change[], drafts: Change[]): KeptCoding => ({
  changes,
  ...(drafts.length && { drafts }),
});

/** The coding on a page: its boxes, what it shows, and what the reader has changed. */
class CodingView {
  #spec: CodingSpec;
  #steps: SharedForm<KeptCoding>;
  #changes: Change[] = [];
  #drafts: Change[] = [];
  /** What was sent to be kept, until it is answered. */
  #sent: KeptCoding | null = null;
  /** The change that is being typed: where, and what. */
  #open: Change | null = null;
  #typed: Draft;
  #scale: HTMLSelectElement;
  #row: HTMLSelectElement;
  #column: HTMLSelectElement;
  #code = options("code", []);
  #reason = textArea({ id: freshId("reason"), rows: 2 });
  #card = element("div", { class: "coding-card" });
  #editor = element("div", { class: "coding-editor" });
  #status = statusLine();
  #summary = element("p", { class: "face-text", role: "status" });
  #means = element("div", {});
  #grid = element("div", { class: "face-scroll coding-codes", tabindex: 0, role: "group" });
  /** What the table says of a code, once more: in the large view the card is out of sight. */
  #said = element("div", { class: "coding-said" });
  #table = element("div", { class: "coding-table" });
  #large = largePart({
    content: this.#table,
    label: () => `All codes, ${this.#scaleNow().label}`,
    step: (by) => this.#nextScale(by),
  });
  #list = element("div", {});
  #saver = new Saver();
  /** A coding that was loaded beside the reader's own. */
  #beside = element("div", { class: "face-beside", tabindex: -1 });
  #backend: Backend;

  constructor(spec: CodingSpec, backend: Backend) {
    [this.#spec, this.#backend] = [spec, backend];
    this.#scale = options("scale", spec.scales);
    this.#row = options("row", spec.rows);
    this.#column = options("column", spec.columns);
    this.#typed = draft(backend, this.#status, () => this.#keepDraft());
    for (const box of [this.#reason, this.#code]) {
      box.addEventListener("input", () => {
        this.#open = this.#editing();
        this.#typed.changed();
      });
    }
    this.#scale.addEventListener("change", () => {
      this.#typed.flush();
      this.#showAll();
      this.#showCell();
    });
    for (const box of [this.#row, this.#column]) {
      box.addEventListener("change", () => {
        this.#typed.flush();
        this.#showGrid();
        this.#showCell();
      });
    }
    this.#fillEditor();
    this.#steps = new SharedForm(backend, {
      read: (kept) => keptCoding(accepted(spec, kept), draftsIn(spec, kept)),
      show: (kept) => this.#take(kept),
      now: () => this.#now,
      reverts: true,
    });
    this.#showAll();
    this.#showCell();
  }

  /**
   * Shows what is kept now; a code that is just being edited stays as it is, and so does a reason
   * that was typed and is not kept (another part kept something, or this was refused).
   */
  #take(kept: KeptCoding): void {
    this.#sent = null;
    if (JSON.stringify(kept) === JSON.stringify(this.#now)) return;
    [this.#changes, this.#drafts] = [kept.changes, kept.drafts ?? []];
    this.#showAll();
    const at = document.activeElement;
    if (this.#typed.waiting() || at === this.#reason || at === this.#code) return;
    this.#showCell();
  }

  /** What is kept, with what is on its way. */
  get #now(): KeptCoding {
    return this.#sent ?? keptCoding(this.#changes, this.#drafts);
  }

  stop(): void {
    this.#large.stop();
    this.#typed.stop();
    this.#steps.stop();
  }

  /** All of it, in an element. */
  node(): HTMLElement {
    const part = (text: string) => element("p", { class: "face-question coding-part" }, text);
    this.#table.append(this.#summary, this.#means, part("All codes"), this.#grid, this.#said);
    const fields = fieldset(
      this.#spec.question,
      element(
        "div",
        { class: "face-controls" },
        labelled("Scale", this.#scale),
        labelled("Row", this.#row),
        labelled("Column", this.#column),
      ),
      this.#card,
      this.#editor,
      this.#status,
      this.#table,
      this.#large.line,
      part("Your changes"),
      this.#list,
      element(
        "p",
        { class: "coding-save" },
        ...saveButtons(
          this.#spec,
          () => this.#changes,
          () => this.#backend.linked(SIGN),
          (...file) => this.#saver.save(...file),
        ),
        pickFile("Load changes (JSON)", ".json,application/json", (file) => this.#load(file)),
      ),
      this.#saver.node,
      this.#beside,
    );
    return form("face-coding", [fields], () => this.#submit());
  }

  /** Keeps `changes` and says where, after what is to be said `first`. */
  async #keep(changes: Change[], first = "", drafts = this.#now.drafts ?? []): Promise<void> {
    this.#sent = keptCoding(changes, drafts);
    const text = first + await this.#steps.keep();
    if (!this.#typed.waiting()) this.#say(text);
  }

  /** Keeps what was typed, also where it is no change yet. */
  async #keepDraft(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const cell = byName(this.#spec.rows, open.row).cells[open.column];
    const { changes, drafts = [] } = this.#now;
    const { code, reason } = changes.find((one) => sameCode(one, open)) ??
      { code: cell.codes[open.scale], reason: "" };
    const others = drafts.filter((one) => !sameCode(one, open));
    const isNew = open.reason !== reason || open.code !== code;
    await this.#keep(changes, isNew ? NO_CHANGE_YET : "", isNew ? [...others, open] : others);
  }

  /** The change as it stands in the boxes. */
  #editing(): Change {
    return { ...this.#position(), code: Number(this.#code.value), reason: this.#reason.value };
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }

  #scaleNow(): ScaleSpec {
    return byName(this.#spec.scales, this.#scale.value);
  }

  #position(): Position {
    return { scale: this.#scale.value, row: this.#row.value, column: this.#column.value };
  }

  #fillEditor(): void {
    this.#editor.append(
      labelled("Your code", this.#code),
      element(
        "span",
        { class: "face-field" },
        element(
          "label",
          { for: this.#reason.id },
          `Your reason (at least ${this.#spec.least} words)`,
        ),
        this.#reason,
      ),
      element("button", { type: "button", class: "face-submit" }, "Keep this change"),
      " ",
      button("Reset this row", () => this.#resetRow()),
    );
  }

  #showCell(): void {
    const where = this.#position();
    const scale = this.#scaleNow();
    const cell = byName(this.#spec.rows, where.row).cells[where.column];
    this.#editor.hidden = !cell;
    for (const one of [this.#card, this.#said]) {
      one.replaceChildren(...cardView(this.#spec, scale, where));
    }
    if (!cell) return;
    const ours = cell.codes[where.scale];
    this.#code.replaceChildren();
    for (let code = scale.high; code >= scale.low; code -= 1) {
      const mark = code === ours ? " (as in the table)" : "";
      this.#code.add(new Option(`${worded(scale, code)}${mark}`, String(code)));
    }
    const change = [...this.#drafts, ...this.#changes].find((one) => sameCode(one, where));
    this.#code.value = String(change?.code ?? ours);
    this.#reason.value = change?.reason ?? "";
  }

  #showGrid(): void {
    this.#grid.setAttribute("aria-label", `All codes, ${this.#scaleNow().label}`);
    const look = (where: Position) => this.#look(where);
    this.#grid.replaceChildren(gridView(this.#spec, this.#position(), this.#changes, look));
  }

  #showAll(): void {
    const scale = this.#scaleNow();
    this.#summary.textContent = summaryText(this.#spec, scale, this.#changes);
    this.#means.replaceChildren(meansView(this.#spec, scale, this.#changes));
    this.#showGrid();
    const keep = (changes: Change[]) => this.#keep(changes);
    this.#list.replaceChildren(changesView(this.#spec, this.#changes, keep));
  }

  /** The scale so many places on, if there is one. */
  #nextScale(by: number): void {
    const next = this.#spec.scales[this.#scale.selectedIndex + by];
    if (next) this.#look({ ...this.#position(), scale: next.name });
  }

  #look({ scale, row, column }: Position): void {
    this.#typed.flush();
    this.#scale.value = scale;
    this.#row.value = row;
    this.#column.value = column;
    this.#showAll();
    this.#showCell();
  }

  #submit(): void {
    const change = { ...this.#editing(), reason: this.#reason.value.trim() };
    const wrong = problem(this.#spec, change);
    this.#typed.drop();
    if (wrong) {
      this.#keepDraft().then(() => this.#say(wrong));
      return;
    }
    const other = (one: Change) => !sameCode(one, change);
    const { changes, drafts = [] } = this.#now;
    this.#keep([...changes.filter(other), change], "", drafts.filter(other));
  }

  #resetRow(): void {
    this.#typed.flush();
    const elsewhere = ({ row }: Change) => row !== this.#row.value;
    const { changes, drafts = [] } = this.#now;
    if (changes.every(elsewhere)) return this.#say("You have changed no code in this row.");
    this.#keep(changes.filter(elsewhere), "", drafts.filter(elsewhere));
  }

  #load({ name, text }: ChosenFile): void {
    const found = loaded(this.#spec, text);
    if (found.changes === undefined) {
      return this.#say(
        `${name} was not loaded: ${found.problem}. Nothing here has changed. Choose another file.`,
      );
    }
    const { changes: more, left } = found;
    if (this.#now.changes.length) return this.#lay(found.sign || name, more);
    const were = more.length === 1 ? "was" : "were";
    const came = `${counted(more.length, "change", "changes")} from ${name} ${were}`;
    const out = `${left} did not fit this table and ${left === 1 ? "was" : "were"} left out. `;
    this.#keep(more, `${came} loaded. ${left ? out : ""}`);
  }

  /** Lays what was loaded beside the reader's own, which stays as it is. */
  #lay(who: string, changes: Change[]): void {
    const mine = this.#now.changes;
    const close = () => {
      this.#beside.replaceChildren();
      this.#beside.focus(); // the button that was pressed is gone
    };
    const take = (all: Change[]) => {
      close();
      this.#keep(all);
    };
    const add = () => {
      const own = this.#now.changes;
      take([...own, ...changes.filter((one) => !own.some((other) => sameCode(one, other)))]);
    };
    const acts = { add, replace: () => take(changes), close };
    this.#beside.replaceChildren(besideView(this.#spec, mine, { who, changes }, acts));
    this.#say(`${who} was loaded beside your coding, below. Yours is as it was.`);
  }
}

/** Builds a coding in `el`. */
export const coding: Builder<CodingSpec> = (el, spec, backend) => {
  const view = new CodingView(spec, backend);
  el.replaceChildren(view.node());
  return () => view.stop();
};

export default { render: (context: LiveContext) => renderLive(coding, context) };
