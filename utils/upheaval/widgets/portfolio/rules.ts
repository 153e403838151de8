import type { Attempt, KeptWork, Part } from "../core/protocol.ts";
import { counted } from "../core/wording.ts";
import { SIGN } from "../core/work_file.ts";

// What is kept, in numbers and words.

function lessonsIn(kept: KeptWork): string[] {
  const parts = Object.keys(kept).map((storageKey) => storageKey.split(".")[0]);
  return [...new Set(parts.filter((part) => /^\d+$/.test(part)))].sort();
}

/** Whether what is kept is an answer to a check. */
export function isCheck(value: unknown): value is Attempt {
  const given = value as Partial<Attempt> | null | undefined;
  return typeof given?.right === "boolean" && "answer" in given;
}

/**
 * What is kept, in numbers: checks answered right, checks answered otherwise, and everything else.
 */
export function workCounts(values: unknown[]): { right: number; open: number; other: number } {
  const checks = values.filter(isCheck);
  const right = checks.filter((one) => one.right).length;
  return { right, open: checks.length - right, other: values.length - checks.length };
}

/** How many checks of a part are right, in words; those under the hood need a kernel: apart. */
export function checksDone(part: Pick<Part, "checks" | "hood">, kept: KeptWork): string {
  const rightOf = (checks: string[]) =>
    workCounts(checks.map((check) => kept[check]).filter(isCheck)).right;
  const [all, right] = [part.checks.length, rightOf(part.checks)];
  const done = all ? `${right === all ? "✓ " : ""}${right} of ${all}` : "";
  const below = part.hood.length
    ? `${rightOf(part.hood)} of ${part.hood.length} under the hood`
    : "";
  return [done, below].filter(Boolean).join(", and ") || "–";
}

/** How many of the things to write are written, and how many pieces of evidence are kept. */
export interface Tally {
  written: number;
  toWrite: number;
  pieces: number;
}

/** What is kept, in words; without a `tally`, where nobody knows what there is to write. */
export function workInWords(kept: KeptWork, tally?: Tally): string {
  const lessons = lessonsIn(kept);
  // Rounds of questions that came back are shown on their own page; a sign is no work.
  const { back: _rounds, [SIGN]: _sign, ...own } = kept;
  const { right, open, other } = workCounts(Object.values(own));
  const where = lessons.length
    ? `, in lesson${lessons.length > 1 ? "s" : ""} ${lessons.join(", ")}`
    : "";
  const all = right + open;
  const answered = `${all === 1 ? "one check" : `${all} checks`} that you answered`;
  const checks = all ? `${right} of the ${answered} ${right === 1 ? "is" : "are"} right` : "";
  const some = other ? `You have written ${other === 1 ? "one thing" : `${other} things`}` : "";
  const things = tally ? `You have written ${tally.written} of ${tally.toWrite} things` : some;
  const pieces = tally?.pieces ?? 0;
  const basket = pieces
    ? ` In your basket: ${counted(pieces, "piece", "pieces")} of evidence.`
    : "";
  const said = [things, checks].filter(Boolean).join("; ");
  return `${said}${where}.${basket} Nothing of it was sent anywhere.`;
}
