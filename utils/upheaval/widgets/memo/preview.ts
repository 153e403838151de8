import { type Child, element, link, writtenParagraph } from "../core/dom.ts";
import { about } from "../core/evidence.ts";
import { filledFields, references } from "./export.ts";
import type { KeptMemo, MemoFieldSpec, MemoSpec } from "../core/protocol.ts";

// The memo as it will look, on the page and on paper.

function referencesView(memo: KeptMemo, fields: MemoFieldSpec[]): HTMLElement[] {
  const cited = references(memo, fields);
  if (!cited.length) return [];
  const items = cited.map(({ number, item }) => {
    const sources = item.sources.flatMap(({ text, url }, at): Child[] => [
      at ? "; " : "",
      link(text, url),
    ]);
    return element("li", { value: number }, `${item.title} (${about(item)}). `, ...sources);
  });
  return [
    element("p", { class: "memo-heading" }, "References"),
    element("ol", {}, ...items),
  ];
}

/** The memo as it will look. */
export function preview(memo: KeptMemo, spec: MemoSpec): HTMLElement[] {
  const { head, body } = filledFields(memo, spec.fields);
  const lines = (text: string) =>
    text.trim().split(/(?:\r?\n)+/).map((line) => writtenParagraph(line));
  const above = head.flatMap(({ name, label }) => [
    element("dt", {}, label),
    element("dd", { dir: "auto" }, memo.fields[name]),
  ]);
  return [
    element("p", { class: "face-title" }, spec.title),
    element("dl", {}, ...above),
    ...body.flatMap(({ name, label }) => [
      element("p", { class: "memo-heading" }, label),
      ...lines(memo.fields[name]),
    ]),
    ...referencesView(memo, spec.fields),
    element("p", { class: "face-subtitle" }, spec.foot),
  ];
}

/**
 * Prints a page of its own: everything else is hidden while it prints. Gives whether the browser
 * began: a frame that may open no windows ignores it, and says nothing.
 */
export function printed(nodes: HTMLElement[]): boolean {
  const paper = element("div", { class: "face memo-paper" }, ...nodes);
  const root = document.documentElement;
  let began = false;
  document.querySelector(".memo-paper")?.remove();
  document.body.append(paper);
  root.setAttribute("data-memo-print", "");
  addEventListener("beforeprint", () => {
    began = true;
  }, { once: true });
  addEventListener("afterprint", () => {
    paper.remove();
    root.removeAttribute("data-memo-print");
  }, { once: true });
  print();
  return began;
}
