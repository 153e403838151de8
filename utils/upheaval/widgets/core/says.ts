import type { Payload, RowSays, SaysInMemo, Table } from "./protocol.ts";

// What a source says of a row, in words.

export const SAYS = "What the source says";
export const UNREAD = "No sentence was read for this row.";

/** A sentence in quotation marks, its English behind it, and the page that it stands in. */
export function quoted([sentence, english, page]: SaysInMemo): string {
  if (!sentence) return UNREAD;
  const translated = english ? ` (in English, in our words: “${english}”)` : "";
  return `“${sentence}”${translated} (${page})`;
}

/** The rows with what their sources say, for a file; as they are where nothing is known of that. */
export function tableWithSays({ table, rowSays }: Pick<Payload, "table" | "rowSays">): Table {
  if (!rowSays) return table;
  const cells = (says: RowSays | null) =>
    says ? [quoted([says[0], says[1], says[2]]), says[3]] : ["", ""];
  return {
    columns: [...table.columns, SAYS, "Where it says so"],
    rows: table.rows.map((row, at) => [...row, ...cells(rowSays[at] ?? null)]),
  };
}
