// Painting a figure in the look of the page it stands in: light or dark, wide or narrow.

const NARROW = 520;
const PAPER = 640; // what A4 and Letter leave between margins of 15 mm, within a card
const CONFIG = { responsive: false, displaylogo: false, displayModeBar: false, showSendToCloud: false, doubleClick: false };

function dressed(figure, look, narrow) {
  const layout = structuredClone(figure.layout);
  layout.font = { ...layout.font, color: look.ink };
  layout.hoverlabel = { ...layout.hoverlabel, bgcolor: look.paper, bordercolor: look.ink, font: { color: look.ink } };
  for (const axis of new Set(["xaxis", "yaxis", ...Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))])) {
    layout[axis] = { gridcolor: look.line, linecolor: look.line, tickcolor: look.line, zerolinecolor: look.soft, ...layout[axis] };
  }
  // A moving line ("at:…") stands out from the lines that only divide.
  for (const shape of layout.shapes ?? []) shape.line = { color: shape.name ? look.soft : look.line, ...shape.line };
  let data = figure.data;
  if (narrow) {
    const { marks = 1, labels = true, layout: patch = {} } = narrow;
    Object.assign(layout, patch);
    const scaled = (size) => (Array.isArray(size) ? size.map((one) => one * marks) : size * marks);
    data = data
      .filter((trace) => labels || !(trace.mode === "text" && trace.ids))
      .map((trace) => (trace.marker?.size ? { ...trace, marker: { ...trace.marker, size: scaled(trace.marker.size) } } : trace));
  }
  return { data: structuredClone(data), layout };
}

/** A place that paints payloads and keeps up with the page: {paint(payload), onpick, stop()}. */
export function plotter(box, plotly) {
  // Colours and width are read when they change, not at every painting: reading them makes the browser lay the page out.
  let now = null;
  const look = () => {
    const style = getComputedStyle(box);
    return { ink: style.color, paper: style.backgroundColor, line: style.borderTopColor, soft: style.outlineColor };
  };
  let colours = look();
  let width = box.clientWidth;
  let onPaper = false;
  const paint = (payload) => {
    now = payload;
    const { data, layout } = dressed(payload.figure, colours, width < NARROW ? payload.narrow : null);
    // Given a width, plotly.js does not look for one; otherwise it would, a tenth of a second after it was asked to.
    if (width) layout.width = onPaper ? PAPER : width;
    // The box has a height of its own: JupyterLab would collapse it otherwise.
    box.style.height = `${layout.height ?? 400}px`;
    return plotly.react(box, data, layout, CONFIG);
  };
  const again = () => { if (now && box.isConnected) paint(now); };
  const recolour = () => { colours = look(); again(); };
  const theme = new MutationObserver(recolour);
  for (const root of [document.documentElement, document.body]) {
    theme.observe(root, { attributes: true, attributeFilter: ["data-theme", "data-mode", "data-jp-theme-light", "class"] });
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", recolour);
  // plotly.js would follow the window only. A box changes alone too: a side bar folds, or a cell is laid out after it was drawn.
  const resize = () => {
    if (onPaper || !box.clientWidth || box.clientWidth === width) return;
    const before = width;
    width = box.clientWidth;
    if (!now || !box.isConnected) return;
    if ((width < NARROW) === (before < NARROW)) plotly.relayout(box, { width });
    else paint(now);
  };
  const size = new ResizeObserver(resize);
  size.observe(box);
  // Paper is narrower than a screen: fit before printing, and go back after.
  const fit = () => { onPaper = true; if (now) plotly.relayout(box, { width: PAPER }); };
  const unfit = () => { onPaper = false; width = box.clientWidth || width; again(); };
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
