import { button, type Child, element, pickAny, Saver } from "../core/dom.ts";
import { option, statusLine } from "../core/form.ts";
import { asCsv } from "../core/table.ts";
import { counted } from "../core/wording.ts";
import { checksPart, notesPart, whoPart } from "./answers_view.ts";
import type { ClassData, FoundFile } from "./data.ts";
import { type Feedback, isGiven, noFeedback, pointsOf } from "./feedback.ts";
import { emptyHanded, gradebook } from "./gradebook.ts";
import { type Read, readFiles, withFreeNames } from "./handed_in.ts";
import { memosPart } from "./memos_view.ts";
import { type ClassPart, fold, para } from "./parts.ts";
import { type Collected, collected, type Student, withoutNames } from "./people.ts";
import { codingsPart, forecastsPart, gridsPart } from "./pool_view.ts";

// The page of a class: what was found, what it says, and what is dropped on it.

const HOW =
  "Everything happens in this page: nothing is sent, and nothing is kept when you close " +
  "it. You can drop further files anywhere on it: those that students saved, or a ZIP of them as " +
  "your course platform gives it.";
const TAKES = ".zip,.json,.csv,.html,.htm,application/zip,application/json,text/csv";
const ASK = "Ask for another file where one was damaged or has a password.";
const UNREAD = "These files could not be read. Open the ZIP, and drop the files that are in it.";
const HIDDEN = "Names are left out, so the names of files are not told. What students wrote may " +
  "still hold names.";

/** The whole page. */
export class ClassPage {
  readonly #data: ClassData;
  #files: FoundFile[];
  #problems: string[];
  #reading: Promise<void> = Promise.resolve();
  #class: Collected;
  readonly #feedback = new Map<string, Feedback>();
  readonly #nameless: HTMLInputElement;
  readonly #summary = element("p", { class: "face-text" });
  readonly #status = statusLine();
  readonly #saver = new Saver();
  readonly #contents = element("nav", { class: "page-contents", "aria-label": "Contents" });
  readonly #results = element("div", {});

  constructor(data: ClassData) {
    this.#data = data;
    [this.#files, this.#problems] = [data.files, data.problems];
    this.#class = this.#collect();
    this.#nameless = element("input", { type: "checkbox", onchange: () => this.#render() });
    addEventListener("beforeunload", (event) => {
      if ([...this.#feedback.values()].some(isGiven)) event.preventDefault();
    });
  }

  /** Puts the page into its element, and takes what is dropped on it. */
  show(main: HTMLElement): void {
    const head = element(
      "section",
      { class: "page-text" },
      element("h1", {}, "A class: what was handed in"),
    );
    main.replaceChildren(head, this.#controls(), this.#contents, this.#results);
    this.#render();
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...event.dataTransfer?.files ?? []];
      if (files.length) this.#read(files);
    });
  }

  #controls(): HTMLElement {
    return element(
      "div",
      { class: "face class-controls" },
      this.#summary,
      element("p", {}, HOW),
      option(this.#nameless, "Leave names out: Student 1, Student 2 …"),
      element(
        "p",
        {},
        pickAny("Add files", TAKES, (files) => this.#read(files)),
        " ",
        button("Save for a gradebook (CSV)", () => this.#saveTable()),
        " ",
        button("Print", () => print()),
      ),
      this.#status,
      this.#saver.node,
    );
  }

  #collect(): Collected {
    return collected(this.#files, this.#data.head.about, this.#data.forecast);
  }

  /** Reads files, ZIPs among them, one lot after the other. */
  #read(files: File[]): void {
    this.#reading = this.#reading.then(async () => {
      this.#status.textContent = "Reading …";
      const places = this.#files.map(({ place }) => place);
      const given = files.map((content) => ({
        name: content.name,
        lastModified: content.lastModified,
        content,
      }));
      this.#take(await readFiles(withFreeNames(given, places), this.#data.limits));
    }).catch((error) => {
      reportError(error);
      this.#status.textContent = UNREAD;
    });
  }

  /** Takes what was read in beside what is there. */
  #take({ files: more, problems }: Read): void {
    const before = this.#class.students.length;
    this.#files = [...this.#files, ...more];
    this.#problems = [...this.#problems, ...problems];
    this.#class = this.#collect();
    const students = this.#class.students.length - before;
    this.#render();
    this.#status.textContent = `${counted(more.length, "file was", "files were")} added: ` +
      `${counted(students, "student", "students")} more. “What was read” says what was left out.`;
  }

  get #students(): Student[] {
    const { students } = this.#class;
    return this.#nameless.checked ? withoutNames(students) : students;
  }

  #feedbackOf = ({ id }: Student): Feedback => {
    const feedback = this.#feedback.get(id) ?? noFeedback();
    this.#feedback.set(id, feedback);
    return feedback;
  };

  #saveTable(): void {
    const { lessons, memo } = this.#data;
    const points = new Map<string, number>();
    for (const [id, feedback] of this.#feedback) {
      const sum = pointsOf(memo.rubric, feedback);
      if (sum !== null) points.set(id, sum);
    }
    const text = asCsv(gradebook(lessons, this.#students, points));
    this.#saver.save("class.csv", "text/csv;charset=utf-8", text);
  }

  /** What was read, and what has to be known of it. */
  #readPart(): ClassPart {
    const { problems, notes, students } = this.#class;
    const empty = emptyHanded(this.#data.lessons, students);
    const told = [...this.#problems, ...problems, ...empty, ...notes];
    const list = (all: string[]) =>
      element("ul", {}, ...all.map((text) => element("li", { dir: "auto" }, text)));
    const shown: Child[] = this.#nameless.checked ? [para(HIDDEN)] : [list(told)];
    const count = counted(told.length, "remark", "remarks");
    const files = fold(
      "All files that were read",
      list(students.flatMap(({ files }) => files.map(({ place }) => place))),
    );
    const nodes = told.length
      ? [para(`${count}. ${ASK}`), ...shown]
      : [para("Every file was read.")];
    return {
      id: "read",
      title: "What was read",
      nodes: this.#nameless.checked ? nodes : [...nodes, files],
    };
  }

  #render(): void {
    const { lessons, forecast, coding, grid, memo } = this.#data;
    const students = this.#students;
    const read = this.#files.length - this.#class.problems.length;
    this.#summary.textContent = `${this.#data.folder}: ` +
      `${counted(students.length, "student", "students")}, ` +
      `${counted(read, "file", "files")} read.`;
    const parts = [
      this.#readPart(),
      whoPart(lessons, students),
      checksPart(lessons, students),
      notesPart(lessons, students),
      forecastsPart(forecast, students),
      codingsPart(coding, students),
      gridsPart(grid, students),
      memosPart(memo, students, this.#feedbackOf),
    ];
    const links = parts.map(({ id, title }) =>
      element("li", {}, element("a", { href: `#${id}` }, title))
    );
    this.#contents.replaceChildren(element("ul", {}, ...links));
    const open = this.#folds().map((one) => one.open);
    this.#results.replaceChildren(...parts.map(partView));
    // What lies open stays open, where the page has the same folds.
    const folds = this.#folds();
    if (folds.length !== open.length) return;
    for (const [at, one] of folds.entries()) one.open = open[at];
  }

  /** The folds of lessons and memos; that of the files is not there without names. */
  #folds(): HTMLDetailsElement[] {
    return [
      ...this.#results.querySelectorAll<HTMLDetailsElement>("section:not(:first-child) details"),
    ];
  }
}

function partView({ id, title, nodes }: ClassPart): HTMLElement {
  return element(
    "section",
    { class: "class-part", "aria-labelledby": id },
    element("div", { class: "page-text" }, element("h2", { id, tabindex: -1 }, title)),
    element("div", { class: "face" }, ...nodes),
  );
}
