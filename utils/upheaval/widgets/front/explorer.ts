import { controlForm } from "./controls.ts";
import { element, freshId } from "./dom.ts";
import { partsBar } from "./explorer_parts.ts";
import { chartKey, filtersOf, keysAhead, type RowSources, stateKey } from "./explorer_rules.ts";
import { applyFilters } from "./facets.ts";
import { type LiveContext, renderLive } from "./live.ts";
import { type Plotter, plotter } from "./plot.ts";
import { nearest } from "./prepared_rules.ts";
import type { Builder, ExplorerSpec, Filter, Payload } from "./types.ts";

// A chart with its controls, words, rows and sources.

/** The sources of a row that filters left, by its place among these. */
function sourcesOf(state: Payload, shown: Payload): RowSources | null {
  const { facets } = state;
  const rows = shown.shown;
  if (!facets || !rows) return null;
  return (at) => facets.references[rows[at]].map((place) => state.references[place]);
}

/** Builds an explorer in `el`. */
export const explorer: Builder<ExplorerSpec> = (el, spec, supply) => {
  const { controls } = spec;
  const ids = { title: freshId("title"), words: freshId("words"), panel: freshId("panel") };
  const title = element("p", { class: "face-title", id: ids.title });
  const subtitle = element("p", { class: "face-subtitle" });
  const key = element("p", { class: "face-key" });
  const box = element("div", {
    class: "face-plot",
    role: "img",
    "aria-labelledby": ids.title,
    "aria-describedby": ids.words,
  });
  const words = element("p", { class: "face-words", id: ids.words, role: "status" });
  const asOf = element("p", { class: "face-as-of" });
  const parts = partsBar(ids.panel, supply.gather);
  let chosen = { ...supply.chosen() };
  let place: Plotter | null = null;
  let shown: number[] | null = null;

  // Charts of other states, as filters leave them now.
  const nextCharts = (keys: string[], filters: Filter[]) =>
    nearest(keys, stateKey(controls, chosen)).map((key) => ({
      key: chartKey(key, filters),
      payload: () => {
        const state = supply.known(key);
        return state ? applyFilters(state, filters) : null;
      },
    }));
  const show = (state: Payload) => {
    const filters = filtersOf(controls, chosen);
    const payload = applyFilters(state, filters);
    title.textContent = payload.title;
    subtitle.textContent = payload.subtitle;
    const signs = payload.key.map(([sign, word]) => element("span", {}, `${sign} ${word}`));
    key.replaceChildren(...signs);
    words.textContent = payload.description;
    asOf.textContent = `Data as of ${payload.asOf}.`;
    shown = payload.shown ?? null;
    if (!place) box.hidden = payload.empty;
    const painted = place?.show(payload, chartKey(stateKey(controls, chosen), filters));
    parts.fill(payload, sourcesOf(state, payload));
    const keys = keysAhead(controls, chosen);
    supply.ahead(keys, () => place?.wake());
    place?.expect(nextCharts(keys, filters));
    return painted;
  };
  const tell = (problem: unknown) => {
    words.textContent = String(problem);
  };
  const refresh = () => {
    const wanted = stateKey(controls, chosen);
    const known = supply.known(wanted);
    if (known) return show(known);
    el.setAttribute("aria-busy", "true");
    return supply.ask(wanted).then((state) => {
      el.removeAttribute("aria-busy");
      // The reader may have moved on while the kernel was thinking.
      if (stateKey(controls, chosen) === wanted) show(state);
    }, (problem) => {
      el.removeAttribute("aria-busy");
      tell(problem);
    });
  };
  const form = controlForm(controls, chosen, (name, at) => {
    chosen = { ...chosen, [name]: at };
    supply.choose(chosen);
    refresh();
  });
  const unlisten = supply.onchosen((next) => {
    if (JSON.stringify(next) === JSON.stringify(chosen)) return;
    chosen = { ...next };
    form.set(chosen);
    refresh();
  });
  el.replaceChildren(element(
    "figure",
    { class: "face-figure", "aria-labelledby": ids.title },
    form.form,
    title,
    subtitle,
    key,
    box,
    words,
    ...parts.nodes,
    asOf,
  ));
  refresh();
  const paint = async () => {
    const pick = (row: number) => parts.pick(shown ? shown.indexOf(row) : row);
    place = plotter(el, box, await supply.plotly(), pick);
    await refresh();
  };
  paint().catch((problem) =>
    tell(`The chart could not be drawn (${problem}); its rows are in the table.`)
  );
  return () => {
    unlisten();
    place?.stop();
  };
};

export default { render: (context: LiveContext) => renderLive(explorer, context) };
