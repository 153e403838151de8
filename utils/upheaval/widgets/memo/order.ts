import { anyOf } from "./sentences.ts";

// Where an option stands in a plan. A plan in steps recommends its first one, for a memo decides
// what is done now; what is only done on a condition, or comes second, is not recommended.

const NAME = '["“‘]?$';
const BEHIND = '^[”"’)]?,?';

// "First X, then Y", "X now, and Y later", "X, followed by Y"; but not "if …, then Y".
const THEN = new RegExp(
  "(?<!\\b(?:if|when|once|unless)\\b[^.;:!?]*)" +
    "\\b(?:then|later|afterwards|after (?:that|this|which)|next|subsequently|second(?:ly)?|" +
    "finally|third(?:ly)?|followed by|eventually|in (?:a|the) (?:second|next|later) " +
    `(?:step|phase|stage)|(?:come|look|get) (?:back )?(?:to|at))\\b[^.;:!?]{0,40}${NAME}`,
  "i",
);
const LATER = new RegExp(
  `${BEHIND} (?:(?:only|much|soon|some time|a little) )?(?:later|afterwards|next|second|` +
    "thereafter|after (?:that|this|it)|in (?:a|the) (?:second|next|later) (?:step|phase|stage)|" +
    "(?:in|from) (?:the )?(?:spring|summer|autumn|winter|new year)|" +
    "once|when|as soon as|after)\\b",
  "i",
);

// "We would only X if …", "X only when …", "only if … would we X", "were …, we would X"; but not
// "not only X".
const IF = "(?:if|when|once|after|in case|provided|as a last resort|in an emergency|should)\\b";
const ONLY = new RegExp(`(?<!\\bnot |n['’]t )\\bonly (?:ever |then |consider )?${NAME}`, "i");
const ONLY_IF = new RegExp(`${BEHIND} only ${IF}`, "i");
const WE = "(?:we|i|you|washington|the (?:president|administration|united states))";
const TURNED = new RegExp(
  anyOf(
    `(?:\\bonly ${IF}|\\b(?:in|under) no (?:other )?(?:case|circumstances?)\\b)[^.;:!?]* ` +
      `(?:would|should|will|can|could|do|must|might|may) ${WE} ${NAME}`,
    `(?:^|[.;:!?] )(?:were|had|should) [^.;:!?]*?,? (?:then )?${WE} (?:would|could|might) ${NAME}`,
  ),
  "i",
);

// "X is second best", "our second choice is X", "X comes second", "X is our last resort".
const SECOND = "(?:(?:second|third|next)[- ]best|(?:second|third|last) (?:choice|resort|place)|" +
  "runner-?up|fall-?back|plan b)\\b";
const IS = "(?:(?:would|can|could|may|might|will) (?:only )?be|is|was|remains|makes)";
const IS_SECOND = new RegExp(
  `${BEHIND}(?: (?:${IS}|only|at best|at most|merely|just|then|as|a|an|the|our|my|good)\\b)* ` +
    `${SECOND}|${BEHIND} (?:only )?(?:comes?|ranks?|finish(?:es)?) (?:only )?(?:second|third|` +
    "last)\\b",
  "i",
);
const SECOND_IS = new RegExp(
  `\\b(?:${SECOND}(?: option| course| answer)?|(?:our|my|the) second)(?:,|:| (?:is|was|would be|` +
    `remains))*(?: to| ${WE} (?:would|could|can|might) (?:live with|take|accept))? ${NAME}`,
  "i",
);

// "…, since the alternative, to X, costs more": the alternative to what is recommended.
const ALTERNATIVE = new RegExp(
  "(?:\\b(?:because|since|as|for|given that|considering that|while|whereas)\\b|[;:(—–])" +
    "[^.;:!?]*\\b(?:alternatives?|other (?:way|course|option|choice|path|road))" +
    `(?: left| we have)?(?:,|:| (?:is|was|would be|being))*(?: to)? ${NAME}`,
  "i",
);

/** Where a name stands: `before` it and `after` it in its sentence, `gap` behind the last name. */
export interface Standing {
  before: string;
  gap: string;
  after: string;
  /** Whether an option was advised before it. */
  advised: boolean;
}

/** What the place of a name in a plan makes of it; null where it has none. */
export function placed({ before, gap, after, advised }: Standing): "refused" | "set apart" | null {
  const onlyIf = ONLY.test(gap) && new RegExp(`^[^.;:!?]*\\b${IF}`, "i").test(after);
  if (onlyIf || ONLY_IF.test(after) || TURNED.test(before)) return "refused";
  if (IS_SECOND.test(after) || SECOND_IS.test(gap)) return "refused";
  const later = advised && !/\bor\b/i.test(gap) && (THEN.test(gap) || LATER.test(after));
  return later || ALTERNATIVE.test(gap) ? "set apart" : null;
}
