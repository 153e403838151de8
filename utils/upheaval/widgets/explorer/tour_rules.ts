import type { Control, Selection } from "../core/protocol.ts";

// A tour of a chart: which step is next, and what its strip says.

/** How a tour stands: at a step, which it keeps while it is folded. */
export interface TourState {
  at: number;
  open: boolean;
}

/** The tour as a page begins it; `step` is what its address says: null is folded. */
export const begun = (step: number | null): TourState => ({ at: step ?? 0, open: step !== null });

/** The step that is so many on; at either end the tour stays where it is. */
export function moved({ at, open }: TourState, by: number, steps: number): TourState {
  return { at: Math.max(0, Math.min(steps - 1, at + by)), open };
}

/** The tour opened again: where it was left, or from the beginning where it had ended. */
export function reopened({ at }: TourState, steps: number): TourState {
  return { at: at === steps - 1 ? 0 : at, open: true };
}

/** “2 of 4”. */
export const place = ({ at }: TourState, steps: number): string => `${at + 1} of ${steps}`;

/**
 * The selection that an arrow key leads to where no tour is open: the first stepper's next stop;
 * null at its end, and where there is no stepper.
 */
export function stepped(controls: Control[], selection: Selection, by: number): Selection | null {
  const stepper = controls.find(({ kind }) => kind === "stepper");
  if (!stepper) return null;
  const to = selection[stepper.name] + by;
  return to in stepper.options ? { ...selection, [stepper.name]: to } : null;
}
