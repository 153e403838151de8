// How alike several coders code. Each unit is a list of codes, one a coder; a coder who gave none
// is left out of it.

/** Codes that several coders gave to one thing. */
export type Unit = (string | number)[];

/** How often each value stands in a list. */
export function counts<Value>(values: Value[]): Map<Value, number> {
  const found = new Map<Value, number>();
  for (const one of values) found.set(one, (found.get(one) ?? 0) + 1);
  return found;
}

/** Of all pairs of codes of one thing, the share that are equal; null where there is no pair. */
export function pairsAlike(units: Unit[]): number | null {
  let [alike, pairs] = [0, 0];
  for (const unit of units) {
    pairs += unit.length * (unit.length - 1);
    for (const count of counts(unit).values()) alike += count * (count - 1);
  }
  return pairs ? alike / pairs : null;
}

/**
 * Krippendorff's alpha for nominal codes, by any number of coders, codes may be missing: 1 for full
 * agreement, 0 for what chance would give, below 0 for less. Null where nothing can vary: no thing
 * has two codes, or only one code was ever used.
 *
 * α = 1 − (n − 1) · Σ o(c, k) / Σ n(c) · n(k), over pairs of unequal codes c and k, where o are
 * coincidences, n(c) how often a code stands in things that have at least two, and n their sum:
 * Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania,
 * 2011), part C, https://repository.upenn.edu/asc_papers/43.
 */
export function alpha(units: Unit[]): number | null {
  const paired = units.filter((unit) => unit.length > 1);
  const total = paired.reduce((sum, unit) => sum + unit.length, 0);
  let observed = 0; // coincidences of unequal codes
  for (const unit of paired) {
    const alike = [...counts(unit).values()].reduce((sum, one) => sum + one * (one - 1), 0);
    observed += (unit.length * (unit.length - 1) - alike) / (unit.length - 1);
  }
  const often = [...counts(paired.flat()).values()];
  const expected = total ** 2 - often.reduce((sum, one) => sum + one ** 2, 0);
  return expected ? 1 - ((total - 1) * observed) / expected : null;
}
