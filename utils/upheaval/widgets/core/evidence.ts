import { dayIn, spelled } from "./days.ts";
import type { Evidence, Finding, Link, SaysInMemo } from "./protocol.ts";

// What is kept as evidence: read whoever wrote it, and in one vocabulary.

type Plain = Record<string, unknown>;

export const plain = (one: unknown): Plain =>
  typeof one === "object" && one !== null && !Array.isArray(one) ? one as Plain : {};
export const listIn = (value: unknown): unknown[] => Array.isArray(value) ? value : [];
export const textIn = (one: unknown, otherwise = ""): string =>
  typeof one === "string" ? one : otherwise;

export function linksIn(value: unknown): Link[] {
  const given = listIn(value).map(plain).filter(({ text, url }) =>
    typeof text === "string" && typeof url === "string"
  );
  return given as unknown as Link[];
}

/** What a source says of a piece of evidence, with its name; nothing where it is no such thing. */
export function saysIn(value: unknown): { says?: SaysInMemo } {
  const parts = listIn(value);
  const sound = parts.length === 3 && parts.every((one) => typeof one === "string");
  return sound ? { says: parts as SaysInMemo } : {};
}

/** What explorers added, of what is kept as evidence; the rest is none, and is left there. */
export function findingsIn(value: unknown): Finding[] {
  return listIn(value).map(plain).filter(({ id, kind, title }) =>
    [id, kind, title].every((one) => typeof one === "string")
  ).map((one) => ({
    id: textIn(one.id),
    kind: textIn(one.kind),
    title: textIn(one.title),
    ...(typeof one.text === "string" && { text: one.text }),
    status: textIn(one.status),
    asOf: textIn(one.asOf),
    ...(typeof one.known === "string" && { known: one.known }),
    sources: linksIn(one.sources),
    ...saysIn(one.says),
  }));
}

/** Findings of a basket as they are kept, in every part: those called by `ids`, or all. */
export function wholeFindings(value: unknown, ids: string[] | null): Finding[] {
  const called = (one: unknown) =>
    findingsIn([one]).some(({ id }) => ids === null || ids.includes(id));
  return listIn(value).filter(called) as Finding[];
}

/** Whether what a backend said is that it kept nothing. */
export const isRefused = (told: string): boolean => told.startsWith("Not kept");

/** What earlier versions called kinds of evidence, after the charts that they came from. */
const EARLIER_KINDS: Record<string, string> = {
  timeline: "event",
  estimates: "estimate",
  quotations: "quotation",
  claims: "claim of the article",
};

/** The kind of a piece of evidence as it is called today. */
export const oneKind = (kind: string): string =>
  Object.hasOwn(EARLIER_KINDS, kind) ? EARLIER_KINDS[kind] : kind;

/** The word of status in what is kept of it ("✕ disputed then"); empty where there is none. */
export const statusIn = (words = ""): string =>
  /\b(?:confirmed|claimed|disputed|reported|speculated)\b/.exec(words)?.[0] ?? "";

/**
 * What an explorer gathered, as a piece of evidence. Where its day is not with it, it stands in its
 * title, or is that of its data.
 */
export function evidenceAdded(
  { id, kind, title, status, asOf, known, sources, says }: Finding,
): Evidence {
  const day = kind === "chart" ? dayIn(asOf) : dayIn(title) || dayIn(asOf);
  return {
    id,
    kind: oneKind(kind),
    title,
    status: statusIn(status),
    known: known || day,
    sources: sources ?? [],
    ...(says && { says }),
  };
}

/**
 * What stands behind the title of a piece of evidence: kind, status, the day by which it was
 * public.
 */
export function about({ kind, status, known }: Pick<Evidence, "kind" | "status" | "known">) {
  return [kind, status, known ? `public by ${spelled(known)}` : ""].filter(Boolean).join(", ");
}
