import { element, link } from "../core/dom.ts";
import { SAYS, UNREAD } from "../core/says.ts";
import type { RowSays } from "../core/protocol.ts";

// The sentence of a source that a row rests on, folded under the row.

/** What stands under a row: its sentence, or that none was read; else nothing. */
export function saysView(says: RowSays | null | undefined): HTMLElement | null {
  if (!says) return null;
  const [sentence, english, page, url] = says;
  if (!sentence) return element("p", { class: "face-unread" }, UNREAD);
  const translated = english && element("p", {}, `In English, in our words: “${english}”`);
  return element(
    "details",
    { class: "face-says" },
    element("summary", {}, SAYS),
    element("p", {}, `“${sentence}”`),
    translated || null,
    element("p", { class: "face-subtitle" }, link(page, url)),
  );
}
