import { MONTH } from "../core/days.ts";

// A memo's text in sentences, the markers in it, and the words that stand in it.

const SHORT_MONTH = "(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";
export const ANY_MONTH = `(?:${MONTH}|${SHORT_MONTH}\\b\\.?)`;

// A full stop behind an initial, a short month or another short word ends no sentence.
const SHORT = "approx|ca|vs|incl|i\\.e|e\\.g|cf|Art|No|Gen|Col|Lt|Sen|Rep|Mr|Mrs|Ms|Dr|Prof|St|" +
  "[ap]\\.m|pp?";
const BREAK = new RegExp(
  `(?<=[.!?])(?<!(?:[A-Z]|\\b(?:${SHORT}|${SHORT_MONTH}))\\.)[ \\t]+|[\\n\\r]+`,
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
/** The first eight words of a text, as a reader finds it again by. */
export const opening = (text: string) => wordsIn(text).slice(0, 8).join(" ");

/** Words that stand in a text, with their places. */
export interface Place {
  text: string;
  start: number;
  end: number;
}

export const placeOf = (match: RegExpMatchArray): Place => {
  const start = match.index ?? 0;
  return { text: match[0], start, end: start + match[0].length };
};
export const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Which of `terms` stand in a text and where, the longest where several would fit. "…" in a term
 * stands for some other words of the same clause, or none.
 */
export function places(text: string, terms: string[]): Place[] {
  const longestFirst = [...terms].sort((one, other) =>
    other.length - one.length || (one < other ? -1 : 1)
  );
  const any = longestFirst.map(literal).join("|").replaceAll(" … ", " (?:[^,;:()]{1,40} )?");
  return [...text.toLowerCase().matchAll(new RegExp(`(?<![a-z])(?:${any})(?![a-z])`, "g"))]
    .map(placeOf);
}

/** Which of `terms` stand in a text, the longest where several would fit. */
export const found = (text: string, terms: string[]): string[] =>
  places(text, terms).map((one) => one.text);

/** Regular expressions of one line each, as one that fits where any of them does. */
export const anyOf = (...parts: string[]): string => `(?:${parts.join("|")})`;
