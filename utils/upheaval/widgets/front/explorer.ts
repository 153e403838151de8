import { controlForm } from "./controls.ts";
import { element, freshId } from "./dom.ts";
import { partsBar } from "./explorer_parts.ts";
import { filtersOf, keysAhead, type RowSources, stateKey } from "./explorer_rules.ts";
import { applyFilters } from "./facets.ts";
import { type LiveContext, renderLive } from "./live.ts";
import { type Plotter, plotter } from "./plot.ts";
import type { Builder, ExplorerSpec, Payload } from "./types.ts";

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

  const show = (state: Payload) => {
    const payload = applyFilters(state, filtersOf(controls, chosen));
    title.textContent = payload.title;
    subtitle.textContent = payload.subtitle;
    const signs = payload.key.map(([sign, word]) => element("span", {}, `${sign} ${word}`));
    key.replaceChildren(...signs);
    words.textContent = payload.description;
    asOf.textContent = `Data as of ${payload.asOf}.`;
    box.hidden = payload.empty;
    shown = payload.shown ?? null;
    const painted = payload.empty ? null : place?.paint(payload);
    parts.fill(payload, sourcesOf(state, payload));
    supply.ahead(keysAhead(controls, chosen));
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
    const made = plotter(box, await supply.plotly());
    place = made;
    await refresh();
    made.onpick((row) => parts.pick(shown ? shown.indexOf(row) : row));
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
