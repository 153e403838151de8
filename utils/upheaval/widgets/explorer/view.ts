import { type ControlForm, controlForm } from "./controls.ts";
import { element, freshId } from "../core/dom.ts";
import { PartsBar } from "./parts.ts";
import { Keeper } from "./keep.ts";
import { chartKey, filtersOf, prefetchKeys, stateKey } from "./rules.ts";
import { applyFilters } from "./row_filters.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { Plotter } from "./plot.ts";
import { shareView } from "./share.ts";
import { Walk } from "./walk.ts";
import type { Next } from "./prepared.ts";
import { nearest } from "./prepared_rules.ts";
import type {
  Backend,
  Builder,
  Control,
  ExplorerSpec,
  Filter,
  Payload,
  PlotBox,
  Selection,
} from "../core/protocol.ts";

// A chart with its controls, texts, rows and sources.

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
  #selection: Selection;
  #plot: Plotter | null = null;
  #walk: Walk;
  #visible: number[] | null = null;
  #unlisten: () => void;

  constructor(el: HTMLElement, { controls, memoDay }: ExplorerSpec, backend: Backend) {
    this.#el = el;
    this.#controls = controls;
    this.#backend = backend;
    this.#selection = { ...backend.selection() };
    const share = (payload: Payload) =>
      shareView(payload, el, controls, this.#selection, backend, this.#plot);
    this.#keeper = new Keeper(backend.addEvidence, memoDay);
    this.#parts = new PartsBar(this.#frame.ids.panel, this.#keeper, share);
    this.#walk = new Walk(this.#frame.box, (id) => this.#pick(Number(id)));
    this.#form = controlForm(controls, this.#selection, (name, at) => {
      this.#selection = { ...this.#selection, [name]: at };
      backend.select(this.#selection);
      this.#refresh();
    });
    this.#unlisten = backend.onSelection((next) => {
      if (JSON.stringify(next) === JSON.stringify(this.#selection)) return;
      this.#selection = { ...next };
      this.#form.set(this.#selection);
      this.#refresh();
    });
    const { ids, title, subtitle, legend, description, asOf } = this.#frame;
    el.replaceChildren(element(
      "figure",
      { class: "face-figure", "aria-labelledby": ids.title },
      this.#form.form,
      title,
      subtitle,
      legend,
      this.#walk.node,
      description,
      ...this.#parts.nodes,
      asOf,
    ));
    this.#refresh();
    this.#paint().catch((problem) =>
      this.#tell(`The chart could not be drawn (${problem}); its rows are in the table.`)
    );
  }

  stop = (): void => {
    this.#unlisten();
    this.#plot?.stop();
  };

  /** Draws the chart as soon as plotly.js is there. */
  async #paint(): Promise<void> {
    const plotly = await this.#backend.plotly();
    const painted = (box: PlotBox) => this.#walk.painted(plotly, box);
    this.#plot = new Plotter(this.#el, this.#frame.box, plotly, this.#pick, painted);
    await this.#refresh();
  }

  #pick = (row: number): void => this.#parts.pick(this.#visible ? this.#visible.indexOf(row) : row);

  #tell(problem: unknown): void {
    this.#frame.description.textContent = String(problem);
  }

  /** Shows what is selected: at once where its state is here, else when the backend answers. */
  #refresh(): Promise<void> | undefined {
    const wanted = stateKey(this.#controls, this.#selection);
    const cached = this.#backend.cached(wanted);
    if (cached) return this.#show(cached);
    this.#el.setAttribute("aria-busy", "true");
    return this.#backend.request(wanted).then((state) => {
      this.#el.removeAttribute("aria-busy");
      // The reader may have moved on while the kernel was thinking.
      if (stateKey(this.#controls, this.#selection) === wanted) this.#show(state);
    }, (problem) => {
      this.#el.removeAttribute("aria-busy");
      this.#tell(problem);
    });
  }

  #show(state: Payload): Promise<void> | undefined {
    const filters = filtersOf(this.#controls, this.#selection);
    const payload = applyFilters(state, filters);
    this.#fill(payload);
    this.#visible = payload.visibleRows ?? null;
    if (!this.#plot) this.#frame.box.hidden = payload.empty;
    const key = chartKey(stateKey(this.#controls, this.#selection), filters);
    const painted = this.#plot?.show(payload, key);
    const { visibleRows } = payload;
    const selection = this.#selection;
    if (visibleRows) painted?.then(() => this.#backend.tellVisible(selection, visibleRows));
    this.#keeper.fill(payload, filters);
    this.#parts.fill(payload);
    const keys = prefetchKeys(this.#controls, this.#selection);
    this.#backend.prefetch(keys, () => this.#plot?.wake());
    this.#plot?.expect(this.#nextCharts(keys, filters));
    return painted;
  }

  #fill(payload: Payload): void {
    const { title, subtitle, legend, description, asOf } = this.#frame;
    title.textContent = payload.title;
    subtitle.textContent = payload.subtitle;
    const signs = payload.legend.map(([sign, text]) => element("span", {}, `${sign} ${text}`));
    legend.replaceChildren(...signs);
    description.textContent = payload.description;
    asOf.textContent = `Data as of ${payload.asOf}.`;
  }

  /** Charts of other states, as filters leave them now. */
  #nextCharts(keys: string[], filters: Filter[]): Next[] {
    return nearest(keys, stateKey(this.#controls, this.#selection)).map((key) => ({
      key: chartKey(key, filters),
      payload: () => {
        const state = this.#backend.cached(key);
        return state ? applyFilters(state, filters) : null;
      },
    }));
  }
}

/** Builds an explorer in `el`. */
export const explorer: Builder<ExplorerSpec> = (el, spec, backend) =>
  new ExplorerView(el, spec, backend).stop;

export default { render: (context: LiveContext) => renderLive(explorer, context) };
