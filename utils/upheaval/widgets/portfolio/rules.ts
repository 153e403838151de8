import type { Attempt, KeptWork } from "../core/protocol.ts";

// What a file of work holds, and what is kept, in numbers and words.

/**
 * The work in the text of a file, or a sentence on why there is none. `about` is the mark of our
 * files.
 */
export function workIn(
  text: string,
  about: string,
): { work: KeptWork; problem?: undefined } | { work?: undefined; problem: string } {
  let content: { about?: unknown; work?: unknown } | null = null;
  try {
    content = JSON.parse(text);
  } catch {
    return { problem: "it is no JSON file, or it was damaged on its way" };
  }
  const { about: mark, work } = content ?? {};
  const whole = mark === about && typeof work === "object" && work !== null && !Array.isArray(work);
  return whole ? { work: work as KeptWork } : { problem: "it was not saved by this collection" };
}

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

/** What is kept, in words. */
export function counted(kept: KeptWork): string {
  const lessons = lessonsIn(kept);
  const { right, open, other } = workCounts(Object.values(kept));
  const where = lessons.length
    ? `, in lesson${lessons.length > 1 ? "s" : ""} ${lessons.join(", ")}`
    : "";
  const all = right + open;
  const answered = `${all === 1 ? "one check" : `${all} checks`} that you answered`;
  const checks = all ? `${right} of the ${answered} ${right === 1 ? "is" : "are"} right` : "";
  const things = other ? `You have written ${other === 1 ? "one thing" : `${other} things`}` : "";
  const said = [things, checks].filter(Boolean).join("; ");
  return `${said}${where}. Nothing of it was sent anywhere.`;
}
