import { element } from "./core/dom.ts";
import type { Figure, Mobile, Plotly } from "./core/protocol.ts";
import { smallestLabel } from "./core/wall_rules.ts";
import { greyed } from "./explorer/grey.ts";
import { applyTheme } from "./explorer/theme.ts";

// The charts of a handout: each is drawn once, as a picture without colours, on paper that nothing
// moves on.

/** What stands in a chart's element: `paper.drawn` in Python. */
interface Drawing {
  figure: Figure;
  mobile?: Mobile;
  /** How wide it is drawn, in pixels: what is in it is as large as that width lets it be. */
  width: number;
  alt: string;
}

const PAPER = { ink: "#000000", paper: "#ffffff", line: "#cccccc", soft: "#666666" };
/** Pixels of the smallest label on paper, 5.5 points: a taller chart gets the room for it. */
const READABLE = 5.5 / 0.75;
const UNDRAWN = "This chart could not be drawn. Reload the page, and print it again.";

async function draw(el: HTMLElement, plotly: Plotly): Promise<void> {
  const told: Drawing = JSON.parse(el.querySelector("script")?.textContent ?? "");
  const { data, layout } = applyTheme(told.figure, PAPER, told.mobile ?? null);
  const { width } = told;
  const height = layout.height ?? 400;
  const figure = { data, layout, config: {} };
  const options = { format: "svg", width, height, imageDataOnly: true } as const;
  const svg = greyed(await plotly.toImage(figure, options));
  const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  const image = element("img", { src, width, height, alt: told.alt });
  image.style.setProperty("--readable", `${height * READABLE / smallestLabel(figure)}px`);
  el.append(image);
  await image.decode();
}

async function drawAll(): Promise<void> {
  const { Plotly: plotly } = globalThis as { Plotly?: Plotly };
  for (const el of document.querySelectorAll<HTMLElement>("[data-drawing]")) {
    try {
      if (!plotly) throw new Error("plotly.js is missing");
      await draw(el, plotly);
    } catch (error) {
      reportError(error);
      el.append(element("p", {}, UNDRAWN));
    }
  }
  document.documentElement.setAttribute("data-drawn", "");
}

drawAll();
