// Lists and numbers as sentences have them; `facts/wording.py` has the same for charts.

/** Items as a sentence has them: “A”, “A and B”, “A, B and C”. */
export const listed = (items: string[]): string =>
  items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items.join("");

/** A number with its noun: “1 row”, “3 rows”. */
export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
