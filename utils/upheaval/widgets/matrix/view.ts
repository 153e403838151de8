import { button, type ChosenFile, element, freshId, pickFile, Saver } from "../core/dom.ts";
import { SharedForm } from "../core/follow.ts";
import { fieldset, form, option, statusLine } from "../core/form.ts";
import {
  accepted,
  nothing,
  type OwnRow,
  type Result,
  resultOf,
  spread,
  type Turn,
  turning,
} from "./rules.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import {
  byLine,
  lessonOf,
  savedName,
  SIGN,
  signedTable,
  workFile,
  workFileIn,
} from "../core/work_file.ts";
import { type LargePart, largePart } from "../core/wall.ts";
import { besideView } from "./beside.ts";
import { asCsv, asMarkdown, cellTable, rowHead } from "../core/table.ts";
import type {
  Backend,
  Builder,
  KeptMatrix,
  Level,
  Mark,
  MatrixRow,
  MatrixSpec,
  Table,
} from "../core/protocol.ts";

// Rows of evidence against columns of explanations, marked by the reader and scored as they go.

function namesOf(spec: MatrixSpec, keys: string[]): string {
  const names = keys.map((column) => spec.columns.find((one) => one.id === column)?.name ?? column);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
}

// -- files --

function fileTable(spec: MatrixSpec, { rows, columns }: Result): Table {
  const names = spec.columns.map(({ name }) => name);
  return {
    columns: [
      "Id",
      spec.nouns.row,
      "Credibility",
      "Relevance",
      ...names,
      "Diagnosticity",
      "Left out",
    ],
    rows: rows.map((row) => [
      row.id,
      row.text,
      row.credibility,
      row.relevance,
      ...columns.map((one) => row.marks[one] ?? ""),
      row.missing ? "" : spread(columns.map((one) => row.marks[one])),
      row.left ? "yes" : "no",
    ]),
  };
}

function markdown(spec: MatrixSpec, kept: KeptMatrix): string {
  const result = resultOf(spec, kept);
  const cell = (one: unknown) => String(one ?? "").replaceAll("|", "\\|").replace(/\s+/g, " ");
  const { columns, rows } = fileTable(spec, result);
  const count = `Complete and counted: ${result.counting.length} of ${spec.rows.length} rows`;
  const how = kept.weighted ? ", weighted by credibility and relevance" : "";
  const standings = spec.columns.map(({ id: column, name }) => [
    name,
    result.scores[column].toFixed(2),
    result.support[column],
  ]);
  const lines = [
    `# ${spec.question}`,
    "",
    `${count}${how}. Lower is better.`,
    "",
    ...asMarkdown([spec.nouns.column, "Speaks against it", "Rows that fit it"], standings, cell),
    "",
    ...asMarkdown(columns, rows, cell),
  ];
  return `${lines.join("\n")}\n`;
}

// -- one row --

function select(
  label: string,
  options: [value: string, text: string][],
  selection: string,
  onchange: (value: string) => void,
) {
  const id = freshId("grid");
  const box = element(
    "select",
    { id, onchange: () => onchange(box.value) },
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  box.value = selection;
  const said = element("label", { for: id }, label);
  return { box, said, node: element("div", { class: "grid-cell" }, said, box) };
}

/** Changes what is kept, in place. */
type Change = (how: (kept: KeptMatrix) => void) => void;

function markBoxes(spec: MatrixSpec, row: MatrixRow, change: Change) {
  const options = spec.marks.map(({ mark, word, sign }): [string, string] => [
    mark,
    `${sign} ${word}`,
  ]);
  return spec.columns.map(({ id: column, name }) => {
    const put = (mark: string) =>
      change((kept) => {
        const { [column]: _, ...others } = kept.marks[row.id] ?? {};
        kept.marks[row.id] = mark ? { ...others, [column]: mark as Mark } : others;
      });
    return { column, ...select(name, [["", "no mark yet"], ...options], "", put) };
  });
}

function weightBoxes(row: MatrixRow, change: Change) {
  const levels = ["low", "medium", "high"].map((one): [string, string] => [one, one]);
  const names: ["credibility" | "relevance", string][] = [
    ["credibility", "Credibility"],
    ["relevance", "Relevance"],
  ];
  return names.map(([name, label]) => {
    const put = (word: string) =>
      change((kept) => {
        kept.weights[row.id] = { ...kept.weights[row.id], [name]: word as Level };
      });
    return { name, ...select(label, levels, row[name], put) };
  });
}

/** The list for one mark, with its label. */
interface Cell {
  column: string;
  said: HTMLElement;
  node: HTMLElement;
}

/** A row on the page; `show` brings it up to date, `home` is where its marks are by themselves. */
interface RowView {
  node: HTMLElement;
  cells: Cell[];
  home: HTMLElement;
  show(now: OwnRow, says: string, out: string[]): void;
}

/** The weights of a row, and the authors' marks with the reason: folded, so as not to lead. */
function ownMarksView(spec: MatrixSpec, row: MatrixRow, weights: HTMLElement[]): HTMLElement {
  const worked = spec.worked[row.id] ?? {};
  const ours = spec.columns.map(({ id: column, name }) => `${name} ${worked[column] ?? "none"}`);
  return element(
    "details",
    {},
    element("summary", {}, "Weights, and our marks with the reason"),
    element("div", { class: "grid-cells" }, ...weights),
    element("p", {}, `Our marks: ${ours.join(", ")}.`),
    element("p", {}, row.reason ?? ""),
  );
}

/** What leaves out all rows of one origin, where it has several; its box shows if all are out. */
function originView(spec: MatrixSpec, { origin }: MatrixRow, change: Change) {
  const ids = spec.rows.filter((one) => origin && one.origin === origin).map(({ id }) => id);
  if (ids.length < 2) return null;
  const leave = () =>
    change((kept) => {
      const others = kept.left.filter((one) => !ids.includes(one));
      kept.left = box.checked ? [...others, ...ids] : others;
    });
  const box = element("input", { type: "checkbox", onchange: leave });
  const rows = ids.length === 2 ? "both rows" : `all ${ids.length} rows`;
  return { ids, box, node: option(box, `Leave out ${rows} from ${origin}`) };
}

function rowView(spec: MatrixSpec, row: MatrixRow, at: number, change: Change): RowView {
  const marks = markBoxes(spec, row, change);
  const origin = originView(spec, row, change);
  const home = element("div", { class: "grid-cells" }, ...marks.map((one) => one.node));
  const weights = weightBoxes(row, change);
  const leave = () =>
    change((kept) => {
      kept.left = left.checked ? [...kept.left, row.id] : kept.left.filter((one) => one !== row.id);
    });
  const left = element("input", { type: "checkbox", onchange: leave });
  const verdict = element("p", { class: "grid-verdict" });
  const node = element(
    "fieldset",
    { class: "grid-row" },
    element("legend", {}, `${at + 1}. ${row.text}`),
    element("p", { class: "face-subtitle" }, row.about ?? ""),
    home,
    verdict,
    ownMarksView(spec, row, weights.map((one) => one.node)),
    option(left, "Leave this row out"),
    origin?.node,
  );
  const show = (now: OwnRow, says: string, out: string[]) => {
    if (origin) origin.box.checked = origin.ids.every((one) => out.includes(one));
    marks.forEach(({ column, box }) => {
      box.value = now.marks[column] ?? "";
      box.dataset.mark = box.value;
    });
    weights.forEach(({ name, box }) => {
      box.value = now[name];
    });
    left.checked = now.left;
    node.classList.toggle("grid-left", now.left);
    verdict.textContent = says;
  };
  return { node, cells: marks, home, show };
}

// -- what is said of it --

function rowWords(
  spec: MatrixSpec,
  row: OwnRow,
  columns: string[],
  turns: Map<string, Turn>,
): string {
  if (row.left) return "Left out: it does not count.";
  if (row.missing === columns.length) return "Not marked yet.";
  if (row.missing) {
    const marks = row.missing === 1 ? "mark is" : "marks are";
    return `Not complete: ${row.missing} ${marks} missing, so it does not count yet.`;
  }
  const apart = spread(columns.map((one) => row.marks[one]));
  if (apart === 0) return "No diagnostic value: the same mark for all.";
  const turn = turns.get(row.id);
  const carries = turn?.changes
    ? ` It carries the result: without it, ${namesOf(spec, turn.first)} would stand best.`
    : "";
  return `Diagnosticity ${apart.toFixed(2)}.${carries}`;
}

function summaryText(spec: MatrixSpec, { counting, scores, ranking }: Result): string {
  const count = `Complete and counted: ${counting.length} of ${spec.rows.length} rows.`;
  if (!counting.length) return `${count} Mark one row in every column, and the score begins.`;
  const first = ranking[0];
  const last = ranking[ranking.length - 1];
  const low = scores[first[0]].toFixed(2);
  if (ranking.length === 1) {
    const all = spec.columns.length;
    return `${count} Nothing tells the ${all} apart yet: ${low} speaks against each.`;
  }
  const together = first.length > 1 ? ", equal" : "";
  const least = `Least speaks against ${namesOf(spec, first)} (${low}${together})`;
  return `${count} ${least}; most against ${namesOf(spec, last)} (${scores[last[0]].toFixed(2)}).`;
}

function standingsView(spec: MatrixSpec, { scores, support, ranking }: Result): HTMLElement {
  const most = Math.max(1, ...Object.values(scores));
  const rank = (column: string) =>
    1 + ranking.slice(0, ranking.findIndex((group) => group.includes(column))).flat().length;
  const heads = [spec.nouns.column, "Speaks against it", "Rows that fit", "Place"];
  const rows = spec.columns.map(({ id: column, name }) => [
    rowHead(name),
    element(
      "td",
      {},
      scores[column].toFixed(2),
      element("progress", { max: most, value: scores[column], "aria-hidden": "true" }),
    ),
    element("td", {}, String(support[column])),
    element("td", {}, String(rank(column))),
  ]);
  return cellTable(heads, rows, { class: "grid-standings" });
}

// -- the whole --

/** The grid in the text of a file that holds one, and whose it is; or why there is none. */
function gridIn(
  spec: MatrixSpec,
  text: string,
): { who: string; kept: KeptMatrix; problem?: undefined } | { problem: string } {
  const { file, problem } = workFileIn(text, spec.head.about);
  if (!file) return { problem };
  const kept = accepted(spec, file.work[spec.storageKey]);
  if (kept && Object.keys(kept.marks).length) return { who: file.sign, kept };
  return { problem: "it holds no marks for this grid" };
}

/** A row of buttons, with gaps between them. */
const buttonRow = (...buttons: Node[]) =>
  element(
    "p",
    { class: "grid-buttons" },
    ...buttons.flatMap((one, at) => at ? [" ", one] : [one]),
  );

/** What the columns stand for. */
function columnsView({ columns }: MatrixSpec): HTMLElement {
  const terms = columns.flatMap(({ name, text }) => [
    element("dt", {}, name),
    element("dd", {}, text),
  ]);
  return element("dl", { class: "grid-columns" }, ...terms);
}

/** The explanations as rows: each with the lists for its marks, named by the evidence. */
class TurnedView {
  node = element("div", { class: "grid-turned", hidden: true });
  #spec: MatrixSpec;
  #rows: RowView[];
  #cells: HTMLElement[];

  constructor(spec: MatrixSpec, rows: RowView[]) {
    this.#spec = spec;
    this.#rows = rows;
    this.#cells = spec.columns.map(() => element("div", { class: "grid-cells" }));
    spec.columns.forEach(({ name, text }, at) =>
      this.node.append(
        element(
          "fieldset",
          { class: "grid-column" },
          element("legend", {}, name),
          element("p", { class: "face-subtitle" }, text),
          this.#cells[at],
        ),
      )
    );
  }

  /** Moves the lists: under their explanation, or back to their row of evidence. */
  turn(turned: boolean): void {
    this.node.hidden = !turned;
    this.#rows.forEach(({ cells, home }, row) =>
      cells.forEach(({ node, said }, column) => {
        const { text } = this.#spec.rows[row];
        said.textContent = turned ? `${row + 1}. ${text}` : this.#spec.columns[column].name;
        (turned ? this.#cells[column] : home).append(node);
      })
    );
  }
}

/** The grid on a page: its rows, what they add up to, and what the reader has marked. */
class MatrixView {
  #spec: MatrixSpec;
  #steps: SharedForm<KeptMatrix>;
  #kept = nothing();
  #before: KeptMatrix | null = null; // what a button replaced, for Undo
  #rows: RowView[];
  #summary = element("p", { class: "face-text", role: "status" });
  // The result once more, beside what is being marked: in some hosts nothing sticks in sight.
  #near = element("p", { class: "face-text grid-near", "aria-hidden": "true" });
  #turned: TurnedView;
  #turn = button("Turn the grid: explanations as rows", () => this.#turnRound());
  #status = statusLine();
  #saver = new Saver();
  /** A grid that was loaded beside the reader's own. */
  #beside = element("div", { class: "face-beside", tabindex: -1 });
  #backend: Backend;
  #standings = element("div", {});
  #weighted = element("input", { type: "checkbox", onchange: () => this.#weigh() });
  #undo = button("Undo", () => this.#takeBack());
  #large: LargePart | null = null;

  constructor(spec: MatrixSpec, backend: Backend) {
    [this.#spec, this.#backend] = [spec, backend];
    this.#rows = spec.rows.map((row, at) => rowView(spec, row, at, (how) => this.#change(how)));
    this.#turned = new TurnedView(spec, this.#rows);
    this.#steps = new SharedForm(backend, {
      read: (kept) => accepted(spec, kept) ?? nothing(),
      show: (kept) => {
        this.#kept = kept;
        this.#show();
      },
      now: () => this.#kept,
      reverts: true,
    });
  }

  stop(): void {
    this.#large?.stop();
    this.#steps.stop();
  }

  /** All of it, in an element. */
  node(): HTMLElement {
    const fields = fieldset(
      this.#spec.question,
      element("p", {}, this.#spec.advice),
      columnsView(this.#spec),
      buttonRow(
        button("Begin with our marks", () => this.#replace(this.#worked())),
        button("Empty the grid", () => this.#replace(nothing())),
        this.#undo,
        this.#turn,
      ),
      this.#turned.node,
      ...this.#rows.map((row) => row.node),
      option(this.#weighted, "Weigh rows by credibility and relevance"),
      element("div", { class: "grid-now" }, this.#summary),
      this.#standings,
      buttonRow(...this.#fileButtons()),
    );
    fields.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLSelectElement) this.#bring(target);
    });
    this.#large = largePart({ content: fields, label: () => this.#spec.question });
    const { line } = this.#large;
    return form("face-prompts", [line, fields, this.#status, this.#saver.node, this.#beside]);
  }

  /** Shows the result beside the list that is being used, where the other one is out of sight. */
  #bring(list: HTMLSelectElement): void {
    this.#near.remove();
    const { top, bottom } = this.#summary.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) return;
    const cell = list.closest(".grid-cell");
    if (this.#turned.node.contains(list)) cell?.after(this.#near);
    else list.closest(".grid-row")?.querySelector(".grid-verdict")?.before(this.#near);
  }

  #turnRound(): void {
    const turned = this.#turned.node.hidden === true;
    this.#near.remove();
    this.#turned.turn(turned);
    this.#turn.textContent = turned
      ? "Turn the grid back: evidence as rows"
      : "Turn the grid: explanations as rows";
  }

  #worked(): KeptMatrix {
    return { ...nothing(), marks: structuredClone(this.#spec.worked) };
  }

  #show(): void {
    const result = resultOf(this.#spec, this.#kept);
    const { counting, columns, rows } = result;
    const turns = new Map(
      turning(counting, columns, this.#kept.weighted).map((one) => [one.id, one]),
    );
    this.#rows.forEach((row, at) =>
      row.show(rows[at], rowWords(this.#spec, rows[at], columns, turns), this.#kept.left)
    );
    this.#weighted.checked = this.#kept.weighted;
    this.#undo.disabled = this.#before === null;
    say(this.#summary, summaryText(this.#spec, result));
    say(this.#near, summaryText(this.#spec, result));
    this.#standings.replaceChildren(standingsView(this.#spec, result));
  }

  async #put(next: KeptMatrix): Promise<void> {
    this.#kept = next;
    this.#show();
    say(this.#status, await this.#steps.keep());
  }

  #change(how: (kept: KeptMatrix) => void): void {
    const next = structuredClone(this.#kept);
    how(next);
    this.#put(accepted(this.#spec, next) ?? nothing());
  }

  #weigh(): void {
    this.#change((kept) => {
      kept.weighted = this.#weighted.checked;
    });
  }

  #replace(next: KeptMatrix): Promise<void> {
    this.#before = this.#kept;
    return this.#put(next);
  }

  #takeBack(): void {
    const back = this.#before;
    this.#before = null;
    if (back) this.#put(back);
  }

  /** Who saves this grid, and in which lesson. */
  #by(): { sign: unknown; lesson: string } {
    return { sign: this.#backend.linked(SIGN), lesson: lessonOf(this.#spec.storageKey) };
  }

  #fileButtons(): HTMLElement[] {
    const spec = this.#spec;
    const json = () => {
      const work = { [spec.storageKey]: this.#kept };
      this.#save("json", "application/json", workFile(spec.head, work, this.#by()));
    };
    const csv = () => {
      const table = fileTable(spec, resultOf(spec, this.#kept));
      this.#save("csv", "text/csv", asCsv(signedTable(table, this.#by().sign)));
    };
    const text = () => {
      const [page, who] = [markdown(spec, this.#kept), byLine(spec.head, this.#by())];
      this.#save("md", "text/markdown", who ? `${page}\n${who}\n` : page);
    };
    return [
      button("Save as JSON", json),
      button("Save as CSV", csv),
      button("Save as Markdown", text),
      pickFile("Load a saved grid (JSON)", ".json,application/json", (file) => this.#load(file)),
    ];
  }

  #save(ending: string, type: string, text: string): void {
    const start = `grid-${this.#spec.storageKey.replaceAll(".", "-")}`;
    this.#saver.save(savedName(start, ending, { ...this.#by(), lesson: "" }), type, text);
  }

  async #load({ name, text }: ChosenFile): Promise<void> {
    const next = gridIn(this.#spec, text);
    if (next.problem !== undefined) {
      this.#status.textContent =
        `${name} was not loaded: ${next.problem}. Nothing here has changed. Choose another file.`;
      return;
    }
    if (Object.keys(this.#kept.marks).length) return this.#lay(next.who || name, next.kept);
    await this.#replace(next.kept);
    this.#status.textContent = `${name} was loaded. “Undo” brings back what was here.`;
  }

  /** Lays a grid that was loaded beside the reader's own, which stays as it is. */
  #lay(who: string, kept: KeptMatrix): void {
    const close = () => {
      this.#beside.replaceChildren();
      this.#beside.focus(); // the button that was pressed is gone
    };
    const replace = () => {
      close();
      this.#replace(kept);
    };
    this.#beside.replaceChildren(
      besideView(this.#spec, this.#kept, { who, kept }, { replace, close }),
    );
    say(this.#status, `${who} was loaded beside your grid, below. Yours is as it was.`);
  }
}

/** Puts a text where it is told to readers of a screen, once: the same text is not told again. */
function say(where: HTMLElement, text: string): void {
  if (where.textContent !== text) where.textContent = text;
}

/** Builds a grid in `el`. */
export const matrix: Builder<MatrixSpec> = (el, spec, backend) => {
  const view = new MatrixView(spec, backend);
  el.replaceChildren(view.node());
  return () => view.stop();
};

export default { render: (context: LiveContext) => renderLive(matrix, context) };
