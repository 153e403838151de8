import type { AnswerKey, Verdict } from "../../core/protocol.ts";

// Tick all that apply.

/** What is said of an option that was ticked. */
export interface SelectAllOption {
  id: string;
  text: string;
  why: string;
  right: boolean;
}

export interface SelectAllKey extends AnswerKey {
  done: string;
  not_yet: string;
  /** Said once, however many are missing: a hint that something is, and not what. */
  missed: string;
  options: SelectAllOption[];
}

/** A verdict for each option that was ticked; right when exactly the right ones are. */
export function mark(key: SelectAllKey, answer: unknown): Verdict {
  const given: unknown[] = Array.isArray(answer) ? answer : [];
  const ticked = key.options.filter(({ id }) => given.includes(id));
  if (!ticked.length) return { right: null, text: "Tick at least one first.", rules: [] };
  const rules = ticked.map(({ text, why, right }) => ({ ok: right, text: `“${text}”: ${why}` }));
  const missing = key.options.some(({ id, right }) => right && !given.includes(id));
  if (missing) rules.push({ ok: false, text: key.missed });
  const right = rules.every(({ ok }) => ok);
  return { right, rules, text: right ? key.done : key.not_yet };
}
