import type { ExplorerSpec, Selection } from "./protocol.ts";

// A choice lives in the address: #timeline.period=2024&timeline.theme=Korea. An ordinary anchor is
// left alone.

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

/**
 * What an address says of an explorer; a control that it does not name, or names wrongly, is at its
 * start.
 */
export function selectionIn(hash: string, spec: ExplorerSpec): Selection {
  const entries = entriesIn(hash);
  return Object.fromEntries(spec.controls.map(({ name, options, start }) => {
    const at = options.indexOf(entries.get(`${spec.name}.${name}`) ?? "");
    const named = entries.has(`${spec.name}.${name}`) && at >= 0;
    return [name, named ? at : start];
  }));
}

/** The address `hash` with the choices of an explorer; what is at its start is left out. */
export function hashWith(hash: string, spec: ExplorerSpec, selection: Selection): string {
  const entries = entriesIn(hash);
  for (const { name, options, start } of spec.controls) {
    if (selection[name] === start) entries.delete(`${spec.name}.${name}`);
    else entries.set(`${spec.name}.${name}`, options[selection[name]]);
  }
  return hashOf(entries);
}
