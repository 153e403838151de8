import { dayIn, spelled } from "../core/days.ts";
import { findingsIn, linksIn, listIn, oneKind, plain, saysIn, textIn } from "../core/evidence.ts";
import { counted } from "../core/wording.ts";
import { confidenceIn, levelsIn } from "./confidence.ts";
import { agrees, bandsOf, pairsIn, termsIn } from "./likelihood.ts";
import { countIn, percentages } from "./numbers.ts";
import { mentionsIn, optionsIn } from "./options.ts";
import { found, markers, opening, remarked, sentences, wordsIn } from "./sentences.ts";
import { tells } from "./status.ts";
import type { Evidence, KeptMemo, MemoRules } from "../core/protocol.ts";

export { dayIn, findingsIn, markers, sentences, spelled };

// The rules of a memo: what a careful reader would ask, one line each. Their laws and sentences
// come from `upheaval.widgets.memo.rules`.

const CONDITIONS = ["if", "when", "whenever", "once", "unless", "as soon as", "in case"];

/** A memo as the rules look at it. */
interface Looked {
  fields: Record<string, string>;
  evidence: Evidence[];
  text: string;
  cited: Evidence[];
}

/** Whether it is met, what was found, and which of its texts says what is missing. */
type Rule = (
  memo: Looked,
  rules: MemoRules,
) => [met: boolean, found: string, which?: "bad" | "refused" | "none"];

/** The opening of a text in quotation marks, without the mark that ends it. */
const quoted = (text: string) =>
  `“${opening(text).replace(/[.,;:!?]+$/, "")}${wordsIn(text).length > 8 ? " …" : ""}”`;
const means = (bands: string[]) => bands.length ? ` (${bands.join(", ")})` : "";

const RULES: Record<string, Rule> = {
  recommendation({ fields }, rules) {
    const text = fields.recommendation ?? "";
    const named = optionsIn(text, rules.options, rules.rivals);
    if (named.length) return [named.length === 1, named.join(", "), "bad"];
    const mentions = mentionsIn(text, rules.options, rules.rivals);
    const said = new Set(mentions.map(({ sentence }) => quoted(sentence)));
    return [false, [...said].join(", "), mentions.length ? "refused" : "none"];
  },
  cited({ cited }, rules) {
    const kinds = new Set(cited.map(({ kind }) => oneKind(kind))).size;
    const enough = cited.length >= rules.least.cited && kinds >= rules.least.kinds;
    return [enough, `${cited.length} cited, ${counted(kinds, "kind", "kinds")}`];
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
    const terms = termsIn(text, rules.likelihood);
    const shares = percentages(text).map(({ text }) => `${text}%`);
    const met = terms.length > 0 && shares.length > 0;
    return [met, [...terms, ...shares].join(", ") || "neither"];
  },
  band({ fields }, rules) {
    const text = fields.likelihood ?? "";
    const bands = bandsOf(text, rules.likelihood);
    const meaning = bands.map(({ terms: [term], low, high }) => `${term} ${low}–${high}%`);
    if (agrees(text, rules.likelihood)) return [true, meaning.join(", ")];
    const wrong = pairsIn(text, rules.likelihood).filter(({ fits }) => !fits)
      .map(({ word, share }) => `${quoted(word)} with ${share || "no number"}`);
    return [false, `${wrong.join(", ") || "no word"}${means(meaning)}`];
  },
  confidence({ fields }, rules) {
    const text = fields.confidence ?? "";
    const levels = levelsIn(text, rules.confidence);
    if (levels.length) return [true, levels.join(", ")];
    const words = rules.confidence.flatMap((term) => term.split(" "));
    const near = sentences(text).filter((one) => found(one, [...words, "confident"]).length)
      .map((one) => quoted(one));
    return [false, near.join(", "), near.length ? "refused" : "bad"];
  },
  apart({ text }, rules) {
    const [mixed] = sentences(text).flatMap((sentence) => {
      const confidence = confidenceIn(sentence);
      const [term] = termsIn(sentence, rules.likelihood);
      return confidence && term
        ? [`${quoted(term)} and ${quoted(confidence)} in ${quoted(sentence)}`]
        : [];
    });
    return [!mixed, mixed ?? ""];
  },
  numbers({ fields }, rules) {
    const [uncited] = rules.prose.flatMap((name) => sentences(fields[name] ?? ""))
      .filter((sentence) => markers(sentence).length === 0)
      .flatMap((sentence) => {
        const count = countIn(sentence, rules.attributes);
        return count ? [`${quoted(count)} in ${quoted(sentence)}`] : [];
      });
    return [!uncited, uncited ?? ""];
  },
  known({ evidence, cited }, rules) {
    const late = cited.filter(({ known }) => known > rules.day);
    return [late.length === 0, late.map((one) => `[${evidence.indexOf(one) + 1}]`).join(", ")];
  },
  status({ text, evidence, cited }, rules) {
    const silent = cited.flatMap((one) => {
      // A kept piece may say anything, "constructor" too, which every object has.
      const words = Object.hasOwn(rules.status, one.status) && rules.status[one.status];
      if (!words) return [];
      const number = evidence.indexOf(one) + 1;
      const citing = sentences(text).filter((sentence) => markers(sentence).includes(number));
      if (citing.some((sentence) => tells(sentence, words))) return [];
      return [`[${number}] ${one.status}, cited in ${quoted(citing[0] ?? "")}`];
    });
    return [silent.length === 0, silent.join("; ")];
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
  return Object.entries(rules.texts).map(([rule, texts]) => {
    const [ok, what, which = "bad"] = RULES[rule]({ fields, evidence, text, cited }, rules);
    const said = ok ? texts.good : texts[which] ?? texts.bad;
    return { rule, ok, text: said.replaceAll("{found}", () => what) };
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
      ...saysIn(one.says),
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
