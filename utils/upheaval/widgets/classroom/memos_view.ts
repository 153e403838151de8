import { button, copyText, element, freshId, labelled, Saver, textArea } from "../core/dom.ts";
import { statusLine } from "../core/form.ts";
import { counted } from "../core/wording.ts";
import { memoIn } from "../memo/rules.ts";
import { writtenTo } from "../portfolio/written.ts";
import type { ClassMemo, RubricRow } from "./data.ts";
import { type Feedback, feedbackFile, feedbackText, pointsOf } from "./feedback.ts";
import { type ClassPart, fold, own, para } from "./parts.ts";
import type { Student } from "./people.ts";

// The memos of a class in a list, each with the rubric to fill, and the feedback to give back.

/** What is said so far of a student's memo: it is changed in place. */
export type FeedbackOf = (student: Student) => Feedback;

const words = (text: string) => text.match(/\S+/g)?.length ?? 0;

function memoText(memo: ClassMemo, student: Student): HTMLElement[] {
  const labels = Object.fromEntries(memo.fields.map(({ name, label }) => [name, label]));
  const about = { key: memo.storageKey, kind: "memo", question: "", labels: { fields: labels } };
  return writtenTo(about, student.work).lines.flatMap(({ label, text }) => [
    ...(label ? [element("p", { class: "face-subtitle" }, label)] : []),
    ...text.split(/(?:\r?\n)+/).map((line) => element("p", { dir: "auto" }, line)),
  ]);
}

/** A list of the points of one row of the rubric; says what was chosen. */
function pointsBox(
  { part, levels }: RubricRow,
  now: number | undefined,
  chosen: (points: number | undefined) => void,
): HTMLElement {
  const box = element("select", { id: freshId("points") }, new Option("–", ""));
  levels.forEach((level, points) => box.add(new Option(`${points}: ${level}`, String(points))));
  box.value = String(now ?? "");
  box.addEventListener("change", () => chosen(box.value ? Number(box.value) : undefined));
  return labelled(part, box);
}

/** A box for words on the whole memo. */
function wordsBox(feedback: Feedback): HTMLElement {
  const box = textArea({ id: freshId("words"), rows: 3 });
  box.value = feedback.words;
  box.addEventListener("input", () => {
    feedback.words = box.value;
  });
  const label = element("label", { for: box.id }, "Your words to this student");
  return element("p", { class: "face-field" }, label, box);
}

/** Two ways to give the feedback back: copied, or as a file. */
function giveBack(name: string, made: () => string): HTMLElement[] {
  const [status, saver] = [statusLine(), new Saver()];
  const shown = element("pre", { class: "class-copied", hidden: true, tabindex: 0 });
  const copy = async () => {
    shown.textContent = made();
    shown.hidden = false;
    status.textContent = await copyText(made(), shown, "Copied.");
  };
  const save = () => saver.save(feedbackFile(name), "text/plain;charset=utf-8", made());
  const buttons = [button("Copy the feedback", copy), " ", button("Save it as a file", save)];
  return [element("p", {}, ...buttons), status, shown, saver.node];
}

/** The rubric: points for each row, words on the whole, and two ways to give it back. */
function rubricView(memo: ClassMemo, student: Student, feedback: Feedback): HTMLElement {
  const sum = para("");
  const most = memo.rubric.reduce((all, { levels }) => all + levels.length - 1, 0);
  const show = () => {
    const points = pointsOf(memo.rubric, feedback);
    sum.textContent = points === null
      ? "Give points in every row to see their sum."
      : `${points} of ${most} points.`;
  };
  const rows = memo.rubric.map((row, at) =>
    pointsBox(row, feedback.points[at], (points) => {
      if (points === undefined) delete feedback.points[at];
      else feedback.points[at] = points;
      show();
    })
  );
  const made = () => feedbackText(`On the memo of ${student.name}`, memo.rubric, feedback);
  show();
  return element(
    "fieldset",
    { class: "class-rubric" },
    element("legend", {}, "Rubric: ", own(student.name)),
    ...rows,
    wordsBox(feedback),
    sum,
    ...giveBack(student.name, made),
  );
}

/** Who wrote a memo with at least one text in it. */
const memoWriters = (memo: ClassMemo, students: Student[]): Student[] =>
  students.filter(({ work }) =>
    Object.values(memoIn(work[memo.storageKey]).fields).some((text) => text.trim())
  );

/** All memos, a fold each. */
export function memosPart(memo: ClassMemo, students: Student[], feedbackOf: FeedbackOf): ClassPart {
  const [id, title] = ["memos", "Memos"];
  const writers = memoWriters(memo, students);
  if (!writers.length) return { id, title, nodes: [para("Nobody has handed in a memo.")] };
  const folds = writers.map((student) => {
    const { fields } = memoIn(student.work[memo.storageKey]);
    const count = Object.values(fields).reduce((sum, text) => sum + words(text), 0);
    return fold(
      `${student.name}: ${counted(count, "word", "words")}`,
      ...memoText(memo, student),
      rubricView(memo, student, feedbackOf(student)),
    );
  });
  const told = "Points and words stay in this page until you close it: save or copy them for " +
    "each student. The gradebook takes the points of memos with points in every row.";
  return { id, title, nodes: [para(told), ...folds] };
}
