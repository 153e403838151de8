import { button, copyText, element, freshId, hints, labelled, Saver } from "../core/dom.ts";
import { type Draft, draft } from "../core/draft.ts";
import { SharedForm } from "../core/follow.ts";
import { fieldset, fillBox, form, statusLine } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { byLine, lessonOf, savedName, SIGN, workFile } from "../core/work_file.ts";
import { Basket } from "../core/basket.ts";
import { statusIn } from "../core/evidence.ts";
import { printAlone } from "../core/print.ts";
import { addButton, asRow, listView, picker } from "./evidence.ts";
import { type Field, fieldView, writeMarker } from "./fields.ts";
import { findingsIn, lint, markers, memoIn, renumbered } from "./rules.ts";
import { preview } from "./preview.ts";
import { findingsView, sampleView } from "./sample.ts";
import { markdown, webPage } from "./export.ts";
import type {
  Backend,
  Builder,
  Evidence,
  KeptMemo,
  MemoSpec,
  SampleSpec,
  Stop,
} from "../core/protocol.ts";

// A memo: fields, evidence with numbers to cite it by, a check that gives reasons, and the memo as
// it will look.

const NOTHING_KEPT =
  "Your basket is empty, or all of it is in your list. Under every chart of the " +
  "lessons, “Save and cite” can keep a row as evidence.";
const NO_PRINT = "If no window for printing opened, save the memo as a web page, open that file, " +
  "and print it.";

/** A memo that is being written: its boxes and its list, and what is shown of both. */
class MemoForm {
  readonly #spec: MemoSpec;
  readonly #backend: Backend;
  readonly #fields: Field[];
  readonly #presets: HTMLSelectElement;
  readonly #statusMessage = statusLine();
  readonly #list = element("ol", { class: "memo-rows" });
  readonly #basket: Basket;
  readonly #sheet = element("article", {
    class: "memo-sheet",
    "aria-label": "The memo as it will look",
  });
  readonly #verdict = element("div", { class: "face-verdict" });
  readonly #summary = element("p", { class: "memo-summary", role: "status" });
  readonly #saver = new Saver();
  readonly #steps: SharedForm<KeptMemo>;
  readonly #unlisten: Stop;
  readonly #typed: Draft;
  #evidence: Evidence[] = [];
  /** The large box that was written in last: citations go there. */
  #last: Field | undefined;
  #checked = false;
  #shown = "";

  constructor(spec: MemoSpec, backend: Backend) {
    this.#spec = spec;
    this.#backend = backend;
    this.#fields = spec.fields.map(fieldView);
    this.#last = this.#fields.find((field) => field.spec.rows);
    this.#presets = element(
      "select",
      { id: freshId("memo"), name: "memo-role", onchange: this.#takeRole },
      new Option("– choose –", ""),
      ...spec.presets.map(({ label }) => new Option(label, label)),
    );
    this.#fields.forEach(this.#listen);
    this.#basket = new Basket(backend, {
      item: asRow(spec),
      shows: ({ id }) => !this.#evidence.some((one) => one.id === id),
      acts: (item) => [addButton(item, this.#add)],
      day: spec.rules.day,
      empty: NOTHING_KEPT,
    });
    this.#typed = draft(backend, this.#statusMessage, () => this.#save());
    this.#steps = new SharedForm(backend, {
      read: this.#read,
      show: this.#fill,
      now: this.#now,
    });
    this.#unlisten = backend.onChange(this.#show); // the basket may have changed
  }

  stop = () => {
    this.#typed.stop();
    this.#steps.stop();
    this.#unlisten();
  };

  #now = (): KeptMemo => ({
    fields: Object.fromEntries(this.#fields.map(({ spec, box }) => [spec.name, box.value])),
    evidence: this.#evidence,
  });

  #listen = (field: Field) => {
    field.box.addEventListener(field.spec.options ? "change" : "input", this.#change);
    field.box.addEventListener("change", () => {
      this.#show();
      this.#save();
    });
    if (field.spec.rows) {
      field.box.addEventListener("focus", () => {
        this.#last = field;
      });
    }
  };

  // -- showing --

  #mark() {
    const results = lint(this.#now(), this.#spec.rules);
    const met = results.filter(({ ok }) => ok).length;
    this.#summary.textContent = met === results.length
      ? `All ${met} rules are met. Now let a person read it.`
      : `${met} of ${results.length} rules are met. Look at the lines with ✗.`;
    this.#verdict.replaceChildren(findingsView(results));
  }

  #look() {
    this.#sheet.replaceChildren(...preview(this.#now(), this.#spec));
    if (this.#checked) this.#mark();
  }

  // The list stays as it is while nothing in it changes: a button that is replaced under the
  // pointer loses its click.
  #show = () => {
    const used = new Set(this.#fields.flatMap((field) => markers(field.box.value)));
    const drawn = JSON.stringify([this.#evidence, [...used].sort()]);
    this.#look();
    this.#basket.show();
    if (drawn === this.#shown) return;
    this.#shown = drawn;
    this.#list.replaceChildren(...listView(this.#evidence, used, this.#cite, this.#remove));
  };

  // Earlier versions kept the last word of "disputed then" as a status.
  #mended = (item: Evidence): Evidence => {
    const { status, id } = item;
    const known = status === "confirmed" || Object.hasOwn(this.#spec.rules.status, status ?? "");
    if (!status || known) return item;
    const found = findingsIn(this.#backend.linked("evidence")).find((one) => one.id === id);
    return { ...item, status: statusIn(found?.status) || statusIn(status) };
  };

  #read = (kept: unknown): KeptMemo => {
    const { fields, evidence } = memoIn(kept);
    const texts = this.#spec.fields.map(({ name, start }) => [name, fields[name] ?? start ?? ""]);
    return { fields: Object.fromEntries(texts), evidence: evidence.map(this.#mended) };
  };

  #fill = ({ fields, evidence }: KeptMemo) => {
    this.#evidence = evidence;
    for (const { spec, box } of this.#fields) fillBox(box, fields[spec.name]);
    this.#show();
  };

  // -- keeping --

  #save = async () => {
    this.#typed.drop();
    const message = await this.#steps.keep();
    if (!this.#typed.waiting()) this.#statusMessage.textContent = message;
  };

  #change = () => {
    this.#show();
    this.#typed.changed();
  };

  // -- what a reader does --

  #cite = (number: number) => {
    if (this.#last) writeMarker(this.#last.box, number);
    this.#show();
    this.#save();
  };

  #add = async (item: Evidence) => {
    const there = this.#evidence.findIndex(({ id }) => id === item.id);
    if (there >= 0) {
      this.#statusMessage.textContent = `This is in your list already, as [${there + 1}].`;
      return;
    }
    this.#evidence = [...this.#evidence, item];
    this.#show();
    await this.#save();
    const message = this.#statusMessage.textContent;
    this.#statusMessage.textContent = `Added as [${this.#evidence.length}]. ${message}`;
  };

  #remove = (index: number) => {
    this.#evidence = this.#evidence.filter((_, at) => at !== index);
    for (const { spec, box } of this.#fields) {
      if (!spec.options) box.value = renumbered(box.value, index + 1);
    }
    this.#show();
    this.#save();
  };

  #takeRole = () => {
    const found = this.#spec.presets.find(({ label }) => label === this.#presets.value);
    for (const { spec, box } of this.#fields) {
      const text = found?.fields[spec.name];
      if (text !== undefined) box.value = text;
    }
    this.#look();
    this.#save();
  };

  #submit = () => {
    this.#checked = true;
    this.#mark();
    this.#save();
  };

  #copy = async () => {
    const text = markdown(this.#now(), this.#spec);
    this.#statusMessage.textContent = await copyText(text, this.#sheet, "Copied as Markdown.");
  };

  #print = () => {
    this.#typed.flush();
    const began = printAlone("memo-paper", preview(this.#now(), this.#spec));
    if (!began) this.#statusMessage.textContent = NO_PRINT;
  };

  #saveFile(ending: "md" | "html", type: string, text: typeof markdown) {
    const { file, head, storageKey } = this.#spec;
    const by = { sign: this.#backend.linked(SIGN), lesson: lessonOf(storageKey) };
    const work = workFile(head, { [storageKey]: this.#now() }, by);
    const page = text(this.#now(), { ...this.#spec, by: byLine(head, by), work });
    this.#saver.save(savedName(file, ending, by), `${type};charset=utf-8`, page);
  }

  // -- the form --

  view(): HTMLElement {
    const inside = [
      ...this.#parts(),
      this.#buttons(),
      this.#statusMessage,
      this.#saver.node,
      this.#summary,
      this.#verdict,
      ...hints(this.#spec.hints),
      this.#sheet,
    ];
    return form("face-memo", inside, this.#submit);
  }

  #parts(): HTMLElement[] {
    const nodes = (head: boolean) =>
      this.#fields.filter(({ spec }) => Boolean(spec.head) === head).map(({ node }) => node);
    const advice = "Your list. “Cite” writes the number where you last wrote.";
    return [
      fieldset(this.#spec.question, labelled("Take a role", this.#presets), ...nodes(true)),
      fieldset(
        "Evidence",
        element("p", {}, advice),
        this.#list,
        this.#basket.node,
        picker(this.#spec, this.#add),
      ),
      fieldset("The text", ...nodes(false)),
    ];
  }

  #buttons(): HTMLElement {
    return element(
      "p",
      { class: "memo-buttons" },
      element("button", { type: "button", class: "face-submit" }, "Check my memo"),
      " ",
      button("Save as Markdown", () => this.#saveFile("md", "text/markdown", markdown)),
      " ",
      button("Save as web page", () => this.#saveFile("html", "text/html", webPage)),
      " ",
      button("Copy", this.#copy),
      " ",
      button("Print", this.#print),
    );
  }
}

/** Builds a memo in `el`: one to write, or a finished one to read. */
export const memo: Builder<MemoSpec | SampleSpec> = (el, spec, backend) => {
  if ("sample" in spec) {
    el.replaceChildren(sampleView(spec));
    return () => {};
  }
  const form = new MemoForm(spec, backend);
  el.replaceChildren(form.view());
  return form.stop;
};

export default { render: (context: LiveContext) => renderLive(memo, context) };
