import { textIn } from "../core/evidence.ts";
import { readNumber } from "../core/numbers.ts";
import type { ForecastSpec } from "../core/protocol.ts";
import { workFileIn } from "../core/work_file.ts";

// The forecasts of a class: read from files that others saved, or from rows pasted out of a table.
// Whatever comes in is only read; what cannot be is named and left out.

/**
 * What one person said: question → per cent. When it was locked tells two apart who gave no name
 * and said the same.
 */
export interface Member {
  name: string;
  locked: string;
  percents: Record<string, number>;
}

/** Which forecasts are meant: the head of our files, the storage key of the set, its questions. */
export type Wanted = Pick<ForecastSpec, "head" | "storageKey"> & { questions: { id: string }[] };

/** One forecast as a file or a table has it. */
interface Entry {
  id?: unknown;
  percent?: unknown;
  known?: unknown;
}

/** The rows of a CSV text with commas, semicolons or tabs between cells. */
export function pastedRows(text: string): string[][] {
  const head = text.replace(/^\ufeff/, "").trimStart();
  const first = head.split(/[\r\n]/, 1)[0];
  const comma = [",", ";", "\t"].find((one) => first.includes(one)) ?? ",";
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < head.length; at += 1) {
    const letter = head[at];
    const row = rows[rows.length - 1];
    if (quoted && letter === '"' && head[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === comma) row.push("");
    else if (!quoted && /[\r\n]/.test(letter)) rows.push([""]);
    else row[row.length - 1] += letter;
  }
  // asCsv puts an apostrophe before what begins like a formula.
  const plain = (cell: string) => cell.trim().replace(/^'(?=[=+\-@])/, "");
  return rows.map((row) => row.map(plain)).filter((row) => row.some(Boolean));
}

/** One number from 0 to 100 in anything that a reader or a file may hold, or null. */
export function percentIn(value: unknown): number | null {
  if (typeof value === "number") return value >= 0 && value <= 100 ? value : null;
  const found = readNumber(value);
  if (!found || found[0] !== found[1] || found[0] < 0 || found[0] > 100) return null;
  return /[km]|thousand|bn/i.test(String(value)) ? null : found[0];
}

function memberOf(name: string, locked: string, entries: Entry[], ids: string[]): Member {
  const percents: Record<string, number> = {};
  for (const { id, percent, known } of entries) {
    const said = percentIn(percent);
    if (typeof id !== "string" || !ids.includes(id) || said === null) continue;
    if (known !== true && known !== "yes") percents[id] = said;
  }
  return { name, locked, percents };
}

// Each header line begins a new table, so that files may be pasted one under another.
function membersInRows(rows: string[][], ids: string[]): Member[] | null {
  const groups = new Map<string, { name: string; locked: string; entries: Entry[] }>();
  let head: string[] | null = null;
  let table = 0;
  for (const row of rows) {
    const names = row.map((cell) => cell.toLowerCase());
    if (names.includes("id") && names.includes("percent")) {
      head = names;
      table += 1;
      continue;
    }
    if (!head) continue;
    const columns = head;
    const cell = (name: string) => row[columns.indexOf(name)] ?? "";
    const person = `${table} ${cell("name")}`;
    const group = groups.get(person) ?? { name: cell("name"), locked: cell("locked"), entries: [] };
    group.entries.push({
      id: cell("id"),
      percent: cell("percent"),
      known: cell("known").toLowerCase(),
    });
    groups.set(person, group);
  }
  if (!head) return null;
  return [...groups.values()].map(({ name, locked, entries }) =>
    memberOf(name, locked, entries, ids)
  );
}

/** The forecasts in what somebody kept, or nothing where there is no list of them. */
export function memberIn(value: unknown, sign: string, ids: string[]): Member | null {
  const { name, locked, forecasts } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof forecasts !== "object" || forecasts === null || Array.isArray(forecasts)) return null;
  const entries = Object.entries(forecasts)
    .map(([id, one]): Entry => ({ ...(one as Entry | null), id }));
  return memberOf(sign || textIn(name), textIn(locked), entries, ids);
}

const isJson = (text: string) => /^\ufeff?\s*[[{<]/.test(text);

/** Those who forecast in a file of ours, in whichever form it was saved. */
function membersInFile(
  text: string,
  { head, storageKey }: Wanted,
  ids: string[],
): Member[] | string {
  const { file, problem } = workFileIn(text, head.about);
  if (!file) return isJson(text) ? problem : NEITHER;
  if (!(storageKey in file.work)) return "it holds no forecasts, or its forecasts are others";
  const member = memberIn(file.work[storageKey], file.sign, ids);
  return member ? [member] : "its forecasts cannot be read";
}

const NEITHER = "it is neither a file of forecasts nor a table with the columns id and percent";

/** The members in a text, JSON or CSV; or a reason in words why there are none. */
export function membersIn(
  text: string,
  wanted: Wanted,
): { members: Member[]; problem?: undefined } | { members?: undefined; problem: string } {
  const ids = wanted.questions.map(({ id }) => id);
  const rows = isJson(text) ? null : membersInRows(pastedRows(text), ids);
  const members = rows ?? membersInFile(text, wanted, ids);
  if (typeof members === "string") return { problem: members };
  const found = members.filter(({ percents }) => Object.keys(percents).length);
  return found.length
    ? { members: found }
    : { problem: "it holds no forecast from 0 to 100 for these questions" };
}

/** `members` and then `more`, without those who are there already; and the names of these. */
export function joinedMembers(
  members: Member[],
  more: Member[],
): { members: Member[]; twice: string[] } {
  const marks = new Set(members.map((one) => JSON.stringify(one)));
  const twice: string[] = [];
  const all = [...members];
  for (const one of more) {
    const mark = JSON.stringify(one);
    if (marks.has(mark)) twice.push(one.name || "somebody without a name");
    else all.push(one);
    marks.add(mark);
  }
  return { members: all, twice };
}
