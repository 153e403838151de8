import { anyOf, literal, sentences } from "./sentences.ts";

// What a text says of its own confidence. The confidence of allies, markets and voters, and what
// the writer lacks or would need, is another matter.

const ABOUT = "th(?:is|at|ese|ose)\\b|(?:our|my)\\b|" +
  "the (?:judg|assess|estimat|number|count|evidence|source|figure|finding)";
// "The confidence of Moscow", "among allies", "a vote of no confidence".
const CONFIDENT = `(?<!\\bno )confiden(?:ce|t)\\b(?! (?:of|by) (?!${ABOUT}))(?! among\\b)`;

const OURS = new RegExp(
  "\\b(?:we|i|our|my|ours|mine|us|this|that|these|it|its|there|judg[a-z]*|assess[a-z]*|" +
    "estimates?|numbers?|counts?|evidence|findings?|figures?|team|" +
    "group|authors?|writers?|paper|memo)\\b",
);
// Somebody has it, is it or loses it: who?
const OWNED = new RegExp(
  anyOf(
    "\\b(?:has|have|had|feels?|shows?|enjoys?|expresse?s?|places?|puts?|loses?|lost|wins?|won|" +
      "gains?|regains?|restores?|builds?|shakes?)\\b[^,;:]*$",
    "\\b(?:is|are|was|were|remains?|seems?|sounds?|looks?)(?: [a-z]+){0,2} $",
    "[a-z]['’]s? (?:[a-z]+ )?$",
    "\\b(?:their|his|her|its|your|whose|public|popular|allied|mutual|consumer|investor|self)" +
      "[ -](?:[a-z]+ )?$",
  ),
);
const IN_SOMEBODY =
  /^(?:ce|t) in (?:us|you|him|her|them|the (?:government|president|army|allies))\b/;

// "Confidence is high among the allies", "… in Kyiv is low"; but not "… in Kyiv’s number".
const WHERE = new RegExp(
  "^ce(?: level)?(?: (?:is|are|was|were|remains|stays|runs|stands)(?: [a-z]+){1,3})? " +
    anyOf(
      "(?:among|amongst|within|across|throughout|inside|abroad)\\b",
      "on (?:both|all|either|the other) sides?\\b",
      "at home\\b",
      "in (?:the )?[A-Z][a-z]\\w+(?: [A-Z]\\w+)*" +
        "(?= (?:is|was|are|remains|stays|that)\\b|[.,;:!?]|$)",
      "in (?:congress|parliament|the (?:capital|public|ranks|west|east|south|north|market))\\b",
    ),
);

const clauseBefore = (text: string): string =>
  text.split(/[,;:()—–]|\b(?:but|so|and|that|because|since|as|while)\b/).at(-1) ?? "";

/** Whether what stands at `index` of a sentence is somebody else's confidence. */
function isOthers(sentence: string, index: number): boolean {
  const clause = clauseBefore(sentence.slice(0, index).toLowerCase());
  const owned = OWNED.exec(clause);
  const behind = sentence.slice(index).replace(/^.*?confiden/i, "");
  return IN_SOMEBODY.test(behind.toLowerCase()) ||
    (WHERE.test(behind) && !/\b(?:our|my|we|i)\b/.test(clause)) ||
    (owned !== null && !OURS.test(clause.slice(0, owned.index)) &&
      !/\b(?:our|my)\b/.test(owned[0]));
}

// What is denied, lacked or only wished for names no level.
const NOT_HAD = new RegExp(
  "\\b(?:not(?! only)|never|no|nobody|none|neither|nor|hardly|cannot|without|against|" +
    "lack(?:s|ing)?|(?:rather|more|less) than|instead of|" +
    "(?:need|want|wish|require|seek|await)(?:s|ed|ing)?|" +
    "(?:could|would|might) (?:have|be|need)|until|before|if)\\b|n['’]t\\b",
);

const TO = "(?:[ -](?:to|or|and)[ -][a-z]+|[–/-][a-z]+)?";
const RATHER = "(?:(?:rather|very|fairly|quite|only|still|at best|at most|about|overall) )*";

// "High confidence would need a second source": what would be needed is not there.
const WISHED = /^[^.!?;:,]{0,20}\b(?:(?:would|could) (?:need|take|require|ask)|needs|requires)\b/;

/** Where a sentence names a level of confidence ("low"), before the word or behind it; else -1. */
function levelAt(written: string, level: string): number {
  const sentence = written.toLowerCase();
  const forms = [
    `\\b${level}(?:ly)?${TO}(?: (?:level|degree) of)? ${CONFIDENT}`,
    `${CONFIDENT}(?:(?!confiden)[^.!?]){0,60}\\b(?:is|are|at|as|remains|stays|stands)\\b` +
    "[^.!?;]{0,30}" +
    `\\b${level}\\b`,
    `${CONFIDENT}(?: level)?(?: (?:in|of) [^.!?;:]{0,60})?(?: ?[:=–—]| -)? ?\\(?${level}\\b`,
    `${CONFIDENT}[^.!?]{0,80}\\b(?:keep|hold|put|set|call|rate|leave) (?:it|this|ours) ` +
    `(?:at |as )?${level}\\b`,
    // The level alone, as an answer: "Low, since …", "Moderate to low: …".
    `^[“"‘(]?${RATHER}(?:[a-z]+(?: to |-to-| or |–|/))?${level}${TO}[”"’)]?` +
    "(?:$|[,;:.!–—]| [-–—(]|,? (?:because|since|as|for|given|at best|with)\\b)",
  ];
  for (const match of forms.flatMap((form) => [...sentence.matchAll(new RegExp(form, "g"))])) {
    const named = sentence.slice(0, match.index + match[0].search(new RegExp(`\\b${level}`)));
    const denied = NOT_HAD.test(named.split(/[,;:()—–]/).at(-1) ?? "");
    const alone = !match[0].includes("confiden");
    const wished = WISHED.test(sentence.slice(match.index + match[0].length)) ||
      /\btoo $/.test(named);
    if (!wished && !denied && (alone || !isOthers(written, match.index))) return match.index;
  }
  return -1;
}

/** Which of `terms` ("low confidence") a text names, in whatever order of the two words. */
export function levelsIn(text: string, terms: string[]): string[] {
  // "Medium" is what many write; "medium-range" is another thing.
  const written = text.replace(/\bmedium\b(?!-(?!to-))/gi, "moderate");
  const named = sentences(written).flatMap((sentence) =>
    terms.map((term): [number, string] => [levelAt(sentence, literal(term.split(" ")[0])), term])
      .filter(([at]) => at >= 0).sort(([one], [other]) => one - other).map(([, term]) => term)
  );
  return [...new Set(named)];
}

/** The word by which a sentence speaks of the writer's own confidence, or "". */
export function confidenceIn(sentence: string): string {
  const small = sentence.toLowerCase();
  const own = [...small.matchAll(new RegExp(CONFIDENT, "g"))].find(({ index }) =>
    !isOthers(sentence, index)
  );
  return own?.[0] ?? "";
}
