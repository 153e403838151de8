import type { Control, ExplorerSpec, Selection, TourStep } from "./protocol.ts";

// A choice lives in the address, by the ids of its options:
// #timeline.period=2024&timeline.theme=war. Older addresses hold labels. An ordinary anchor is left
// alone. #timeline.tour=2 leads to the second step of a tour.

// An address that was cut or typed wrongly ("%E0%") is no reason to lose the charts.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a part of an address behind `#` says. */
export function entriesIn(hash: string): Map<string, string> {
  const parts = hash.slice(1).split("&").filter((part) => part.includes("="));
  return new Map(parts.map((part) => {
    const at = part.indexOf("=");
    return [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
  }));
}

/** Whether an address holds choices; an empty one does: all charts as they begin. */
export function isChoice(hash: string): boolean {
  return hash.length < 2 || entriesIn(hash).size > 0;
}

/** The way back of `entriesIn`. */
export function hashOf(entries: Map<string, string>): string {
  const parts = [...entries]
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  return `#${parts.join("&")}`;
}

/** The number of the option that an address names, by its id or by a label; -1 for none. */
function optionAt({ ids, options, legacyLabels = {} }: Control, entry: string): number {
  const at = ids.indexOf(entry);
  if (at >= 0) return at;
  return Object.hasOwn(legacyLabels, entry)
    ? ids.indexOf(legacyLabels[entry])
    : options.indexOf(entry);
}

/** The selection that a step of a tour sets: what it does not name is at its start. */
export function stepSelection(controls: Control[], { state }: TourStep): Selection {
  return Object.fromEntries(controls.map(({ name, start }) => [name, state[name] ?? start]));
}

/** Whether a chart is as a step has it. */
export function isAtStep(controls: Control[], step: TourStep, selection: Selection): boolean {
  const wanted = stepSelection(controls, step);
  return controls.every(({ name }) => selection[name] === wanted[name]);
}

const tourKey = ({ name }: ExplorerSpec) => `${name}.tour`;

/** Whether an address names a control of an explorer. */
const chosenIn = (entries: Map<string, string>, { name, controls }: ExplorerSpec) =>
  controls.some((control) => entries.has(`${name}.${control.name}`));

/**
 * The step of an explorer's tour, from 0, that an address leads to; null where it leads to a choice
 * of its own, and where there is no tour. An address that says nothing leads to the first.
 */
export function stepIn(hash: string, spec: ExplorerSpec): number | null {
  const entries = entriesIn(hash);
  const { tour = [] } = spec;
  const at = Number(entries.get(tourKey(spec))) - 1;
  if (at in tour) return at;
  return tour.length && !chosenIn(entries, spec) ? 0 : null;
}

/**
 * What an address says of an explorer; a control that it does not name, or names wrongly, is at its
 * start. Where it names none, but a step of the tour, that step says it.
 */
export function selectionIn(hash: string, spec: ExplorerSpec): Selection {
  const entries = entriesIn(hash);
  const step = stepIn(hash, spec);
  if (step && !chosenIn(entries, spec)) {
    return stepSelection(spec.controls, (spec.tour as TourStep[])[step]);
  }
  return Object.fromEntries(spec.controls.map((control) => {
    const entry = entries.get(`${spec.name}.${control.name}`);
    const at = entry === undefined ? -1 : optionAt(control, entry);
    return [control.name, at >= 0 ? at : control.start];
  }));
}

/**
 * The address `hash` with the choices of an explorer; what is at its start is left out. It names
 * the `step` of the tour that is open as long as the chart is as that step has it; the choices too,
 * so that it leads to the same chart when a tour has become another.
 */
export function hashWith(
  hash: string,
  spec: ExplorerSpec,
  selection: Selection,
  step: number | null = null,
): string {
  const entries = entriesIn(hash);
  for (const { name, ids, start } of spec.controls) {
    if (selection[name] === start) entries.delete(`${spec.name}.${name}`);
    else entries.set(`${spec.name}.${name}`, ids[selection[name]]);
  }
  const open = step ? spec.tour?.[step] : undefined;
  if (step && open && isAtStep(spec.controls, open, selection)) {
    entries.set(tourKey(spec), String(step + 1));
  } else entries.delete(tourKey(spec));
  return hashOf(entries);
}

/**
 * The address of a page for others to open, with `hash`. A file's would tell the names of folders,
 * and nobody else can open what this computer serves to itself: of these only `hash` is left. What
 * follows `?` may let others in (a course platform, a Jupyter server): it is left out.
 */
export function publicAddress(
  { protocol, hostname, origin, pathname }: Pick<
    Location,
    "protocol" | "hostname" | "origin" | "pathname"
  >,
  hash: string,
): string {
  const behind = hash === "#" ? "" : hash;
  const here = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return /^https?:$/.test(protocol) && !here ? origin + pathname + behind : behind;
}
