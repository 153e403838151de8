import { anyOf, type Place, places } from "./sentences.ts";

// Whether a sentence tells a reader how well a thing is known: by a word of status that it neither
// denies nor uses in another sense.

// "Nobody in Seoul disputes it", "without dispute"; but not "nobody knows what Seoul says".
const DENIED = new RegExp(
  anyOf(
    "\\b(?:not(?! only)|never|no|nobody|none|no one|neither|nor|without|beyond|past|above|hardly" +
      "(?: anybody| anyone)?|cannot be|out of|open to no)(?: (?!that\\b|what\\b|who\\b|which\\b|" +
      "whether\\b|how\\b|but\\b|longer than\\b)[a-z’']+){0,2} $",
    "n['’]t (?:[a-z]+ )?$",
  ),
  "i",
);
// "Undisputed" denies a dispute in one word, and "not undisputed" tells one.
const UNDENIABLE =
  /\b(?:undisputed|indisputabl[ey]|undeniabl[ey]|uncontested|beyond (?:all )?(?:dispute|doubt))\b/g;

// A word of the list in another sense: the words before it end, or those behind it begin, so.
interface Sense {
  word: RegExp;
  before?: RegExp;
  behind?: RegExp;
}
const anyCase = (...parts: string[]) => new RegExp(parts.join(""), "i");
const SUBJECT = "(?:they|it|he|she|we|you|i|this|that|these|those|the|nobody|no)\\b";
const OTHER_SENSES: Sense[] = [
  // A month: "In May", "May 2024", "May Day"; a capital that asks or wishes begins a sentence.
  { word: /^May$/, before: /[^.!?“"‘(] $/ },
  { word: /^May$/, behind: new RegExp(`^(?! ${SUBJECT})`, "i") },
  { word: /^may$/, behind: /^ [0-9]/ },
  // Strength: "the might of the army", "military might comes".
  {
    word: /^might$/i,
    before: anyCase(
      "(?:\\b(?:the|its|their|his|her|our|your|all|full|own|whose|military|naval|nuclear|of|with|",
      "by)|['’]s?) $",
    ),
  },
  { word: /^might$/i, behind: /^(?:[,;:.!?]| (?:of|and|is|was|has|had|does|makes)\b)/ },
  { word: /^might$/i, behind: /^ (?!always|perhaps|sometimes|also|thus|as)[a-z]+[^su]s\b/ },
  { word: /^could$/i, behind: /^(?: not|n['’]t)\b/ },
  { word: /^(?:possible|likely)$/i, before: /\bas [a-z]+ as $/i },
  // Asked for: "Report to me", "we will report".
  { word: /^report$/i, before: /(?:^|[.;:,] )$/, behind: /^ (?:to|on|back|every|each|weekly)\b/ },
  {
    word: /^(?:report|reports|say|claim|assert)$/i,
    before: anyCase(
      "\\b(?:we|i|let us|please|has to|have to|must|should|shall|ought to)",
      "(?: (?:will|can|may|must|should|shall|would|could|have to|also))? $",
    ),
  },
  // A way to speak: "it is safe to say", "that said".
  { word: /^say$/i, before: /\b(?:safe|fair|needless|right|enough|that is|which is) to $/i },
  { word: /^said$/i, before: /(?:^|[,;:] )(?:that|this|all that|having)(?: being)? $/i },
  {
    word: /^according to$/i,
    behind: /^ (?:the |its |their |our )?(?:plan|schedule|law|treaty|rules?|calendar)\b/i,
  },
];

const inAnotherSense = (text: string, { start, end }: Place): boolean =>
  OTHER_SENSES.some(({ word, before, behind }) =>
    word.test(text.slice(start, end)) &&
    (!before || before.test(text.slice(0, start))) &&
    (!behind || behind.test(text.slice(end)))
  );

// A named body that looked: "as the BBC found", ", Yonhap learned", "… has seen papers".
const BODY = "(?:[Tt]he |[Aa]n? )?[A-Z][\\w.&’'-]*(?: (?:of|for|the|and|on|[A-Z][\\w.&’'-]*)){0,8}";
const FINDS =
  "(?:(?:has|have|had) )?(?:also |first |later )?(?:found|finds|learned|learnt|revealed|" +
  "reveals|uncovered|disclosed|documented|documents|discovered|established|traced|showed|shows)";
const NAMED = new RegExp(
  anyOf(
    `\\b(?:[Aa]s|[Ww]hat) ${BODY} ${FINDS}\\b`,
    `, ${BODY} ${FINDS}(?= ?(?:\\[|[.,;:!?]|$))`,
    `\\b${BODY} (?:has|have|had) (?:seen|obtained|reviewed|examined|verified) ` +
      "(?:the |some |a |copies of |internal |secret |satellite )*" +
      "(?:papers?|documents?|letters?|photos?|pictures?|videos?|footage|files?|data|records?|" +
      "contracts?|intercepts?|emails?|messages?|images?)\\b",
  ),
);

/** Whether a sentence says one of `words` of status, and means it. */
export function tells(sentence: string, words: string[]): boolean {
  const text = sentence.replace(/["“”]/g, " ");
  const undenied = [...text.matchAll(UNDENIABLE)].some(({ index }) =>
    DENIED.test(text.slice(0, index))
  );
  if (undenied && words.some((one) => one.startsWith("disput"))) return true;
  // What reports are told by is told by the name of who found it, too.
  if (words.includes("found that") && NAMED.test(text)) return true;
  return places(text, words).some((place) =>
    !DENIED.test(text.slice(0, place.start)) && !inAnotherSense(text, place)
  );
}
