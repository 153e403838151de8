import { withIds } from "../check/options.ts";
import type { OptionsSpec } from "../check/options.ts";
import { marked } from "../check/rules.ts";
import type { MatchKey } from "../check/match/rules.ts";
import type { ChoiceKey } from "../check/choice/rules.ts";
import type { SelectAllKey } from "../check/select_all/rules.ts";
import type { Verdict } from "../core/protocol.ts";
import { isCheck } from "../portfolio/rules.ts";
import type { ClassCheck, ClassQuestion } from "./data.ts";
import type { Student } from "./people.ts";

// How a class answered a check: each answer is marked anew, by the rules that marked it for its
// student; what a file says of right and wrong is not believed.

/** One student's last answer to a check. */
export interface Given {
  who: string;
  answer: unknown;
  tries: number;
  verdict: Verdict;
}

/** An answer that was given, and to which item of a match: who gave it, and what it is met with. */
export interface Taken {
  of: string;
  text: string;
  right: boolean;
  why: string;
  who: string[];
}

/** How a class answered one check. */
export interface Tally {
  given: Given[];
  right: number;
  taken: Taken[];
}

/** A student's last answer to a check; nothing where there is none that can be marked. */
export function givenBy({ name, work }: Student, { spec, key }: ClassCheck): Given | null {
  const kept = Object.hasOwn(work, spec.storageKey) ? work[spec.storageKey] : null;
  if (!isCheck(kept)) return null;
  const answer = withIds((spec as Partial<OptionsSpec>).legacy, kept.answer);
  const verdict = marked(key, answer);
  if (verdict.right === null) return null;
  const tries = Number.isInteger(kept.tries) ? kept.tries : 1;
  return { who: name, answer, tries, verdict };
}

const listOf = (answer: unknown): unknown[] => (Array.isArray(answer) ? answer : [answer]);

function textOf({ options }: ClassQuestion, id: string): string {
  return options?.find((one) => one.id === id)?.text ?? id;
}

/** Each option of a choice or a list to tick, taken by nobody as well: that says something, too. */
function options(spec: ClassQuestion, given: Given[], told: Told): Taken[] {
  return (spec.options ?? []).map(({ id, text }) => ({
    of: "",
    text,
    ...told(id),
    who: given.filter(({ answer }) => listOf(answer).includes(id)).map(({ who }) => who),
  }));
}

type Told = (id: string) => { right: boolean; why: string };

function matched(spec: ClassQuestion, key: MatchKey, given: Given[]): Taken[] {
  return key.items.flatMap((item, at) =>
    Object.keys(item.why).map((id): Taken => ({
      of: spec.slots?.[at] ?? item.label,
      text: textOf(spec, id),
      right: item.right.includes(id),
      why: item.why[id],
      who: given.filter(({ answer }) => listOf(answer)[at] === id).map(({ who }) => who),
    })).filter(({ right, who }) => right || who.length)
  );
}

/** Numbers, each as it was written, with the reason that it was met with. */
function numbers(spec: ClassQuestion, given: Given[]): Taken[] {
  const unit = spec.unit ? ` ${spec.unit}` : "";
  const groups = Map.groupBy(given, ({ answer }) => String(answer).trim());
  return [...groups].map(([answer, own]) => ({
    of: "",
    text: `${answer}${unit}`,
    right: own[0].verdict.right === true,
    why: own[0].verdict.text,
    who: own.map(({ who }) => who),
  }));
}

/** The rules of a selection, and who kept or broke each. */
function rulesKept(given: Given[]): Taken[] {
  const all = given.flatMap(({ who, verdict }) => verdict.rules.map((rule) => ({ who, ...rule })));
  return [...Map.groupBy(all, ({ text }) => text).values()].map((own) => ({
    of: "",
    text: own[0].ok ? "Rule kept" : "Rule not kept",
    right: own[0].ok,
    why: own[0].text,
    who: own.map(({ who }) => who),
  }));
}

function takenIn({ spec, key }: ClassCheck, given: Given[]): Taken[] {
  if (spec.type === "choice") {
    const { right, why } = key as ChoiceKey;
    return options(spec, given, (id) => ({ right: right.includes(id), why: why[id] ?? "" }));
  }
  if (spec.type === "select_all") {
    const all = new Map((key as SelectAllKey).options.map((one) => [one.id, one]));
    const told = (id: string) => ({
      right: all.get(id)?.right ?? false,
      why: all.get(id)?.why ?? "",
    });
    return options(spec, given, told);
  }
  if (spec.type === "match") return matched(spec, key as MatchKey, given);
  return spec.type === "number" ? numbers(spec, given) : rulesKept(given);
}

/** How a class answered a check. */
export function tallied(check: ClassCheck, students: Student[]): Tally {
  const given = students.map((one) => givenBy(one, check)).filter((one) => one !== null);
  const right = given.filter(({ verdict }) => verdict.right).length;
  return { given, right, taken: takenIn(check, given) };
}
