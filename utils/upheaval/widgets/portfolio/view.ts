import { button, type ChosenFile, element, freshId, pickFile, Saver } from "../core/dom.ts";
import { Basket } from "../core/basket.ts";
import { fieldset, form, option, statusLine, sureButton } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import type { Backend, Builder, KeptWork, Part, PortfolioSpec } from "../core/protocol.ts";
import { cellTable, rowHead } from "../core/table.ts";
import { counted, isCheck, workCounts, workIn } from "./rules.ts";

// All that a reader wrote, as one file to keep, to hand in, or to take to another computer.

// One row a part (a lesson): how many of its checks are right so far, and whether anything else was
// written.
function progress(parts: Part[], kept: KeptWork): HTMLElement {
  const rows = parts.map(({ name, title, checks, url }) => {
    const { right } = workCounts(checks.map((check) => kept[check]).filter(isCheck));
    const other = Object.keys(kept)
      .filter((storageKey) => storageKey.startsWith(`${name}.`) && !isCheck(kept[storageKey]))
      .length;
    const done = `${right === checks.length ? "✓ " : ""}${right} of ${checks.length}`;
    return [
      rowHead(url ? element("a", { href: url }, title) : title),
      element("td", {}, checks.length ? done : "–"),
      element("td", {}, String(other || "–")),
    ];
  });
  const caption = element("caption", {}, "How far you are");
  return cellTable(["Lesson", "Checks right", "Things written"], rows, {}, caption);
}

const SECOND_THOUGHTS = 30_000; // milliseconds in which cleared work can be brought back
const NO_EVIDENCE = "Nothing yet. Under every chart, “Save and cite” can keep a row as evidence.";
const NOTHING =
  "You have written nothing yet. What you answer, predict or write is kept here, and sent nowhere.";

/** What can be done with all of a reader's work, and what was done. */
class Form {
  readonly #spec: PortfolioSpec;
  readonly #backend: Backend;
  readonly #summary = element("p", { class: "face-text" });
  readonly #progress: HTMLElement;
  readonly #statusMessage = statusLine();
  readonly #saver = new Saver();
  readonly #basket: Basket;
  readonly #mine: HTMLInputElement;
  readonly #theirs: HTMLInputElement;

  constructor(spec: PortfolioSpec, backend: Backend) {
    [this.#spec, this.#backend] = [spec, backend];
    this.#basket = new Basket(backend, { empty: NO_EVIDENCE });
    this.#progress = element("div", { class: "face-far", hidden: !spec.parts });
    const name = freshId("work");
    this.#mine = element("input", { type: "radio", name, value: "mine", checked: true });
    this.#theirs = element("input", { type: "radio", name, value: "file" });
  }

  node(): HTMLElement {
    const fields = fieldset(
      this.#spec.question,
      this.#summary,
      this.#progress,
      element(
        "p",
        {},
        button("Save my work as a file", this.#save),
        " ",
        pickFile("Load work from a file", ".json,application/json", this.#load),
        " ",
        sureButton("Clear my work here", "Clear all of it: are you sure?", this.#clear),
      ),
      element("p", {}, "Where a file that you load has another answer:"),
      option(this.#mine, "keep mine here"),
      option(this.#theirs, "take the file's"),
    );
    const basket = element(
      "details",
      {},
      element("summary", {}, "Your basket of evidence"),
      this.#basket.node,
    );
    const inside = [fields, this.#statusMessage, this.#saver.node, basket];
    return form("face-prompts face-portfolio", inside);
  }

  show = (cleared = false): void => {
    if (cleared) this.#saver.clear(); // the text of the file is the last reader's
    this.#basket.show(cleared);
    const kept = this.#backend.all();
    this.#summary.textContent = Object.keys(kept).length ? counted(kept) : NOTHING;
    if (this.#spec.parts) this.#progress.replaceChildren(progress(this.#spec.parts, kept));
  };

  #say(text: string): void {
    this.#statusMessage.textContent = text;
  }

  #save = (): void => {
    const content = { about: this.#spec.about, format: 1, work: this.#backend.all() };
    this.#saver.save("my_work.json", "application/json", `${JSON.stringify(content, null, 2)}\n`);
  };

  #load = (file: ChosenFile): void => {
    const { work: found, problem } = workIn(file.text, this.#spec.about);
    if (!found) {
      this.#say(`${file.name} was not loaded: ${problem}. Nothing here has changed.`);
      return;
    }
    const here = this.#backend.all();
    const both = Object.keys(found).filter((storageKey) =>
      storageKey in here &&
      JSON.stringify(found[storageKey]) !== JSON.stringify(here[storageKey])
    ).length;
    const stayed = this.#mine.checked ? "yours here stayed" : "the file's came in";
    const answers = both === 1 ? "answer was" : "answers were";
    const rule = both ? ` ${both} ${answers} in both: ${stayed}.` : "";
    this.#backend.merge(found, this.#mine.checked)
      .then((where) => this.#say(`${file.name} was loaded.${rule} ${where}`));
  };

  // For the next reader at this computer. Two clicks clear it, a third brings it back; but not for
  // long, since the next reader must not be able to.
  #clear = (): void => {
    const before = this.#backend.all();
    const bringBack = () => {
      this.#backend.merge(before, true).then((back) => this.#say(`It is back. ${back}`));
    };
    this.#backend.clear().then((where) => {
      const back = button("Bring it back", bringBack);
      this.#statusMessage.replaceChildren(where, " ", back);
      setTimeout(() => back.remove(), SECOND_THOUGHTS);
    });
  };
}

/** Builds the file of work in `el`. */
export const portfolio: Builder<PortfolioSpec> = (el, spec, backend) => {
  const form = new Form(spec, backend);
  el.replaceChildren(form.node());
  form.show();
  return backend.onChange(form.show);
};

export default { render: (context: LiveContext) => renderLive(portfolio, context) };
