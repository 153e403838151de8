import { element, freshId, labelled, textInput } from "../core/dom.ts";
import { option, statusLine } from "../core/form.ts";
import { about } from "./export.ts";
import { dayIn, spelled, titled } from "./rules.ts";
import type { Evidence, Finding, MemoSpec, PickerRow } from "../core/protocol.ts";

// The evidence of a memo: found in the tables, taken from the basket, listed with its numbers.

const SHOWN = 6; // rows of a search on the page at once

/** A row of the picker as a piece of evidence. */
function evidenceOf(row: PickerRow, sources: MemoSpec["sources"]): Evidence {
  const [id, kind, known, title, status, indices] = row;
  const cited = indices.map((index) => ({ text: sources[index][0], url: sources[index][1] }));
  return { id, kind, title, status, known, sources: cited };
}

/**
 * What an explorer gathered, as a piece of evidence: the day stands in its title, or is that of its
 * data.
 */
export function evidenceAdded({ id, kind, title, status, asOf, sources }: Finding): Evidence {
  const known = kind === "chart" ? dayIn(asOf) : dayIn(title) || dayIn(asOf);
  const word = (status ?? "").split(" ").pop() ?? "";
  return { id, kind, title, status: word, known, sources: sources ?? [] };
}

function matching(rows: PickerRow[], query: string, kind: string, until: string): PickerRow[] {
  const wanted = query.toLowerCase().split(/[ \t]+/).filter(Boolean);
  return rows.filter(([, one, known, title, status]) => {
    if ((kind && one !== kind) || (until && known > until)) return false;
    const text = `${title} ${one} ${status} ${spelled(known)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function countWords(count: number): string {
  if (count > SHOWN) {
    return `${count} rows; the latest ${SHOWN} are shown. Add a word to find fewer.`;
  }
  if (!count) return "No row has these words. Use fewer of them, or another kind.";
  return `${count} row${count > 1 ? "s" : ""}.`;
}

/** A piece of evidence with a button that adds it to the list. */
function offered(item: Evidence, add: (item: Evidence) => void): HTMLElement {
  return element(
    "li",
    {},
    element(
      "span",
      {},
      `${item.title} `,
      element("span", { class: "face-subtitle" }, `(${about(item)})`),
    ),
    " ",
    element("button", {
      type: "button",
      "aria-label": `Add: ${item.title}`,
      onclick: () => add(item),
    }, "Add"),
  );
}

/** Looks for rows of the tables by words and kind; `add` takes one into the list. */
export function picker(spec: MemoSpec, add: (item: Evidence) => void): HTMLElement {
  const query = textInput({ id: freshId("memo"), spellcheck: "false" });
  const kinds = [...new Set(spec.rows.map(([, kind]) => kind))];
  const kind = element(
    "select",
    { id: freshId("memo"), name: "kind" },
    new Option("any kind", ""),
    ...kinds.map((one) => new Option(one, one)),
  );
  const limit = element("input", { type: "checkbox", checked: true });
  const count = statusLine();
  const list = element("ul", { class: "memo-rows" });
  const show = () => {
    const until = limit.checked ? spec.rules.day : "";
    const found = matching(spec.rows, query.value, kind.value, until);
    count.textContent = countWords(found.length);
    const latest = found.slice(-SHOWN).reverse();
    list.replaceChildren(...latest.map((row) => offered(evidenceOf(row, spec.sources), add)));
  };
  query.addEventListener("input", show);
  for (const box of [kind, limit]) box.addEventListener("change", show);
  show();
  const day = spelled(spec.rules.day);
  return element(
    "details",
    { class: "memo-picker", open: true },
    element("summary", {}, "Find evidence in the tables"),
    element(
      "div",
      { class: "face-controls" },
      labelled("Words to look for", query),
      labelled("Kind", kind),
    ),
    option(limit, `only what was public by ${day}`),
    count,
    list,
  );
}

/** What the reader kept in other lessons and has not taken yet. */
export function basketView(found: Evidence[], add: (item: Evidence) => void): HTMLElement[] {
  if (!found.length) {
    const empty = "Your basket is empty, or all of it is in your list. Under every chart of the " +
      "lessons, “Save and cite” can keep a row as evidence.";
    return [element("p", { class: "face-subtitle" }, empty)];
  }
  return [
    element("p", {}, "From your basket, kept in other lessons:"),
    element("ul", { class: "memo-rows" }, ...found.map((item) => offered(item, add))),
  ];
}

/** The reader's list, each with its number. */
export function listView(
  evidence: Evidence[],
  used: Set<number>,
  cite: (number: number) => void,
  remove: (index: number) => void,
): HTMLElement[] {
  if (!evidence.length) return [element("li", {}, element("span", {}, "Nothing yet."))];
  return evidence.map((item, at) => {
    const number = at + 1;
    const uncited = used.has(number) ? "" : "; not cited yet";
    const act = (name: string, label: string, onclick: () => void) =>
      element("button", { type: "button", "aria-label": name, onclick }, label);
    return element(
      "li",
      {},
      element(
        "span",
        {},
        `${titled(item, at)} `,
        element("span", { class: "face-subtitle" }, `(${about(item)}${uncited})`),
      ),
      " ",
      act(`Cite [${number}] where you last wrote`, `Cite [${number}]`, () => cite(number)),
      " ",
      act(`Remove [${number}] ${item.title}`, "Remove", () => remove(at)),
    );
  });
}
