import { readNumber } from "../../core/numbers.ts";
import type { AnswerKey, Verdict } from "../../core/protocol.ts";

// A number or a range, as a reader writes it.

/** A range of wrong numbers that comes from one misunderstanding. */
export interface MistakeRange {
  low: number;
  high: number;
  why: string;
}

export interface NumberKey extends AnswerKey {
  /** Where the lower end of the answer has to lie. */
  low: [number, number];
  /** Where its upper end has to lie. */
  high: [number, number];
  why: string;
  below: string;
  above: string;
  unread: string;
  mistakes: MistakeRange[];
}

/** Right within both ends; otherwise the mistake that holds the answer, or too low or too high. */
export function mark(key: NumberKey, answer: unknown): Verdict {
  const said = (right: boolean | null, text: string) => ({ right, text, rules: [] });
  const got = readNumber(answer);
  if (got === null) return said(null, key.unread);
  const [low, high] = got;
  const within = ([from, to]: [number, number], value: number) => from <= value && value <= to;
  if (within(key.low, low) && within(key.high, high)) return said(true, key.why);
  const mistake = key.mistakes.find((one) => one.low <= low && high <= one.high);
  if (mistake) return said(false, mistake.why);
  const why = low < key.low[0] || high < key.high[0] ? key.below : key.above;
  return said(false, asksForRange(key) && low < high ? `${endsOf(key, low, high)} ${why}` : why);
}

const asksForRange = ({ low, high }: NumberKey) => low[0] !== high[0] || low[1] !== high[1];

/** Which end of a range is wrong, and which is not. */
function endsOf(key: NumberKey, low: number, high: number): string {
  const where = (value: number, [from, to]: [number, number]) =>
    value < from ? "is too low" : value > to ? "is too high" : "fits";
  return `Your lower end ${where(low, key.low)}, your upper end ${where(high, key.high)}.`;
}
