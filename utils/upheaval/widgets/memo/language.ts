import { MONTH, MONTHS } from "../core/days.ts";
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
  "containers|casualties|dead|killed|wounded|tons|tonnes|barrels|dollars|euros|won|million|" +
  "billion|of (?:them|these|those)";
const NO_COUNT = `(?!,?[0-9]| ?%| ?per ?cent| (?:${COUNTED})\\b)`;
const DATES = [
  `[0-9]{4}-[0-9]{2}-[0-9]{2}`,
  `[0-2]?[0-9]:[0-5][0-9]`,
  `[0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{4}|[0-9]{2})`,
  `${DAYS}(?: of)? ${ANY_MONTH}(?:,? ${YEAR})?`,
  `${ANY_MONTH} ${DAYS},? ${YEAR}`,
  `${ANY_MONTH} ${DAYS}${NO_COUNT}`,
  `${ANY_MONTH},? ${YEAR}`,
  `${YEAR}s?(?:${TO}(?:${YEAR}|[0-9]{2}(?![0-9])))?${NO_COUNT}`,
].map((date) => new RegExp(`(?<![0-9A-Za-z.,]|[$€£¥])(?:${date})`, "g"));
// A number in a name counts nothing: G7, KN-23, Article 5, resolutions 1718 and 2270, 155 mm; and
// one that only numbers a line: "1.", "(2) Hold the line".
const NAMES = new RegExp(
  [
    "^(?:[-–*•] ?)?\\(?[0-9]{1,2}[.)](?= |$)",
    "\\b[A-Za-z]+-?[0-9]+[A-Za-z]*",
    "(?:§§? ?|\\b(?:[Aa]rticle|Art\\.|[Rr]esolution|[Cc]hapter|[Pp]aragraph|Section|Part|Card|" +
    "Option|Annex|Title|Phase|Group of|ICD|No\\.)s? )[0-9]+" +
    `(?:,?(?: and)? [0-9]+\\b(?! [a-z]+s\\b)${NO_COUNT})*`,
    "\\b[0-9]+ ?mm\\b",
    "\\b[0-9]+(?:st|nd|rd|th)\\b",
  ].join("|"),
  "g",
);

// A full stop behind an initial, a short month or another short word ends no sentence.
const SHORT = "approx|ca|vs|incl|i\\.e|e\\.g|cf|Art|No|Gen|Col|Lt|Sen|Rep|Mr|Mrs|Ms|Dr|Prof|St";
const BREAK = new RegExp(
  `(?<=[.!?])(?<!(?:[A-Z]|\\b(?:${SHORT}|${SHORT_MONTH}))\\.)[ \\t]+|[\\n\\r]+`,
);
// "17 november 2024"; "may" and "march" are words, too.
const SMALL_MONTH = new RegExp(
  `\\b(?:${MONTHS.filter((one) => !/^Ma/.test(one)).join("|").toLowerCase()})\\b`,
  "g",
);

// One marker or several: [1], [1, 2].
export const MARKER = /\[([0-9]{1,3}(?: ?[,;] ?[0-9]{1,3})*)\]/g;

/** Sentences of a text; a marker behind a full stop belongs to the sentence before it. */
export function sentences(text: string): string[] {
  const joined = text.replace(/([.!?])([”"’)]?)[ \t]*((?:\[[0-9,; ]+\])+)/g, "$2$3$1");
  return joined.split(BREAK).map((one) => one.replace(/^[ \t]+|[ \t]+$/g, "")).filter(Boolean);
}

/** The numbers of the markers [1], [2, 3] … in a text. */
export function markers(text: string): number[] {
  return [...text.matchAll(MARKER)].flatMap(([, numbers]) => numbers.split(/[,;]/).map(Number));
}

/** `text` with each number of its markers as `replace` gives it; "" takes it out. */
export function remarked(text: string, replace: (number: number) => string): string {
  return text.replace(new RegExp(` ?${MARKER.source}`, "g"), (marker, numbers: string) => {
    const left = numbers.split(/[,;]/).map((one) => replace(Number(one))).filter(Boolean);
    return left.length ? `${marker.startsWith(" ") ? " " : ""}[${left.join(", ")}]` : "";
  });
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

/**
 * Whether a sentence says one of `words` of status. It says none where it denies it ("nobody
 * disputes it"), and "May" is a month.
 */
export function tells(sentence: string, words: string[]): boolean {
  const text = sentence.replace(/(?<=[^.!?] )May\b/g, (may) => "_".repeat(may.length));
  return places(text, words).some(({ start }) => !DENIED.test(text.slice(0, start)));
}
const DENIED =
  /\b(?:not(?! only)|never|nobody|no one|cannot be|needless to)(?: [a-z]+)? $|n['’]t $/i;

// -- numbers --

const NUMBER = "[0-9]+(?:[.,][0-9]+)?";
const PER_CENT = "(?:%|per\\s*cent)";
const SHARE = new RegExp(
  `(${NUMBER})(?:\\s?${PER_CENT}?\\s?(?:-|–|to|and)\\s?(${NUMBER}))?(?=\\s*${PER_CENT})`,
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
  [MARKER, NAMES, ...DATES].reduce(
    (text, one) => text.replace(one, " "),
    sentence.replace(SMALL_MONTH, (month) => month[0].toUpperCase() + month.slice(1)),
  );

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

/** The chance that a word speaks of: of "not likely (30%)" it is the rest. */
const chances = (sentence: string, { start }: Place, ends: number[]) =>
  /\bnot (?:at all |so )?$/i.test(sentence.slice(0, start)) ? ends.map((end) => 100 - end) : ends;

/**
 * Whether each word of likelihood has a number that it agrees with: the nearest in its sentence, or
 * where that has none, any of a sentence that has no word.
 */
export function agrees(text: string, bands: TermBand[]): boolean {
  const terms = bands.flatMap((band) => band.terms);
  const all = sentences(text).map((sentence) => ({
    sentence,
    words: places(sentence, terms),
    shares: percentages(sentence),
  }));
  const loose = all.filter(({ words }) => !words.length).flatMap(({ shares }) => shares);
  const wordless = all.filter(({ words, shares }) => words.length && !shares.length);
  const paired = all.filter(({ words, shares }) => words.length && shares.length);
  const near = paired.every(({ sentence, words, shares }) =>
    words.every((word) => {
      const [nearest] = [...shares].sort((one, other) => apart(word, one) - apart(word, other));
      return fits(bands, word.text, chances(sentence, word, nearest.ends));
    })
  );
  const far = wordless.every(({ sentence, words }) =>
    words.every((word) =>
      loose.length > 0 &&
      loose.every(({ ends }) => fits(bands, word.text, chances(sentence, word, ends)))
    )
  );
  return paired.length + wordless.length > 0 && near && far;
}

// -- confidence --

const CONFIDENT = "confiden(?:ce|t)\\b";

/** Where a sentence names a level of confidence ("low"), before the word or behind it; else -1. */
function levelAt(sentence: string, level: string): number {
  const forms = [
    `\\b${level}(?:ly)?(?:[ -](?:to|or|and)[ -]\\w+)?(?: (?:level|degree) of)? ${CONFIDENT}`,
    `${CONFIDENT}[^.!?]{0,60}\\b(?:is|are|at|as|remains|stays|stands)\\b[^.!?;]{0,30}` +
    `\\b${level}\\b`,
    `${CONFIDENT}(?: (?:in|of) [^.!?;:]{0,60})?(?: ?[:=–—]| -)? ?\\(?${level}\\b`,
  ];
  const match = new RegExp(forms.join("|")).exec(sentence);
  if (!match) return -1;
  // What is denied or only wished for in the clause of the level names none.
  const named = sentence.slice(0, match.index + match[0].search(new RegExp(`\\b${level}`)));
  const clause = named.split(/[,;:()—–]/).at(-1) ?? "";
  const denied = NEGATION.test(clause) || /\b(?:could|would|might) (?:have|be)\b/.test(clause);
  return denied ? -1 : match.index;
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
  "\\b(?:not(?! only| hesitate)|never|no|nobody|none|neither|nor|hardly|cannot|reject|against|" +
    "oppose|avoid|without|refuse|stop [a-z]+ing|(?:wrong|mistake|unwise|too [a-z]+) to|" +
    "rule out|rather than|instead of|better than|more than|over|than|unlike)\\b|" +
    "n['’]t\\b(?! only| hesitate)",
  "i",
);
// What stands behind an option that is talked about, and not recommended: "Raise support would …".
const TALKED = new RegExp(
  "^['’]?s?[”\"’)]? (?:also |only |still |alone )*(?:would|could|might|may|can|cannot|will|was|" +
    "has|had|does|did|must(?! be)|is(?:n['’]t| not| (?:an? )?(?:bad|wrong|mistake))|" +
    "(?!is\\b|this\\b|as\\b|unless\\b|alongside\\b)[a-z]+s)\\b",
  "i",
);
// What refuses an option behind it: "Raise support should not be chosen", "… is a bad idea".
const REFUSED = new RegExp(
  "^['’]?s?[”\"’)]? (?:(?:should|must|can|could)(?:n['’]t| ?not)\\b|is(?:n['’]t| not) (?:what|" +
    "the (?:answer|way|right)|our|advised|recommended|wise|right)\\b|" +
    "is (?:an? )?(?:bad|wrong|mistake))",
  "i",
);
const CONDITION = /\b(?:if|unless|once|in case|whether)\b/i;
// In a clause of its own: who else wants an option, or among which one is chosen.
const ASIDE = new RegExp(
  "\\b(?:others|critics|some (?:in|of|say|want|would)|although|though|while|whereas|" +
    "before (?:you|we|they)|between|among|of the (?:[a-z]+ )?options)\\b",
  "i",
);
// "No option is better than X" praises X.
const PRAISE = /\b(?:no|nothing|none)\b[^.!?]*?\b(?:better|other)\b[^.!?]*?\b(?:than|but)\b/gi;

// A clause of its own begins anew; one that begins with "or" and "nor" goes on.
const clauseBefore = (sentence: string, { start }: Place): string =>
  sentence.slice(0, start).split(/[,;:()—–]\s*(?!(?:or|nor)\b)|\bbut\b|\bso\b/i).at(-1) ?? "";

/** Whether an option that stands in a sentence is refused there. */
const isRefused = (sentence: string, at: Place): boolean =>
  NEGATION.test(clauseBefore(sentence, at).replace(PRAISE, "")) ||
  REFUSED.test(sentence.slice(at.end));

/** Whether it is talked about: as what it would do, what others want, or one of several. */
function isTalkedAbout(sentence: string, at: Place): boolean {
  const before = sentence.slice(0, at.start);
  return TALKED.test(sentence.slice(at.end)) || CONDITION.test(before) ||
    ASIDE.test(clauseBefore(sentence, at)) || before.lastIndexOf("(") > before.lastIndexOf(")");
}

/**
 * The options that a text recommends. One that is refused, or talked about as what others want or
 * what it would cost, is not recommended; where all are only talked about, they count.
 */
export function optionsIn(text: string, options: string[]): string[] {
  const names = options.map((one) => one.toLowerCase());
  const named = sentences(text.replace(/[^\S\n\r]+/g, " ")).flatMap((sentence) =>
    places(sentence, names).filter((at) => !isRefused(sentence, at)).map((at) => ({
      name: at.text,
      talked: isTalkedAbout(sentence, at),
    }))
  );
  const advised = named.filter(({ talked }) => !talked);
  const counted = new Set((advised.length ? advised : named).map(({ name }) => name));
  return options.filter((one) => counted.has(one.toLowerCase()));
}
