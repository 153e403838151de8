import { type Child, element } from "../core/dom.ts";
import { counted } from "../core/wording.ts";
import type { ClassCheck, ClassLesson } from "./data.ts";
import { type Taken, tallied } from "./answers.ts";
import { type CellContent, type ClassPart, fold, grid, own, para } from "./parts.ts";
import type { Student } from "./people.ts";
import { writtenTo } from "../portfolio/written.ts";
import { doneIn, doneText, lastSaved, lessonsWith } from "./gradebook.ts";

// Who handed in what, how the checks were answered, and what was written, side by side.

/** Who handed in what: a row a student, a column a lesson. */
export function whoPart(lessons: ClassLesson[], students: Student[]): ClassPart {
  const some = lessonsWith(lessons, students);
  const rows = students.map((student): CellContent[] => [
    [own(student.name)],
    [element("span", { class: "class-whole" }, lastSaved(student) || "–")],
    ...some.map((lesson) => doneCell(doneText(doneIn(lesson, student)))),
  ]);
  const head = ["Student", "Last saved (UTC)", ...some.map(({ title }) => title)];
  const nodes = students.length ? [grid("who handed in what", head, rows)] : [para(NOBODY)];
  return { id: "who", title: "Who handed in what", nodes };
}

/** What was done, a line for each kind of it. */
const doneCell = (text: string): Child[] =>
  text ? text.split(", ").map((line) => element("span", { class: "class-line" }, line)) : ["–"];

const NOBODY = "Nobody has handed in anything that this page can read.";

/** How often an answer was taken, as a number with a bar. */
function countCell(count: number, all: number): Child[] {
  const width = all ? Math.round(100 * count / all) : 0;
  const bar = element("span", { class: "class-bar", "aria-hidden": "true" });
  bar.style.setProperty("--part", `${width}%`);
  return [`${count} of ${all}`, bar];
}

function takenRow({ of, text, right, why, who }: Taken, all: number): CellContent[] {
  const names = !right && who.length ? [own(who.join(", "), "class-names")] : [];
  return [
    [of ? `${of}: ` : "", own(text)],
    [element("span", { class: "class-whole" }, right ? "✓ right" : "✗ wrong")],
    [...countCell(who.length, all), ...names],
    [element("span", { class: "class-reason" }, why)],
  ];
}

/** A check: its question, how many are right, and how often each answer was taken. */
function checkView(check: ClassCheck, students: Student[]): HTMLElement[] {
  const { given, right, taken } = tallied(check, students);
  if (!given.length) return [];
  const tries = given.reduce((sum, one) => sum + one.tries, 0) / given.length;
  const told = `${right} of ${counted(given.length, "student", "students")} right in the end, ` +
    `after ${tries.toFixed(1)} tries on average.`;
  const rows = taken.map((one) => takenRow(one, given.length));
  const { question, storageKey } = check.spec;
  return [
    element("h3", {}, question),
    para(told),
    grid(`answers to ${storageKey}`, ["Answer", "Right?", "Students", "What it is met with"], rows),
  ];
}

/** The checks of all lessons, a fold a lesson. */
export function checksPart(lessons: ClassLesson[], students: Student[]): ClassPart {
  const folds = lessons.flatMap(({ title, checks }) => {
    const views = checks.map((check) => checkView(check, students)).filter(({ length }) => length);
    if (!views.length) return [];
    return [
      fold(`${title}: ${counted(views.length, "check", "checks")} answered`, ...views.flat()),
    ];
  });
  const told = "Each answer is marked anew here. The last answer of a student counts.";
  const nodes = folds.length ? [para(told), ...folds] : [para("Nobody has answered a check.")];
  return { id: "checks", title: "Checks", nodes };
}

const TEXTS = new Set(["predict", "write"]);

/** What was written to each question of each lesson, everybody's side by side. */
export function notesPart(lessons: ClassLesson[], students: Student[]): ClassPart {
  const folds = lessons.flatMap(({ title, writings }) => {
    const views = writings.filter(({ kind }) => TEXTS.has(kind)).flatMap((writing) => {
      const cards = students.flatMap(({ name, work }) => {
        const { lines } = writtenTo(writing, work);
        return lines.length ? [noteCard(name, lines)] : [];
      });
      if (!cards.length) return [];
      const count = counted(cards.length, "answer", "answers");
      return [
        element("h3", {}, writing.question),
        para(`${count}.`),
        element("ul", { class: "class-notes" }, ...cards),
      ];
    });
    return views.length ? [fold(title, ...views)] : [];
  });
  const nodes = folds.length ? folds : [para("Nobody has written a note or an exit ticket.")];
  return { id: "notes", title: "Exit tickets and notes", nodes };
}

function noteCard(name: string, lines: { label: string; text: string }[]): HTMLElement {
  const texts = lines.flatMap(({ label, text }) => [
    ...(label ? [element("p", { class: "face-subtitle" }, label)] : []),
    element("p", { dir: "auto" }, text),
  ]);
  return element("li", {}, element("strong", {}, own(name)), ...texts);
}
