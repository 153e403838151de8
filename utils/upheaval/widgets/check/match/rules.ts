import type { AnswerKey, Verdict } from "../../core/protocol.ts";
import { isId } from "../options.ts";

// Several items, each matched with one of the same options.

/** What is said of one item: by a short label, with a reason for every option by its id. */
export interface MatchItem {
  label: string;
  right: string[];
  why: Record<string, string>;
}

export interface MatchKey extends AnswerKey {
  done: string;
  not_yet: string;
  items: MatchItem[];
}

/** A verdict for each item; right when all of them are. */
export function mark(key: MatchKey, answer: unknown): Verdict {
  const slots: unknown[] = Array.isArray(answer) ? answer : [];
  if (!key.items.some(({ why }, at) => isId(slots[at], why))) {
    return { right: null, text: "Choose first.", rules: [] };
  }
  const rules = key.items.map(({ label, right, why }, at) => {
    const pick = slots[at];
    if (!isId(pick, why)) return { ok: false, text: `${label}: not chosen yet.` };
    return { ok: right.includes(pick), text: `${label}: ${why[pick]}` };
  });
  const right = rules.every((rule) => rule.ok);
  return { right, rules, text: right ? key.done : key.not_yet };
}
