import type { Layout, Trace } from "../core/protocol.ts";

// Which marks of a chart have words of their own, and in which order one comes to them.

/** A mark: where plotly.js has it, and the id of its row where it has one. */
export interface Mark {
  trace: Trace;
  curveNumber: number;
  pointNumber: number;
  id?: string;
}

type Place = string | number | null | undefined;

function compare(one: Place, other: Place): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [first, second] = [String(one), String(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * The marks that say something when the mouse is over them: in the order of their rows where they
 * have ids, by lines from the top where a chart is made of lines (its y axis runs down), and
 * otherwise from left to right.
 */
export function marksOf(data: Trace[], layout: Layout): Mark[] {
  const range = (layout.yaxis as { range?: number[] } | undefined)?.range ?? [];
  const byLines = range[0] > range[1];
  const found = data.flatMap((trace, curveNumber) => {
    if (trace.hoverinfo === "skip" || trace.hoverinfo === "none") return [];
    const xs = (trace.x ?? []) as Place[];
    const ys = (trace.y ?? []) as Place[];
    return xs.map((x, pointNumber) => ({
      x,
      y: ys[pointNumber],
      mark: { trace, curveNumber, pointNumber, id: trace.ids?.[pointNumber] },
    })).filter(({ x, y }) => (x ?? null) !== null && (y ?? null) !== null);
  });
  const byRows = found.every(({ mark }) => mark.id !== undefined);
  found.sort((one, other) => {
    if (byRows) return Number(one.mark.id) - Number(other.mark.id);
    const [across, down] = [compare(one.x, other.x), compare(one.y, other.y)];
    return byLines ? down || across : across || down;
  });
  return found.map(({ mark }) => mark);
}
