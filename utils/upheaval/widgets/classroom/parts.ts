import { type Child, element } from "../core/dom.ts";
import { cellTable, rowHead, scrolling } from "../core/table.ts";
import { counts } from "./agreement.ts";

// What the parts of the page of a class are made of.

/** A part of the page: what its heading and its link in the contents say, and what stands in it. */
export interface ClassPart {
  id: string;
  title: string;
  nodes: Child[];
}

export const para = (text: string): HTMLElement => element("p", {}, text);

/** What somebody wrote or is called: their own script says from which side it runs. */
export const own = (text: string, name = ""): HTMLElement =>
  element("span", { dir: "auto", class: name || null }, text);

/** A fold with a line that stays. */
export const fold = (title: string, ...inside: Child[]): HTMLDetailsElement =>
  element("details", { class: "class-fold" }, element("summary", {}, title), ...inside);

/** What stands in a cell: text, or elements. */
export type CellContent = string | Child[];

/** A table whose rows have their heads first. */
export function grid(name: string, head: string[], rows: CellContent[][]): HTMLElement {
  const inside = (content: CellContent) => (typeof content === "string" ? [content] : content);
  const cells = rows.map(([first, ...rest]) => [
    rowHead(...inside(first)),
    ...rest.map((content) => element("td", {}, ...inside(content))),
  ]);
  return scrolling(`Table: ${name}`, cellTable(head, cells));
}

/** How often each text stands in a list, the most frequent first: "yes × 3, no × 1". */
export function tallyText(texts: string[]): string {
  const sorted = [...counts(texts)].sort(([, one], [, other]) => other - one);
  return sorted.map(([text, count]) => `${text}\u00a0×\u00a0${count}`).join(", ");
}
