import { element } from "../core/dom.ts";
import { tableView } from "../core/table.ts";
import { countingPairs, score, type ScoredQuestion } from "./rules.ts";
import { brierParts, brierScore, logScore, mean, type Scored } from "./scores.ts";

// What a mean score is made of, once: Murphy's parts, skill, and the log score beside Brier's.

const WITHOUT_BASE = 50;

/** How much better a score is than a reference: 1 is perfect, 0 no better. */
const skill = (own: number, reference: number) => (reference ? 1 - own / reference : null);

const signed = (value: number | null) =>
  value === null ? "–" : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

const bits = (value: number | null) =>
  value === null ? "–" : Number.isFinite(value) ? value.toFixed(2) : "without end";

const PARTS =
  "Score = reliability − resolution + uncertainty + rest (Allan Murphy, 1973). Reliability is " +
  "how far your numbers lie from what came true: less is better. Resolution is how far your " +
  "groups lie from the share of all: more is better. Uncertainty is the questions' own. The rest " +
  "comes from unequal numbers in one group. With so few questions each part is mostly luck.";
const LOG =
  "The log score counts in bits what each ending cost: 50 % costs one bit, always. A number near " +
  "0 or 100 that fails costs far more than by Brier, and certainty that fails costs without end.";

/** The parts of the score, folded; nothing where no forecast counts. */
export function partsView(rows: ScoredQuestion[]): HTMLElement | null {
  const pairs = countingPairs(rows, ({ percent }) => percent);
  const base = countingPairs(rows, ({ base }) => base ?? WITHOUT_BASE);
  const even = countingPairs(rows, () => WITHOUT_BASE);
  const parts = brierParts(pairs);
  if (!parts) return null;
  const brier = (some: Scored[]) => mean(some.map(([percent, came]) => brierScore(percent, came)));
  const log = (some: Scored[]) => mean(some.map(([percent, came]) => logScore(percent, came)));
  const own = brier(pairs) ?? 0;
  const made = {
    columns: ["Your mean score", "Reliability", "Resolution", "Uncertainty", "Rest"],
    rows: [[
      score(own),
      score(parts.reliability),
      score(parts.resolution),
      score(parts.uncertainty),
      signed(parts.within),
    ]],
  };
  const beside = {
    columns: ["Who", "Brier score", "Your skill beside it", "Log score (bits)"],
    rows: [
      ["You", score(own), "", bits(log(pairs))],
      ...([["The base rates", base], ["Always 50 %", even]] as [string, Scored[]][]).map((
        [who, said],
      ) => [who, score(brier(said)), signed(skill(own, brier(said) ?? 0)), bits(log(said))]),
    ],
  };
  return element(
    "details",
    {},
    element("summary", {}, "What your score is made of"),
    element("p", {}, PARTS),
    tableView(made, "Parts of the score"),
    element("p", {}, `Skill: 1 is perfect, 0 is no better, below 0 is worse. ${LOG}`),
    tableView(beside, "Skill and log score"),
  );
}
