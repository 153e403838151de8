import type { KeptWeights, Ratings, Weights } from "../core/protocol.ts";

// Which option leads under the reader's weights; whole numbers, so that options are level or they
// are not. It is the published method `upheaval.methods.weighing`: tests/cases/weighing.json holds
// both sides.

export const LARGEST = 5;

const total = (weights: Weights) => Object.values(weights).reduce((sum, one) => sum + one, 0);

type Range = [low: number, high: number];

function sums(ratings: Ratings, weights: Weights): [option: string, range: Range][] {
  return Object.entries(ratings).map(([option, aims]) => {
    const range: Range = [0, 0];
    for (const [aim, [low, high]] of Object.entries(aims)) {
      range[0] += (weights[aim] ?? 0) * low;
      range[1] += (weights[aim] ?? 0) * high;
    }
    return [option, range];
  });
}

/** The score of an option. */
export type Score = [low: number, middle: number, high: number];

/** Each option's score; empty without weights. */
export function scores(ratings: Ratings, weights: Weights): Record<string, Score> {
  const all = total(weights);
  if (!all) return {};
  return Object.fromEntries(
    sums(ratings, weights).map(([option, [low, high]]): [string, Score] => [
      option,
      [low / all, (low + high) / (2 * all), high / all],
    ]),
  );
}

/** The options whose middle is the highest. */
export function leaders(ratings: Ratings, weights: Weights): string[] {
  if (!total(weights)) return [];
  const middles = sums(ratings, weights).map(([option, [low, high]]): [string, number] => [
    option,
    low + high,
  ]);
  const best = Math.max(...middles.map(([, middle]) => middle));
  return middles.filter(([, middle]) => middle === best).map(([option]) => option);
}

/** A change of one weight that gives another lead. */
export type Switch = [criterion: string, weight: number, leaders: string[]];

/** The smallest changes of one weight alone that give another lead. */
export function switches(ratings: Ratings, weights: Weights): Switch[] {
  const now = leaders(ratings, weights).join();
  for (let step = 1; step <= LARGEST; step += 1) {
    const found: Switch[] = [];
    for (const [aim, weight] of Object.entries(weights)) {
      for (const other of [weight - step, weight + step]) {
        if (other < 0 || other > LARGEST) continue;
        const then = leaders(ratings, { ...weights, [aim]: other });
        if (then.length && then.join() !== now) found.push([aim, other, then]);
      }
    }
    if (found.length) return found;
  }
  return [];
}

/** `ratings` with those that a reader moved, as far as they are of options and criteria here. */
export function withOwn(
  ratings: Ratings,
  own: NonNullable<KeptWeights["ratings"]>,
): Ratings {
  return Object.fromEntries(
    Object.entries(ratings).map(([option, aims]) => [
      option,
      Object.fromEntries(
        Object.entries(aims).map(([aim, ends]): [string, Range] => {
          const moved = own[option]?.[aim];
          return [aim, moved ? [moved.low, moved.high] : ends];
        }),
      ),
    ]),
  );
}

/** The options that lead alone under at least one set of weights; every set is tried. */
export function everFirst(ratings: Ratings): string[] {
  const options = Object.keys(ratings);
  const aims = Object.keys(ratings[options[0]] ?? {});
  const middles = options.map((option) =>
    aims.map((aim) => ratings[option][aim][0] + ratings[option][aim][1])
  );
  const found = new Set<number>();
  const sets = (LARGEST + 1) ** aims.length;
  for (let at = 0; at < sets && found.size < options.length; at += 1) {
    const totals = options.map(() => 0);
    for (let aim = 0, rest = at; aim < aims.length; aim += 1) {
      const weight = rest % (LARGEST + 1);
      rest = (rest - weight) / (LARGEST + 1);
      middles.forEach((row, option) => totals[option] += weight * row[aim]);
    }
    const best = Math.max(...totals);
    if (totals.filter((one) => one === best).length === 1) found.add(totals.indexOf(best));
  }
  return options.filter((_, at) => found.has(at));
}
