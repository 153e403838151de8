import { inPerCent, percentages } from "./numbers.ts";
import { found, type Place, places, sentences } from "./sentences.ts";
import type { TermBand } from "../core/protocol.ts";

// Words of likelihood, and whether the numbers beside them lie in their bands.

const EVEN = "(?:roughly |about |almost |nearly |quite )?even";
// What people write for a term of the scale.
const OTHER_TERMS: [RegExp, string][] = [
  [/\b(?:highly|extremely|most) (likely|unlikely)\b/gi, "very $1"],
  [/\bvery (?=probable\b|improbable\b)/gi, "highly "],
  [/\b(?:just )?as likely as not\b/gi, "roughly even chance"],
  [/\bless likely than not\b/gi, "unlikely"],
  [/\b(?:more likely|likelier|more probable) than not\b/gi, "likely"],
  [new RegExp(`\\b${EVEN} (?:chances?|odds|bet|probability)\\b`, "gi"), "roughly even chance"],
  [
    new RegExp(
      `\\b(?:chances?|odds|probability)((?: (?:of|that|for) [^,;:.()]{1,50}?)?) ` +
        `(?:is|are|stands? at|look) ${EVEN}\\b`,
      "gi",
    ),
    "roughly even chance$1",
  ],
  [/\bfifty[- ]fifty\b/gi, "roughly even chance"],
];
const inTerms = (text: string): string =>
  OTHER_TERMS.reduce((said, [other, term]) => said.replace(other, term), inPerCent(text));

const allTerms = (bands: TermBand[]) => bands.flatMap(({ terms }) => terms);

/** The terms of the scale that stand in a text; what people write for one is that one. */
export const termsIn = (text: string, bands: TermBand[]): string[] =>
  found(inTerms(text), allTerms(bands));

/** The bands whose words stand in a text, in their order. */
export const bandsOf = (text: string, bands: TermBand[]): TermBand[] => {
  const terms = termsIn(text, bands);
  return bands.filter((band) => terms.some((one) => band.terms.includes(one)));
};

const fits = (bands: TermBand[], term: string, ends: number[]) =>
  bands.some(({ terms, low, high }) =>
    terms.includes(term) && ends.every((end) => low <= end && end <= high)
  );

/** The chance that a word speaks of: of "not likely (30%)" it is the rest. */
const chances = (sentence: string, { start }: Place, ends: number[]) =>
  /\bnot (?:at all |so )?$/i.test(sentence.slice(0, start)) ? ends.map((end) => 100 - end) : ends;

/** How far two words stand apart. */
const apart = (one: Place, other: Place): number =>
  Math.max(one.start - other.end, other.start - one.end);

/** A word of likelihood, the number that it is compared with, and whether that lies in its band. */
export interface Pair {
  word: string;
  share: string;
  fits: boolean;
}

type Share = Place & { ends: number[] };

/** The number of the word `at`: of as many numbers as words its own, or the nearest. */
function numberOf(at: number, words: Place[], shares: Share[]): Share | undefined {
  if (words.length === shares.length) return shares[at];
  // "A is likely, B unlikely: 70% and 30%": no span from the one to the other.
  const each = shares.flatMap((one) =>
    one.ends.map((end) => ({ ...one, text: String(end), ends: [end] }))
  );
  if (words.length === each.length) return each[at];
  const [word] = words.slice(at);
  const [nearest] = [...shares].sort((one, other) => apart(word, one) - apart(word, other));
  return nearest;
}

/**
 * Each word of likelihood with its number in its sentence, or where that has none, those of the
 * sentences that have no word.
 */
export function pairsIn(text: string, bands: TermBand[]): Pair[] {
  const all = sentences(inTerms(text)).map((sentence) => ({
    sentence,
    words: places(sentence, allTerms(bands)),
    shares: percentages(sentence),
  }));
  const loose = all.filter(({ words }) => !words.length).flatMap(({ shares }) => shares);
  return all.flatMap(({ sentence, words, shares }) =>
    words.flatMap((word, at): Pair[] => {
      const nearest = numberOf(at, words, shares);
      const its = nearest ? [nearest] : loose;
      if (!its.length) return [{ word: word.text, share: "", fits: false }];
      return its.map(({ text, ends }) => ({
        word: word.text,
        share: `${text}%`,
        fits: fits(bands, word.text, chances(sentence, word, ends)),
      }));
    })
  );
}

/** Whether a text has words of likelihood, and each has a number that it agrees with. */
export function agrees(text: string, bands: TermBand[]): boolean {
  const pairs = pairsIn(text, bands);
  return pairs.length > 0 && pairs.every(({ fits }) => fits);
}
