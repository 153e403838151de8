import { MONTHS } from "../core/days.ts";
import { ANY_MONTH, anyOf, literal, MARKER, type Place, placeOf } from "./sentences.ts";

// Numbers in a sentence: what is counted, what is only a date or a part of a name, and what is
// said in per cent.

// -- in words -------------------------------------------------------------------------------------

const SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
  "fifteen sixteen seventeen eighteen nineteen";
const UNITS = SMALL.split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const UNIT = anyOf("one", ...UNITS);
const TEN = anyOf(...TENS);

/** What a number below a hundred in words is worth: "seventy-five" is 75. */
function worth(words: string): number {
  return words.split(/[- ]/).reduce((sum, word) => {
    const [unit, ten] = [["one", ...UNITS].indexOf(word) + 1, TENS.indexOf(word)];
    return sum + (ten >= 0 ? 10 * (ten + 2) : unit);
  }, 0);
}

// -- dates ----------------------------------------------------------------------------------------

// Dates as people write them on both sides of the Atlantic: 17 November 2024, November 17, 2024,
// the 17th of Nov., 17-20 November, 2024-11-17, 11/17/2024, 2022-2024, the 1990s.
const TO = " ?(?:-|–|to|and|or|/) ?";
const DAY = "[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9])";
const DAYS = `${DAY}(?:${TO}${DAY})*`;
const YEAR = "(?:1[0-9]|20)[0-9]{2}(?![0-9])";
// "In May 12 soldiers" and "2000 soldiers" count something: no date ends before what is counted.
const COUNTED =
  "soldiers|troops|men|people|workers|shells|rounds|missiles|launchers|drones|tanks|ships|guns|" +
  "containers|casualties|dead|killed|wounded|tons|tonnes|barrels|dollars|euros|won|million|" +
  "billion|prisoners|officers|civilians|instructors|aircraft|jets|planes|vehicles|agreements|" +
  "times|per ?cent|of (?:them|these|those)";
const NO_COUNT = `(?!,?[0-9]| ?%| ?per ?cent| (?:${COUNTED})\\b)`;
const NEAR =
  "\\b(?:about|some|around|nearly|almost|over|than|up to|only|another|roughly|least|most) ";
const DATES = [
  `[0-9]{4}-[0-9]{2}-[0-9]{2}`,
  `[0-2]?[0-9]:[0-5][0-9]`,
  `[0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{4}|[0-9]{2})`,
  `${DAYS}(?: of)? ${ANY_MONTH}(?:,? ${YEAR})?`,
  `${ANY_MONTH} ${DAYS},? ${YEAR}`,
  // A day follows "on May 12" and no "in May": "in May 12 ships left" counts ships.
  `(?<!\\b[Ii]n (?:early |late |mid-)?)${ANY_MONTH} ${DAYS}${NO_COUNT}`,
  `${ANY_MONTH},? ${YEAR}`,
  `(?<!${NEAR})${YEAR}s?(?:${TO}(?:${YEAR}|[0-9]{2}(?![0-9])))?${NO_COUNT}`,
].map((date) => new RegExp(`(?<![0-9A-Za-z.,]|[$€£¥])(?:${date})`, "g"));
// The hour of a day: 3 pm, 9 a.m., 12 o'clock.
const HOURS =
  "(?<![0-9.,])[0-2]?[0-9](?:[:.][0-5][0-9])? ?(?:[ap]\\.?m\\b|o['’]clock|noon|GMT|UTC)";

// -- names ----------------------------------------------------------------------------------------

// A number in a name counts nothing: G7, KN-23, Article 5, resolutions 1718 and 2270, 155 mm; and
// one that only numbers a line: "1.", "(2) Hold the line".
const HEADS =
  "Article|Art\\.|Resolution|UNSCR?|SCR|Chapter|Paragraph|Section|Part|Card|Option|Annex|" +
  "Title|Phase|Step|Stage|Point|Page|Table|Figure|Chart|Lesson|Question|Row|Room|Office|Bureau|" +
  "Unit|Brigade|Division|Regiment|Corps|Group of|World War|Protocol|Directive|Order|Decree|" +
  "Category|Level|Tier|Track|Model|Type|Mark|Version|Route|Flight|Channel|ICD|ISO|No\\.";
const SMALL_HEADS = "article|resolution|chapter|paragraph|option|annex|phase|step|page|table|" +
  "footnote|lesson|question|pp?\\.";
const NAMES = new RegExp(
  [
    "^(?:[-–*•] ?)?\\(?[0-9]{1,2}[.)](?= |$)",
    "\\b9/11\\b|\\b24/7\\b",
    "\\b[A-Za-z]+-?[0-9]+[A-Za-z]*",
    `(?:§§? ?|(?:\\b(?:${HEADS})|(?<!\\b(?:this|that|each|the|every|last|next|a) )` +
    `\\b(?:${SMALL_HEADS}))s? )[0-9]+(?:,?(?: and)? [0-9]+\\b(?! [a-z]+s\\b)${NO_COUNT})*`,
    "\\b[0-9]+ ?mm\\b",
    "\\b[0-9]+(?:st|nd|rd|th)\\b",
    // "Day 1,009 of the war", "summer ’24"
    "\\b[Dd]ay [0-9][0-9,]*(?= of\\b)",
    "['’][0-9]{2}\\b",
    HOURS,
  ].join("|"),
  "g",
);
// "17 november 2024"; "may" and "march" are words, too.
const SMALL_MONTH = new RegExp(
  `\\b(?:${MONTHS.filter((one) => !/^Ma/.test(one)).join("|").toLowerCase()})\\b`,
  "g",
);

/** A sentence without its markers, its dates and numbers in names. */
const bare = (sentence: string): string =>
  [MARKER, NAMES, ...DATES].reduce(
    (text, one) => text.replace(one, " "),
    sentence.replace(SMALL_MONTH, (month) => month[0].toUpperCase() + month.slice(1)),
  );

// -- what is counted ------------------------------------------------------------------------------

// "Eleven thousand soldiers" is a number, too; "two sides" and "one of them" are none.
const NUMBER_WORD = anyOf(
  ...UNITS,
  ...TENS,
  "(?:half )?(?:a )?(?:dozen|hundred|thousand)s?",
  "(?:half )?(?:a )?(?:m|b)illions?",
);
const NUMBER_WORDS = `${NUMBER_WORD}(?:(?:-| and | or | to | of | )${anyOf("one", NUMBER_WORD)})*`;
// What lasts, is only a manner of speaking, or is a piece of time is not counted.
const UNCOUNTED = "(?:reasons?|ways?|years?|days?|weeks?|months?|hours?|minutes?|seconds?|pages?|" +
  "words?|questions?|miles?|kilomet(?:re|er)s?)";
// Below twenty one also counts what one argues with, who speaks and what stands for choice, and
// what a reader knows already: "three reasons", "two governments say so", "the two leaders".
const ARGUED = anyOf(
  UNCOUNTED,
  "(?:thing|side|option|alternative|polic(?:y|ie)|measure|government|state|" +
    "countr(?:y|ie)|nation|all(?:y|ie)|partner|power|capital|neighbou?r|leader|president|" +
    "minister|part(?:y|ie)|camp|administration|observer|expert|analyst|source|service|" +
    "agenc(?:y|ie)|paper|newspaper|stud(?:y|ie)|witness(?:e)?|report|claim|statement|" +
    "promise|document|treat(?:y|ie)|article|clause|fact|point|pillar|risk|danger|threat|" +
    "argument|objection|answer|problem|task|goal|aim|end|step|stage|phase|part|case|" +
    "example|kind|type|sort|form|level|view|reading|condition|test|sign|signal|lesson|" +
    "choice|path|road|track|scenario|outcome|result|effect|consequence|cost|benefit|cause|" +
    "factor|front|war|Korea|world|sentence|number|figure|estimate|row|chart|theor(?:y|ie)|" +
    "explanation|interest|decision|rule|principle|limit|door|hand|eye|theatre|theater|mile|" +
    "layer|channel|institution|piece|weakness(?:e)?|strength|advantage|aspect|element|" +
    "difference|possibilit(?:y|ie)|other|time|decade|centur(?:y|ie)|night|generation|" +
    "minute|term|round of talk|pair|group|column|line|set|evil|spot|guarantee|assurance|" +
    "offer|gap|flaw|mistake|plan|idea|proposal|recommendation|word|change|hour|place|area|" +
    "region|good|move|reform|demand|concession|warning|hope|fear)s?",
);
const VERBS = "(?:is|was|has|does|as|us|this|its|his|always|perhaps|sometimes|thus|besides)";
const WHOLE = "(?:an?|the|its|their|his|her|our|all|these|those|that|this)";
const IDIOM =
  "(?:the )?(?:battle|story|truth|way|job|(?:a|the|this|that|last) (?:year|day|hour|month|" +
  "century|decade))\\b";
const FRACTION = "(?:thirds?|quarters?|fifths?|sixths?|eighths?|tenths?|hundredths?)";
const inWords = (whose: string): string =>
  anyOf(
    `(?<!\\b(?:these|those) )${NUMBER_WORDS} (?:of )?(?:${whose} )*(?:${COUNTED})\\b`,
    // "Three generals came", "four of its officers": what has a plural, with a word before it.
    `(?<!\\b(?:the|these|those|both|all|our|my|your|his|her|its|their|other|last|next|first) )` +
      `${anyOf(...UNITS)} (?:of )?(?:${whose} )*(?:(?!${ARGUED}\\b|${VERBS}\\b)[a-z-]+ )?` +
      `(?!${ARGUED}\\b|${VERBS}\\b)[a-z-]+(?<!s)s\\b`,
    // From twenty on, all that has a plural is counted.
    `(?:a dozen|${TEN}(?:-${UNIT})?|${anyOf(UNIT, ...UNITS, ...TENS)} (?:hundred|thousand))` +
      `(?: and [a-z]+)?(?! ${UNCOUNTED}\\b) (?:${whose} )*[a-z]+(?<!s)s\\b`,
    `(?:several|a few|many|some|a couple of) (?:dozen|hundred|thousand|million)\\b`,
    `(?:tens of )?(?:dozens|hundreds|thousands|(?:m|b)illions|scores of)\\b(?! of ${UNCOUNTED}\\b)`,
    `(?:${anyOf("an?", "one", ...UNITS)})[ -]${FRACTION} of (?!${IDIOM})`,
    `(?:two|three|four|five|seven|nine)[ -]${FRACTION.replaceAll("s?", "s")}`,
    `(?<!\\b(?:first|second|other|latter|better|later|earlier|last|this|next|[0-9](?:st|nd)) )` +
      `half(?: of)? (?!${IDIOM})(?:${WHOLE}|[a-z]+s\\b)`,
    `by (?:about |nearly |almost |more than )?(?:half|an? ${FRACTION})\\b`,
    `(?:${anyOf("one", ...UNITS)}) (?:in|out of) (?:every )?${
      anyOf(...UNITS, ...TENS, "a hundred")
    }\\b`,
    `(?:half|twice|thrice|${NUMBER_WORD} times) (?:as|the|its|their|more|less|what|[a-z]+er)\\b`,
    `${NUMBER_WORD}-?fold\\b`,
    "(?:doubled|tripled|trebled|quadrupled|halved)\\b(?! (?:down|back|up))",
  );
const WHOLE_WORDS = new Map<string, RegExp>();

/** What counts in words, where `attributes` may stand before what is counted; made once of each. */
function wholeWord(attributes: string[]): RegExp {
  const whose = anyOf(
    "more",
    "new",
    "other",
    "its",
    "their",
    "foreign",
    ...attributes.map(literal),
  );
  const made = WHOLE_WORDS.get(whose) ?? new RegExp(`(?<![a-z-])${inWords(whose)}`, "i");
  WHOLE_WORDS.set(whose, made);
  return made;
}

// A figure, and what is counted by it.
const IN_FIGURES = /[$€£¥]?[0-9][0-9.,]*(?<![.,])(?: ?%| [\p{L}-]+)?/u;

/**
 * The words of a sentence that count something, or "": dates and names count nothing. `attributes`
 * are words of the topic that may stand before what is counted: "Korean", "artillery".
 */
export function countIn(sentence: string, attributes: string[] = []): string {
  const left = bare(sentence);
  return (IN_FIGURES.exec(left) ?? wholeWord(attributes).exec(left))?.[0].trim() ?? "";
}

/** Whether a sentence counts something, in figures or in words. */
export const counts = (sentence: string, attributes: string[] = []): boolean =>
  countIn(sentence, attributes) !== "";

// -- per cent -------------------------------------------------------------------------------------

const NUMBER = "[0-9]+(?:[.,][0-9]+)?";
const PER_CENT = "(?:%|per\\s*cent)";
const SHARE = new RegExp(
  `(${NUMBER})(?:\\s?${PER_CENT}?\\s?(?:-|–|to|and)\\s?(${NUMBER}))?(?=\\s*${PER_CENT})`,
  "g",
);
const SPELLED = new RegExp(`\\b(?:${TEN}(?:[- ]${UNIT})?|${UNIT})\\b`, "gi");
// "7 in 10" and "seventy out of a hundred" are shares, too.
const OF_TEN = new RegExp(
  `(${NUMBER})( in | out of )(?:(10|ten)|(?:100|a hundred|one hundred))\\b(?! ?${PER_CENT})`,
  "gi",
);

/** `text` with its shares in figures and per cent: "seventy per cent" is "70 per cent". */
export const inPerCent = (text: string): string =>
  text
    .replace(
      new RegExp(
        `${SPELLED.source}(?=(?: ?(?:-|–|to|and|or) ?${SPELLED.source})?\\s*` +
          `(?:${PER_CENT}|(?:in|out of) (?:10|ten|100|a hundred|one hundred)\\b))`,
        "gi",
      ),
      (words) => String(worth(words.toLowerCase())),
    )
    .replace(OF_TEN, (_, number: string, _of, ten?: string) =>
      `${Number(number.replace(",", ".")) * (ten ? 10 : 1)}%`);

/** The percentages in a text: "60%", "60 to 70 per cent"; `ends` are their numbers. */
export function percentages(text: string): (Place & { ends: number[] })[] {
  return [...inPerCent(text).matchAll(SHARE)].map((match) => ({
    ...placeOf(match),
    ends: [match[1], match[2]].filter(Boolean).map((one) => Number(one.replace(",", "."))),
  }));
}
