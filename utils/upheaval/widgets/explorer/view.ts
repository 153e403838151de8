import { type ControlForm, controlForm } from "./controls.ts";
import { stepSelection } from "../core/address.ts";
import { element, freshId } from "../core/dom.ts";
import { PartsBar } from "./parts.ts";
import { Keeper } from "./keep.ts";
import { withGhost } from "./ghost.ts";
import { chartKey, filtersOf, hasFigure, prefetchKeys, stateKey } from "./rules.ts";
import { applyFilters } from "./row_filters.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { largeButton, largeByKey, offerBlocksAsTheyCome, openLarge } from "../core/wall.ts";
import { enlargement } from "../core/wall_rules.ts";
import { Plotter } from "./plot.ts";
import { shareView } from "./share.ts";
import { Tour } from "./tour.ts";
import { begun, stepped } from "./tour_rules.ts";
import { Walk } from "./walk.ts";
import { markedRows } from "./marked_rows.ts";
import type { Next } from "./prepared.ts";
import { nearest } from "./prepared_rules.ts";
import type {
  Backend,
  Builder,
  Control,
  ExplorerSpec,
  Filter,
  GhostSpec,
  Payload,
  PlotBox,
  Selection,
  Stop,
} from "../core/protocol.ts";

// A chart with its controls, texts, rows and sources.

const UNDRAWN = "The chart could not be drawn: read its rows in the table, or reload the page.";

/** Milliseconds without a choice until a chart is drawn to be saved. */
const RESTS = 1_000;

/** The elements around a chart, which every state fills anew. */
function frame() {
  const ids = {
    title: freshId("title"),
    description: freshId("description"),
    panel: freshId("panel"),
  };
  return {
    ids,
    title: element("p", { class: "face-title", id: ids.title }),
    subtitle: element("p", { class: "face-subtitle" }),
    legend: element("p", { class: "face-legend" }),
    box: element("div", {
      class: "face-plot",
      role: "img",
      "aria-labelledby": ids.title,
      "aria-describedby": ids.description,
    }),
    rows: element("div"),
    news: element("p", { class: "face-news", role: "status" }),
    description: element("p", { class: "face-text", id: ids.description, role: "status" }),
    asOf: element("p", { class: "face-as-of" }),
  };
}

/** An explorer in its element: what is selected, what of it is shown, and the chart itself. */
class ExplorerView {
  #el: HTMLElement;
  #controls: Control[];
  #backend: Backend;
  #frame = frame();
  #keeper: Keeper;
  #parts: PartsBar;
  #form: ControlForm;
  #figure: HTMLElement;
  #tour: Tour;
  #selection: Selection;
  #plot: Plotter | null = null;
  #walk: Walk;
  #shown: Payload | null = null;
  /** The large view, while it is open, and what ends it. */
  #view: HTMLElement | null = null;
  #close: Stop = () => {};
  #visible: number[] | null = null;
  #noPlotly = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #unlisten: () => void;
  #ghost: GhostSpec | undefined;
  /** The guess that stands on the chart. */
  #guess: unknown;
  #unfollow: Stop;

  constructor(
    el: HTMLElement,
    { controls, memoDay, tour = [], ghost }: ExplorerSpec,
    backend: Backend,
  ) {
    this.#el = el;
    this.#controls = controls;
    this.#backend = backend;
    this.#ghost = ghost;
    this.#guess = this.#kept();
    this.#selection = { ...backend.selection() };
    const share = (payload: Payload) =>
      shareView(payload, el, controls, this.#selection, backend, this.#plot);
    this.#keeper = new Keeper(backend.addEvidence, memoDay);
    this.#parts = new PartsBar(
      this.#frame.ids.panel,
      this.#keeper,
      share,
      largeButton(this.#enlarge),
    );
    this.#walk = new Walk(this.#frame.box, (id) => this.#pick(Number(id)));
    this.#form = controlForm(
      controls,
      this.#selection,
      (name, at) => this.#choose({ ...this.#selection, [name]: at }),
    );
    this.#tour = new Tour(controls, tour, begun(backend.tourStep()), (step) => {
      this.#choose(stepSelection(controls, step));
      this.#form.set(this.#selection);
    });
    this.#unlisten = backend.onSelection((next, step) => this.#follow(next, step));
    this.#unfollow = backend.onChange(this.#guessed);
    this.#figure = this.#figureOf();
    el.replaceChildren(this.#figure);
    largeByKey(el, this.#enlarge);
    this.#refresh();
    this.#paint().catch(() => {
      this.#noPlotly = true;
      this.#refresh();
    });
  }

  #figureOf(): HTMLElement {
    const { ids, title, subtitle, legend, rows, news, description, asOf } = this.#frame;
    return element(
      "figure",
      { class: "face-figure", "aria-labelledby": ids.title },
      element("div", { class: "face-head" }, ...this.#tour.nodes, this.#form.form, title),
      subtitle,
      legend,
      this.#walk.node,
      rows,
      news,
      description,
      ...this.#parts.nodes,
      asOf,
    );
  }

  /** Takes a choice of the reader's. */
  #choose(selection: Selection): void {
    this.#selection = selection;
    this.#backend.select(selection, this.#tour.step);
    this.#refresh();
  }

  /** Takes a choice from elsewhere; `step` is said where it says how the tour stands. */
  #follow(next: Selection, step?: number | null): void {
    if (step !== undefined) this.#tour.set(begun(step));
    this.#tour.show(next);
    if (JSON.stringify(next) === JSON.stringify(this.#selection)) return;
    this.#selection = { ...next };
    this.#form.set(this.#selection);
    this.#refresh();
  }

  /** Opens the chart as large as the window, or the screen. */
  #enlarge = (): void => {
    this.#close = openLarge({
      content: this.#figure,
      label: () => this.#frame.title.textContent ?? "",
      step: (by) => this.#step(by),
      fit: (width, view) => {
        this.#view = width === null ? null : view;
        this.#parts.enlarged(width !== null);
        this.#fit();
      },
    });
  };

  /** An arrow key in the large view: the tour's next step, or the next stop of the stepper. */
  #step(by: number): void {
    if (this.#tour.step !== null) return this.#tour.move(by);
    const next = stepped(this.#controls, this.#selection, by);
    if (!next) return;
    this.#choose(next);
    this.#form.set(next);
  }

  /** Says how much larger the chart is drawn: as its labels need it, and as it finds room. */
  #fit(): void {
    if (!this.#view) return this.#plot?.lower(Infinity);
    if (!this.#shown || !hasFigure(this.#shown)) return;
    const free = this.#freeHeight(this.#view);
    const scale = enlargement(this.#shown.figure, {
      width: innerWidth,
      height: innerHeight,
      free,
    });
    this.#view.style.setProperty("--scale", String(scale));
    this.#plot?.lower(Math.floor(free / scale));
  }

  /** The pixels of the large view from where its chart begins to where its foot does. */
  #freeHeight(view: HTMLElement): number {
    const box = (of: string) => view.querySelector(of)?.getBoundingClientRect();
    const stage = view.firstElementChild;
    const from = (box(".face-wall-stage")?.top ?? 0) - (stage?.scrollTop ?? 0);
    const above = (box(".face-plot:not([inert] *)")?.top ?? 0) - from;
    return innerHeight - above - (box(".face-wall-foot")?.height ?? 0);
  }

  /** What the reader has guessed, where the chart has a place for it. */
  #kept(): unknown {
    return this.#ghost && this.#backend.linked(this.#ghost.storageKey);
  }

  #guessed = (): void => {
    const kept = this.#kept();
    if (kept === this.#guess) return;
    this.#guess = kept;
    this.#refresh();
  };

  /** A chart as it is painted: what filters leave of a state, and the guess. */
  #painting(state: Payload, filters: Filter[]): Payload {
    return withGhost(applyFilters(state, filters), this.#ghost, this.#selection, this.#guess);
  }

  #chartKey(state: string, filters: Filter[]): string {
    return this.#guess ? `${chartKey(state, filters)}|${this.#guess}` : chartKey(state, filters);
  }

  stop = (): void => {
    clearTimeout(this.#rest);
    this.#close();
    this.#unlisten();
    this.#unfollow();
    this.#plot?.stop();
  };

  /** Draws the chart as soon as plotly.js is there. */
  async #paint(): Promise<void> {
    const plotly = await this.#backend.plotly();
    const painted = (box: PlotBox) => this.#walk.painted(plotly, box);
    this.#plot = new Plotter(this.#el, this.#frame.box, plotly, this.#pick, painted);
    this.#refresh();
  }

  #pick = (row: number): void => this.#parts.pick(this.#visible ? this.#visible.indexOf(row) : row);

  /** Puts before the chart's words that its drawing is missing. */
  #sayUndrawn(): void {
    this.#tell(`${UNDRAWN} ${this.#frame.description.textContent}`);
  }

  #tell(problem: unknown): void {
    this.#frame.description.textContent = String(problem);
  }

  /** Shows what is selected: at once where its state is here, else when the backend answers. */
  #refresh(): void {
    this.#tour.show(this.#selection);
    const wanted = stateKey(this.#controls, this.#selection);
    const cached = this.#backend.cached(wanted);
    if (cached) return this.#show(cached);
    this.#el.setAttribute("aria-busy", "true");
    this.#backend.request(wanted).then((state) => {
      this.#el.removeAttribute("aria-busy");
      // The reader may have moved on while the kernel was thinking.
      if (stateKey(this.#controls, this.#selection) === wanted) this.#show(state);
    }, (problem) => {
      this.#el.removeAttribute("aria-busy");
      this.#tell(problem);
    });
  }

  #show(state: Payload): void {
    const filters = filtersOf(this.#controls, this.#selection);
    const payload = this.#painting(state, filters);
    this.#fill(payload);
    this.#shown = payload;
    this.#fit();
    this.#visible = payload.visibleRows ?? null;
    if (!this.#plot) this.#frame.box.hidden = this.#noPlotly || !hasFigure(payload);
    if (this.#noPlotly && hasFigure(payload)) this.#sayUndrawn();
    const key = this.#chartKey(stateKey(this.#controls, this.#selection), filters);
    const selection = this.#selection;
    this.#plot?.show(payload, key).then(() => {
      if (payload.visibleRows) this.#backend.tellVisible(selection, payload.visibleRows);
      this.#saveDrawing(payload, selection);
    }, (error) => {
      reportError(error);
      if (selection === this.#selection) this.#sayUndrawn();
    });
    this.#keeper.fill(payload, filters);
    this.#parts.fill(payload);
    const keys = prefetchKeys(this.#controls, this.#selection);
    this.#backend.prefetch(keys, () => this.#plot?.wake());
    this.#plot?.expect(this.#nextCharts(keys, filters));
  }

  /** Hands the drawing over when its reader rests, for it costs as much as to paint it. */
  #saveDrawing(payload: Payload, selection: Selection): void {
    clearTimeout(this.#rest);
    const plot = this.#plot;
    if (!this.#backend.tellPicture || !plot || !hasFigure(payload)) return;
    this.#rest = setTimeout(async () => {
      this.#backend.tellPicture?.(selection, await plot.pixels(payload));
    }, RESTS);
  }

  #fill(payload: Payload): void {
    const { title, subtitle, legend, rows, news, description, asOf } = this.#frame;
    const marked = payload.markedRows;
    rows.replaceChildren(...(marked ? [markedRows(marked, payload.title, this.#pick)] : []));
    title.textContent = payload.title;
    subtitle.textContent = payload.subtitle;
    const tone = (sign: string) => `face-sign face-${payload.tones?.[sign] ?? "plain"}`;
    const signs = payload.legend.map(([sign, text]) =>
      element("span", {}, element("span", { class: tone(sign) }, sign), ` ${text}`)
    );
    legend.replaceChildren(...signs);
    news.textContent = payload.news ?? "";
    description.textContent = payload.description;
    asOf.textContent = `Data as of ${payload.asOf}.`;
  }

  /** Charts of other states, as filters leave them now. */
  #nextCharts(keys: string[], filters: Filter[]): Next[] {
    return nearest(keys, stateKey(this.#controls, this.#selection)).map((key) => ({
      key: this.#chartKey(key, filters),
      payload: () => {
        const state = this.#backend.cached(key);
        return state ? this.#painting(state, filters) : null;
      },
    }));
  }
}

/** Builds an explorer in `el`. */
export const explorer: Builder<ExplorerSpec> = (el, spec, backend) =>
  new ExplorerView(el, spec, backend).stop;

export default {
  render: (context: LiveContext) => {
    offerBlocksAsTheyCome();
    return renderLive(explorer, context);
  },
};
