import { button, element } from "./dom.ts";
import { cellTable, scrolling } from "./table.ts";

// Work that was loaded while the reader has the like: it stands beside the reader's own.

/** Both as a table: its name, its headings, and its rows. */
interface Both {
  name: string;
  head: string[];
  rows: HTMLElement[][];
}

/** Whose the loaded work is, what is counted of both, the two in a table, and what can be done. */
export function besideBox(
  who: string,
  told: string,
  { name, head, rows }: Both,
  acts: [label: string, act: () => void][],
): HTMLElement {
  const buttons = acts.flatMap(([label, act], at) => [at ? " " : "", button(label, act)]);
  return element(
    "div",
    {},
    element("p", { class: "face-question", dir: "auto" }, `Beside yours: ${who}`),
    element("p", {}, told),
    scrolling(`Table: ${name}`, cellTable(head, rows)),
    element("p", {}, ...buttons.filter(Boolean)),
  );
}
