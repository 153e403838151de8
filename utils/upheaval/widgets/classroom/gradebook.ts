import type { Table } from "../core/protocol.ts";
import { writtenTo } from "../portfolio/written.ts";
import { givenBy } from "./answers.ts";
import type { ClassLesson } from "./data.ts";
import type { Student } from "./people.ts";

// What each student did in each lesson, in numbers: on the page, and as rows for a gradebook.

/** What a student did in a lesson. */
export interface Done {
  right: number;
  answered: number;
  checks: number;
  written: number;
  writings: number;
}

/** What a student did in a lesson. */
export function doneIn(lesson: ClassLesson, student: Student): Done {
  const given = lesson.checks.map((check) => givenBy(student, check)).filter((one) => one !== null);
  const written = lesson.writings.filter((one) => writtenTo(one, student.work).lines.length);
  return {
    right: given.filter(({ verdict }) => verdict.right).length,
    answered: given.length,
    checks: lesson.checks.length,
    written: written.length,
    writings: lesson.writings.length,
  };
}

/** Whether a student left anything in a lesson. */
const cameToLesson = ({ answered, written }: Done): boolean => answered + written > 0;

/** Who left the checks alone has none wrong. */
const checksText = ({ right, answered, checks }: Done): string =>
  answered ? `${right} of ${checks} right` : `none of ${checks} checks answered`;

/** What a student did in a lesson, in a few words; nothing where they did nothing. */
export function doneText(done: Done): string {
  if (!cameToLesson(done)) return "";
  const checks = done.checks ? checksText(done) : "";
  const written = done.writings ? `${done.written} of ${done.writings} written` : "";
  return [checks, written].filter(Boolean).join(", ");
}

/** What is said of each who handed in files in which nothing is an answer to any lesson. */
export function emptyHanded(lessons: ClassLesson[], students: Student[]): string[] {
  const empty = students.filter((one) => !lessonsWith(lessons, [one]).length);
  return empty.map(({ name, files }) =>
    `${name}: no answer was found in ${files.map(({ place }) => place).join(", ")}. Ask whether ` +
    "it is the right file."
  );
}

/** The lessons in which somebody left something. */
export const lessonsWith = (lessons: ClassLesson[], students: Student[]): ClassLesson[] =>
  lessons.filter((lesson) => students.some((one) => cameToLesson(doneIn(lesson, one))));

/** The moment at which the last file of a student was saved: its day and its minute, in UTC. */
export const lastSaved = ({ files }: Student): string =>
  (files.at(-1)?.saved ?? "").slice(0, 16).replace("T", " ");

/** A row a student, with the points of their memo where it was marked. */
export function gradebook(
  lessons: ClassLesson[],
  students: Student[],
  points: Map<string, number>,
): Table {
  const some = lessonsWith(lessons, students);
  const head = some.flatMap(({ number, checks, writings }) => [
    ...(checks.length ? [`${number} checks right (of ${checks.length})`] : []),
    ...(checks.length ? [`${number} checks answered`] : []),
    ...(writings.length ? [`${number} things written (of ${writings.length})`] : []),
  ]);
  const rows = students.map((student) => [
    student.name,
    lastSaved(student),
    ...some.flatMap((lesson) => {
      const { right, answered, checks, written, writings } = doneIn(lesson, student);
      return [...(checks ? [right, answered] : []), ...(writings ? [written] : [])];
    }),
    points.get(student.id) ?? null,
  ]);
  return { columns: ["Student", "Last saved (UTC)", ...head, "Memo points"], rows };
}
