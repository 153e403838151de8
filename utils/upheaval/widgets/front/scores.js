// Scores of forecasts in per cent, twin of `methods/forecasting.py` (and of `band` in `methods/language.py`).

/** The Brier score of one forecast, 0 (perfect) to 1. */
export function brierScore(percent, happened) {
  return (percent / 100 - (happened ? 1 : 0)) ** 2;
}

/** The mean of some numbers; null when there are none. */
export function meanScore(numbers) {
  return numbers.length ? numbers.reduce((sum, one) => sum + one, 0) / numbers.length : null;
}

/** The middle of some numbers, or of the two in the middle; null when there are none. */
export function medianForecast(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length ? (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2 : null;
}

/** The last of `words` ({term, low, high}, the least likely first) that holds a percentage, or null. */
export function likelihoodWord(percent, words) {
  return words.findLast(({ low, high }) => low <= percent && percent <= high) ?? null;
}

const CALIBRATION_EDGES = [0, 20, 40, 60, 80, 100];

/** Forecasts ([percent, happened]) in five groups: {low, high, count, mean, share} in per cent, no empty ones. */
export function calibrationGroups(pairs) {
  return CALIBRATION_EDGES.slice(0, -1).map((low, at) => {
    const high = CALIBRATION_EDGES[at + 1];
    const inside = pairs.filter(([percent]) => (low <= percent && percent < high) || (percent === 100 && high === 100));
    return { low, high, count: inside.length, mean: meanScore(inside.map(([percent]) => percent)), share: meanScore(inside.map(([, happened]) => (happened ? 100 : 0))) };
  }).filter(({ count }) => count);
}
