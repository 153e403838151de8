import { readNumber } from "./numbers.ts";
import type { GuessScale } from "./protocol.ts";

// A guess on a scale: the number in what is kept, where it stands, and what keys and pointers make
// of it. What is kept is a text that begins with the number ("20 days later"), or, of an earlier
// version, the text of an option, which stands for all numbers that it means.

/** A guess as it stands on its scale; the two are one where it is a number. */
export type Guess = [from: number, to: number];

/** A number without the dust of floating points. */
const clean = (number: number): number => Number(number.toFixed(6));

const within = (number: number, { low, high }: GuessScale): number =>
  Math.min(high, Math.max(low, number));

/** The number of the scale that is nearest. */
export function nearest(number: number, scale: GuessScale): number {
  const steps = Math.round((number - scale.low) / scale.step);
  return within(clean(scale.low + steps * scale.step), scale);
}

/** Where a number stands, as a part of the scale's width. */
export function partOf(number: number, scale: GuessScale): number {
  return (within(number, scale) - scale.low) / (scale.high - scale.low);
}

/** The number at a part of the scale's width, which may lie beside it: a finger slips off. */
export function numberAt(part: number, scale: GuessScale): number {
  return nearest(scale.low + part * (scale.high - scale.low), scale);
}

/** What a key makes of a number; null where it is none of a slider's. */
export function moved(key: string, number: number, scale: GuessScale): number | null {
  const page = Math.max(scale.step, (scale.high - scale.low) / 10);
  const by: Record<string, number> = {
    ArrowRight: scale.step,
    ArrowUp: scale.step,
    ArrowLeft: -scale.step,
    ArrowDown: -scale.step,
    PageUp: page,
    PageDown: -page,
    Home: -Infinity,
    End: Infinity,
  };
  if (!Object.hasOwn(by, key)) return null;
  return nearest(within(number + by[key], scale), scale);
}

/** The one number in a box, as people write it; null where there is none of the scale. */
export function numberIn(text: string, scale: GuessScale): number | null {
  const [low, high] = readNumber(text) ?? [NaN, NaN];
  return low === high && low === within(low, scale) ? nearest(low, scale) : null;
}

/** A sentence for who wrote a number between two steps of the scale; "" for all others. */
export function stepNote(text: string, scale: GuessScale): string {
  const number = numberIn(text, scale);
  const [wrote] = readNumber(text) ?? [number];
  if (number === null || wrote === number) return "";
  const step = scale.step === 1 ? "whole numbers" : `steps of ${scale.step}`;
  return `You wrote ${wrote}. The scale goes in ${step}, so the mark stands at ${number}.`;
}

/** What a guess is kept as. */
export function guessText(number: number, scale: GuessScale): string {
  if (scale.most && number === scale.high) return scale.most;
  return `${number} ${number === 1 ? scale.one ?? scale.unit : scale.unit}`;
}

/** The numbers that an option means, as far as the scale goes. */
function meant(option: number, scale: GuessScale): Guess {
  const { ends } = scale;
  const falls = ends[0] > ends[ends.length - 1];
  const [first, last] = falls ? [scale.high, scale.low] : [scale.low, scale.high];
  const both = [ends[option - 1] ?? first, ends[option] ?? last];
  return [within(Math.min(...both), scale), within(Math.max(...both), scale)];
}

/** Where what is kept stands on the scale; null where it cannot be read: a file may be odd. */
export function guessIn(kept: unknown, scale: GuessScale, options: string[]): Guess | null {
  if (typeof kept !== "string") return null;
  if (kept === scale.most) return [scale.high, scale.high];
  const option = options.indexOf(kept);
  if (option >= 0) return meant(option, scale);
  const [said] = /^\d+(?:\.\d+)?(?= )/.exec(kept) ?? [];
  const number = Number(said);
  if (said === undefined || number < scale.low || number > scale.high) return null;
  return [number, number];
}

/** How a guess lies beside the number that came; nothing where it is no number. */
export function besideIt(
  kept: unknown,
  at: number,
  scale: GuessScale,
): "same" | "more" | "less" | "" {
  const [from, to] = guessIn(kept, scale, []) ?? [0, 1];
  if (from !== to || kept === scale.most) return "";
  if (from === nearest(at, scale)) return "same";
  return from > at ? "more" : "less";
}
