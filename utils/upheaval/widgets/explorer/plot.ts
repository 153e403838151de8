import { element } from "../core/dom.ts";
import type { Figure, Mobile, Payload, PlotBox, Plotly, Stop, Trace } from "../core/protocol.ts";
import { type Next, Prepared } from "./prepared.ts";

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

/** Calls `changed` when the page may have got other colours. */
function watchTheme(changed: () => void): Stop {
  const theme = new MutationObserver(changed);
  const attributeFilter = ["data-theme", "data-mode", "data-jp-theme-light", "class"];
  for (const root of [document.documentElement, document.body]) {
    theme.observe(root, { attributes: true, attributeFilter });
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return () => {
    theme.disconnect();
    system.removeEventListener("change", changed);
  };
}

/** A place that paints payloads and keeps up with the page. */
export interface Plotter {
  /** Shows a chart, or nothing where it is empty; its key stands for all that makes it. */
  show(payload: Payload, key: string): Promise<unknown>;
  /** Says which charts a reader may choose next, likeliest first: they are drawn when there is time. */
  expect(next: Next[]): void;
  /** Says that one of these has become known. */
  wake(): void;
  stop: Stop;
}

/** Makes `first` in `el` such a place; `pick` is told of the row whose mark was clicked. */
export function plotter(
  el: HTMLElement,
  first: PlotBox,
  plotly: Plotly,
  pick: (row: number) => void,
): Plotter {
  const blank = first.cloneNode() as PlotBox;
  blank.hidden = false;
  let box = first; // the one on show: a chart that was drawn ahead comes in a box of its own
  let now: { payload: Payload; key: string } | null = null;
  // Colours and width are read when they change, not at every painting: reading them makes the
  // browser lay the page out.
  let colours = readThemeColors(box);
  // A box that is hidden has no width; it would fill what it stands in.
  let width = box.clientWidth || (box.parentElement?.clientWidth ?? 0);
  let onPaper = false;
  const draw = (target: PlotBox, payload: Payload, paper = false) => {
    const { data, layout } = applyTheme(
      payload.figure,
      colours,
      width < MOBILE_WIDTH ? payload.mobile : null,
    );
    // Given a width, plotly.js does not look for one; otherwise it would, a tenth of a second after
    // it was asked to.
    if (width) layout.width = paper ? PAPER : width;
    // The box has a height of its own: JupyterLab would collapse it otherwise.
    target.style.height = `${layout.height ?? 400}px`;
    const fresh = !target.on;
    const drawing = plotly.react(target, data, layout, CONFIG);
    if (fresh) target.on?.("plotly_click", (event) => pick(Number(event.points[0].id)));
    return drawing;
  };
  // Texts are measured while a chart is drawn, so its box has to stand in the page meanwhile, among
  // the same styles. plotly.js comes back when all is drawn: no frame shows it there, and nobody
  // can come upon it.
  const drawAhead = async (payload: Payload) => {
    const made = blank.cloneNode() as PlotBox;
    const aside = element("div", { inert: true, "aria-hidden": "true" }, made);
    Object.assign(aside.style, { position: "fixed", visibility: "hidden", width: `${width}px` });
    box.after(aside);
    try {
      await draw(made, payload);
    } finally {
      aside.remove();
      made.remove();
    }
    return made;
  };
  const prepared = new Prepared(el, drawAhead, (gone) => plotly.purge(gone));
  const again = () => {
    if (now && box.isConnected) draw(box, now.payload, onPaper);
  };
  const recolour = () => {
    const before = JSON.stringify(colours);
    colours = readThemeColors(box);
    if (JSON.stringify(colours) === before) return;
    prepared.renew();
    again();
  };
  const unwatch = watchTheme(recolour);
  // plotly.js would follow the window only. A box changes alone too: a side bar folds, or a cell is
  // laid out after it was drawn.
  const resize = () => {
    if (onPaper || !box.clientWidth || box.clientWidth === width) return;
    const before = width;
    width = box.clientWidth;
    prepared.renew();
    if (!now || !box.isConnected) return;
    if ((width < MOBILE_WIDTH) === (before < MOBILE_WIDTH)) plotly.relayout(box, { width });
    else again();
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
    again();
    resize();
  };
  addEventListener("beforeprint", fit);
  addEventListener("afterprint", unfit);
  // The chart that goes is kept, so that going back to it is as quick.
  const exchange = (ready: PlotBox) => {
    size.unobserve(box);
    box.replaceWith(ready);
    if (now) prepared.keep(now.key, box);
    box = ready;
    size.observe(box);
    plotly.Fx.unhover(box); // what was under the mouse when the chart went
  };
  const show: Plotter["show"] = async (payload, key) => {
    if (payload.empty) {
      box.hidden = true;
      return;
    }
    const ready = onPaper ? undefined : prepared.take(key);
    if (ready) exchange(ready);
    box.hidden = false;
    now = { payload, key };
    if (!ready) await draw(box, payload, onPaper);
  };
  return {
    show,
    expect: (next) => prepared.expect(next),
    wake: prepared.wake,
    stop: () => {
      unwatch();
      size.disconnect();
      removeEventListener("beforeprint", fit);
      removeEventListener("afterprint", unfit);
      prepared.stop();
      plotly.purge(box);
    },
  };
}
