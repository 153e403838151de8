import { MONTH } from "../core/days.ts";
import type { TermBand } from "../core/protocol.ts";

// What a memo's sentences say, as far as its rules ask: dates, numbers, options, words of
// likelihood and of confidence.

// Dates as people write them on both sides of the Atlantic: 17 November 2024, November 17, 2024,
// the 17th of Nov., 17-20 November, 2024-11-17, 11/17/2024, 2022-2024, the 1990s.
const SHORT_MONTH = "(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";
const ANY_MONTH = `(?:${MONTH}|${SHORT_MONTH}\\b\\.?)`;
const TO = " ?(?:-|–|to|and|or|/) ?";
const DAY = "[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9])";
const DAYS = `${DAY}(?:${TO}${DAY})*`;
const YEAR = "(?:1[0-9]|20)[0-9]{2}(?![0-9])";
// "In May 12 soldiers" and "2000 soldiers" count something: no date ends before what is counted.
const COUNTED =
  "soldiers|troops|men|people|workers|shells|rounds|missiles|launchers|drones|tanks|" +
  "containers|casualties|dead|killed|wounded|tons|tonnes|barrels|dollars|euros|won|million|billion";
const NO_COUNT = `(?!,?[0-9]| ?%| ?per ?cent| (?:${COUNTED})\\b)`;
const DATES = [
  `[0-9]{4}-[0-9]{2}-[0-9]{2}`,
  `[0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{4}|[0-9]{2})`,
  `${DAYS}(?: of)? ${ANY_MONTH}(?:,? ${YEAR})?`,
  `${ANY_MONTH} ${DAYS},? ${YEAR}`,
  `${ANY_MONTH} ${DAYS}${NO_COUNT}`,
  `${ANY_MONTH},? ${YEAR}`,
  `${YEAR}s?(?:${TO}(?:${YEAR}|[0-9]{2}(?![0-9])))?${NO_COUNT}`,
].map((date) => new RegExp(`(?<![0-9A-Za-z.,]|[$€£¥])(?:${date})`, "g"));
// A number in a name counts nothing: G7, KN-23, Article 5, Resolution 1718.
const NAMES = new RegExp(
  "\\b[A-Za-z]+-?[0-9]+[A-Za-z]*|\\b(?:Article|Resolution|Chapter|Section|Part|Card|Option|Annex|" +
    "Title|Phase|ICD|No\\.) [0-9]+|\\b[0-9]+(?:st|nd|rd|th)\\b",
  "g",
);

// A full stop behind an initial or a short month ends no sentence.
const BREAK = new RegExp(
  `(?<=[.!?])(?<!(?:[A-Z]|\\b${SHORT_MONTH})\\.)[ \\t]+|[\\n\\r]+`,
);

/** Sentences of a text; a marker behind a full stop belongs to the sentence before it. */
export function sentences(text: string): string[] {
  const joined = text.replace(/([.!?])[ \t]*((?:\[[0-9]+\])+)/g, "$2$1");
  return joined.split(BREAK).map((one) => one.replace(/^[ \t]+|[ \t]+$/g, "")).filter(Boolean);
}

/** The numbers of the markers [1], [2] … in a text. */
export function markers(text: string): number[] {
  return [...text.matchAll(/\[([0-9]{1,3})\]/g)].map(([, number]) => Number(number));
}

export const wordsIn = (text: string): string[] => text.match(/[^ \t\n\r]+/g) ?? [];
export const opening = (text: string) => wordsIn(text).slice(0, 8).join(" ");

/** Words that stand in a text, with their places. */
interface Place {
  text: string;
  start: number;
  end: number;
}

const placeOf = (match: RegExpMatchArray): Place => {
  const start = match.index ?? 0;
  return { text: match[0], start, end: start + match[0].length };
};
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Which of `terms` stand in a text and where, the longest where several would fit. */
function places(text: string, terms: string[]): Place[] {
  const longestFirst = [...terms].sort((one, other) =>
    other.length - one.length || (one < other ? -1 : 1)
  );
  const any = longestFirst.map(literal).join("|");
  return [...text.toLowerCase().matchAll(new RegExp(`(?<![a-z])(?:${any})(?![a-z])`, "g"))]
    .map(placeOf);
}

/** Which of `terms` stand in a text, the longest where several would fit. */
export const found = (text: string, terms: string[]): string[] =>
  places(text, terms).map((one) => one.text);

// -- numbers --

const NUMBER = "[0-9]+(?:[.,][0-9]+)?";
const SHARE = new RegExp(
  `(${NUMBER})(?:\\s?(?:%|per ?cent)?\\s?(?:-|–|to|and)\\s?(${NUMBER}))?(?=\\s?(?:%|per ?cent))`,
  "g",
);

/** The percentages in a text: "60%", "60 to 70 per cent"; `ends` are their numbers. */
export function percentages(text: string): (Place & { ends: number[] })[] {
  return [...text.matchAll(SHARE)].map((match) => ({
    ...placeOf(match),
    ends: [match[1], match[2]].filter(Boolean).map((one) => Number(one.replace(",", "."))),
  }));
}

/** How far two words stand apart. */
const apart = (one: Place, other: Place): number =>
  Math.max(one.start - other.end, other.start - one.end);

/** A sentence without its markers, its dates and numbers in names. */
export const bare = (sentence: string): string =>
  [/\[[0-9]+\]/g, ...DATES, NAMES].reduce((text, one) => text.replace(one, " "), sentence);

// -- likelihood --

/** The bands whose words stand in a text, in their order. */
export const bandsOf = (text: string, bands: TermBand[]): TermBand[] => {
  const terms = found(text, bands.flatMap((band) => band.terms));
  return bands.filter((band) => terms.some((one) => band.terms.includes(one)));
};

const fits = (bands: TermBand[], term: string, ends: number[]) =>
  bands.some(({ terms, low, high }) =>
    terms.includes(term) && ends.every((end) => low <= end && end <= high)
  );

/**
 * Whether each word of likelihood has a number that it agrees with: the nearest in its sentence, or
 * where that has none, any of a sentence that has no word.
 */
export function agrees(text: string, bands: TermBand[]): boolean {
  const terms = bands.flatMap((band) => band.terms);
  const all = sentences(text).map((sentence) => ({
    words: places(sentence, terms),
    shares: percentages(sentence),
  }));
  const loose = all.filter(({ words }) => !words.length).flatMap(({ shares }) => shares);
  const wordless = all.filter(({ words, shares }) => words.length && !shares.length);
  const paired = all.filter(({ words, shares }) => words.length && shares.length);
  const near = paired.every(({ words, shares }) =>
    words.every((word) => {
      const [nearest] = [...shares].sort((one, other) => apart(word, one) - apart(word, other));
      return fits(bands, word.text, nearest.ends);
    })
  );
  const far = wordless.every(({ words }) =>
    words.every(({ text }) =>
      loose.length > 0 && loose.every(({ ends }) => fits(bands, text, ends))
    )
  );
  return paired.length + wordless.length > 0 && near && far;
}

// -- confidence --

const CONFIDENT = "confiden(?:ce|t)\\b";

/** Where a sentence names a level of confidence ("low"), before the word or behind it; else -1. */
function levelAt(sentence: string, level: string): number {
  const forms = [
    `\\b${level}(?:ly)?(?:[ -](?:to|or|and)[ -]\\w+)?(?: level of)? ${CONFIDENT}`,
    `${CONFIDENT}[^.!?;]{0,60}\\b(?:is|are|at|remains|stays|stands)\\b[^.!?;]{0,30}\\b${level}\\b`,
    `${CONFIDENT}:? ?\\(?${level}\\b`,
  ];
  const match = new RegExp(forms.join("|")).exec(sentence);
  return match && !NEGATION.test(sentence.slice(0, match.index)) ? match.index : -1;
}

/** Which of `terms` ("low confidence") a text names, in whatever order of the two words. */
export function levelsIn(text: string, terms: string[]): string[] {
  const named = sentences(text.toLowerCase()).flatMap((sentence) =>
    terms.map((term): [number, string] => [levelAt(sentence, literal(term.split(" ")[0])), term])
      .filter(([at]) => at >= 0).sort(([one], [other]) => one - other).map(([, term]) => term)
  );
  return [...new Set(named)];
}

// -- options --

const NEGATION = new RegExp(
  "\\b(?:not(?! only)|never|no|neither|nor|cannot|reject|against|oppose|avoid|without|refuse|" +
    "rule out|rather than|instead of|better than|more than|over|than|unlike)\\b|n['’]t\\b",
  "i",
);
// What stands behind an option that is talked about, and not recommended: "Raise support would …".
const TALKED = new RegExp(
  "^['’]?s?[”\"’)]? (?:also |only |still |alone )*(?:would|could|might|may|can|cannot|will|was|" +
    "has|had|does|did|(?!is\\b|this\\b|as\\b|unless\\b|alongside\\b)[a-z]+s)\\b",
  "i",
);
const CONDITION = /\b(?:if|unless|once|in case|whether)\b/i;

/** Whether an option that stands at `at` in a sentence is refused there. */
function isRefused(sentence: string, { start }: Place): boolean {
  const before = sentence.slice(0, start);
  // A clause of its own begins anew; one that begins with "or" and "nor" goes on.
  const clauses = before.split(/[,;:()—–]\s*(?!(?:or|nor)\b)|\bbut\b|\bso\b/i);
  return NEGATION.test(clauses.at(-1) ?? "");
}

/**
 * The options that a text recommends. One that is refused, or talked about as what others want or
 * what it would cost, is not recommended; where all are only talked about, they count.
 */
export function optionsIn(text: string, options: string[]): string[] {
  const names = options.map((one) => one.toLowerCase());
  const named = sentences(text).flatMap((sentence) =>
    places(sentence, names).filter((at) => !isRefused(sentence, at)).map((at) => ({
      name: at.text,
      talked: TALKED.test(sentence.slice(at.end)) || CONDITION.test(sentence.slice(0, at.start)),
    }))
  );
  const advised = named.filter(({ talked }) => !talked);
  const counted = new Set((advised.length ? advised : named).map(({ name }) => name));
  return options.filter((one) => counted.has(one.toLowerCase()));
}
