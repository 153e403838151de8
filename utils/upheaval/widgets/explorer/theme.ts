import type { Figure, Mobile, Trace } from "../core/protocol.ts";

// A figure in the look of what it stands on: the colours of a page, or those of paper.

/** The colours of the page around a figure. */
export interface ThemeColors {
  ink: string;
  paper: string;
  line: string;
  soft: string;
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

/** A figure in these colours, and as a narrow page has it where `mobile` says how. */
export function applyTheme(figure: Figure, look: ThemeColors, mobile: Mobile | null): Figure {
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
  for (const [key, value] of Object.entries(mobile.layout ?? {})) {
    const part = /^[xy]axis\d*$/.test(key); // of an axis only what changes is told
    layout[key] = part ? { ...layout[key] as object, ...value as object } : value;
  }
  return { data: structuredClone(forMobile(figure.data, mobile)), layout };
}
