import { anyOf, literal } from "./sentences.ts";

// A view that a writer reports, and then shares or rejects: "Critics say X is weak; they are
// wrong", "One may say X rewards Moscow; we agree", "Some would choose X. We would not."

/** What a writer thinks of a view that was reported. */
export type Verdict = "shared" | "rejected";

// -- who says it ----------------------------------------------------------------------------------

const SAYING =
  "(?:sa(?:y|ys|id)|argue[sd]?|claim(?:s|ed)?|thinks?|believes?|holds?|object(?:s|ed)?|" +
  "insist(?:s|ed)?|warn(?:s|ed)?|fears?|maintains?|contends?|suggest(?:s|ed)?|complain(?:s|ed)?|" +
  "prefers?|wants?|favou?rs?|chooses?|recommends?|urges?|advises?|asks?|calls?|hopes?|expects?|" +
  "loves?|likes?|hates?|dislikes?|dismiss(?:es)?|rejects?|opposes?|sees?|" +
  "regards?|describes?|tells? us)";
// Nobody reports what "we" say; of "this" and "it" nothing is said but by passive verbs.
const WHO = "(?!(?:we|i|you|one|that|this|these|it|to|not|us|do|and|or|should|would|" +
  "memo|paper|brief|briefing|team)\\b)[a-z][a-z.’'-]*";
const MAY = "(?:may|might|could|can|will|would)";
const HOW = `(?:(?:${MAY}|often|sometimes|always|still|rightly|correctly|wrongly|mistakenly|` +
  "falsely|now|also|do|does|then|therefore|thus|indeed) )*";
const VIEW = "(?:view|claim|argument|objection|charge|fear|worry|criticism|complaint|idea|belief|" +
  "reproach|hope|warning)";
const REPORT = new RegExp(
  anyOf(
    `(?<!\\b(?:we|i) (?:[a-z]+ )*)\\b${WHO} ${HOW}${SAYING}\\b`,
    `\\b(?:you|one) ${MAY} (?:[a-z]+ )?${SAYING}\\b`,
    "\\bit (?:is|was|has been|can be|may be|might be|could be|will be) (?:[a-z]+ )?(?:said|" +
      "argued|claimed|thought|believed|feared|hoped|held|objected|suggested|alleged)\\b",
    `\\b(?:the|a|one|an) (?:[a-z]+ )?${VIEW} (?:(?:here )?(?:is|goes|runs)|that)\\b`,
    "\\baccording to (?:critics|opponents|many|some|others)\\b",
  ),
  "i",
);
// The report stands behind the name: "X, critics say, is weak", "X is weak, some say".
const ASIDE = new RegExp(`, (?:as )?${WHO} ${HOW}${SAYING},? `, "i");
// Its verdict is the verb of the sentence: "the claim that X works is false".
const ITS_VERB = new RegExp(`\\b(?:${VIEW} that|(?:those|people|critics|all) who)\\b`, "i");
const AGAINST = new RegExp(
  "\\b(?:critics?|opponents?|s[ck]eptics?|objections?|objects?|objected|fears?|feared|worry|" +
    "warn(?:s|ed|ing)?|complain(?:s|ed|t)?|criticism|charge|reproach|hates?|dislikes?)\\b",
  "i",
);
const IN_FAVOUR = new RegExp(
  "\\b(?:supporters?|backers?|advocates?|friends|loves?|likes?|chooses?|prefers?|favou?rs?|" +
    "wants?|recommends?|urges?|calls? for|hopes?)\\b",
  "i",
);

// -- what is said of an option --------------------------------------------------------------------

const HARM = [
  "\\b(?:reward|provoke|cost|risk|harm|hurt|weaken|undermine|invite|encourage|escalate|delay|" +
  "embolden|fail|ignore|abandon|betray|divide|drag|fuel|prolong|endanger|lose|waste|threaten|" +
  "alienate|appease|legitimi[sz]e|concede|surrender|leave|neglect|overlook|isolate|strain|" +
  "feed|exhaust)" +
  "(?:s|ed|ing)?\\b",
  "\\b(?:too [a-z]+|(?:not|never|hardly) (?:enough|work|help|[a-z]+)|nothing|useless|slow|weak|" +
  "costly|expensive|dangerous|risky|timid|na[iï]ve|unrealistic|cowardly|premature|illegal|" +
  "immoral|unwise|reckless|wrong|mistake|folly|illusion|provocation|weakness|betrayal|defeat|" +
  "hopeless|escalation|appeasement|passive|soft|futile)\\b",
  "\\bplay(?:s|ed)? into\\b",
];
const GOOD = [
  "\\b(?:save|protect|deter|strengthen|end|stop|help|work|succeed|prevent|shorten|buy|keep|win|" +
  "pay|secure|unite|reassure|defend)s?\\b",
  "\\b(?:best|right|enough|wise|safe|safest|cheap|cheapest|only|bold|answer|way out|better|" +
  "strong|effective|realistic|sound)\\b",
];

/** What speaks for an option and against it, where a writer has rivals: to hurt them is good. */
export interface Sides {
  helpsThem: RegExp;
  hurtsThem: RegExp;
  harm: RegExp;
  good: RegExp;
}

/** `rivals` are names of whom a writer may want to hurt, and does not want to help. */
export function sidesOf(rivals: string[]): Sides {
  const them = rivals.length ? anyOf(...rivals.map(literal)) : "(?!)";
  const [helps, hurts] = [`\\bhelp(?:s|ed)? ${them}\\b`, `\\bhurts? ${them}\\b`];
  return {
    helpsThem: new RegExp(helps, "gi"),
    hurtsThem: new RegExp(hurts, "i"),
    harm: new RegExp(anyOf(...HARM, helps), "i"),
    good: new RegExp(anyOf(...GOOD, hurts), "i"),
  };
}

const AVOIDS = /\b(?:against|reject|oppose|avoid|drop|not|never|no) (?:[a-z]+ ){0,3}["“‘]?$/i;

const WANTS = new RegExp(
  "\\b(?:choose|prefer|favou?r|want|recommend|urge|calls? for|advise|love|like)s?" +
    '(?: us)?(?: to)? ["“‘]?$',
  "i",
);

/** Whether what is said of an option speaks for it; null where nothing tells. */
function speaksFor(before: string, said: string, sides: Sides): boolean | null {
  const denied = /\b(?:not|never|hardly|no longer|cannot)\b|n['’]t\b/i.test(said);
  const good = sides.good.test(said.replace(sides.helpsThem, ""));
  const harmToOthers = sides.hurtsThem.test(said);
  if (AVOIDS.test(before)) return false;
  if (WANTS.test(before)) return true;
  if (good && (harmToOthers || !sides.harm.test(said) || denied)) return !denied;
  if (sides.harm.test(said)) return false;
  if (AGAINST.test(before)) return false;
  const wanted = /\b(?:should|must|ought to|need to|for|to) (?:[a-z]+ )?["“‘]?$/i;
  return IN_FAVOUR.test(before) || wanted.test(before) ? true : null;
}

// -- what the writer thinks of it -----------------------------------------------------------------

const BEGIN = "^[ ,;:—–-]*(?:(?:and|but|yet|however|indeed|in fact|in our view|here|alas),? )*";
const BE = "(?:is|are|was|were|would be|may be|may well be|might be|seems?|seem to be)";
const VERY = "(?:(?:quite|very|largely|partly|absolutely|perfectly|probably|simply|plainly|" +
  "entirely|fully|also|both|all|still|well|just|surely|clearly|firmly|mostly) )*";
const THEY = "(?:they|he|she|you|it|this|that|these|those|both|" +
  "(?:the|this|that|these|those|their|his|her|such) " +
  "(?:critics?|opponents?|s[ck]eptics?|supporters?|claims?|views?|arguments?|objections?|fears?|" +
  "warnings?|charges?|worr(?:y|ies)|criticisms?|complaints?|ideas?|beliefs?|points?))";
const TRUE = "(?:right|correct|true|so|sound|justified|fair|well[ -]founded|convincing|realistic|" +
  "reasonable|plausible|not wrong|not mistaken|a fact|the case|not without reason)";
const FALSE = "(?:wrong|mistaken|false|untrue|unfounded|unjustified|unconvincing|baseless|unfair|" +
  "incorrect|weak|thin|hollow|beside the point|an illusion|unrealistic|exaggerated|" +
  "nonsense|a mistake|an error|a misreading|a myth|misguided|" +
  "not (?:right|correct|true|so|sound|justified|fair|convincing|the case|well[ -]founded))";
const OBJECT = "(?: (?:with )?(?:it|this|that|them|him|her|so|" +
  "(?:this|that|the|their|these|those) [a-z]+))?";
const END = "(?= ?[.;:,!?—–)]| ?$| (?:too|completely|fully|here|all|entirely|but|and|on)\\b)";
const SHARED = new RegExp(
  BEGIN + anyOf(
    `(?:we|i) ${VERY}(?:agree|concur|accept|share|second|believe|think|join|follow)${OBJECT}` +
      `(?: (?:too|as well|the same))?${END}`,
    "(?:we|i) (?:think|say|believe|would say) (?:so|the same|as much)\\b",
    `(?:we|i) (?:do|would|should|must|are|am) ?(?:too|convinced|persuaded)?${END}`,
    "(?:we|i) (?:cannot|can not|do not) (?:deny|dispute|doubt) (?:it|this|that)\\b",
    "there is (?:some |much |a lot of )?truth in\\b",
    `so (?:do|would|should|are|am|can) (?:we|i)\\b`,
    `${THEY} ${BE} ${VERY}${TRUE}\\b(?! to\\b)`,
    `${THEY} (?:has|have) (?:a|some) (?:good |fair |strong )?point\\b`,
    `(?:it|they|this|that|indeed it|indeed they) (?:does|do|is|are|did|will|would)${END}`,
    `${VERY}(?:rightly|correctly)(?: so)?${END}`,
    "(?:with|for|not without) (?:very )?(?:good |every |some )?(?:reason|cause|justice)\\b",
  ),
  "i",
);
const REJECTED = new RegExp(
  BEGIN + anyOf(
    `(?:we|i) ${VERY}(?:disagree|dissent|differ|doubt|reject|deny|dispute|refute)${OBJECT}${END}`,
    "(?:we|i) (?:do not|don['’]t|cannot|can['’]t|would not|wouldn['’]t) (?:agree|concur|" +
      "accept|share|follow|join|think so|believe|say so|think the same)\\b",
    "(?:we|i) (?:do not|don['’]t|(?:would|should|must|are|am) not|(?:would|should|are)n['’]t|" +
      "cannot)" +
      `(?: (?:convinced|persuaded))?${END}`,
    "(?:we|i) (?:think|believe|see it|say|judge) (?:otherwise|not|differently)\\b",
    "(?:we|i) beg to differ\\b",
    `${THEY} ${BE} ${VERY}${FALSE}\\b(?! to\\b)`,
    `${THEY} (?:isn['’]t|aren['’]t) (?:right|correct|true|so|convincing|justified)\\b`,
    "(?:it|they|this|that) (?:(?:does|do|is|are|did|will|would) not|" +
      `(?:does|do|is|are|wo)n['’]t)${END}`,
    `(?:wrongly|mistakenly|falsely)(?: so)?${END}`,
    "without (?:any |much )?(?:good )?(?:reason|cause)\\b",
    `not so${END}`,
    "there is (?:no|little) truth in\\b",
  ),
  "i",
);
const SHARED_BEFORE = new RegExp(
  anyOf(
    `\\b(?:rightly|correctly) ${SAYING}`,
    "\\b(?:rightly|correctly) (?:said|argued|claimed|feared|objected)\\b",
    "\\b(?:we|i) (?:[a-z]+ )?(?<!not )(?:agree|concur|side) with (?:the )?(?:those|critics|" +
      "people|everyone|all)\\b",
    "\\b(?:we|i) share the (?:view|fear|belief|worry|hope)\\b",
  ),
  "i",
);
const REJECTED_BEFORE = new RegExp(
  anyOf(
    `\\b(?:wrongly|mistakenly|falsely) ${SAYING}`,
    "\\b(?:wrongly|mistakenly|falsely) (?:said|argued|claimed|feared|objected)\\b",
    "\\b(?:we|i) (?:[a-z]+ )?(?:disagree with|do not (?:(?:agree|side) with|believe|share)|" +
      "reject|oppose) (?:the )?(?:those|critics|" +
      "people|everyone|all|view|claim|idea|belief|fear)\\b",
    "\\bit is (?:wrong|a mistake|false) to (?:say|think|believe|claim|argue)\\b",
  ),
  "i",
);

/** The first verdict on what was said, and what stands behind it. */
function verdictIn(rest: string): { verdict: Verdict; behind: string; said: string } | null {
  const marks = [...rest.matchAll(/[,;:—–]|\b(?:and|but|yet)\b/gi)].map(({ index }) => index);
  for (const from of marks) {
    const part = rest.slice(from);
    const found = REJECTED.exec(part) ?? SHARED.exec(part);
    if (!found) continue;
    const verdict = REJECTED.test(part) ? "rejected" : "shared";
    return { verdict, behind: part.slice(found[0].length), said: rest.slice(0, from) };
  }
  return null;
}

const SENTENCE_IS = new RegExp(
  `\\b(?:${BE} ${VERY}(?:(${FALSE})|${TRUE})|(fails|falls short|misses the point|` +
    "(?:does not|doesn['’]t) (?:hold|convince|count)))(?= ?[.!;:,]| ?$)",
  "i",
);

/** The verdict that is the verb of a sentence about a view. */
function verdictAtEnd(rest: string): { verdict: Verdict; behind: string; said: string } | null {
  const found = SENTENCE_IS.exec(rest);
  if (!found) return null;
  return {
    verdict: found[1] ?? found[2] ? "rejected" : "shared",
    behind: "",
    said: rest.slice(0, found.index),
  };
}

/** The verdict that the next sentence begins with. */
function verdictOf(next: string): { verdict: Verdict; behind: string } | null {
  const rejected = REJECTED.exec(next);
  const found = rejected ?? SHARED.exec(next);
  if (!found) return null;
  return { verdict: rejected ? "rejected" : "shared", behind: next.slice(found[0].length) };
}

/** What a writer makes of an option that others speak of. */
export interface Reported {
  /** Whether the writer is for it in the end; null where one cannot tell. */
  favours: boolean | null;
  /** What is said behind the verdict: "they are right, but we still recommend it". */
  behind: string;
}

// Who bears what an option costs is for it.
const BEARS_IT = new RegExp(
  "\\b(?:we|i) (?:can |must |will |should )?(?:accept|take|run|bear|pay) " +
    "(?:that|this|the|these|those|its) (?:risk|cost|price|danger)s?\\b",
  "i",
);

// Where what others say ends, before a name: "Some prefer X; we prefer Y".
const OWN_WORDS = /[;:—–]|\b(?:but|yet|so)\b|,(?= (?:and )?(?:we|i)\b| ?["“‘]?$)/i;

/**
 * What a writer makes of a view on an option: `before` and `rest` stand around its name, `next` is
 * the sentence behind. Null where no view is reported.
 */
export function reported(
  before: string,
  rest: string,
  next: string,
  sides: Sides,
): Reported | null {
  const clause = before.split(OWN_WORDS).at(-1) ?? "";
  const said = rest.replace(ASIDE, " ");
  const ahead = SHARED_BEFORE.test(clause)
    ? "shared"
    : REJECTED_BEFORE.test(clause)
    ? "rejected"
    : null;
  if (!ahead && !REPORT.test(clause) && !ASIDE.test(rest)) return null;
  if (BEARS_IT.test(`${rest} ${next}`)) return { favours: true, behind: "" };
  const here = ahead
    ? { verdict: ahead, behind: "", said }
    : ITS_VERB.test(clause) && verdictAtEnd(said) || verdictIn(said);
  const found = here ?? verdictOf(next);
  if (!found) return { favours: null, behind: `${rest};${next}` };
  const positive = speaksFor(clause, here?.said ?? said, sides);
  const favours = positive === null ? null : positive === (found.verdict === "shared");
  return { favours, behind: found.behind };
}
