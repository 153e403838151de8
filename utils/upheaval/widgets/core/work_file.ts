import { today } from "./days.ts";
import { textIn } from "./evidence.ts";
import { LONGEST_TEXT, mostLetters } from "./longest_text.ts";
import type { FileHead, KeptWork, Table } from "./protocol.ts";

// The one form of every file that a reader saves: what was written by storage key, and by whom, in
// which lesson, when and with which version. Each reader of files takes it, and takes the four
// forms that stood in its place before.

/** Under which storage key the reader's name or sign is kept. */
export const SIGN = "name";
/** The form that is written, and the newest that is read. */
const FORMAT = 1;
/** A longer sign is cut. */
const LONGEST_SIGN = 60;

/** What a file of work holds; texts are empty where it does not say. */
export interface WorkFile {
  sign: string;
  lesson: string;
  /** The moment it was saved, as ISO text. */
  saved: string;
  version: string;
  /** Whether it has the form of a later version than this. */
  isLater: boolean;
  work: KeptWork;
}

type Plain = Record<string, unknown>;

const plain = (value: unknown): Plain | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value as Plain : null;

/** A name or a sign as it is shown, in one line; empty for what is none. */
export function signIn(value: unknown): string {
  return textIn(value).replace(/[\s\p{C}]+/gu, " ").trim().slice(0, LONGEST_SIGN);
}

/** The lesson that a storage key begins with ("07.coding"), or nothing. */
export const lessonOf = (storageKey: string): string => /^\d+(?=\.)/.exec(storageKey)?.[0] ?? "";

/** The text of a file of `work`. */
export function workFile(
  { about, version }: FileHead,
  work: KeptWork,
  by: { sign: unknown; lesson: string },
  now = new Date(),
): string {
  const name = signIn(by.sign);
  const content = {
    about,
    format: FORMAT,
    ...(name && { name }),
    lesson: by.lesson,
    saved: now.toISOString(),
    version,
    work,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The sign as a part of a file's name. */
export const inFileName = (sign: unknown): string =>
  signIn(sign).normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(
    0,
    40,
  );

/** A file's name: of a reader with a sign it tells sign, lesson and day. */
export function savedName(
  start: string,
  ending: string,
  by: { sign: unknown; lesson: string },
  now = new Date(),
): string {
  const sign = inFileName(by.sign);
  const parts = sign ? [start, sign, by.lesson, today(now)] : [start];
  return `${parts.filter(Boolean).join("-")}.${ending}`;
}

/** Who wrote what is saved as a text, as a line of it; nothing where no sign is given. */
export function byLine(
  { version }: FileHead,
  by: { sign: unknown; lesson: string },
  now = new Date(),
): string {
  const sign = signIn(by.sign);
  return sign && `${sign} · lesson ${by.lesson} · ${today(now)} · version ${version}`;
}

/** A table with the reader's sign in each row, where one is given. */
export function signedTable({ columns, rows }: Table, given: unknown): Table {
  const sign = signIn(given);
  if (!sign) return { columns, rows };
  return { columns: ["Name", ...columns], rows: rows.map((row) => [sign, ...row]) };
}

// -- reading --

/** Forecasts as files had them before: a list, of which each names its question. */
function forecastsIn({ forecasts, name, locked }: Plain): Plain {
  const all = (forecasts as unknown[]).map(plain).filter((one) => one !== null);
  const ids = all.filter((one) => typeof one.id === "string");
  return {
    name: textIn(name),
    locked: textIn(locked) || null,
    revealed: null,
    forecasts: Object.fromEntries(ids.map(({ id, ...one }) => [id, one])),
  };
}

/** The work in a file of one of the forms that were written before: nothing where it is none. */
function olderWork(content: Plain): KeptWork | null {
  const { coding, changes, grid, value, key, forecasts, about } = content;
  if (typeof coding === "string" && Array.isArray(changes)) return { [coding]: { changes } };
  if (typeof grid === "string" && plain(value)) return { [grid]: value };
  const pooled = typeof key === "string" && Array.isArray(forecasts) && typeof about === "string";
  return pooled ? { [key]: forecastsIn(content) } : null;
}

/**
 * The sign of a reader: the one that was given once for all files, empty where it was taken out; or
 * the `older` one of the forecasts, which had a box of their own until 30 November 2026.
 */
export const signOr = (given: unknown, older: unknown): string => signIn(given ?? older);

/** The sign in all that was written. */
export function signAmong(work: KeptWork): string {
  const written = Object.values(work).map((one) => signIn(plain(one)?.name));
  return signOr(work[SIGN], written.find(Boolean));
}

/** A page that was saved from the memo holds its work in an element of its own. */
const IN_PAGE = /<template class="(?:my-work)">([^<]*)<\/template>/;

/** What is read in the text of a file: JSON, or a page of ours; undefined if neither. */
function contentOf(text: string): unknown {
  try {
    return JSON.parse((IN_PAGE.exec(text)?.[1] ?? text).replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

/** Letters of the longest text in a value that JSON can hold. */
function longestText(value: unknown): number {
  let longest = 0;
  JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === "string") longest = Math.max(longest, one.length);
    return one;
  });
  return longest;
}

/** Whether a file has a form that this version does not know. */
const isLater = ({ format }: Plain): boolean => typeof format === "number" && format > FORMAT;

/** Why a file of ours cannot be taken; nothing where it can. */
function refusalOf(content: Plain, work: KeptWork, takesLater: boolean): string {
  if (isLater(content) && !takesLater) {
    return "it was saved by a newer version of this collection. Open it there, or get that version";
  }
  const letters = longestText(work);
  if (letters <= LONGEST_TEXT) return "";
  return `one text in it has ${mostLetters(letters)}`;
}

/**
 * What the text of a file holds, in whichever of our forms, or a sentence on why it holds nothing.
 * `about` is the mark of our files. One of a later version holds nothing, unless the caller
 * `takesLater` and tells of it: nobody's own work may be written anew in an older form.
 */
export function workFileIn(
  text: string,
  about: string,
  takesLater = false,
): { file: WorkFile; problem?: undefined } | { file?: undefined; problem: string } {
  const read = contentOf(text);
  if (read === undefined) {
    return { problem: "it is no JSON file, or it was damaged on its way" };
  }
  const content = plain(read);
  const work = content?.about === about ? plain(content.work) : content && olderWork(content);
  if (!content || !work) return { problem: "it was not saved by this collection" };
  const refusal = refusalOf(content, work, takesLater);
  if (refusal) return { problem: refusal };
  const keys = Object.keys(work).map(lessonOf);
  const file = {
    sign: signIn(content.name) || signAmong(work),
    lesson: textIn(content.lesson) || (new Set(keys).size === 1 ? keys[0] : ""),
    saved: textIn(content.saved) || textIn(content.locked),
    version: textIn(content.version),
    isLater: isLater(content),
    work,
  };
  return { file };
}
