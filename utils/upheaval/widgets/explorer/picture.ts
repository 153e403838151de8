import { drawn, element } from "../core/dom.ts";
import { balanced, lines } from "./picture_rules.ts";

// A picture of a chart with all that makes it understood elsewhere: its words around its drawing.

/** A chart as plotly.js exports it, on light paper, with the look of the page's text. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
  font: string;
  ink: string;
  paper: string;
}

/** What stands around the drawing. */
export interface PictureTexts {
  title: string;
  subtitle: string;
  legend: string[];
  foot: string[];
}

/** A picture as the text of an SVG file. */
export interface Picture {
  svg: string;
  width: number;
  height: number;
}

const EDGE = 24;
const SCALE = 2; // pixels of the PNG in each of the page's

interface Style {
  size: number;
  weight?: number;
  opacity?: number;
  parted?: typeof lines;
}

/** Sets texts below one another, and counts how far down they reach. */
class Column {
  down = EDGE;
  nodes: SVGElement[] = [];
  #drawing: Drawing;
  #pen = element("canvas").getContext("2d") as CanvasRenderingContext2D;

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
  }

  set(
    pieces: string[],
    gap: string,
    { size, weight = 400, opacity = 1, parted = lines }: Style,
  ): void {
    const { font, ink, width } = this.#drawing;
    this.#pen.font = `${weight} ${size}px ${font}`;
    const made = parted(pieces, gap, width, (text) => this.#pen.measureText(text).width);
    for (const line of made) {
      this.down += Math.round(size * 1.35);
      const look = { fill: ink, "fill-opacity": opacity, "font-family": font };
      this.nodes.push(drawn("text", {
        x: EDGE,
        y: this.down - Math.round(size * 0.3),
        "font-size": size,
        "font-weight": weight,
        ...look,
      }, line));
    }
  }
}

/** Puts the words of a chart around its drawing. */
export function pictureOf(drawing: Drawing, texts: PictureTexts): Picture {
  const column = new Column(drawing);
  const narrow = drawing.width < 500;
  const words = (text: string, style: Style) => column.set(text.split(" "), " ", style);
  words(texts.title, { size: narrow ? 19 : 23, weight: 700, parted: balanced });
  column.down += 3;
  words(texts.subtitle, { size: 15, opacity: 0.75 });
  column.down += 6;
  column.set(texts.legend, "\u2003", { size: 14 }); // a wide blank, which no viewer takes away
  const top = column.down + 8;
  column.down = top + drawing.height + 4;
  for (const text of texts.foot) {
    words(text, { size: 12.5, opacity: 0.75 });
    column.down += 3;
  }
  const width = drawing.width + 2 * EDGE;
  const height = column.down + EDGE;
  const paper = drawn("rect", { width, height, fill: drawing.paper });
  const around = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  around.append(paper, ...column.nodes);
  // What plotly.js gives is the text of an element, and goes in as it is: nothing parses it.
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
  const canvas = element("canvas", { width: width * SCALE, height: height * SCALE });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Pixels as a PNG file. */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => blob ? done(blob) : failed("the browser makes no PNG"), "image/png")
  );
}
