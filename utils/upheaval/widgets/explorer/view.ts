import { controlForm } from "./controls.ts";
import { element, freshId } from "../core/dom.ts";
import { partsBar } from "./parts.ts";
import { chartKey, filtersOf, prefetchKeys, type RowSources, stateKey } from "./rules.ts";
import { applyFilters } from "./row_filters.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { type Plotter, plotter } from "./plot.ts";
import { nearest } from "./prepared_rules.ts";
import type { Builder, ExplorerSpec, Filter, Payload } from "../core/protocol.ts";

// A chart with its controls, words, rows and sources.

/** The sources of a row that filters left, by its place among these. */
function sourcesOf(state: Payload, visible: Payload): RowSources | null {
  const { rowFilters } = state;
  const rows = visible.visibleRows;
  if (!rowFilters || !rows) return null;
  return (at) => rowFilters.references[rows[at]].map((plot) => state.references[plot]);
}

/** Builds an explorer in `el`. */
export const explorer: Builder<ExplorerSpec> = (el, spec, backend) => {
  const { controls } = spec;
  const ids = {
    title: freshId("title"),
    description: freshId("description"),
    panel: freshId("panel"),
  };
  const title = element("p", { class: "face-title", id: ids.title });
  const subtitle = element("p", { class: "face-subtitle" });
  const legend = element("p", { class: "face-legend" });
  const box = element("div", {
    class: "face-plot",
    role: "img",
    "aria-labelledby": ids.title,
    "aria-describedby": ids.description,
  });
  const description = element("p", { class: "face-text", id: ids.description, role: "status" });
  const asOf = element("p", { class: "face-as-of" });
  const parts = partsBar(ids.panel, backend.addEvidence);
  let selection = { ...backend.selection() };
  let plot: Plotter | null = null;
  let visible: number[] | null = null;

  // Charts of other states, as filters leave them now.
  const nextCharts = (keys: string[], filters: Filter[]) =>
    nearest(keys, stateKey(controls, selection)).map((key) => ({
      key: chartKey(key, filters),
      payload: () => {
        const state = backend.cached(key);
        return state ? applyFilters(state, filters) : null;
      },
    }));
  const show = (state: Payload) => {
    const filters = filtersOf(controls, selection);
    const payload = applyFilters(state, filters);
    title.textContent = payload.title;
    subtitle.textContent = payload.subtitle;
    const signs = payload.legend.map(([sign, word]) => element("span", {}, `${sign} ${word}`));
    legend.replaceChildren(...signs);
    description.textContent = payload.description;
    asOf.textContent = `Data as of ${payload.asOf}.`;
    visible = payload.visibleRows ?? null;
    if (!plot) box.hidden = payload.empty;
    const painted = plot?.show(payload, chartKey(stateKey(controls, selection), filters));
    parts.fill(payload, sourcesOf(state, payload));
    const keys = prefetchKeys(controls, selection);
    backend.prefetch(keys, () => plot?.wake());
    plot?.expect(nextCharts(keys, filters));
    return painted;
  };
  const notify = (problem: unknown) => {
    description.textContent = String(problem);
  };
  const refresh = () => {
    const wanted = stateKey(controls, selection);
    const cached = backend.cached(wanted);
    if (cached) return show(cached);
    el.setAttribute("aria-busy", "true");
    return backend.request(wanted).then((state) => {
      el.removeAttribute("aria-busy");
      // The reader may have moved on while the kernel was thinking.
      if (stateKey(controls, selection) === wanted) show(state);
    }, (problem) => {
      el.removeAttribute("aria-busy");
      notify(problem);
    });
  };
  const form = controlForm(controls, selection, (name, at) => {
    selection = { ...selection, [name]: at };
    backend.select(selection);
    refresh();
  });
  const unlisten = backend.onSelection((next) => {
    if (JSON.stringify(next) === JSON.stringify(selection)) return;
    selection = { ...next };
    form.set(selection);
    refresh();
  });
  el.replaceChildren(element(
    "figure",
    { class: "face-figure", "aria-labelledby": ids.title },
    form.form,
    title,
    subtitle,
    legend,
    box,
    description,
    ...parts.nodes,
    asOf,
  ));
  refresh();
  const paint = async () => {
    const pick = (row: number) => parts.pick(visible ? visible.indexOf(row) : row);
    plot = plotter(el, box, await backend.plotly(), pick);
    await refresh();
  };
  paint().catch((problem) =>
    notify(`The chart could not be drawn (${problem}); its rows are in the table.`)
  );
  return () => {
    unlisten();
    plot?.stop();
  };
};

export default { render: (context: LiveContext) => renderLive(explorer, context) };
