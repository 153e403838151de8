import { type Member, percentIn } from "./class_import.ts";
import { brierScore, likelihoodWord, mean, median, type Scored } from "./scores.ts";
import type {
  AskedQuestion,
  Band,
  KeptForecast,
  KeptForecasts,
  Outcome,
  Table,
} from "../core/protocol.ts";
import { textIn } from "../core/evidence.ts";
import { counted } from "../core/wording.ts";

// What is kept of a set of forecasts, how they are scored, and what the scores say.

/** How a question ended, in a word; null is one that is still open. */
export const verdict = (outcome: boolean | null): string =>
  outcome === null ? "still open" : outcome ? "✓ yes" : "✗ no";

/** A score in two digits, or a dash. */
export const score = (value: number | null): string => (value === null ? "–" : value.toFixed(2));
/** A percentage. */
export const percentage = (percent: number): string => `${Number(percent.toFixed(1))} %`;
const said = (percent: number | null) => (percent === null ? "–" : percentage(percent));

type Given = Partial<Record<keyof KeptForecasts, unknown>>;

function forecastIn(value: unknown): KeptForecast | null {
  if (typeof value !== "object" || value === null) return null;
  const { percent, reason, known } = value as Partial<Record<keyof KeptForecast, unknown>>;
  const forecast = {
    percent: typeof percent === "number" ? percentIn(percent) : null,
    reason: textIn(reason),
    known: known === true,
  };
  const says = forecast.percent !== null || forecast.reason !== "" || forecast.known;
  return says ? forecast : null;
}

/**
 * What is kept, with nothing but what belongs there: it may have come from a file that somebody
 * edited.
 */
export function workIn(value: unknown, ids: string[]): KeptForecasts {
  const given = (value ?? {}) as Given;
  const all = (given.forecasts ?? {}) as Record<string, unknown>;
  const forecasts = ids.flatMap((id): [string, KeptForecast][] => {
    const one = forecastIn(all[id]);
    return one ? [[id, one]] : [];
  });
  const locked = textIn(given.locked) || null;
  return {
    name: textIn(given.name),
    forecasts: Object.fromEntries(forecasts),
    locked,
    revealed: (locked && textIn(given.revealed)) || null,
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** How many forecasts have a number. */
export const given = ({ forecasts }: KeptForecasts): number =>
  Object.values(forecasts).filter(({ percent }) => percent !== null).length;

/**
 * Why what is kept may not change from `before` to `next`, in a sentence, or null. Both are as
 * `workIn` gives them. A lock holds until it is undone; what was revealed stays.
 */
export function refusal(before: KeptForecasts, next: KeptForecasts): string | null {
  const changed = !same(before.forecasts, next.forecasts);
  const relocked = next.locked !== before.locked;
  if (before.revealed && (changed || relocked || next.revealed !== before.revealed)) {
    return "You have seen what happened, so your forecasts stay as they were locked.";
  }
  if (before.locked && next.locked && (changed || relocked)) {
    return "Your forecasts are locked. Undo the lock before you change one.";
  }
  if (next.locked && !given(next)) return "Give at least one probability before you lock.";
  if (next.revealed && !before.locked) return "Lock your forecasts before you look.";
  return null;
}

// -- what was scored --

/**
 * A question with what was said of it, its outcome, and both scores. One that is still open has
 * neither outcome nor score; `counts` is false for it, and for what was known before.
 */
export interface ScoredQuestion {
  id: string;
  text: string;
  percent: number | null;
  outcome: boolean | null;
  own: number | null;
  counts: boolean;
  base: number | null;
  baseScore: number | null;
}

/** The Brier score of a forecast; null where there is none, or the question is still open. */
export const scoreOf = (percent: number | null, outcome: boolean | null): number | null =>
  percent === null || outcome === null ? null : brierScore(percent, outcome);

/** The forecasts that count, in per cent, each with how its question ended. */
export const countingPairs = (
  rows: ScoredQuestion[],
  of: (row: ScoredQuestion) => number | null,
): Scored[] =>
  rows.flatMap((row): Scored[] => {
    const percent = of(row);
    return row.counts && row.outcome !== null && percent !== null ? [[percent, row.outcome]] : [];
  });

/** Every question with its outcome and scores. */
export function scoredQuestions(
  questions: AskedQuestion[],
  forecasts: Record<string, KeptForecast>,
  answers: Outcome[],
): ScoredQuestion[] {
  return questions.map(({ id, text, base }, at) => {
    const { percent = null, known = false } = forecasts[id] ?? {};
    const { outcome } = answers[at];
    return {
      id,
      text,
      percent,
      outcome,
      own: scoreOf(percent, outcome),
      counts: percent !== null && outcome !== null && !known,
      base: base?.percent ?? null,
      baseScore: scoreOf(base?.percent ?? null, outcome),
    };
  });
}

const numbers = (all: (number | null)[]): number[] => all.filter((one) => one !== null);

/** What the scores say, in words. */
export function scoreText(rows: ScoredQuestion[]): string {
  const scored = rows.filter(({ counts }) => counts);
  const gave = rows.filter(({ percent, counts }) => percent !== null && !counts);
  const waiting = gave.filter(({ outcome }) => outcome === null).length;
  const left = gave.length - waiting;
  const those = counted(left, "forecast is", "forecasts are");
  const known = left ? ` ${those} left out, because you already knew how it ended.` : "";
  const open = counted(waiting, "question is", "questions are");
  const out = `${known}${waiting ? ` ${open} still open, and not scored.` : ""}`;
  if (!scored.length) return `There is no forecast to score.${out}`;
  const own = score(mean(numbers(scored.map((row) => row.own))));
  const base = score(mean(scored.map((row) => row.baseScore ?? 0.25)));
  const over = counted(scored.length, "question", "questions");
  return `Your mean score over ${over} is ${own}. On the same questions always saying 50 % ` +
    `scores 0.25, and the base rates (50 % where there is none) score ${base}. Less is better: ` +
    `0 is perfect, 1 is the worst.${out}`;
}

const knewBefore = ({ percent, outcome, counts }: ScoredQuestion) =>
  percent !== null && outcome !== null && !counts;

/** The scores as a table. */
export function scoresTable(rows: ScoredQuestion[]): Table {
  return {
    columns: [
      "Question",
      "You said",
      "What happened",
      "Your score",
      "Base rate",
      "The base rate's score",
    ],
    rows: rows.map((row) => [
      row.text,
      said(row.percent) + (knewBefore(row) ? " (known)" : ""),
      verdict(row.outcome),
      score(row.own),
      said(row.base),
      score(row.baseScore),
    ]),
  };
}

/** A percentage as a word for a likelihood. */
export function likelihoodText(percent: number | null, bands: Band[]): string {
  if (percent === null) return "";
  const found = likelihoodWord(percent, bands);
  return found
    ? `in words: ${found.term} (${found.low} to ${found.high} %)`
    : "in words: none, that is certainty";
}

// -- files --

/** The forecasts as rows for a spreadsheet, and for a class. */
export function forecastsTable(
  { questions, bands }: { questions: AskedQuestion[]; bands: Band[] },
  { name, locked, forecasts }: KeptForecasts,
): Table {
  const rows = questions.flatMap(({ id, text }) => {
    const { percent = null, reason = "", known = false } = forecasts[id] ?? {};
    if (percent === null) return [];
    const word = likelihoodWord(percent, bands)?.term ?? "";
    return [[name, id, text, percent, word, reason, known ? "yes" : "no", locked]];
  });
  return {
    columns: ["name", "id", "question", "percent", "word", "reason", "known", "locked"],
    rows,
  };
}

// -- a class --

/** What a class said of a question. */
export interface ClassRow {
  id: string;
  text: string;
  count: number;
  median: number | null;
  low: number | null;
  high: number | null;
}

/** What a class said of each question. */
export function classRows(questions: AskedQuestion[], members: Member[]): ClassRow[] {
  return questions.map(({ id, text }) => {
    const given = members.flatMap(({ percents }) => (id in percents ? [percents[id]] : []));
    return {
      id,
      text,
      count: given.length,
      median: median(given),
      low: given.length ? Math.min(...given) : null,
      high: given.length ? Math.max(...given) : null,
    };
  });
}

/** The class beside the reader, as a table; with scores once the answers are revealed. */
export function classTable(
  rows: ClassRow[],
  work: KeptForecasts,
  answers: Outcome[] | null,
): Table {
  const columns = ["Question", "You", "Class median", "From", "To", "Members"];
  const more = ["What happened", "Your score", "The median's score"];
  return {
    columns: answers ? [...columns, ...more] : columns,
    rows: rows.map(({ id, text, count, median, low, high }, at) => {
      const own = work.forecasts[id]?.percent ?? null;
      const cells = [text, said(own), said(median), said(low), said(high), String(count)];
      if (!answers) return cells;
      const { outcome } = answers[at];
      return [
        ...cells,
        verdict(outcome),
        score(scoreOf(own, outcome)),
        score(scoreOf(median, outcome)),
      ];
    }),
  };
}

/**
 * How the median does on each member's own questions: how many members it beats, and the mean of
 * their scores.
 */
export function crowdAgainst(
  rows: ClassRow[],
  members: Member[],
  answers: Outcome[],
): { beats: number; members: number | null } {
  const scored = members.flatMap(({ percents }) => {
    const own: number[] = [];
    const crowd: number[] = [];
    rows.forEach(({ id, median }, at) => {
      const { outcome } = answers[at];
      if (!(id in percents) || median === null || outcome === null) return;
      own.push(brierScore(percents[id], outcome));
      crowd.push(brierScore(median, outcome));
    });
    const [mine, theirs] = [mean(own), mean(crowd)];
    return mine === null || theirs === null ? [] : [{ own: mine, crowd: theirs }];
  });
  return {
    beats: scored.filter(({ own, crowd }) => crowd < own - 1e-9).length,
    members: mean(scored.map(({ own }) => own)),
  };
}

/** What the class file says, in words. */
export function classSummary(
  questions: AskedQuestion[],
  rows: ClassRow[],
  members: Member[],
  work: KeptForecasts,
  answers: Outcome[] | null,
): string {
  const files = `${counted(members.length, "member is", "members are")} in the class file.`;
  if (!answers) return `${files} Scores come when you reveal what happened.`;
  const crowd = numbers(rows.map(({ median }, at) => scoreOf(median, answers[at].outcome)));
  const both = scoredQuestions(questions, work.forecasts, answers).flatMap((row, at) => {
    const theirs = scoreOf(rows[at].median, row.outcome);
    if (!row.counts || row.own === null || theirs === null) return [];
    return [{ own: row.own, crowd: theirs }];
  });
  const shared = counted(both.length, "question", "questions");
  const mine = score(mean(both.map(({ own }) => own)));
  const theirs = score(mean(both.map(({ crowd }) => crowd)));
  const own = both.length
    ? ` On the ${shared} that you and the class share, you score ${mine} and the class median ` +
      `${theirs}.`
    : "";
  const { beats, members: average } = crowdAgainst(rows, members, answers);
  const over = counted(crowd.length, "question", "questions");
  return `${files} The class median scores ${score(mean(crowd))} over ${over}; its members score ` +
    `${score(average)} on average, and the median does better than ${beats} of them.${own}`;
}
