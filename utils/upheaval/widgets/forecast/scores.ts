import type { Band } from "../core/protocol.ts";

// Scores of forecasts in per cent. They are those of the published `methods/forecasting.py` (and of
// `band` in `methods/language.py`): tests/cases/forecasting.json holds both sides.

/** The Brier score of one forecast, 0 (perfect) to 1. */
export function brierScore(percent: number, happened: boolean): number {
  return (percent / 100 - (happened ? 1 : 0)) ** 2;
}

/** The log score of one forecast in bits: 0 is perfect, 50 % costs 1, a wrong certainty no end. */
export function logScore(percent: number, happened: boolean): number {
  return Math.max(0, -Math.log2(happened ? percent / 100 : 1 - percent / 100));
}

/** The mean of some numbers; null when there are none. */
export function mean(numbers: number[]): number | null {
  return numbers.length ? numbers.reduce((sum, one) => sum + one, 0) / numbers.length : null;
}

/** The middle of some numbers, or of the two in the middle; null when there are none. */
export function median(numbers: number[]): number | null {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length ? (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2 : null;
}

/** The last of `bands` (the least likely first) that holds a percentage, or null. */
export function likelihoodWord(percent: number, bands: Band[]): Band | null {
  return bands.findLast(({ low, high }) => low <= percent && percent <= high) ?? null;
}

/** A forecast in per cent, and whether it came true. */
export type Scored = [percent: number, happened: boolean];

/**
 * Forecasts between `low` and `high` per cent: how many, their mean, and the share that came true,
 * in per cent.
 */
export interface Group {
  low: number;
  high: number;
  count: number;
  mean: number;
  share: number;
}

const EDGES = [0, 20, 40, 60, 80, 100];

/** Forecasts in five groups, without empty ones. */
export function calibrationGroups(pairs: Scored[]): Group[] {
  return EDGES.slice(0, -1).flatMap((low, at) => {
    const high = EDGES[at + 1];
    const inside = pairs.filter(([percent]) =>
      (low <= percent && percent < high) || (percent === 100 && high === 100)
    );
    const said = mean(inside.map(([percent]) => percent));
    const share = mean(inside.map(([, happened]) => (happened ? 100 : 0)));
    if (said === null || share === null) return [];
    return [{ low, high, count: inside.length, mean: said, share }];
  });
}

/** The parts of a mean Brier score: it is reliability − resolution + uncertainty + within. */
export interface Parts {
  reliability: number;
  resolution: number;
  uncertainty: number;
  within: number;
}

/** The parts of the mean Brier score over the groups of `calibrationGroups`; null of none. */
export function brierParts(pairs: Scored[]): Parts | null {
  const own = mean(pairs.map(([percent, happened]) => brierScore(percent, happened)));
  const all = mean(pairs.map(([, happened]) => (happened ? 1 : 0)));
  if (own === null || all === null) return null;
  const over = (how: (group: Group) => number) =>
    calibrationGroups(pairs).reduce((sum, one) => sum + one.count * how(one), 0) / pairs.length;
  const reliability = over(({ mean, share }) => ((mean - share) / 100) ** 2);
  const resolution = over(({ share }) => (share / 100 - all) ** 2);
  const uncertainty = all * (1 - all);
  return {
    reliability,
    resolution,
    uncertainty,
    within: own - reliability + resolution - uncertainty,
  };
}
