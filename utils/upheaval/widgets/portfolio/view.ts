import {
  button,
  type ChosenFile,
  element,
  freshId,
  labelled,
  pickFile,
  Saver,
  textInput,
  writtenParagraph,
} from "../core/dom.ts";
import { Basket } from "../core/basket.ts";
import { findingsIn } from "../core/evidence.ts";
import { fieldset, fillBox, form, option, statusLine, sureButton } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { printAlone } from "../core/print.ts";
import type { Backend, Builder, Finding, KeptWork, Part, PortfolioSpec } from "../core/protocol.ts";
import { cellTable, rowHead } from "../core/table.ts";
import { calibrationPicture } from "../calibration/picture.ts";
import { savedName, SIGN, signAmong, signIn, workFile, workFileIn } from "../core/work_file.ts";
import { checksDone, workInWords } from "./rules.ts";
import { elsewhere, evidenceIn, type Written, writtenIn } from "./written.ts";

// All that a reader wrote, as one file to keep, to hand in, or to take to another computer.

// One row a part (a lesson): how many of its checks are right so far, and how much of what can be
// written is.
function progress(parts: Part[], kept: KeptWork): HTMLElement {
  const rows = parts.map((part) => {
    const { title, url, writings } = part;
    const [some, all] = [writtenIn(part, kept).length, writings.length];
    const written = all ? `${some === all ? "✓ " : ""}${some} of ${all}` : "–";
    return [
      rowHead(url ? element("a", { href: url }, title) : title),
      element("td", {}, checksDone(part, kept)),
      element("td", {}, written),
    ];
  });
  const caption = element("caption", {}, "How far you are");
  return cellTable(["Lesson", "Checks right", "Things written"], rows, {}, caption);
}

/** What was written to one question. */
function answerView({ question, lines }: Written): HTMLElement[] {
  const paragraphs = (text: string) =>
    text.trim().split(/(?:\r?\n)+/).map((line) => writtenParagraph(line));
  return [
    element("p", { class: "face-question" }, question),
    ...lines.flatMap(({ label, text }) => [
      ...(label ? [element("p", { class: "face-subtitle" }, label)] : []),
      ...paragraphs(text),
    ]),
  ];
}

/** What was written in a lesson, under its title, to be folded. */
function partView(part: Part, kept: KeptWork): HTMLElement | null {
  const written = writtenIn(part, kept);
  if (!written.length) return null;
  const title = `${part.title}: ${written.length} of ${part.writings.length} written`;
  return element(
    "details",
    { open: true },
    element("summary", {}, title),
    ...written.flatMap(answerView),
  );
}

/** All of it for paper. */
function paperView(parts: Part[], kept: KeptWork): HTMLElement[] {
  const lessons = parts.map((part) => ({ title: part.title, written: writtenIn(part, kept) }));
  const lines = evidenceIn(kept.evidence);
  const evidence = lines.length ? [{ question: "Your basket of evidence", lines }] : [];
  return [
    element("p", { class: "face-title" }, "What I wrote"),
    ...lessons.filter(({ written }) => written.length).flatMap(({ title, written }) => [
      element("p", { class: "face-group" }, title),
      ...written.flatMap(answerView),
    ]),
    ...evidence.flatMap(answerView),
  ];
}

const SECOND_THOUGHTS = 30_000; // milliseconds in which cleared work can be brought back
const SIGN_LABEL = "Your name or a sign, for files that you hand in (may stay empty)";
const NO_EVIDENCE = "Nothing yet. Under every chart, “Save and cite” can keep a row as evidence.";
const HOW_SURE = "How sure you were, and how often right";
const NO_PRINT = "If no window for printing opened: open this page in a window of its own, and " +
  "print there.";
const NOTHING =
  "You have written nothing yet. What you answer, predict or write is kept here, and sent nowhere.";

/** What can be done with all of a reader's work, and what was done. */
class Form {
  readonly #spec: PortfolioSpec;
  readonly #backend: Backend;
  readonly #summary = element("p", { class: "face-text" });
  readonly #progress: HTMLElement;
  readonly #sure = element("div", { class: "face-calibration" });
  readonly #written = element("div", { class: "face-written" });
  readonly #print: HTMLButtonElement;
  #shown = "";
  readonly #statusMessage = statusLine();
  readonly #saver = new Saver();
  readonly #basket: Basket;
  readonly #mine: HTMLInputElement;
  readonly #theirs: HTMLInputElement;
  readonly #sign: HTMLInputElement;

  constructor(spec: PortfolioSpec, backend: Backend) {
    [this.#spec, this.#backend] = [spec, backend];
    this.#basket = new Basket(backend, { empty: NO_EVIDENCE });
    this.#progress = element("div", { class: "face-far", hidden: !spec.parts });
    this.#print = button("Print what I wrote", this.#toPaper);
    const name = freshId("work");
    this.#mine = element("input", { type: "radio", name, value: "mine", checked: true });
    this.#theirs = element("input", { type: "radio", name, value: "file" });
    this.#sign = textInput({ id: freshId("sign"), maxlength: 60, onchange: this.#keepSign });
  }

  node(): HTMLElement {
    const fields = fieldset(
      this.#spec.question,
      this.#summary,
      this.#progress,
      element("div", { class: "face-controls" }, labelled(SIGN_LABEL, this.#sign)),
      element(
        "p",
        {},
        this.#print,
        " ",
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
      { open: true },
      element("summary", {}, "Your basket of evidence"),
      this.#basket.node,
    );
    const sure = this.#spec.parts && this.#spec.parts.length > 1
      ? element("details", { open: true }, element("summary", {}, HOW_SURE), this.#sure)
      : null;
    const inside = [fields, this.#statusMessage, this.#saver.node, sure, this.#written, basket];
    return form("face-prompts face-portfolio", inside);
  }

  show = (cleared = false): void => {
    if (cleared) { // the text of the file is the last reader's, and so is what could come back
      this.#saver.clear();
      this.#statusMessage.replaceChildren();
    }
    this.#basket.show(cleared);
    const typing = document.activeElement === this.#sign;
    if (cleared || !typing) fillBox(this.#sign, signAmong(this.#backend.all()));
    this.#fill(this.#backend.all(), this.#spec.parts ?? []);
  };

  #fill(kept: KeptWork, parts: Part[]): void {
    const toWrite = parts.reduce((sum, { writings }) => sum + writings.length, 0);
    const written = parts.reduce((sum, part) => sum + writtenIn(part, kept).length, 0);
    const pieces = evidenceIn(kept.evidence).length;
    const tally = toWrite ? { written, toWrite, pieces } : undefined;
    const { [SIGN]: _sign, ...answers } = kept;
    this.#summary.textContent = Object.keys(answers).length ? workInWords(kept, tally) : NOTHING;
    this.#print.hidden = !written && !pieces;
    // Another tab writes while somebody reads here: what is folded stays so.
    const drawn = JSON.stringify(kept);
    if (drawn === this.#shown) return;
    this.#shown = drawn;
    if (parts.length) this.#progress.replaceChildren(progress(parts, kept));
    this.#sure.replaceChildren(...calibrationPicture(kept));
    const more = parts.length ? elsewhere(parts, kept).length : 0;
    const others =
      `${more} more ${more === 1 ? "thing is" : "things are"} kept, of other lessons ` +
      "or of an earlier version. The file that you save has all of it.";
    this.#written.replaceChildren(
      ...parts.flatMap((part) => partView(part, kept) ?? []),
      ...(more ? [element("p", {}, others)] : []),
    );
  }

  #toPaper = (): void => {
    const nodes = paperView(this.#spec.parts ?? [], this.#backend.all());
    this.#say(printAlone("portfolio-paper", nodes) ? "" : NO_PRINT);
  };

  #say(text: string): void {
    this.#statusMessage.textContent = text;
  }

  /** Keeps the sign with all that is written: so a clearing takes it along, in every tab. */
  #keepSign = (): void => {
    const sign = signIn(this.#sign.value);
    if (sign === signAmong(this.#backend.all())) return;
    this.#backend.merge({ [SIGN]: sign }, false).then((where) => this.#say(where));
  };

  /** Who saves, and in which lesson: none where the page is of several. */
  #by(): { sign: string; lesson: string } {
    const parts = this.#spec.parts ?? [];
    return { sign: signIn(this.#sign.value), lesson: parts.length === 1 ? parts[0].name : "" };
  }

  #save = (): void => {
    const [by, now] = [this.#by(), new Date()];
    const work = { ...this.#backend.all(), ...(by.sign && { [SIGN]: by.sign }) };
    const text = workFile(this.#spec.head, work, by, now);
    this.#saver.save(savedName("my_work", "json", by, now), "application/json", text);
  };

  #load = (file: ChosenFile): void => {
    const { file: read, problem } = workFileIn(file.text, this.#spec.head.about);
    const { [SIGN]: _sign, ...answers } = read?.work ?? {};
    const isEmpty = Object.values(answers).every((one) => one === null);
    if (!read || isEmpty) {
      const why = problem ?? "it holds no answers";
      return this.#say(
        `${file.name} was not loaded: ${why}. Nothing here has changed. Choose another file.`,
      );
    }
    const [found, here] = [{ ...read.work }, this.#backend.all()];
    if (signAmong(here)) delete found[SIGN]; // whose answers come in, the reader stays who it is
    const baskets = this.#addedTo(found, here);
    const both = Object.keys(found).filter((storageKey) =>
      storageKey in here &&
      JSON.stringify(found[storageKey]) !== JSON.stringify(here[storageKey])
    ).length;
    const stayed = this.#mine.checked ? "yours here stayed" : "the file's came in";
    const were = both === 1 ? "answer was" : "answers were";
    const rule = both ? ` ${both} ${were} in both: ${stayed}.` : "";
    const joined = baskets.length ? " Your baskets are one now." : "";
    this.#backend.merge(found, this.#mine.checked)
      .then((where) => baskets.length ? this.#backend.addEvidence(baskets) : where)
      .then((where) => this.#say(`${file.name} was loaded.${rule}${joined} ${where}`));
  };

  /**
   * Takes the basket out of what was `found` where there is one `here`, empty perhaps; gives what
   * is new in it, as it is.
   */
  #addedTo(found: KeptWork, here: KeptWork): Finding[] {
    if (!Array.isArray(here.evidence) || !Array.isArray(found.evidence)) return [];
    const mine = new Set(findingsIn(here.evidence).map(({ id }) => id));
    const more = found.evidence.filter((one) =>
      findingsIn([one]).some(({ id }) => !mine.has(id))
    ) as Finding[];
    delete found.evidence;
    return more;
  }

  // For the next reader at this computer. Two clicks clear it, a third brings it back; but not for
  // long, since the next reader must not be able to.
  #clear = (): void => {
    const before = this.#backend.all();
    const bringBack = async () => {
      const told = await this.#backend.merge(before, true);
      const here = this.#backend.all();
      const isBack = Object.keys(before).every((storageKey) => storageKey in here);
      this.#say(`${isBack ? "It is back. " : ""}${told}`);
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
