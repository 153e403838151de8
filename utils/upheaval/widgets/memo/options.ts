import { placed } from "./order.ts";
import { reported, type Sides, sidesOf } from "./reported.ts";
import { anyOf, type Place, places, sentences } from "./sentences.ts";

// Which option a text recommends. Each mention is looked at in its clause: what governs it stands
// before it ("decide against …"), what is said of it behind it ("… is premature").

/** How a mention speaks of its option, from the weakest: only the strongest of a text count. */
const STANCES = ["refused", "other people's", "set apart", "discussed", "advised"] as const;
type Stance = typeof STANCES[number];

/** An option that a text names: what is thought of it, and the sentence that says so. */
export interface Mention {
  option: string;
  stance: Stance;
  sentence: string;
}

// -- before a name --------------------------------------------------------------------------------

// What sounds like a refusal and is none: "no other way than", "cannot do without", "no doubt".
const NO_REFUSAL = new RegExp(
  anyOf(
    "\\b(?:no|nothing|none)\\b[^.!?]*?\\b(?:better|other|else)\\b[^.!?]*?\\b(?:than|but)\\b",
    "\\bno (?:real |good |other )?(?:alternative|substitute|way|choice|option)\\b[^.!?,;]*?" +
      "\\b(?:to|for|around|past|but)\\b",
    "\\b(?:nothing|none|no (?:choice|option|way|one)) but\\b",
    "\\b(?:cannot|can not|can['’]t) [a-z]+ without\\b",
    "\\b(?:no|nothing|nobody|none|no one) (?:else|other)\\b",
    "\\bno (?:doubt|matter|later than|less than|time to (?:lose|waste))\\b",
    "\\bwithout (?:delay|hesitation|doubt|waiting|further)\\b",
    "\\b(?:not|n['’]t) (?:only|just|merely|simply|hesitate|wait|forget to|fail to)\\b",
    "\\b(?:wrong|mistake|unwise|foolish|folly|reckless|dangerous|risky) not to\\b",
    "(?:\\b(?:cannot|can not|must not|never|no reason)|n['’]t)(?: [a-z]+)? not to\\b",
    "\\bwhy not\\b",
    "\\bnever (?:mind|forget to|fail to)\\b",
    "\\bmore than (?:ever|anything)\\b",
  ),
  "gi",
);
// A refusal that governs all that follows in its clause.
const NEGATION = new RegExp(
  anyOf(
    "\\b(?:not|never|no|nobody|none|neither|nor|hardly|cannot|against|without|doubt(?:s|ful)?)\\b",
    "n['’]t\\b",
    "\\bstop (?:[a-z]+ing\\b|$)",
    "\\b(?:wrong|mistake|unwise|premature|foolish|dangerous|reckless|risky|too [a-z]+)" +
      " (?:to|for|of us to|if we)\\b",
  ),
  "i",
);
// A verb or a comparison that refuses what directly follows it.
const LINK =
  "(?:to|of|from|the|any|all|this|such|a|an|for|about|with|on|idea|thought|option|plan|" +
  "proposal|calls?|talk|ideas)";
const REFUSING = new RegExp(
  anyOf(
    "\\b(?:reject|oppose|avoid|refuse|drop|forget|skip|discard|dismiss|shelve|abandon|postpone|" +
      "exclude|scrap|ditch|resist|veto|waste)(?:s|d|ed|ing)?",
    "\\b(?:rule|leave|set|put|turn|give)(?:ting)? (?:out|off|aside|away|down|up)",
    "\\b(?:beware|away|clear)",
    "\\b(?:refrain|abstain|desist|shrink)(?:s|ed|ing)? from",
    "\\b(?:stop(?:s|ped|ping)? short|think better|fight(?:ing)? shy) of",
    "\\bh(?:o|e)ld(?:s|ing)? off",
    "\\b(?:rather|better|more|other|safer|wiser|cheaper|[a-z]+er|sooner) than",
    "\\b(?:over|unlike|before|beats?|outweighs?|outperforms?|surpasses|than|except|versus|vs\\.)",
    "\\b(?:instead|in place|ahead) of",
    "\\b(?:compared|contrast|opposed|superior|preferable) (?:with|to)",
  ) + `(?: ${LINK})* [“"‘']?$`,
  "i",
);
// "Set X aside", "with X in reserve": the verb stands before the name, the rest behind it.
const SET = /\b(?:set|put|leave|lay|rule|turn|keep|with|take|push)(?:ting|ing)? ["“‘]?$/i;
const ASIDE = new RegExp(
  '^[”"’]? (?:aside|away|out|down|off|(?:firmly )?(?:in reserve|in mind)|for later|' +
    "as (?:a|an|the|our) |ready\\b)",
  "i",
);
// In a clause of its own: who else wants an option, or what is only weighed.
const OTHERS = new RegExp(
  "\\b(?:others|critics|opponents|s[ck]eptics|many|some (?:in|of|say|want|would)|considered|" +
    "weighed|examined|discussed|" +
    "(?:risk|cost|danger|price|weakness|flaw|limit|supporter|backer|critic|advocate|friend)s? of" +
    '(?: the)?(?: option)? [“"‘]?$)',
  "i",
);
const APART = new RegExp(
  "\\b(?:although|though|while|whereas|before (?:you|we|they)|between|among|" +
    "of the (?:[a-z]+ )?options|(?:reasons?|arguments?|case) (?:to|for))\\b",
  "i",
);
// Where a sentence has set a condition, or opened a bracket, before the name.
const CONDITIONAL = /\b(?:if|unless|once|in case|whether)\b[^;:—–]*$|\([^)]*$/i;

// A clause begins behind a mark, "but" and "so"; behind "and" where a word of its own governs what
// follows; and at "we should", unless somebody thinks, denies or asks that we should.
const WE = "(?:we|i|you|washington|the (?:president|administration|united states))";
const ADVISE = "(?:should|must|recommend|advise|propose|choose|prefer|would|can|will|need|ought)";
const CLAUSE = new RegExp(
  anyOf(
    "[,;:()—–]\\s*(?!(?:or|nor)\\b)",
    "\\b(?:but|so(?! far\\b)|yet)\\b",
    "\\band(?= [a-z]+ (?!(?:of|the)\\b))",
    `(?<!\\b(?:that|why|if|whether|unless|how|think|believe|say|agree|see))\\s+` +
      `(?=${WE} ${ADVISE}\\b)`,
  ),
  "i",
);
const clauseBefore = (text: string): string => text.split(CLAUSE).at(-1) ?? "";

/** What governs a name: `before` is what stands before it in its sentence. */
function governed(before: string, after: string): Stance {
  const said = before.replace(NO_REFUSAL, "_").replace(/\banything but\b/gi, "not");
  const clause = clauseBefore(said);
  if (NEGATION.test(clause) || REFUSING.test(said)) return "refused";
  if (SET.test(said) && ASIDE.test(after)) return "refused";
  if (OTHERS.test(clause)) return "other people's";
  return APART.test(clause) ? "set apart" : "advised";
}

// -- behind a name --------------------------------------------------------------------------------

const ADVERBS =
  "(?: (?:also|only|still|alone|now|today|here|then|again|first|therefore|simply|just|" +
  "clearly|certainly|probably|perhaps|always|already|by itself|on its own|at present|for now|" +
  "at (?:this|the) (?:point|moment|stage|time)|this (?:year|winter|month|week)))*";
const IS = "(?:(?:would|will|may|might|could|can|must|should) (?:also |only |still )?be|" +
  "(?:has|have) been|is|are|was|were|seems?|looks?|sounds?|appears?|remains?|proves?)";
const DEGREE =
  "(?: (?:a|an|the|such|still|nonetheless|nevertheless|simply|clearly|just|quite|very|rather|" +
  "far|much|also|" +
  "plainly|yet|really|even|therefore|great|serious|our|as))*";
const BAD = "(?:bad|wrong|mistakes?|mistaken|premature|unwise|foolish|reckless|useless|hopeless|" +
  "pointless|futile|naive|impossible|unrealistic|unacceptable|unworkable|inadequate|rash|" +
  "insufficient|hasty|worse|worst|illusion|trap|errors?|folly|gamble|untimely|irresponsible|" +
  "doomed|ineffective|weak|thin|flawed|out of|off the table|dead end|over|too late)\\b";
const GOOD = "(?:wise|right|answer|way|enough|options?|good|safe|worth|possible|feasible|" +
  "advis[a-z]+|recommend[a-z]+|solution|alternative|choice|realistic|sensible|acceptable|" +
  "sufficient|effective|workable|what|viable|convincing|credible|affordable|on the table|best|" +
  "time|use|help|in our interest|serious|response)\\b";
const NOT = "(?:n['’]t| not| never| no longer| hardly| no| neither)";
// "X should not be delayed" and "X cannot wait" speak for X.
const FOR_IT =
  "(?! (?:be (?:confused|mistaken|underestimated|delayed|forgotten|put off|read)|wait|" +
  "fail|come too late))";
const begins = (...parts: string[]) => new RegExp(`^${ADVERBS} ?${anyOf(...parts)}`, "i");
const REFUSED = begins(
  `${IS}${DEGREE} ${BAD}`,
  `${IS}${NOT}${DEGREE} ${GOOD}`,
  "(?:(?:should|must|can|could) be|(?:has|have|needs?|ought) to be|is to be) (?:avoided|rejected|" +
    "dropped|excluded|postponed|stopped|ruled out|put off|opposed|abandoned|resisted)",
  `(?:should|must|can|could)(?:n['’]t| ?not| never)\\b${FOR_IT}`,
  `(?:does|do|did|will|would|wo|has|have)(?:n['’]t| not| never| hardly) (?:work|help|do\\b|` +
    "suffice|succeed|fit|convince|make sense|pay off|go far|be enough|worked|helped|succeeded)",
  "(?:(?:would|will|may|might|could|can) )?(?:looks?|sounds?|smells?|be (?:seen|read|taken)) " +
    "(?:like|as|of) (?:an? |our )?(?:weakness|surrender|defeat|retreat|appeasement|betrayal|" +
    "panic|escalation|provocation|capitulation)\\b",
  "(?:(?:has|have|would|will|must|may|can) )?(?:fail|backfire)(?:s|ed)?\\b",
  "(?:makes?|has|have|offers?|leads?|gets?|would (?:make|have)) (?:us )?(?:no (?:sense|chance|" +
    "future|merit|place|case|point|prospect|way out)|nowhere)",
  "(?:[a-z]+ ){1,3}too (?!(?:[a-z]+) to (?:ignore|miss|reject|drop|lose|give up))[a-z]+",
);
const WORSE = begins(
  `${IS} (?:far |much )?(?:worse|riskier|slower|weaker|costlier|dearer|more (?:risky|costly|` +
    "dangerous|expensive)) than",
  "(?:costs|risks) (?:far |much )?more than",
);
const PRAISED = begins(
  `${IS}${DEGREE} (?:best|right|wise(?:st|r)?|better|preferable|recommended|advisable|only|` +
    "choice|answer|way|advice|recommendation|least|most|safe(?:st|r)|cheap(?:est|er)|needed|" +
    "necessary|what)\\b",
  "(?:should|must) be\\b",
  "(?:costs?|risks?|works?|serves?|does|do|fits?|helps?|would (?:cost|work|serve|help))" +
    "(?: [a-z]+)? (?:best|least|most)\\b",
  "(?:wins|beats|outweighs|outperforms|comes first|deserves)\\b",
);
// A name with a finite verb behind it is talked about: "Raise support would …", "… costs a lot".
const FINITE = begins(
  `${IS}\\b`,
  "(?:would|could|might|may|can|cannot|will|was|has|had|does|did|must|should)\\b",
  "(?!this\\b|as\\b|unless\\b|alongside\\b|across\\b|less\\b|besides\\b|towards\\b|always\\b)" +
    "[a-z]+s\\b",
);
const NEXT_CLAUSE = new RegExp(
  "[,;:()—–]|\\b(?:because|since|if|unless|while|although|though|until|when|before|which|that|" +
    "so|and|even if|but|yet)\\b",
  "i",
);

/** What is said of a name: its own verb, or what a clause with "but it" says at last. */
function predicated(after: string): Stance {
  const rest = after.replace(/^['’]?s?[”"’)]?/, "");
  const last = /\b(?:but|yet|and),? (?:it|this|that|they)\b(.*)$/i.exec(rest)?.[1];
  const said = [last ?? "", rest].map((one) => one.split(NEXT_CLAUSE)[0]);
  for (const one of said) {
    if (REFUSED.test(one) || WORSE.test(one)) return "refused";
    if (PRAISED.test(one)) return "advised";
  }
  return FINITE.test(rest) ? "discussed" : "advised";
}

// -- an objection that is answered ----------------------------------------------------------------

// "Critics will say X is weak; it is still the right course", "The case against X is strong, but we
// still recommend it": the writer has the last word.
const ANSWERS = /[;:,—–]|\b(?:but|yet)\b/i;
const STILL = "(?:(?:still|nonetheless|nevertheless|however|even so|all the same|in our view),? )?";
const OF_IT = new RegExp(
  `^ ?${STILL}(?:(?:we|i) (?:think|believe|say|answer|reply) (?:that )?)?(?:it|this|that)\\b(.*)$`,
  "i",
);
const WE_TAKE_IT = new RegExp(
  anyOf(
    `^ ?${STILL}(?:we|i)(?: [a-z]+)? (?:recommend|advise|choose|prefer|propose|keep to|stand by|` +
      "hold to|take|want) (?:it|this|that)\\b",
    `^ ?${STILL}(?:we|i) disagree\\b`,
    "^ ?(?:do|choose|take) it\\b",
  ),
  "i",
);
const GRANTED = /\b(?:they|critics|that) (?:is|are) (?:right|true)\b|\b(?:we|i) agree\b/i;
const OBJECTION = /\b(?:case|arguments?|objections?|reasons?|critics?|criticism|critique)\b/i;
// What is said next belongs to the option that follows: "it is right to …".
const LEADS_ON = /\b(?:to|of|for|than) ["“‘]?$/;

/** Whether the writer answers what is said against a name; `rest` ends before the next name. */
function answered(rest: string): "praised" | "taken" | "" {
  if (GRANTED.test(rest)) return "";
  const clauses = rest.split(ANSWERS).slice(1);
  if (clauses.some((one) => WE_TAKE_IT.test(one))) return "taken";
  const praised = clauses.some((one) => {
    const said = OF_IT.exec(one)?.[1] ?? "";
    return PRAISED.test(said) && !REFUSED.test(said) && !LEADS_ON.test(said);
  });
  return praised ? "praised" : "";
}

/** Whether a name is recommended against an objection: `before` and `rest` stand around it. */
function prevails(before: string, rest: string, governs: Stance): boolean {
  const answer = answered(rest);
  // "We reject X; it is the best way to lose": only an objection can be answered.
  return answer !== "" && (governs !== "refused" || OBJECTION.test(before));
}

/** What a writer makes of an option in a view of others; null where no such view is judged. */
function judged(before: string, rest: string, next: string, sides: Sides): Stance | null {
  const view = reported(before, rest, next, sides);
  if (!view) return null;
  const atLast = answered(`;${view.behind}`);
  if (view.favours || atLast) return "advised";
  return view.favours === null ? "other people's" : "refused";
}

// -- a text ---------------------------------------------------------------------------------------

/** An option's name and what one makes of its verb: "Hold the line", "holding the line". */
function formsOf(option: string): string[] {
  const name = option.toLowerCase();
  const [verb, ...rest] = name.split(" ");
  const stem = /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(verb)
    ? verb + verb.at(-1)
    : verb.replace(/([^e])e$/, "$1");
  return [name, [`${stem}ing`, ...rest].join(" ")];
}

// Names in a row share what is said before and behind the row: "X, Y and Z".
const IN_A_ROW = /^[”"’]?,?(?: (?:and|or|nor|as well as))?(?: (?:to|even|even to|also))? ?[“"‘]?$/;
const LAST_IN_A_ROW = /\b(?:and|or|nor|as well as)\b/;

/** The names of a sentence, those in a row together. */
function rows(sentence: string, names: Place[]): Place[][] {
  const capital = ({ start }: Place) => /[A-Z]/.test(sentence[start]);
  const all: Place[][] = [];
  for (const name of names) {
    const before = all.at(-1)?.at(-1);
    const gap = before && sentence.slice(before.end, name.start);
    // "Reject Offer talks and hold the line": the second is no name, but what is to be done.
    const alike = before && (!capital(before) || capital(name));
    // "We rejected X (too costly) and Y (too early)": what stands in brackets parts no row.
    const between = gap?.replace(/ ?\([^()]*\)/g, "") ?? null;
    if (between !== null && alike && IN_A_ROW.test(between)) all.at(-1)?.push(name);
    else all.push([name]);
  }
  return all.flatMap((row) => {
    const closed = row.slice(1).some((name, at) =>
      LAST_IN_A_ROW.test(sentence.slice(row[at].end, name.start))
    );
    return closed ? [row] : row.map((name) => [name]);
  });
}

const AND_SO = /\b(?:so|neither|nor) (?:is|are|was|would|will|does|do|has|can|could) [“"‘]?$/i;
const least = (one: Stance, other: Stance): Stance =>
  STANCES[Math.min(STANCES.indexOf(one), STANCES.indexOf(other))];

/**
 * What a sentence says of the options that it names; `following` is the one behind it, `advised`
 * whether one before it advises an option.
 */
function mentionsOf(
  sentence: string,
  following: string,
  forms: Map<string, string>,
  sides: Sides,
  advised: boolean,
): Mention[] {
  const inRows = rows(sentence, places(sentence, [...forms.keys()]));
  const question = /\?[”"’)]?$/.test(sentence);
  let stance: Stance = "advised";
  return inRows.flatMap((row, at) => {
    const from = inRows[at - 1]?.at(-1)?.end ?? 0;
    const before = sentence.slice(from, row[0].start);
    const after = sentence.slice(row[row.length - 1].end);
    // "X is riskier than Y" speaks for Y.
    const preferred = from > 0 && WORSE.test(before);
    // "X would be a mistake, and so would Y": of Y the same is said.
    const next = inRows[at + 1]?.[0];
    const governs = governed(before, after);
    const answers = prevails(before, sentence.slice(row[row.length - 1].end, next?.start), governs);
    if (!AND_SO.test(before)) {
      stance = preferred ? "discussed" : least(governs, predicated(after));
    }
    if (CONDITIONAL.test(sentence.slice(0, row[0].start))) stance = least(stance, "set apart");
    const plan = { before: sentence.slice(0, row[0].start), gap: before, after, advised };
    stance = least(stance, placed(plan) ?? stance);
    if (answers) stance = "advised";
    const gap = next ? sentence.slice(row[row.length - 1].end, next.start) : "";
    // "X sounds wise, but Y costs less"
    if (stance === "discussed" && /\b(?:but|yet|however)\b/i.test(gap)) stance = "set apart";
    // "X? Yes, until spring": the writer answers.
    const yes = /^["“‘]?(?:yes|of course|certainly|absolutely|indeed)\b/i.test(following);
    if (question && !yes) stance = least(stance, "other people's");
    const behind = sentence.slice(row[row.length - 1].end, next?.start);
    const said = judged(sentence.slice(0, row[0].start), behind, following, sides) ?? stance;
    advised ||= said === "advised";
    return row.map(({ text }): Mention => ({
      option: forms.get(text) ?? text,
      stance: said,
      sentence,
    }));
  });
}

// What stands further off says nothing of a name, and text without a full stop must not take long.
const LONGEST = /[^]{1,1000}(?:\s|$)|[^]{1000}/g;

/** What a text says of each of the options that it names; `rivals` as in `sidesOf`. */
export function mentionsIn(text: string, options: string[], rivals: string[] = []): Mention[] {
  const forms = new Map(options.flatMap((one) => formsOf(one).map((form) => [form, one] as const)));
  const all = sentences(text.replace(/[^\S\n\r]+/g, " "))
    .flatMap((one) => one.match(LONGEST) ?? []);
  const sides = sidesOf(rivals);
  let advised = false;
  return all.flatMap((sentence, at) => {
    const mentions = mentionsOf(sentence, all[at + 1] ?? "", forms, sides, advised);
    advised ||= mentions.some(({ stance }) => stance === "advised");
    return mentions;
  });
}

/**
 * The options that a text recommends. One that is refused or wanted by others is not; one that is
 * only talked about is, where none is advised.
 */
export function optionsIn(text: string, options: string[], rivals: string[] = []): string[] {
  const mentions = mentionsIn(text, options, rivals);
  const rankOf = (option: string) => {
    const ranks = mentions.filter((one) => one.option === option)
      .map(({ stance }) => STANCES.indexOf(stance));
    const best = Math.max(-1, ...ranks);
    const refused = ranks.includes(STANCES.indexOf("refused"));
    return refused && best < STANCES.indexOf("advised") ? -1 : best;
  };
  const top = Math.max(...options.map(rankOf));
  return top < STANCES.indexOf("set apart") ? [] : options.filter((one) => rankOf(one) === top);
}
