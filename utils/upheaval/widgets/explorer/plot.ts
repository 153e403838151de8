import { element } from "../core/dom.ts";
import type { Payload, PlotBox, Plotly, Stop } from "../core/protocol.ts";
import { lowered } from "../core/wall_rules.ts";
import { type Drawing, MOBILE_WIDTH, pictureWidth } from "./picture.ts";
import { type Next, Prepared } from "./prepared.ts";
import { hasFigure } from "./rules.ts";
import { applyTheme, type ThemeColors } from "./theme.ts";

// Painting a figure in the look of the page it stands in: light or dark, wide or narrow.

const SAVED = 680; // `saving.WIDTH`: a sheet of paper is no wider
const PAPER = 640; // what A4 and Letter leave between margins of 15 mm, within a card
const CONFIG = {
  responsive: false,
  displaylogo: false,
  displayModeBar: false,
  showSendToCloud: false,
  doubleClick: false,
};

function readThemeColors(box: HTMLElement): ThemeColors {
  const style = getComputedStyle(box);
  return {
    ink: style.color,
    paper: style.backgroundColor,
    line: style.borderTopColor,
    soft: style.outlineColor,
  };
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

/** Calls these before the page is put on paper and after: a browser tells it in two ways. */
function watchPaper(before: () => void, after: () => void): Stop {
  const print = matchMedia("print");
  const changed = () => print.matches ? before() : after();
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  print.addEventListener("change", changed);
  return () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
    print.removeEventListener("change", changed);
  };
}

/**
 * Lets what is drawn become smaller with its column, which on paper (of a notebook, say, whose
 * cells have numbers beside them) may be narrower than `PAPER`; nobody can ask how wide it will be.
 */
function scaleWithPaper(box: HTMLElement, scales: boolean): void {
  for (const drawn of box.querySelectorAll<SVGElement>(".main-svg")) {
    const size = ["width", "height"].map((one) => parseFloat(drawn.getAttribute(one) ?? ""));
    if (scales) drawn.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    else drawn.removeAttribute("viewBox");
    const frame = drawn.closest<HTMLElement>(".svg-container");
    if (frame) frame.style.aspectRatio = scales ? size.join(" / ") : "";
  }
}

/** Shows charts in an explorer, and keeps them in step with the page. */
export class Plotter {
  #box: PlotBox; // the one on show: a chart that was drawn ahead comes in a box of its own
  #blank: PlotBox;
  #plotly: Plotly;
  #pick: (row: number) => void;
  #now: { payload: Payload; key: string } | null = null;
  // Colours and width are read when they change, not at every painting: reading them makes the
  // browser lay the page out.
  #colors: ThemeColors;
  #width: number;
  #onPaper = false;
  /** The height that is free for a chart, where there is little. */
  #most = Infinity;
  #prepared: Prepared;
  #unwatch: Stop;
  #unprint: Stop;
  #size: ResizeObserver;
  #painted: (box: PlotBox) => void;

  /**
   * Takes over `box` in `el`; `pick` is told of the row whose mark was clicked, `painted` of the
   * box that has another chart.
   */
  constructor(
    el: HTMLElement,
    box: PlotBox,
    plotly: Plotly,
    pick: (row: number) => void,
    painted: (box: PlotBox) => void,
  ) {
    this.#painted = painted;
    this.#box = box;
    this.#blank = box.cloneNode() as PlotBox;
    this.#blank.hidden = false;
    this.#plotly = plotly;
    this.#pick = pick;
    this.#colors = readThemeColors(box);
    // A box that is hidden has no width; it would fill what it stands in.
    this.#width = box.clientWidth || (box.parentElement?.clientWidth ?? 0);
    const drawAhead = (payload: Payload) => this.#drawAhead(payload);
    this.#prepared = new Prepared(el, drawAhead, (gone) => plotly.purge(gone));
    this.#unwatch = watchTheme(() => this.#recolor());
    // plotly.js would follow the window only. A box changes alone too: a side bar folds, or a cell
    // is laid out after it was drawn.
    this.#size = new ResizeObserver(() => this.#resize());
    this.#size.observe(box);
    this.#unprint = watchPaper(this.#fitPaper, this.#fitScreen);
  }

  /** Shows a chart, or nothing where it is empty or fails; its key stands for all that makes it. */
  async show(payload: Payload, key: string): Promise<void> {
    if (!hasFigure(payload)) {
      this.#box.hidden = true;
      return this.#painted(this.#box);
    }
    if (this.#box.hidden) this.#uncover();
    const ready = this.#onPaper ? undefined : this.#prepared.take(key);
    if (ready) this.#exchange(ready);
    this.#box.hidden = false;
    this.#now = { payload, key };
    if (!ready) {
      await this.#draw(this.#box, payload, this.#onPaper).catch((error) => {
        this.#box.hidden = true; // it still shows the chart before
        throw error;
      });
    }
    this.#painted(this.#box);
  }

  /** Draws a chart for a picture: on light paper, as wide as on a phone or else a screen. */
  async picture(payload: Payload): Promise<Drawing> {
    const mobile = this.#width < MOBILE_WIDTH ? payload.mobile : null;
    const { figure, height } = this.#onLightPaper(payload, mobile);
    const width = pictureWidth(this.#width);
    const options = { format: "svg", width, height, imageDataOnly: true } as const;
    return { svg: await this.#plotly.toImage(figure, options), width, height };
  }

  /** Draws a chart as it is saved with a notebook, where no script runs: PNG in base64. */
  pixels(payload: Payload): Promise<string> {
    const { figure, height, paper } = this.#onLightPaper(payload, null);
    figure.layout.paper_bgcolor = paper;
    const options = { format: "png", width: SAVED, height, scale: 2, imageDataOnly: true } as const;
    return this.#plotly.toImage(figure, options);
  }

  #onLightPaper(payload: Payload, mobile: Payload["mobile"] | null) {
    const { style } = this.#box;
    const before = [style.colorScheme, style.forcedColorAdjust];
    [style.colorScheme, style.forcedColorAdjust] = ["light", "none"];
    const { ink, paper, ...colors } = readThemeColors(this.#box);
    [style.colorScheme, style.forcedColorAdjust] = before;
    const themed = applyTheme(payload.figure, { ink, paper, ...colors }, mobile);
    return {
      figure: { ...themed, config: CONFIG },
      height: themed.layout.height ?? 400,
      paper,
    };
  }

  /** Says which charts a reader may choose next, likeliest first: drawn when there is time. */
  expect(next: Next[]): void {
    this.#prepared.expect(next);
  }

  /** Says that one of these has become known. */
  wake(): void {
    this.#prepared.wake();
  }

  /** Draws charts no higher than this, where they may be lower: in the large view. */
  lower(most: number): void {
    if (most === this.#most) return;
    this.#most = most;
    this.#prepared.renew();
    this.#again();
  }

  stop(): void {
    this.#unwatch();
    this.#size.disconnect();
    this.#unprint();
    this.#prepared.stop();
    this.#plotly.purge(this.#box);
  }

  async #draw(target: PlotBox, payload: Payload, paper = false): Promise<void> {
    const mobile = this.#width < MOBILE_WIDTH ? payload.mobile : null;
    const { data, layout } = applyTheme(payload.figure, this.#colors, mobile);
    if (!paper) layout.height = lowered({ data, layout }, this.#most);
    // Given a width, plotly.js does not look for one; otherwise it would, a tenth of a second after
    // it was asked to.
    if (this.#width) layout.width = paper ? PAPER : this.#width;
    // The box has a height of its own: JupyterLab would collapse it otherwise.
    target.style.height = `${layout.height ?? 400}px`;
    target.style.setProperty("--height", target.style.height); // the large view enlarges it
    const fresh = !target.on;
    const drawing = this.#plotly.react(target, data, layout, CONFIG);
    if (fresh) target.on?.("plotly_click", (event) => this.#pick(Number(event.points[0].id)));
    await drawing;
  }

  // Texts are measured while a chart is drawn, so its box has to stand in the page meanwhile, among
  // the same styles. plotly.js comes back when all is drawn: no frame shows it there, and nobody
  // can come upon it.
  async #drawAhead(payload: Payload): Promise<PlotBox> {
    const made = this.#blank.cloneNode() as PlotBox;
    const aside = element("div", { inert: true, "aria-hidden": "true" }, made);
    const width = `${this.#width}px`;
    Object.assign(aside.style, { position: "fixed", visibility: "hidden", width });
    this.#box.after(aside);
    try {
      await this.#draw(made, payload);
    } finally {
      aside.remove();
      made.remove();
    }
    return made;
  }

  // The chart that goes is kept, so that going back to it is as quick.
  #exchange(ready: PlotBox): void {
    this.#size.unobserve(this.#box);
    this.#box.replaceWith(ready);
    if (this.#now) this.#prepared.keep(this.#now.key, this.#box);
    this.#box = ready;
    this.#size.observe(ready);
    this.#plotly.Fx.unhover(ready); // what was under the mouse when the chart went
  }

  // Nobody is told that a hidden box would have another width now.
  #uncover(): void {
    this.#box.hidden = false;
    const width = this.#box.clientWidth;
    if (this.#onPaper || !width || width === this.#width) return;
    this.#width = width;
    this.#prepared.renew();
  }

  #again(): void {
    if (this.#now && this.#box.isConnected) {
      this.#draw(this.#box, this.#now.payload, this.#onPaper);
    }
  }

  #recolor(): void {
    const before = JSON.stringify(this.#colors);
    this.#colors = readThemeColors(this.#box);
    if (JSON.stringify(this.#colors) === before) return;
    this.#prepared.renew();
    this.#again();
  }

  #resize(): void {
    const width = this.#box.clientWidth;
    if (this.#onPaper || !width || width === this.#width) return;
    const before = this.#width;
    this.#width = width;
    this.#prepared.renew();
    if (!this.#now || !this.#box.isConnected) return;
    if ((width < MOBILE_WIDTH) === (before < MOBILE_WIDTH)) {
      this.#plotly.relayout(this.#box, { width });
    } else {
      this.#again();
    }
  }

  // Paper is narrower than a screen, and light: fit before printing, and go back after. A chart has
  // its colours in it, and they are read before the page has those of paper.
  #fitPaper = (): void => {
    if (this.#onPaper) return;
    this.#onPaper = true;
    const before = JSON.stringify(this.#colors);
    this.#box.style.colorScheme = "light";
    this.#colors = readThemeColors(this.#box);
    if (JSON.stringify(this.#colors) !== before) this.#again();
    else if (this.#now) this.#plotly.relayout(this.#box, { width: PAPER });
    scaleWithPaper(this.#box, true);
  };

  #fitScreen = (): void => {
    if (!this.#onPaper) return;
    this.#onPaper = false;
    this.#box.style.colorScheme = "";
    scaleWithPaper(this.#box, false);
    this.#colors = readThemeColors(this.#box);
    this.#again();
    this.#resize();
  };
}
