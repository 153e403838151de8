import type {
  AnswerKey,
  CheckSpec,
  CodingSpec,
  FileHead,
  MatrixSpec,
  MemoFieldSpec,
  Writing,
} from "../core/protocol.ts";
import type { OptionSpec } from "../check/options.ts";

// What the page of a class is told: the questions with their answers, and the files that were
// found. `classroom/page.py` makes it.

/** A file as it was found: where, when it was changed last (ISO text), and what stands in it. */
export interface FoundFile {
  place: string;
  changed: string;
  text: string;
}

/** A check as its face knows it; those with options or slots have more. */
export interface ClassQuestion extends CheckSpec {
  options?: OptionSpec[];
  slots?: string[];
  unit?: string;
}

/** A check with its answers: this page is the instructor's. */
export interface ClassCheck {
  spec: ClassQuestion;
  key: AnswerKey;
}

/** A lesson: its checks, and what can be written in it. */
export interface ClassLesson {
  number: string;
  title: string;
  checks: ClassCheck[];
  writings: Writing[];
}

/** The forecasts of a lesson, and how each question ended; null is one that is still open. */
export interface ClassForecast {
  head: FileHead;
  storageKey: string;
  questions: { id: string; text: string }[];
  outcomes: (boolean | null)[];
}

/** One row of a rubric: what is looked at, and what earns no point, one and two. */
export interface RubricRow {
  part: string;
  levels: string[];
}

/** The memo: where it is kept, its fields, how it is marked. */
export interface ClassMemo {
  storageKey: string;
  fields: Pick<MemoFieldSpec, "name" | "label">[];
  rubric: RubricRow[];
}

/** What is read at most: `reading.py` has them, and says of what. */
export interface ReadingLimits {
  largestFile: number;
  largestZip: number;
  allTogether: number;
  mostFiles: number;
  deepest: number;
  mostEntries: number;
}

/** All that the page of a class begins with. */
export interface ClassData {
  limits: ReadingLimits;
  head: FileHead;
  folder: string;
  lessons: ClassLesson[];
  forecast: ClassForecast;
  coding: CodingSpec;
  grid: MatrixSpec;
  memo: ClassMemo;
  files: FoundFile[];
  /** What was found and not read, a sentence each. */
  problems: string[];
}
