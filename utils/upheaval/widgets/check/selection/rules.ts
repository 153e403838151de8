import type { AnswerKey, Verdict } from "../../core/protocol.ts";

// Several options picked into slots, marked rule by rule.

/** What a rule looks at: text, number, or several. */
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

export interface SelectionKey extends AnswerKey {
  done: string;
  not_yet: string;
  /** The ids of the options. */
  options: string[];
  /** Column → id of an option → what a rule looks at. */
  columns: Record<string, Record<string, Looked>>;
  rules: SelectionRule[];
}

function meets(key: SelectionKey, rule: SelectionRule, picks: string[]): boolean {
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

/** A verdict for each rule; right when all of them are met. */
export function mark(key: SelectionKey, answer: unknown): Verdict {
  const given: unknown[] = Array.isArray(answer) ? answer : [];
  const picks = given.filter((one) => key.options.includes(one as string)) as string[];
  if (!picks.length) return { right: null, text: "Choose first.", rules: [] };
  const rules = key.rules.map((rule) => {
    const ok = meets(key, rule, picks);
    return { ok, text: ok ? rule.good : rule.why };
  });
  const right = rules.every((rule) => rule.ok);
  return { right, rules, text: right ? key.done : key.not_yet };
}
