import { drawn, element } from "../core/dom.ts";
import { type PaperLook, widthOf } from "./paper_look.ts";
import { balanced, lines } from "./picture_rules.ts";

// A picture of a chart with all that makes it understood elsewhere: its words around its drawing.

/** A chart on light paper, as SVG. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
}

/** What stands around the drawing; `tones` are the colours of signs of its key, by their names. */
export interface PictureTexts {
  title: string;
  subtitle: string;
  legend: [sign: string, text: string][];
  tones: Record<string, string>;
  foot: string[];
}

/** A picture as the text of an SVG file. */
export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** A chart that is narrower is drawn as on a phone. */
export const MOBILE_WIDTH = 520;

/** How wide the drawing of a chart is in its picture: as on a phone, or as in the widest card. */
export const pictureWidth = (shown: number): number => shown < MOBILE_WIDTH ? 400 : 926;

const EDGE = 24;
const SCALE = 2; // pixels of the PNG in each of the page's
// The most that every engine's canvas has room for, Safari's on a phone among them.
const MOST_PIXELS = 16_000_000;

interface Style {
  size: number;
  weight?: number;
  opacity?: number;
  parted?: typeof lines;
  /** The colours of pieces' first words. */
  tones?: Record<string, string>;
}

/** Sets texts below one another, and counts how far down they reach. */
class Column {
  down = EDGE;
  nodes: SVGElement[] = [];
  #width: number;
  #look: PaperLook;

  constructor(width: number, look: PaperLook) {
    this.#width = width;
    this.#look = look;
  }

  set(
    pieces: string[],
    gap: string,
    { size, weight = 400, opacity = 1, parted = lines, tones = {} }: Style,
  ): void {
    const { font, ink } = this.#look;
    const wide = (text: string) => widthOf({ text, size, weight }, font);
    for (const line of parted(pieces, gap, this.#width, wide)) {
      this.down += Math.round(size * 1.35);
      const look = { fill: ink, "fill-opacity": opacity, "font-family": font };
      this.nodes.push(drawn("text", {
        x: EDGE,
        y: this.down - Math.round(size * 0.3),
        "font-size": size,
        "font-weight": weight,
        ...look,
      }, ...coloured(line, gap, tones)));
    }
  }
}

/** A line in which the first words of pieces have colours. */
function coloured(line: string, gap: string, tones: Record<string, string>): (Node | string)[] {
  return line.split(gap).flatMap((piece, at) => {
    const [first] = piece.split(" ");
    const blank = at ? [gap] : [];
    if (!Object.hasOwn(tones, first)) return [...blank, piece];
    return [...blank, drawn("tspan", { fill: tones[first] }, first), piece.slice(first.length)];
  });
}

/** Puts the words of a chart around its drawing. */
export function pictureOf(drawing: Drawing, texts: PictureTexts, look: PaperLook): Picture {
  const column = new Column(drawing.width, look);
  const narrow = drawing.width < 500;
  const words = (text: string, style: Style) => column.set(text.split(" "), " ", style);
  words(texts.title, { size: narrow ? 19 : 23, weight: 700, parted: balanced });
  column.down += 3;
  words(texts.subtitle, { size: 15, opacity: 0.75 });
  column.down += 6;
  const tones = Object.entries(texts.tones).map(([sign, tone]) => [sign, look.tones[tone]]);
  const key = texts.legend.map(([sign, text]) => `${sign} ${text}`);
  // The gap is a wide blank, which no viewer takes away.
  column.set(key, "\u2003", { size: 14, tones: Object.fromEntries(tones) });
  const top = column.down + 8;
  column.down = top + drawing.height + 4;
  for (const text of texts.foot) {
    words(text, { size: 12.5, opacity: 0.75 });
    column.down += 3;
  }
  const width = drawing.width + 2 * EDGE;
  const height = column.down + EDGE;
  const paper = drawn("rect", { width, height, fill: look.paper });
  const around = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  around.append(paper, ...column.nodes);
  // A drawing is the text of an element, and goes in as it is: nothing parses it.
  const text = new XMLSerializer().serializeToString(around);
  const inside = `<g transform="translate(${EDGE} ${top})">${drawing.svg}</g>`;
  return { svg: text.replace(/<\/svg>$/, () => `${inside}</svg>`), width, height };
}

/** The same picture as pixels. */
export async function pixelsOf({ svg, width, height }: Picture): Promise<HTMLCanvasElement> {
  const image = element("img");
  await new Promise((done, failed) => {
    image.onload = done;
    image.onerror = () => failed("the browser could not draw it");
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (width * height)));
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const canvas = element("canvas", size);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Pixels as a PNG file. */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => blob ? done(blob) : failed("the browser makes no PNG"), "image/png")
  );
}
