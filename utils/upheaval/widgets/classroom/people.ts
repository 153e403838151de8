import { membersIn } from "../forecast/class_import.ts";
import type { KeptWork } from "../core/protocol.ts";
import { spelled } from "../core/days.ts";
import { SIGN, signIn, workFileIn } from "../core/work_file.ts";
import type { ClassForecast, FoundFile } from "./data.ts";

// Who handed in what: files as course platforms rename, pack and double them, put together by
// person. Nothing is dropped without a sentence.

/** A file of ours, read: who it is of as far as its place and its content tell. */
export interface Submission {
  place: string;
  /** When it was saved, by its own word or else that of the disk; ISO text. */
  saved: string;
  sign: string;
  owner: string;
  work: KeptWork;
}

/** One person: what all their files hold together. */
export interface Student {
  id: string;
  name: string;
  files: Submission[];
  work: KeptWork;
}

/** A class, and a sentence on each thing that whoever marks it has to know. */
export interface Collected {
  students: Student[];
  notes: string[];
  problems: string[];
}

/** Names that platforms and people give to folders of many; no family name (Weekes, Classen). */
const GENERAL = new RegExp(
  "^(?:(?:lesson|week|unit|class(?:es|room)?|period|download|export|version|working file)s?" +
    "(?!\\p{L})|submi|assign|\\d+$)",
  "iu",
);
/** More files of ours than that in one folder, and it is no single person's. */
const MOST_OF_ONE = 3;

/** Moodle: "Ann Lee_12345_assignsubmission_file_my_work.json", also as a folder's name. */
const MOODLE = /^(.+?)_\d+_assignsubmission_/;
/** Blackboard: "Task_leeann_attempt_2026-03-05-10-11-12_my_work.json". */
const BLACKBOARD = /_([^_]+)_attempt_\d{4}-\d\d-\d\d/;
/** Canvas: "leeann_123_456_my_work-1.json", "leeann_LATE_123_456_my_work.json". */
const CANVAS = /^([^_]+?)(?:_LATE)?_\d+_\d+_./;
/** Google Classroom and Drive: "Ann Lee - my_work.json". */
const DRIVE = /^(.+?) - .+\.\w+$/;

/** How our own files are called: what stands before a dash there is no person. */
const OURS = /^(my_work|my_coding|grid-|forecasts|decision_memo)/i;

const withoutZip = (name: string) => name.replace(/\.zip$/i, "");

/** Whose a file is by the names that a platform gave it; nothing where it tells nobody. */
function platformOwner(parts: string[]): string {
  const shapes = [MOODLE, BLACKBOARD, CANVAS, DRIVE];
  for (const part of [...parts].reverse()) {
    const found = shapes.map((shape) => shape.exec(part)?.[1]).find(Boolean);
    if (found && !OURS.test(found) && !GENERAL.test(found)) {
      return found.replaceAll("_", " ").trim();
    }
  }
  // Teams: "Submitted files/Ann Lee/Task/Version 2/my_work.json".
  const version = parts.findIndex((part) => /^version \d+$/i.test(part));
  return version >= 2 ? parts[version - 2] : "";
}

/** Folders that hold one person's files each: several beside one another, none with many. */
function ownFolders(places: string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const place of places) {
    const folder = place.split("/").slice(0, -1).join("/");
    if (folder) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const small = [...counts].filter(([folder, count]) =>
    count <= MOST_OF_ONE && !GENERAL.test(lastOf(folder))
  ).map(([folder]) => folder);
  const above = (folder: string) => folder.split("/").slice(0, -1).join("/");
  return new Set(
    small.filter((one) => small.some((other) => other !== one && above(other) === above(one))),
  );
}

const lastOf = (path: string) => path.split("/").at(-1) ?? "";

/** Whose each file is, by its place: place → a name, or nothing. */
export function owners(places: string[]): Map<string, string> {
  const own = ownFolders(places);
  return new Map(places.map((place) => {
    const folder = place.split("/").slice(0, -1).join("/");
    const named = platformOwner(place.split("/")) ||
      (own.has(folder) ? withoutZip(lastOf(folder)) : "");
    return [place, signIn(named)];
  }));
}

type Read = { submissions: Submission[]; note?: string; problem?: undefined } | {
  submissions?: undefined;
  problem: string;
};

/** What is said of a file that a later version saved. */
const laterText = (place: string, version: string): string =>
  `${place} was saved by a later version of the collection${
    version && `, ${version}`
  }. What this ` +
  "one does not know of it is not counted: make this page with that version.";

/** What a file holds: of a table of forecasts one `Submission` a person. */
function readFile(file: FoundFile, owner: string, about: string, forecast: ClassForecast): Read {
  const { place, changed, text } = file;
  const { file: found, problem } = workFileIn(text, about, true);
  if (found) {
    const { sign, saved, work, isLater } = found;
    const submissions = [{ place, saved: saved || changed, sign, owner, work }];
    return isLater ? { submissions, note: laterText(place, found.version) } : { submissions };
  }
  if (!/\.csv$/i.test(place)) return { problem };
  const { members } = membersIn(text, forecast);
  if (!members) return { problem: "it is a table, and not one of forecasts" };
  const submissions = members.map(({ name, locked, percents }): Submission => {
    const forecasts = Object.fromEntries(
      Object.entries(percents).map(([id, percent]) => [id, { percent, reason: "", known: false }]),
    );
    const kept = { name, forecasts, locked: locked || null, revealed: null };
    const work = { [forecast.storageKey]: kept };
    const only = members.length === 1 ? owner : "";
    return { place, saved: locked || changed, sign: signIn(name), owner: only, work };
  });
  return { submissions };
}

/** What stands in a file but for who signed it; the same text for the same work. */
function contentOf({ work }: Submission): string {
  const content = { ...work, [SIGN]: undefined };
  // Forecasts have the name that they were locked under inside them.
  return JSON.stringify(content, (key, value) => key === "name" ? undefined : value);
}

/** Letters of a text that two people do not write alike by chance. */
const LONG = 40;

/** What is kept of a table, or chosen from a list: nobody's own words. */
const NOT_WRITTEN = new Set(["evidence", "answer"]);

/** Every longer text that was written, with single spaces. */
function textsIn(work: KeptWork): string[] {
  const within = (kept: unknown): string[] => {
    if (typeof kept === "string") {
      const plain = kept.replace(/\s+/gu, " ").trim();
      return plain.length >= LONG ? [plain] : [];
    }
    if (!kept || typeof kept !== "object") return [];
    return Object.entries(kept).flatMap(([key, one]) => NOT_WRITTEN.has(key) ? [] : within(one));
  };
  // A text that stands alone is a prediction: one of a few, in the words of the lesson.
  const kept = Object.entries(work).filter(([, one]) => typeof one !== "string");
  return within(Object.fromEntries(kept));
}

/**
 * Files without a second copy of one that is there already; and a sentence on each copy. Answers
 * alone, without a word of one's own, are the same by chance, so of two signs nothing is said then.
 */
function withoutCopies(submissions: Submission[]): { submissions: Submission[]; notes: string[] } {
  const seen = new Map<string, Submission[]>();
  const notes: string[] = [];
  const kept = submissions.filter((one) => {
    const content = contentOf(one);
    const before = seen.get(content) ?? [];
    seen.set(content, [...before, one]);
    if (!before.length || content === "{}") return true;
    const own = before.find((other) => isOfOne(one, other));
    const [first] = before;
    if (own) notes.push(`${one.place} holds the same as ${own.place}: it was read once.`);
    else if (one.owner && first.owner || textsIn(one.work).length) {
      notes.push(
        `${one.place} holds the same, letter by letter, as ${first.place}, of another student` +
          `${one.sign && first.sign ? ` (signed ${one.sign}, and ${first.sign})` : ""}.`,
      );
    }
    return !own;
  });
  return { submissions: kept, notes };
}

/** Whether nothing speaks against it that two files are of one person. */
function isOfOne(one: Submission, other: Submission): boolean {
  if (one.owner && other.owner) return lower(one.owner) === lower(other.owner);
  return lower(one.sign) === lower(other.sign);
}

/** As many students as have the same words may have had them from the board, or from the page. */
const MOST_NAMED = 6;

/** A sentence on each group of students who wrote the same longer texts. */
function sameWords(students: Student[]): string[] {
  const writers = new Map<string, { text: string; who: Set<Student> }>();
  for (const student of students) {
    for (const text of textsIn(student.work)) {
      const known = writers.get(lower(text)) ?? { text, who: new Set() };
      known.who.add(student);
      writers.set(lower(text), known);
    }
  }
  const shared = [...writers.values()].filter(({ who }) => who.size > 1 && who.size <= MOST_NAMED);
  const groups = Map.groupBy(shared, ({ who }) => [...who].map(({ id }) => id).sort().join("\n"));
  return [...groups.values()].map((texts) => {
    const [{ text, who }] = texts;
    const names = [...who].map(({ name }) => name);
    const last = names.pop();
    const places = texts.length === 1 ? "in one place" : `in ${texts.length} places`;
    return `${names.join(", ")} and ${last} wrote the same words ${places}: “${
      text.slice(0, LONG)
    } …”.`;
  });
}

/** The file's name without what a browser or a platform puts behind it, for who gave no name. */
const plainName = (place: string) => lastOf(place).replace(/\.\w+$/, "");

/** By what files are known to be of one person. */
function identities(submissions: Submission[]): (one: Submission) => string {
  const ownersOf = new Map<string, Set<string>>();
  for (const { sign, owner } of submissions) {
    if (!sign || !owner) continue;
    const known = ownersOf.get(lower(sign)) ?? new Set();
    ownersOf.set(lower(sign), known.add(lower(owner)));
  }
  return ({ sign, owner, place }) => {
    if (owner) return `owner ${lower(owner)}`;
    const [only, ...more] = ownersOf.get(lower(sign)) ?? [];
    if (sign && only && !more.length) return `owner ${only}`;
    return sign ? `sign ${lower(sign)}` : `file ${place}`;
  };
}

const lower = (text: string) => text.toLowerCase();

function nameOf(files: Submission[]): string {
  const owner = files.map((one) => one.owner).find(Boolean) ?? "";
  const sign = files.map((one) => one.sign).findLast(Boolean) ?? "";
  if (owner && sign && lower(owner) !== lower(sign)) return `${owner} (${sign})`;
  return owner || sign || `No name: ${plainName(files[0].place)}`;
}

/** What is said of somebody who handed in several files: which of them counts. */
function resubmission(name: string, files: Submission[]): string[] {
  const keys = files.map(({ work }) => Object.keys(work).filter((key) => key !== SIGN));
  const twice = keys.flat().some((key, at, all) => all.indexOf(key) !== at);
  if (!twice) return [];
  const last = files[files.length - 1];
  const day = spelled(last.saved.slice(0, 10));
  const which = `${last.place}${day ? `, saved on ${day},` : ""}`;
  return [
    `${name} handed in ${files.length} files. Where several answer one question, the later ` +
    `counts: ${which} is the last.`,
  ];
}

const moment = ({ saved }: Submission) => {
  const time = Date.parse(saved);
  return Number.isNaN(time) ? 0 : time;
};

function studentOf(id: string, files: Submission[]): Student {
  const sorted = [...files].sort((one, other) => moment(one) - moment(other));
  const work = Object.assign({}, ...sorted.map((one) => one.work));
  return { id, name: nameOf(sorted), files: sorted, work };
}

/** All files as a class: who handed in what, and what has to be said of it. */
export function collected(
  files: FoundFile[],
  about: string,
  forecast: ClassForecast,
): Collected {
  const owner = owners(files.map(({ place }) => place));
  const problems: string[] = [];
  const later: string[] = [];
  const all = files.flatMap((file) => {
    const read = readFile(file, owner.get(file.place) ?? "", about, forecast);
    const { submissions, problem } = read;
    if (problem !== undefined) problems.push(`${file.place} was left out: ${problem}.`);
    else if (read.note) later.push(read.note);
    return submissions ?? [];
  });
  const { submissions, notes } = withoutCopies(all);
  const identity = identities(submissions);
  const byPerson = Map.groupBy(submissions, identity);
  const students = [...byPerson].map(([id, own]) => studentOf(id, own));
  students.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
  for (const { name, files: own } of students) notes.push(...resubmission(name, own));
  return { students, notes: [...later, ...notes, ...sameWords(students)], problems };
}

/** A number that is as good as drawn by lot, and the same for the same text (FNV-1a, mixed). */
function scattered(text: string): number {
  let sum = 2166136261;
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16777619);
  sum = Math.imul(sum ^ (sum >>> 16), 0x45d9f3b);
  return (sum ^ (sum >>> 16)) >>> 0;
}

/** A number for each student, by which nobody can tell where they stand in the alphabet. */
export function withoutNames(students: Student[]): Student[] {
  const order = [...students].sort((one, other) => scattered(one.id) - scattered(other.id));
  return order.map((one, at) => ({ ...one, name: `Student ${at + 1}` }));
}
