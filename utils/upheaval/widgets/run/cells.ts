// Which cells of a lesson's notebook a cell needs to have run before it.

/** A cell of a notebook, as far as it is read here. */
export interface Cell {
  cell_type: string;
  source: string | string[];
  metadata: { tags?: string[] };
}

/** The text of a cell, without what stands around it. */
export const sourceOf = (cell: Cell): string => [cell.source].flat().join("").trim();

/**
 * The places of the cells to run before the one whose text is `source`: the first, which begins the
 * lesson, and all above it that show their code. The others show charts and questions, which the
 * page has. Its own place comes last; null where no cell has this text.
 */
export function neededFor(source: string, cells: Cell[]): number[] | null {
  const code = [...cells.keys()].filter((at) => cells[at].cell_type === "code");
  const own = code.find((at) => sourceOf(cells[at]) === source.trim());
  if (own === undefined) return null;
  const shows = (at: number) =>
    !(cells[at].metadata.tags ?? []).some((tag) =>
      tag === "hide-input" || tag === "skip-execution"
    );
  return [...code.filter((at, index) => at < own && (index === 0 || shows(at))), own];
}
