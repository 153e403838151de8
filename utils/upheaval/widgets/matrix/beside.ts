import { besideBox } from "../core/beside.ts";
import { element } from "../core/dom.ts";
import type { KeptMatrix, Mark, MatrixSpec } from "../core/protocol.ts";
import { rowHead } from "../core/table.ts";
import { stepsApart } from "./rules.ts";

// A grid that was loaded while the reader has one: it stands beside the reader's own.

/** A mark as a reader sees it; a dash where none is. */
export function markText({ marks }: Pick<MatrixSpec, "marks">, mark: Mark | undefined): string {
  const found = marks.find((one) => one.mark === mark);
  return found ? `${found.sign} ${found.word}` : "–";
}

/** Both grids, cell by cell where they differ, and a button that takes the loaded one. */
export function besideView(
  spec: MatrixSpec,
  mine: KeptMatrix,
  { who, kept: theirs }: { who: string; kept: KeptMatrix },
  acts: { replace(): void; close(): void },
): HTMLElement {
  const cells = spec.rows.flatMap(({ id, text }, at) =>
    spec.columns.map((column) => ({
      place: `${at + 1}. ${text} × ${column.name}`,
      one: mine.marks[id]?.[column.id],
      other: theirs.marks[id]?.[column.id],
    }))
  );
  const both = cells.filter(({ one, other }) => one && other);
  const apart = cells.filter(({ one, other }) => one !== other);
  const far = both.filter(({ one, other }) => one && other && stepsApart([one, other]) >= 2);
  const rows = apart.map(({ place, one, other }) => [
    rowHead(place),
    element("td", {}, markText(spec, one)),
    element("td", {}, markText(spec, other)),
  ]);
  const alike = both.filter(({ one, other }) => one === other).length;
  const told = `Cells that both of you marked: ${both.length}. Alike: ${alike}. Two steps apart ` +
    `or more: ${far.length}.`;
  const head = ["Cell", "Yours", "Theirs"];
  return besideBox(who, told, { name: "cells that differ", head, rows }, [
    ["Take all of theirs instead of mine", acts.replace],
    ["Put it away", acts.close],
  ]);
}
