import { type Child, element, link, writtenParagraph } from "../core/dom.ts";
import { about } from "../core/evidence.ts";
import { filledFields, references, saidOf } from "./export.ts";
import type { KeptMemo, MemoSpec } from "../core/protocol.ts";

// The memo as it will look, on the page and on paper.

function referencesView(memo: KeptMemo, { fields, says }: MemoSpec): HTMLElement[] {
  const cited = references(memo, fields);
  if (!cited.length) return [];
  const items = cited.map(({ number, item }) => {
    const sources = item.sources.flatMap(({ text, url }, at): Child[] => [
      at ? "; " : "",
      link(text, url),
    ]);
    const said = saidOf(item, says);
    return element(
      "li",
      { value: number },
      `${item.title} (${about(item)}). `,
      ...sources,
      said ? element("span", { class: "memo-says" }, said) : null,
    );
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
    ...referencesView(memo, spec),
    element("p", { class: "face-subtitle" }, spec.foot),
  ];
}
