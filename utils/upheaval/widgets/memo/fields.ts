import { element, freshId, textArea, textInput } from "../core/dom.ts";
import type { MemoFieldSpec } from "../core/protocol.ts";

// The boxes that a memo is written in.

type Box = HTMLSelectElement | HTMLTextAreaElement | HTMLInputElement;

/** A field of the memo on the page. */
export interface Field {
  spec: MemoFieldSpec;
  box: Box;
  node: HTMLElement;
}

function boxOf({ name, options, rows }: MemoFieldSpec, id: string): Box {
  if (options) {
    return element(
      "select",
      { id, name: `memo-${name}` },
      new Option("– choose –", ""),
      ...options.map((one) => new Option(one, one)),
    );
  }
  if (rows) return textArea({ id, rows });
  return textInput({ id });
}

/** A field with its label and help. */
export function fieldView(spec: MemoFieldSpec): Field {
  const id = freshId("memo");
  const box = boxOf(spec, id);
  const help = spec.help
    ? element("span", { class: "face-subtitle", id: `${id}-help` }, spec.help)
    : null;
  if (help) box.setAttribute("aria-describedby", help.id);
  const label = element("label", { for: id }, spec.label);
  return { spec, box, node: element("span", { class: "face-field" }, label, help, box) };
}

/** Writes the marker of a piece of evidence where the reader last wrote. */
export function writeMarker(box: Box, number: number): void {
  if (box instanceof HTMLSelectElement) return;
  const at = box.selectionEnd ?? box.value.length;
  const gap = at && !/[ \n[]$/.test(box.value.slice(0, at)) ? " " : "";
  box.setRangeText(`${gap}[${number}]`, at, at, "end");
  box.focus();
}
