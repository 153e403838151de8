import type { Attempt, KeptWork, Sureness } from "./protocol.ts";

// How sure a reader was of first answers, and how often they were right: said, counted, compared.

/** The words for it, the surest first. */
export const SURE = ["sure", "fairly", "guessing"];
/** With fewer answers than this a share says more about luck than about its reader. */
const ENOUGH = 5;

const attemptIn = (kept: unknown) => (kept ?? {}) as Partial<Attempt>;

/** Whether `kept` is an answer to a check that has been given. */
export function wasAnswered(kept: unknown): boolean {
  return Number.isInteger(attemptIn(kept).tries);
}

/** How sure the reader was of what is kept, if they said so; any file may have been edited. */
export function surenessIn(kept: unknown): Sureness | null {
  const given = (attemptIn(kept).sure ?? {}) as Partial<Sureness>;
  const { said, right } = given;
  return typeof right === "boolean" && SURE.includes(said ?? "") ? { said: said!, right } : null;
}

/** Of the answers that a reader gave with one of the words: how many there are, and are right. */
export interface SureGroup {
  said: string;
  count: number;
  right: number;
}

/** All that is kept of how sure a reader was, word by word; answers may lie within `answers`. */
export function sureGroups(kept: KeptWork): SureGroup[] {
  const within = Object.values(kept).flatMap((value) => {
    const answers = (value as { answers?: unknown } | null)?.answers;
    return typeof answers === "object" && answers !== null ? Object.values(answers) : [];
  });
  const found = [...Object.values(kept), ...within].flatMap((one) => surenessIn(one) ?? []);
  return SURE.map((word) => {
    const own = found.filter(({ said }) => said === word);
    return { said: word, count: own.length, right: own.filter(({ right }) => right).length };
  });
}

/** The share that is right in per cent; null where there are too few to say one. */
export function rightShare({ count, right }: SureGroup): number | null {
  return count < ENOUGH ? null : Math.round(100 * right / count);
}

/** What stands beside a group. */
export function groupWords(group: SureGroup): string {
  const share = rightShare(group);
  const of = `${group.right} of ${group.count} right`;
  if (!group.count) return "no answers yet";
  return share === null ? `${of}: too few to say` : `${of}, ${share} %`;
}

/** What the groups say together. */
export function calibrated(groups: SureGroup[]): string {
  if (!groups.some(({ count }) => count)) {
    return "Nothing yet. Beside each check you can say how sure you are, before you press Check.";
  }
  const [most, least] = [groups[0], groups[groups.length - 1]].map(rightShare);
  if (most === null || least === null) {
    return "There are too few answers to compare being sure with guessing. Say how sure you are " +
      "at some more checks.";
  }
  if (most > least) {
    return "You were right more often when you were sure than when you guessed: your feeling " +
      "told you something.";
  }
  return "You were right no more often when you were sure than when you guessed. Go back to what " +
    "you were sure of and had wrong: there a misconception hides.";
}
