import type { Control, ExplorerSpec, Selection } from "./protocol.ts";

// A choice lives in the address, by the ids of its options:
// #timeline.period=2024&timeline.theme=war. Older addresses hold labels. An ordinary anchor is left
// alone.

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

/**
 * What an address says of an explorer; a control that it does not name, or names wrongly, is at its
 * start.
 */
export function selectionIn(hash: string, spec: ExplorerSpec): Selection {
  const entries = entriesIn(hash);
  return Object.fromEntries(spec.controls.map((control) => {
    const entry = entries.get(`${spec.name}.${control.name}`);
    const at = entry === undefined ? -1 : optionAt(control, entry);
    return [control.name, at >= 0 ? at : control.start];
  }));
}

/** The address `hash` with the choices of an explorer; what is at its start is left out. */
export function hashWith(hash: string, spec: ExplorerSpec, selection: Selection): string {
  const entries = entriesIn(hash);
  for (const { name, ids, start } of spec.controls) {
    if (selection[name] === start) entries.delete(`${spec.name}.${name}`);
    else entries.set(`${spec.name}.${name}`, ids[selection[name]]);
  }
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
