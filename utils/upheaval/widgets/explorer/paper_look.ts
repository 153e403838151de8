import { element } from "../core/dom.ts";

// How a face looks on light paper, whatever the page looks like: for pictures that go elsewhere.

/** The colours and the type of a picture; `tones` are those of signs by their names. */
export interface PaperLook {
  font: string;
  ink: string;
  paper: string;
  soft: string;
  line: string;
  edge: string;
  tones: Record<string, string>;
}

const TONES = ["blue", "orange", "green", "purple", "grey"];

/** The look that the style sheet gives a face on light paper; `el` stands in its page. */
export function paperLook(el: HTMLElement): PaperLook {
  const signs = TONES.map((name) => element("span", { class: `face-${name}` }));
  const probe = element("div", { class: "face-plot face-rows", hidden: true }, ...signs);
  Object.assign(probe.style, { colorScheme: "light", forcedColorAdjust: "none" });
  el.append(probe);
  const { fontFamily, color, backgroundColor, borderTopColor, outlineColor } = getComputedStyle(
    probe,
  );
  const tones = Object.fromEntries(
    TONES.map((name, at) => [name, getComputedStyle(signs[at]).color]),
  );
  probe.remove();
  return {
    font: fontFamily,
    ink: color,
    paper: backgroundColor,
    soft: tones.grey,
    line: borderTopColor,
    edge: outlineColor,
    tones,
  };
}

const pen = () => element("canvas").getContext("2d") as CanvasRenderingContext2D;
let lastPen: CanvasRenderingContext2D | undefined;

/** How wide a text is, in pixels, in a font and a size. */
export function widthOf(
  { text, size, weight = 400 }: { text: string; size: number; weight?: number },
  font: string,
): number {
  lastPen ??= pen();
  lastPen.font = `${weight} ${size}px ${font}`;
  return lastPen.measureText(text).width;
}
