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

/** Where a view stands that scrolls, and how high it is, in pixels. */
export type Scrolled = Pick<HTMLElement, "scrollTop" | "clientHeight" | "scrollHeight">;

/** Fewer pixels than these are no part of a chart. */
const SLIGHT = 8;

/** Whether there is more of a view above what is in sight, and below. */
export function moreOf(
  { scrollTop, clientHeight, scrollHeight }: Scrolled,
): { above: boolean; below: boolean } {
  const tall = scrollHeight - clientHeight > SLIGHT;
  return {
    above: tall && scrollTop > SLIGHT,
    below: tall && scrollHeight - clientHeight - scrollTop > SLIGHT,
  };
}

type Pressed = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

const withOthers = ({ altKey, ctrlKey, metaKey, shiftKey }: Pressed) =>
  altKey || ctrlKey || metaKey || shiftKey;

const SCROLLS = new Map([
  ["ArrowDown", 0.35],
  ["ArrowUp", -0.35],
  ["PageDown", 0.85],
  ["PageUp", -0.85],
]);

/** By how much of what is in sight a key moves the large view: down, up, or nowhere. */
export function scrollOf(event: Pressed): number {
  return withOthers(event) ? 0 : SCROLLS.get(event.key) ?? 0;
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
