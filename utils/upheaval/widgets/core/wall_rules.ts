import type { Figure, LayoutItem, Trace } from "./protocol.ts";

// How large a chart is drawn in the large view, and which key opens it.

/** Pixels of the smallest label where the view is as wide as a small projector's picture. */
export const LABEL = 22;
const PROJECTOR = 1280;
const PROJECTOR_HEIGHT = 720;
const DEFAULT = 12; // what plotly.js writes in where nothing is said
const DEFAULT_HEIGHT = 400; // and what `plot.ts` draws

interface WithFont {
  font?: { size?: number };
  textfont?: { size?: number | number[] };
  tickfont?: { size?: number };
  [property: string]: unknown;
}

/** Pixels of the smallest text that is drawn in a figure. */
export function smallestLabel({ data, layout }: Figure): number {
  const base = (layout as WithFont).font?.size ?? DEFAULT;
  const sizes = (one: Trace | LayoutItem): number[] => {
    const { font, textfont } = one as WithFont;
    return [font?.size ?? textfont?.size ?? base].flat();
  };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  const ticks = axes.map((key) => (layout[key] as WithFont | undefined)?.tickfont?.size ?? base);
  const texts = data.filter(({ mode }) => mode?.includes("text")).flatMap(sizes);
  return Math.min(base, ...ticks, ...texts, ...(layout.annotations ?? []).flatMap(sizes));
}

/** How large a view is, and how much of its height a drawing may have. */
export interface Room {
  width: number;
  height: number;
  free: number;
}

/**
 * By how much a drawing is enlarged in a view: its labels have `LABEL` pixels on a small projector,
 * and as large a part of a wider or a narrower view; less where the drawing then fits its height,
 * but never below that size on a view as high as a small projector's. On a phone nothing is.
 */
export function enlargement(figure: Figure, { width, height, free }: Room): number {
  const plain = LABEL / smallestLabel(figure);
  const most = plain * (width / PROJECTOR);
  const least = Math.min(most, plain * Math.max(1, height / PROJECTOR_HEIGHT));
  const fits = free / (figure.layout.height ?? DEFAULT_HEIGHT);
  return Math.max(1, Math.min(most, Math.max(least, fits)));
}

/** The least of its own height that a drawing keeps where it is drawn lower, to fit. */
const LEAST = 0.45;

/**
 * The height at which a drawing is made where only `most` pixels are free: lower where that makes
 * it fit, and where nothing in it stands row by row, for rows need their height. That is a map, a
 * net, or a chart whose axis has numbers.
 */
export function lowered({ layout }: Figure, most: number): number {
  const height = layout.height ?? DEFAULT_HEIGHT;
  if (most < LEAST * height) return height;
  const axes = Object.keys(layout).filter((key) => /^yaxis\d*$/.test(key));
  const hasRows = (key: string) => {
    const { scaleanchor, showticklabels, visible } = layout[key] as Record<string, unknown>;
    return !scaleanchor && (showticklabels === false || visible === false);
  };
  return axes.length && !axes.some(hasRows) ? Math.min(height, most) : height;
}

/** From where to where something stands that is not to be cut, in pixels. */
export type Piece = [top: number, bottom: number];

/** A part of a view that is taller than the screen: where it begins, and where it is cut. */
export interface ViewPart {
  start: number;
  end: number;
}

/** Fewer pixels than these are no part of a chart. */
const SLIGHT = 8;

/** How many pixels of a view there is room for at its beginning, and in each part after that. */
export interface Rooms {
  first: number;
  later: number;
}

/**
 * A view of `height` pixels in parts that find room, cut where no piece is cut, but for pieces
 * that are higher than the room.
 */
export function partsOf(pieces: Piece[], height: number, { first, later }: Rooms): ViewPart[] {
  const parts: ViewPart[] = [];
  const whole = pieces.filter(([top, bottom]) => bottom - top <= later);
  let [start, room] = [0, first];
  while (height - start > room + SLIGHT && later > SLIGHT) {
    const end = cutBefore(whole, start, start + room);
    parts.push({ start, end });
    [start, room] = [end, later];
  }
  return [...parts, { start, end: height }];
}

/** The last place up to `latest`, and after `start`, where no piece is cut. */
function cutBefore(pieces: Piece[], start: number, latest: number): number {
  const least = start + (latest - start) / 3; // a part with hardly anything in it is none
  let cut = latest;
  for (;;) {
    const across = pieces.filter(([top, bottom]) => top < cut - 1 && bottom > cut + 1);
    if (!across.length) return cut;
    cut = Math.min(...across.map(([top]) => top));
    if (cut < least) return latest;
  }
}

/** Which part is in sight where a view was moved down by `top` pixels. */
export function partAt(parts: ViewPart[], top: number): number {
  return Math.max(0, parts.findLastIndex(({ start }) => start <= top + SLIGHT));
}

/** What is said of the part in sight; `chart` is where a chart ends, and its words begin. */
export function saidOf(parts: ViewPart[], at: number, chart: number): string {
  const many = parts.filter(({ start }) => start < chart - SLIGHT).length;
  if (at >= many) return "Below the chart";
  return many > 1 ? `Part ${at + 1} of ${many}` : "";
}

type Pressed = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

const withOthers = ({ altKey, ctrlKey, metaKey, shiftKey }: Pressed) =>
  altKey || ctrlKey || metaKey || shiftKey;

const DOWN = new Map([["ArrowDown", 1], ["PageDown", 1], ["ArrowUp", -1], ["PageUp", -1]]);

/** By how many parts a key moves the large view: on, back, or nowhere. */
export function partStep(event: Pressed): number {
  return withOthers(event) ? 0 : DOWN.get(event.key) ?? 0;
}

/** Whether a key opens the large view: Alt and P, which neither browsers nor JupyterLab take. */
export function opensLarge(
  { altKey, ctrlKey, metaKey, shiftKey, code }: Pick<
    KeyboardEvent,
    "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "code"
  >,
): boolean {
  return altKey && !ctrlKey && !metaKey && !shiftKey && code === "KeyP";
}

/** Where a key leads in the large view: on, back, or nowhere. */
export function stepOf(event: Pressed): number {
  if (withOthers(event)) return 0;
  return Number(event.key === "ArrowRight") - Number(event.key === "ArrowLeft");
}
