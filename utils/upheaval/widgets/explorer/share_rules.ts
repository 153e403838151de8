import type { Control, Payload, Selection } from "../core/protocol.ts";

// What is said of a chart elsewhere: where it stands, what was chosen, on which day, by whom.

/** Where a chart stands, as far as it is known: empty texts are left out. */
export interface Place {
  lesson: string;
  choices: string;
  address: string;
}

/** More sources than these are counted, not named, in a picture. */
const NAMED = 3;

/** The choices of a reader, in the words of the controls. */
export function chosen(controls: Control[], selection: Selection): string {
  return controls.map(({ name, label, options }) => `${label}: ${options[selection[name]]}`)
    .join("; ");
}

/** A line that cites a chart in the state in which it is. */
export function citation(
  { title, cite }: Pick<Payload, "title" | "cite">,
  { lesson, choices, address }: Place,
): string {
  const where = [lesson && `lesson “${lesson}”`, choices && `choices: ${choices}`];
  const around = where.filter(Boolean).join("; ");
  return [`“${title}”${around && ` (${around})`}. ${cite}.`, address].filter(Boolean).join(" ");
}

/** What stands under the picture of a chart. */
export function foot(
  { references, asOf, cite }: Pick<Payload, "references" | "asOf" | "cite">,
  { lesson, choices, address }: Place,
): string[] {
  const sources = references.length > NAMED
    ? `${references.length} documents, named under the chart in the lesson.`
    : references.map(({ text }) => text).join("; ");
  const where = [lesson && `lesson “${lesson}”`, address].filter(Boolean);
  return [
    `Data as of ${asOf}. ${sources && `Sources: ${sources}`}`.trim(),
    choices && `Choices: ${choices}.`,
    `Chart: ${[cite.replace(/, data as of .*$/, ""), ...where].join(", ")}`,
  ].filter(Boolean);
}
