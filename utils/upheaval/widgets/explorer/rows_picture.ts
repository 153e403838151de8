import { drawn } from "../core/dom.ts";
import type { MarkedRows } from "../core/protocol.ts";
import { type PaperLook, widthOf } from "./paper_look.ts";
import type { Drawing } from "./picture.ts";
import { rowShapes, type Run, type Shape } from "./rows_picture_rules.ts";

// The drawing of a chart that is a list or a table.

/** Rows as SVG on light paper, so many pixels wide. */
export function rowsDrawing(rows: MarkedRows, width: number, look: PaperLook): Drawing {
  const measure = (run: Run) => widthOf(run, look.font);
  const { shapes, height } = rowShapes(rows, width, look, measure);
  const root = drawn("svg", { width, height, "font-family": look.font });
  root.append(...shapes.map(nodeOf));
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

function nodeOf({ tag, attributes, runs = [] }: Shape): SVGElement {
  const words = runs.map(({ text, size, color, weight = 400 }) =>
    drawn("tspan", { "font-size": size, "font-weight": weight, fill: color }, text)
  );
  return drawn(tag, attributes, ...words);
}
