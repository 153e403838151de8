import { readNumber } from "../core/numbers.ts";
import type { Attempt, RuleVerdict, Verdict } from "../core/protocol.ts";

// How an answer is read and marked in a page, twin of `widgets/marking.py`: see there.

interface Mistake {
  low: number;
  high: number;
  why: string;
}

interface ChoiceKey {
  type: "choice";
  right: number[];
  why: string[];
}

interface NumberKey {
  type: "number";
  low: [number, number];
  high: [number, number];
  why: string;
  below: string;
  above: string;
  unread: string;
  mistakes: Mistake[];
}

interface MatchRule {
  kind: "match";
  slot: number;
  label: string;
  value: number[];
  why: string[];
}

/** What a rule of a selection looks at: text, number, or several. */
type Looked = string | number | (string | number)[];

interface BaseRule {
  good: string;
  why: string;
  column: string;
}

interface CountRule extends BaseRule {
  kind: "count";
  value: number;
}

interface DistinctRule extends BaseRule {
  kind: "distinct";
  value: number;
}

interface OrderedRule extends BaseRule {
  kind: "ordered";
  value: null;
}

interface LteRule extends BaseRule {
  kind: "lte";
  value: string | number;
}

interface IncludesRule extends BaseRule {
  kind: "includes";
  value: (string | number)[];
}

type SelectionRule = CountRule | DistinctRule | OrderedRule | LteRule | IncludesRule;

interface SelectionKey {
  type: "selection";
  done: string;
  not_yet: string;
  options: number;
  columns: Record<string, Looked[]>;
  rules: (MatchRule | SelectionRule)[];
}

/** The answers to a check, once its seal is off. */
export type AnswerKey = ChoiceKey | NumberKey | SelectionKey;

/** Whether `value` is the number of one of `count` things. */
const isIndex = (value: unknown, count: number): value is number =>
  Number.isInteger(value) && 0 <= (value as number) && (value as number) < count;

function markChoice(key: ChoiceKey, answer: unknown): Omit<Verdict, "rules"> {
  if (!isIndex(answer, key.why.length)) return { right: null, text: "Choose an answer first." };
  return { right: key.right.includes(answer), text: key.why[answer] };
}

function markNumber(key: NumberKey, answer: unknown): Omit<Verdict, "rules"> {
  const got = readNumber(answer);
  if (got === null) return { right: null, text: key.unread };
  const [low, high] = got;
  const within = ([from, to]: [number, number], value: number) => from <= value && value <= to;
  if (within(key.low, low) && within(key.high, high)) return { right: true, text: key.why };
  const mistake = key.mistakes.find((one) => one.low <= low && high <= one.high);
  if (mistake) return { right: false, text: mistake.why };
  const below = low < key.low[0] || high < key.high[0];
  return { right: false, text: below ? key.below : key.above };
}

function meets(key: SelectionKey, rule: SelectionRule, picks: number[]): boolean {
  if (rule.kind === "count") {
    return picks.length === rule.value && new Set(picks).size === rule.value;
  }
  const cells = picks.map((pick) => key.columns[rule.column][pick]);
  if (rule.kind === "ordered") {
    return cells.every((cell, index) => index === 0 || cells[index - 1] <= cell);
  }
  if (rule.kind === "lte") return cells.every((cell) => cell <= rule.value);
  const held = cells.flat();
  if (rule.kind === "distinct") return new Set(held).size >= rule.value;
  return rule.value.every((one) => held.includes(one));
}

function matched(rule: MatchRule, slots: (number | null)[]): RuleVerdict {
  const pick = slots[rule.slot] ?? null;
  if (pick === null) return { ok: false, text: `${rule.label}: not chosen yet.` };
  return { ok: rule.value.includes(pick), text: `${rule.label}: ${rule.why[pick]}` };
}

function markSelection(
  key: SelectionKey,
  answer: unknown,
): Omit<Verdict, "rules"> & Partial<Verdict> {
  const given: unknown[] = Array.isArray(answer) ? answer : [];
  const slots = given.map((one) => (isIndex(one, key.options) ? one : null));
  const picks = slots.filter((one) => one !== null);
  if (!picks.length) return { right: null, text: "Choose first." };
  const rules = key.rules.map((rule) => {
    if (rule.kind === "match") return matched(rule, slots);
    const ok = meets(key, rule, picks);
    return { ok, text: ok ? rule.good : rule.why };
  });
  const done = rules.every((rule) => rule.ok);
  return { right: done, rules, text: done ? key.done : key.not_yet };
}

/** The verdict on an answer, whatever it is. */
export function marked(key: AnswerKey, answer: unknown): Verdict {
  const none = { rules: [] };
  if (key.type === "choice") return { ...none, ...markChoice(key, answer) };
  if (key.type === "number") return { ...none, ...markNumber(key, answer) };
  return { ...none, ...markSelection(key, answer) };
}

/** What to keep of one more answer, after what was kept before. */
export function attempted(before: unknown, answer: unknown, right: boolean): Attempt {
  const tries = (before as Partial<Attempt> | null | undefined)?.tries;
  return { answer, right, tries: (Number.isInteger(tries) ? tries as number : 0) + 1 };
}
