import type { AnswerKey, Verdict } from "../../core/protocol.ts";
import { slotsOf } from "../selection/rules.ts";

// Several items, each matched with one of the same options.

/** What is said of one item: by a short label, with a reason for every option. */
export interface MatchItem {
  label: string;
  right: number[];
  why: string[];
}

export interface MatchKey extends AnswerKey {
  done: string;
  not_yet: string;
  items: MatchItem[];
}

/** A verdict for each item; right when all of them are. */
export function mark(key: MatchKey, answer: unknown): Verdict {
  const slots = slotsOf(answer, key.items[0].why.length);
  if (slots.every((one) => one === null)) return { right: null, text: "Choose first.", rules: [] };
  const rules = key.items.map(({ label, right, why }, at) => {
    const pick = slots[at] ?? null;
    if (pick === null) return { ok: false, text: `${label}: not chosen yet.` };
    return { ok: right.includes(pick), text: `${label}: ${why[pick]}` };
  });
  const right = rules.every((rule) => rule.ok);
  return { right, rules, text: right ? key.done : key.not_yet };
}
