import { aboutItem } from "../core/basket.ts";
import { button, element, freshId, labelled, textInput } from "../core/dom.ts";
import { about } from "../core/evidence.ts";
import { option, statusLine } from "../core/form.ts";
import { spelled, titled } from "./rules.ts";
import type { Evidence, MemoSpec, PickerRow } from "../core/protocol.ts";

// The evidence of a memo: found in the tables, taken from the basket, listed with its numbers.

const SHOWN = 6; // rows of a search on the page at once

/** A row of the picker as a piece of evidence. */
function evidenceOf(row: PickerRow, sources: MemoSpec["sources"]): Evidence {
  const [id, kind, known, title, status, indices] = row;
  const cited = indices.map((index) => ({ text: sources[index][0], url: sources[index][1] }));
  return { id, kind, title, status, known, sources: cited };
}

/**
 * A finding as the tables know it, where it is one of their rows: of one kind and status, and there
 * once, whichever door it came through. Earlier versions kept rows by their words.
 */
export function asRow(spec: MemoSpec): (item: Evidence) => Evidence {
  const ids = new Map(spec.rows.map((row) => [row[0], row]));
  const words = new Map(spec.rows.map((row) => [`${row[1]}: ${row[3]}`, row]));
  return (item) => {
    const row = ids.get(item.id) ??
      words.get(`${item.kind}: ${item.title.replace(/^[^:]*: /, "")}`);
    return row ? evidenceOf(row, spec.sources) : item;
  };
}

function matching(rows: PickerRow[], query: string, kind: string, until: string): PickerRow[] {
  const wanted = query.toLowerCase().split(/[ \t]+/).filter(Boolean);
  return rows.filter(([, one, known, title, status]) => {
    if ((kind && one !== kind) || (until && known > until)) return false;
    const text = `${title} ${one} ${status} ${spelled(known)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** From when to when the search looks. */
function reach({ rows, since }: MemoSpec): string {
  const days = rows.map(([, , known]) => known).sort();
  const first = since ?? days[0];
  const before = days.filter((day) => day < first).length;
  const earlier = before ? `, and ${before} from before that the lesson cites` : "";
  return `The search knows ${days.length - before} rows that became public from ${
    spelled(first)
  } ` +
    `to ${spelled(days.at(-1))}${earlier}. Others can be kept under the charts of the lessons.`;
}

function countWords(count: number): string {
  if (count > SHOWN) {
    return `${count} rows; the latest ${SHOWN} are shown. Add a word to find fewer.`;
  }
  if (!count) return "No row has these words. Use fewer of them, or another kind.";
  return `${count} row${count > 1 ? "s" : ""}.`;
}

/** A button that adds a piece of evidence to the list. */
export function addButton(item: Evidence, add: (item: Evidence) => void): HTMLElement {
  const made = button("Add", () => add(item));
  made.setAttribute("aria-label", `Add: ${item.title}`);
  return made;
}

/** A piece of evidence with a button that adds it to the list. */
function offered(item: Evidence, day: string, add: (item: Evidence) => void): HTMLElement {
  const text = element("span", {}, `${item.title} `, aboutItem(item, day));
  return element("li", {}, text, " ", addButton(item, add));
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
    list.replaceChildren(
      ...latest.map((row) => offered(evidenceOf(row, spec.sources), spec.rules.day, add)),
    );
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
    ...(spec.rows.length ? [element("p", { class: "face-subtitle" }, reach(spec))] : []),
    option(limit, `only what was public by ${day}`),
    count,
    list,
  );
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
