import { button, type ChosenFile, element, freshId, pickFile, Saver } from "../core/dom.ts";
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
  const node = element("div", { class: "grid-cell" }, element("label", { for: id }, label), box);
  return { box, node };
}

/** Changes what is kept, in place. */
type Change = (how: (kept: KeptMatrix) => void) => void;

function markBoxes(spec: MatrixSpec, row: MatrixRow, change: Change) {
  const options = spec.marks.map(({ mark, word, sign }): [string, string] => [
    mark,
    `${sign} ${mark} ${word}`,
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

/** A row on the page; `show` brings it up to date. */
interface RowView {
  node: HTMLElement;
  show(now: OwnRow, says: string): void;
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

function rowView(spec: MatrixSpec, row: MatrixRow, at: number, change: Change): RowView {
  const marks = markBoxes(spec, row, change);
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
    element("div", { class: "grid-cells" }, ...marks.map((one) => one.node)),
    verdict,
    ownMarksView(spec, row, weights.map((one) => one.node)),
    option(left, "Leave this row out"),
  );
  const show = (now: OwnRow, says: string) => {
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
  return { node, show };
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

/** The grid in the text of a file that was saved from this one, or null. */
function gridIn(spec: MatrixSpec, text: string): KeptMatrix | null {
  let content: { grid?: unknown; value?: unknown } | null = null;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  return content?.grid === spec.storageKey ? accepted(spec, content.value) : null;
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

/** The grid on a page: its rows, what they add up to, and what the reader has marked. */
class MatrixView {
  #spec: MatrixSpec;
  #backend: Backend;
  #kept: KeptMatrix;
  #before: KeptMatrix | null = null; // what a button replaced, for Undo
  #rows: RowView[];
  #summary = element("p", { class: "face-text", role: "status" });
  #status = statusLine();
  #saver = new Saver();
  #standings = element("div", {});
  #weighted = element("input", { type: "checkbox", onchange: () => this.#weigh() });
  #undo = button("Undo", () => this.#takeBack());

  constructor(spec: MatrixSpec, backend: Backend) {
    this.#spec = spec;
    this.#backend = backend;
    this.#kept = this.#read();
    this.#rows = spec.rows.map((row, at) => rowView(spec, row, at, (how) => this.#change(how)));
    this.#show();
  }

  /** Shows what is kept now. */
  refresh(): void {
    const now = this.#read();
    if (JSON.stringify(now) === JSON.stringify(this.#kept)) return;
    this.#kept = now;
    this.#show();
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
      ),
      ...this.#rows.map((row) => row.node),
      option(this.#weighted, "Weigh rows by credibility and relevance"),
      element("div", { class: "grid-now" }, this.#summary),
      this.#standings,
      buttonRow(...this.#fileButtons()),
    );
    return form("face-prompts", [fields, this.#status, this.#saver.node]);
  }

  #read(): KeptMatrix {
    return accepted(this.#spec, this.#backend.value()) ?? nothing();
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
      row.show(rows[at], rowWords(this.#spec, rows[at], columns, turns))
    );
    this.#weighted.checked = this.#kept.weighted;
    this.#undo.disabled = this.#before === null;
    say(this.#summary, summaryText(this.#spec, result));
    this.#standings.replaceChildren(standingsView(this.#spec, result));
  }

  async #put(next: KeptMatrix): Promise<void> {
    this.#kept = next;
    this.#show();
    say(this.#status, await this.#backend.keep(next));
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

  #fileButtons(): HTMLElement[] {
    const spec = this.#spec;
    const json = () => {
      const content = { grid: spec.storageKey, question: spec.question, value: this.#kept };
      this.#save("json", "application/json", `${JSON.stringify(content, null, 2)}\n`);
    };
    const csv = () =>
      this.#save("csv", "text/csv", asCsv(fileTable(spec, resultOf(spec, this.#kept))));
    const text = () => this.#save("md", "text/markdown", markdown(spec, this.#kept));
    return [
      button("Save as JSON", json),
      button("Save as CSV", csv),
      button("Save as Markdown", text),
      pickFile("Load a saved grid (JSON)", ".json,application/json", (file) => this.#load(file)),
    ];
  }

  #save(ending: string, type: string, text: string): void {
    this.#saver.save(`grid-${this.#spec.storageKey.replaceAll(".", "-")}.${ending}`, type, text);
  }

  async #load({ name, text }: ChosenFile): Promise<void> {
    const next = gridIn(this.#spec, text);
    if (!next) {
      const why = "it is not a file that was saved from this grid";
      this.#status.textContent = `${name} was not loaded: ${why}. Nothing here has changed.`;
      return;
    }
    await this.#replace(next);
    this.#status.textContent = `${name} was loaded. “Undo” brings back what was here.`;
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
  return backend.onChange(() => view.refresh());
};

export default { render: (context: LiveContext) => renderLive(matrix, context) };
