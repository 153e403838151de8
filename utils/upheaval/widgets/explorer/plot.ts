import type { Figure, Mobile, Payload, PlotBox, Plotly, Stop, Trace } from "../core/protocol.ts";

// Painting a figure in the look of the page it stands in: light or dark, wide or narrow.

const MOBILE_WIDTH = 520;
const PAPER = 640; // what A4 and Letter leave between margins of 15 mm, within a card
const CONFIG = {
  responsive: false,
  displaylogo: false,
  displayModeBar: false,
  showSendToCloud: false,
  doubleClick: false,
};

/** The colours of the page around a figure. */
interface ThemeColors {
  ink: string;
  paper: string;
  line: string;
  soft: string;
}

function readThemeColors(box: HTMLElement): ThemeColors {
  const style = getComputedStyle(box);
  return {
    ink: style.color,
    paper: style.backgroundColor,
    line: style.borderTopColor,
    soft: style.outlineColor,
  };
}

function forMobile(data: Trace[], { marks = 1, labels = true }: Mobile): Trace[] {
  const scaled = (size: number | number[]) =>
    Array.isArray(size) ? size.map((one) => one * marks) : size * marks;
  return data
    .filter((trace) => labels || !(trace.mode === "text" && trace.ids))
    .map((trace) =>
      trace.marker?.size
        ? { ...trace, marker: { ...trace.marker, size: scaled(trace.marker.size) } }
        : trace
    );
}

function applyTheme(figure: Figure, look: ThemeColors, mobile: Mobile | null): Figure {
  const layout = structuredClone(figure.layout);
  layout.font = { ...layout.font, color: look.ink };
  layout.hoverlabel = {
    ...layout.hoverlabel,
    bgcolor: look.paper,
    bordercolor: look.ink,
    font: { color: look.ink },
  };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  for (const axis of new Set(["xaxis", "yaxis", ...axes])) {
    layout[axis] = {
      gridcolor: look.line,
      linecolor: look.line,
      tickcolor: look.line,
      zerolinecolor: look.soft,
      ...layout[axis] as object | undefined,
    };
  }
  // A moving line ("at:…") stands out from the lines that only divide.
  for (const shape of layout.shapes ?? []) {
    shape.line = { color: shape.name ? look.soft : look.line, ...shape.line };
  }
  if (!mobile) return { data: structuredClone(figure.data), layout };
  Object.assign(layout, mobile.layout);
  return { data: structuredClone(forMobile(figure.data, mobile)), layout };
}

/** A place that paints payloads and keeps up with the page. */
export interface Plotter {
  paint(payload: Payload): Promise<unknown>;
  onpick(pick: (row: number) => void): void;
  stop: Stop;
}

/** Makes `box` such a place. */
export function plotter(box: PlotBox, plotly: Plotly): Plotter {
  // Colours and width are read when they change, not at every painting: reading them makes the
  // browser lay the page out.
  let now: Payload | null = null;
  let colours = readThemeColors(box);
  let width = box.clientWidth;
  let onPaper = false;
  const paint = (payload: Payload) => {
    now = payload;
    const { data, layout } = applyTheme(
      payload.figure,
      colours,
      width < MOBILE_WIDTH ? payload.mobile : null,
    );
    // Given a width, plotly.js does not look for one; otherwise it would, a tenth of a second after
    // it was asked to.
    if (width) layout.width = onPaper ? PAPER : width;
    // The box has a height of its own: JupyterLab would collapse it otherwise.
    box.style.height = `${layout.height ?? 400}px`;
    return plotly.react(box, data, layout, CONFIG);
  };
  const again = () => {
    if (now && box.isConnected) paint(now);
  };
  const recolour = () => {
    colours = readThemeColors(box);
    again();
  };
  const theme = new MutationObserver(recolour);
  const attributeFilter = ["data-theme", "data-mode", "data-jp-theme-light", "class"];
  for (const root of [document.documentElement, document.body]) {
    theme.observe(root, { attributes: true, attributeFilter });
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", recolour);
  // plotly.js would follow the window only. A box changes alone too: a side bar folds, or a cell is
  // laid out after it was drawn.
  const resize = () => {
    if (onPaper || !box.clientWidth || box.clientWidth === width) return;
    const before = width;
    width = box.clientWidth;
    if (!now || !box.isConnected) return;
    if ((width < MOBILE_WIDTH) === (before < MOBILE_WIDTH)) plotly.relayout(box, { width });
    else paint(now);
  };
  const size = new ResizeObserver(resize);
  size.observe(box);
  // Paper is narrower than a screen: fit before printing, and go back after.
  const fit = () => {
    onPaper = true;
    if (now) plotly.relayout(box, { width: PAPER });
  };
  const unfit = () => {
    onPaper = false;
    width = box.clientWidth || width;
    again();
  };
  addEventListener("beforeprint", fit);
  addEventListener("afterprint", unfit);
  return {
    paint,
    onpick: (pick) => box.on?.("plotly_click", (event) => pick(Number(event.points[0].id))),
    stop: () => {
      theme.disconnect();
      size.disconnect();
      system.removeEventListener("change", recolour);
      removeEventListener("beforeprint", fit);
      removeEventListener("afterprint", unfit);
      plotly.purge(box);
    },
  };
}
