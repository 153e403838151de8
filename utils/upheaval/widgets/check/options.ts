import type { CheckSpec } from "../core/protocol.ts";

// The options of a check, and answers that name them: by id today, by position in what an earlier
// version kept.

export interface OptionSpec {
  id: string;
  text: string;
}

/** What stood at a position on the day when options got ids; a text only where it is gone. */
export interface LegacyOption {
  id: string;
  text?: string;
}

/** What every check with options knows of itself. */
export interface OptionsSpec extends CheckSpec {
  options: OptionSpec[];
  /** `legacy` in Python, which says more. */
  legacy: LegacyOption[];
}

/** A kept answer as it would be kept today: ids for positions, nothing for an unknown one. */
export function withIds(legacy: LegacyOption[] | undefined, kept: unknown): unknown {
  if (!legacy) return kept; // a number, say, is an answer of its own
  if (Array.isArray(kept)) return kept.map((one) => withIds(legacy, one));
  return Number.isInteger(kept) ? legacy[kept as number]?.id ?? null : kept;
}

/** The texts of options that an answer names and the check no longer has, each once. */
export function vanished(spec: CheckSpec & Partial<OptionsSpec>, answer: unknown): string[] {
  const { options, legacy = [] } = spec;
  if (!options) return [];
  const named: unknown[] = Array.isArray(answer) ? answer : [answer];
  const gone = named.filter((one): one is string =>
    typeof one === "string" && !options.some(({ id }) => id === one)
  );
  return [...new Set(gone)].map((one) => legacy.find(({ id }) => id === one)?.text ?? one);
}

/** Whether `value` is the id of an option, of all that `of` has something about. */
export const isId = (value: unknown, of: Record<string, unknown>): value is string =>
  typeof value === "string" && Object.hasOwn(of, value);
