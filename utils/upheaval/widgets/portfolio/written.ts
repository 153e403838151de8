import { about, evidenceAdded, findingsIn, listIn, plain, textIn } from "../core/evidence.ts";
import type { KeptWork, Part, Writing } from "../core/protocol.ts";
import { SIGN } from "../core/work_file.ts";
import { isCheck } from "./rules.ts";

// What a reader wrote, as text. A file that somebody edited may hold anything: what cannot be read
// is left out.

/** A line of what was written: what it is about, which may be empty, and the words. */
export interface Line {
  label: string;
  text: string;
}

/** What was written to one question. */
export interface Written {
  question: string;
  lines: Line[];
}

type Labels = Writing["labels"];

/** A label, or the name where an earlier version had something else. */
function labelled(labels: Labels, group: string, name: unknown): string {
  const text = textIn(name);
  const known = labels[group] ?? {};
  return Object.hasOwn(known, text) ? known[text] : text;
}

/** The fields that hold text, in the order of their labels. */
function fieldsIn(value: unknown, labels: Labels): Line[] {
  const kept = plain(value);
  const known = Object.keys(labels.fields ?? {});
  const names = [...known, ...Object.keys(kept).filter((name) => !known.includes(name))];
  return names.map((name) => ({
    label: labelled(labels, "fields", name),
    text: textIn(kept[name]),
  }))
    .filter(({ text }) => text.trim());
}

function codingIn(value: unknown, labels: Labels): Line[] {
  return listIn(plain(value).changes).map(plain).map(({ row, column, scale, code, reason }) => {
    const [what, who, on] = [["rows", row], ["columns", column], ["scales", scale]]
      .map(([group, name]) => labelled(labels, String(group), name));
    const signed = Number(code) > 0 ? `+${code}` : String(code ?? "").replace("-", "−");
    return { label: `${what}, ${who}, ${on}: ${signed}`, text: textIn(reason) };
  });
}

function matrixIn(value: unknown, labels: Labels): Line[] {
  const left = listIn(plain(value).left);
  return Object.entries(plain(plain(value).marks)).flatMap(([row, marks]) => {
    const each = Object.entries(plain(marks)).map(([column, mark]) =>
      `${labelled(labels, "columns", column)} ${labelled(labels, "marks", mark)}`
    );
    const text = `${each.join("; ")}${left.includes(row) ? " (left out)" : ""}`;
    return each.length ? [{ label: labelled(labels, "rows", row), text }] : [];
  });
}

function forecastIn(value: unknown, labels: Labels): Line[] {
  return Object.entries(plain(plain(value).forecasts)).flatMap(([id, one]) => {
    const { percent, reason } = plain(one);
    const text = typeof percent === "number" ? `${percent} %. ${textIn(reason)}`.trim() : "";
    return text ? [{ label: labelled(labels, "questions", id), text }] : [];
  });
}

function weightsIn(value: unknown, labels: Labels): Line[] {
  return Object.entries(plain(plain(value).weights)).map(([name, weight]) => ({
    label: "",
    text: `${labelled(labels, "criteria", name)}: ${weight}`,
  }));
}

function memoIn(value: unknown, labels: Labels): Line[] {
  const evidence = evidenceIn(plain(value).evidence);
  const numbered = evidence.map(({ text }, at) => ({ label: "", text: `[${at + 1}] ${text}` }));
  return [...fieldsIn(plain(value).fields, labels), ...numbered];
}

/** What is kept as evidence, a line a piece. */
export function evidenceIn(value: unknown): Line[] {
  return findingsIn(value).map(evidenceAdded)
    .map((one) => ({ label: "", text: `${one.title} (${about(one)})` }));
}

const READ: Record<string, (value: unknown, labels: Labels) => Line[]> = {
  predict: (value) => textIn(value).trim() ? [{ label: "", text: textIn(value) }] : [],
  write: fieldsIn,
  coding: codingIn,
  matrix: matrixIn,
  forecast: forecastIn,
  weights: weightsIn,
  memo: memoIn,
};

/** What was written under the key of a `writing`; no lines where nothing was. */
export function writtenTo({ key, kind, question, labels }: Writing, kept: KeptWork): Written {
  const lines = Object.hasOwn(kept, key) ? READ[kind]?.(kept[key], labels) ?? [] : [];
  return { question, lines };
}

/** What was written in a part of the collection: to those questions that have an answer. */
export function writtenIn({ writings }: Part, kept: KeptWork): Written[] {
  return writings.map((one) => writtenTo(one, kept)).filter(({ lines }) => lines.length);
}

/** What is kept and shown apart: the basket, rounds of questions that came back, the sign. */
const ELSEWHERE = new Set(["evidence", "back", SIGN]);

/** The keys of what is kept and not shown by `parts`: of other lessons, or of an old version. */
export function elsewhere(parts: Part[], kept: KeptWork): string[] {
  const shown = new Set(parts.flatMap(({ writings }) => writings.map(({ key }) => key)));
  return Object.keys(kept)
    .filter((key) => !ELSEWHERE.has(key) && !shown.has(key) && !isCheck(kept[key]));
}
