import { dayIn, spelled } from "../core/days.ts";
import { findingsIn, linksIn, listIn, oneKind, plain, textIn } from "../core/evidence.ts";
import {
  agrees,
  bandsOf,
  bare,
  found,
  levelsIn,
  markers,
  opening,
  optionsIn,
  percentages,
  remarked,
  sentences,
  tells,
  wordsIn,
} from "./language.ts";
import type { Evidence, KeptMemo, MemoRules } from "../core/protocol.ts";

export { dayIn, findingsIn, markers, sentences, spelled };

// The rules of a memo: what a careful reader would ask, one line each. Their laws and sentences
// come from `upheaval.widgets.memo.rules`.

const CONDITIONS = ["if", "when", "whenever", "once", "unless", "as soon as", "in case"];

const likelihoodTerms = (rules: MemoRules) => rules.likelihood.flatMap(({ terms }) => terms);

/** A memo as the rules look at it. */
interface Looked {
  fields: Record<string, string>;
  evidence: Evidence[];
  text: string;
  cited: Evidence[];
}

type Rule = (memo: Looked, rules: MemoRules) => [met: boolean, found: string];

const RULES: Record<string, Rule> = {
  recommendation({ fields }, rules) {
    const named = optionsIn(fields.recommendation ?? "", rules.options);
    return [named.length === 1, named.join(", ")];
  },
  cited({ cited }, rules) {
    const kinds = new Set(cited.map(({ kind }) => oneKind(kind))).size;
    const enough = cited.length >= rules.least.cited && kinds >= rules.least.kinds;
    return [enough, `${cited.length} cited, ${kinds} kinds`];
  },
  markers({ text, evidence }) {
    const stray = [...new Set(markers(text))]
      .filter((number) => number < 1 || number > evidence.length);
    return [stray.length === 0, stray.map((number) => `[${number}]`).join(", ")];
  },
  counter({ fields }, rules) {
    const count = wordsIn(fields.counter ?? "").length;
    return [count >= rules.least.counter, `${count} words`];
  },
  likelihood({ fields }, rules) {
    const text = fields.likelihood ?? "";
    const terms = found(text, likelihoodTerms(rules));
    const shares = percentages(text).map(({ text }) => `${text}%`);
    return [terms.length > 0 && shares.length > 0, [...terms, ...shares].join(", ")];
  },
  band({ fields }, rules) {
    const text = fields.likelihood ?? "";
    const bands = bandsOf(text, rules.likelihood);
    const words = bands.map(({ terms: [term], low, high }) => `${term} ${low}–${high}%`);
    return [agrees(text, rules.likelihood), words.join(", ")];
  },
  confidence({ fields }, rules) {
    const levels = levelsIn(fields.confidence ?? "", rules.confidence);
    return [levels.length > 0, levels.join(", ")];
  },
  apart({ text }, rules) {
    const mixed = sentences(text).filter((sentence) =>
      found(sentence, ["confidence", "confident"]).length &&
      found(sentence, likelihoodTerms(rules)).length
    );
    return [mixed.length === 0, mixed.length ? opening(mixed[0]) : ""];
  },
  numbers({ fields }, rules) {
    const uncited = rules.prose.flatMap((name) => sentences(fields[name] ?? ""))
      .filter((sentence) => /[0-9]/.test(bare(sentence)) && markers(sentence).length === 0);
    return [uncited.length === 0, uncited.length ? opening(uncited[0]) : ""];
  },
  known({ evidence, cited }, rules) {
    const late = cited.filter(({ known }) => known > rules.day);
    return [late.length === 0, late.map((one) => `[${evidence.indexOf(one) + 1}]`).join(", ")];
  },
  status({ text, evidence, cited }, rules) {
    const silent = cited.filter((one) => {
      const words = rules.status[one.status];
      const index = evidence.indexOf(one) + 1;
      return words &&
        !sentences(text).some((sentence) =>
          markers(sentence).includes(index) && tells(sentence, words)
        );
    });
    const named = silent.map((one) => `[${evidence.indexOf(one) + 1}] ${one.status}`);
    return [silent.length === 0, named.join(", ")];
  },
  flashpoint({ fields }, rules) {
    const text = fields.flashpoint ?? "";
    const count = wordsIn(text).length;
    const conditional = found(text, CONDITIONS).length > 0 || /^\s*Should\b/m.test(text);
    return [count >= rules.least.flashpoint && conditional, `${count} words`];
  },
  length({ text }, rules) {
    const count = wordsIn(text).length;
    return [rules.least.words <= count && count <= rules.most.words, `${count} words`];
  },
};

/** What one rule says of a memo. */
export interface Line {
  rule: string;
  ok: boolean;
  text: string;
}

/** What a careful reader says of a memo, in the order of `rules.texts`. */
export function lint(memo: Partial<KeptMemo> | null, rules: MemoRules): Line[] {
  const fields = memo?.fields ?? {};
  const evidence = memo?.evidence ?? [];
  const text = rules.order.map((name) => fields[name] ?? "").join("\n");
  const cited = [...new Set(markers(text))]
    .filter((number) => number >= 1 && number <= evidence.length)
    .sort((one, other) => one - other).map((number) => evidence[number - 1]);
  return Object.entries(rules.texts).map(([rule, { good, bad }]) => {
    const [ok, what] = RULES[rule]({ fields, evidence, text, cited }, rules);
    return { rule, ok, text: (ok ? good : bad).replaceAll("{found}", () => what) };
  });
}

/**
 * What is kept of a memo, wherever it has the shape of one: a file that somebody edited costs no
 * more than what was edited. What is no evidence keeps its number, for the text cites by it.
 */
export function memoIn(value: unknown): KeptMemo {
  const { fields, evidence } = plain(value);
  const texts = Object.entries(plain(fields)).filter(([, text]) => typeof text === "string");
  return {
    fields: Object.fromEntries(texts) as Record<string, string>,
    evidence: listIn(evidence).map(plain).map((one, at) => ({
      id: textIn(one.id, `odd-${at + 1}`),
      kind: oneKind(textIn(one.kind)),
      title: textIn(one.title, "What stood here could not be read."),
      status: textIn(one.status),
      known: textIn(one.known),
      sources: linksIn(one.sources),
    })),
  };
}

/** A line of `lint` as a reader sees it: its sign and its sentence. */
export const lineText = ({ ok, text }: Line): [sign: string, text: string] => [
  ok ? "✓" : "✗",
  text,
];

/** A piece of evidence with the number that it is cited by. */
export const titled = ({ title }: Evidence, index: number): string => `[${index + 1}] ${title}`;

/**
 * `text` after item `number` was taken from the list: its own markers go, higher ones move down.
 */
export function renumbered(text: string, number: number): string {
  return remarked(text, (other) => other === number ? "" : String(other - Number(other > number)));
}
