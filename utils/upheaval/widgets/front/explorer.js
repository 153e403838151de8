import { download, element, freshId, link } from "./dom.js";
import { applyFilters } from "./facets.js";
import { FACES } from "./kinds.js";
import { controlForm } from "./controls.js";
import { plotter } from "./plot.js";
import { asCsv, cell, tableView } from "./rows.js";

// A chart with its controls, words, rows and sources. `supply` answers for a kernel or for a page (suppliers.js).

/** The key of the state for a choice: the numbers of the options of all controls that do not only filter. */
export function stateKey(controls, chosen) {
  return controls.filter(({ column }) => !column).map(({ name }) => chosen[name]).join(",");
}

const MANY = 24;

/** Keys of the states a reader may choose next: all of them if they are few, else those one choice away. */
export function keysAhead(controls, chosen) {
  const moving = controls.filter(({ column }) => !column);
  if (moving.reduce((count, { options }) => count * options.length, 1) <= MANY) {
    return moving.reduce((keys, { options }) => keys.flatMap((key) => options.map((_, at) => [...key, at])), [[]]).map((key) => key.join(","));
  }
  return moving.flatMap(({ name, options }) => options.map((_, at) => stateKey(controls, { ...chosen, [name]: at })));
}

function filtersOf(controls, chosen) {
  return controls.filter(({ column }) => column).map(({ name, column, rule, values, options }) =>
    ({ name, column, rule, value: values[chosen[name]], label: options[chosen[name]] }));
}

// -- what lies under the chart ---------------------------------------------------------------------------------------

const noted = ({ table, listing }) => table.rows.filter((row) => row[table.columns.indexOf(listing.note)]);

function listView({ table, listing }, rows = table.rows) {
  const at = Object.fromEntries(Object.entries(listing).map(([part, column]) => [part, table.columns.indexOf(column)]));
  const piece = (row, part, tag) => (at[part] >= 0 && row[at[part]] ? element(tag, { class: `face-${part}` }, cell(row[at[part]])) : null);
  return element("ol", { class: "face-list" }, ...rows.map((row) => element("li", {},
    element("p", {}, piece(row, "when", "strong"), " ", piece(row, "status", "span")),
    piece(row, "title", "p"), piece(row, "body", "p"), piece(row, "note", "p"))));
}

function sourcesView({ references }) {
  return element("ul", { class: "face-sources" }, ...references.map(({ text, url }) => element("li", {}, link(text, url))));
}

function evidence(payload, asOf, rowSources) {
  const whole = { id: `${payload.name}: ${payload.title}`, kind: "chart", title: payload.title, text: payload.description, status: "", asOf, sources: payload.references };
  if (!rowSources || !payload.listing.title) return [["the whole chart", whole]];
  const { columns, rows } = payload.table;
  const part = (row, name) => cell(row[columns.indexOf(payload.listing[name])]);
  return [["the whole chart", whole], ...rows.map((row, at) => {
    const label = [part(row, "when"), part(row, "title")].filter(Boolean).join(": ");
    return [label, { id: `${payload.name}: ${label}`, kind: payload.name.split("-")[0], title: label, text: part(row, "body"), status: part(row, "status"), asOf, sources: rowSources(at) }];
  })];
}

function dataView(payload, { gather, rowSources }) {
  const words = element("p", { class: "face-cite" }, `“${payload.title}” ${payload.cite}.`);
  const told = element("span", { role: "status" });
  const copy = () => navigator.clipboard?.writeText(words.textContent)
    .then(() => { told.textContent = " Copied."; }, () => { getSelection().selectAllChildren(words); told.textContent = " Selected: press Ctrl+C."; });
  const save = () => download(`${payload.name}.csv`, "text/csv;charset=utf-8", asCsv(payload.table));
  const items = evidence(payload, payload.asOf, rowSources);
  const choice = element("select", { id: freshId("evidence") });
  items.forEach(([label], at) => choice.add(new Option(label, at)));
  return element("div", {}, words,
    element("button", { type: "button", onclick: copy }, "Copy this citation"), " ",
    element("button", { type: "button", class: "face-csv", onclick: save }, `Save these ${payload.table.rows.length} rows (CSV)`),
    element("p", { class: "face-gather" }, element("label", { for: choice.id }, "Keep as evidence for your memo (lesson 11): "), choice, " ",
      element("button", { type: "button", onclick: () => gather(items[choice.value][1]).then((text) => { told.textContent = ` ${text}`; }) }, "Keep")), told);
}

// The parts are a toolbar: one tab stop, arrow keys inside, each button opens or closes its part.
function partsBar(id, gather) {
  const parts = [
    { name: "highlights", label: (payload) => `${payload.listing.highlights} (${noted(payload).length})`, view: (payload) => listView(payload, noted(payload)), has: ({ listing }) => "highlights" in listing },
    { name: "list", label: ({ table }) => `List (${table.rows.length})`, view: (payload) => listView(payload), has: ({ listing }) => Object.keys(listing).length > 0 },
    { name: "table", label: ({ table }) => `Table (${table.rows.length})`, view: ({ table, title }) => tableView(table, title), has: () => true },
    { name: "sources", label: ({ references }) => `Sources (${references.length})`, view: sourcesView, has: () => true },
    { name: "data", label: () => "Save and cite", view: dataView, has: () => true },
  ];
  let payload = null;
  let rowSources = null;
  let open = null;
  const panel = element("div", { class: "face-panel", id });
  const buttons = parts.map((part, at) => element("button", { type: "button", "aria-controls": id, "aria-expanded": "false", tabindex: at ? -1 : 0, onclick: () => show(part.name === open ? "" : part.name) }));
  const visible = () => buttons.filter((button) => !button.hidden);
  const bar = element("div", { class: "face-parts", role: "toolbar", "aria-label": "Under this chart", onkeydown: (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const stops = visible();
    const from = stops.indexOf(document.activeElement);
    if (!step || from < 0) return;
    const to = stops[(from + step + stops.length) % stops.length];
    buttons.forEach((button) => { button.tabIndex = button === to ? 0 : -1; });
    to.focus();
    event.preventDefault();
  } }, ...buttons);
  function show(name) {
    open = name;
    parts.forEach((part, at) => buttons[at].setAttribute("aria-expanded", String(part.name === open)));
    const part = parts.find((one) => one.name === open);
    panel.replaceChildren(...(part ? [part.view(payload, { gather, rowSources })] : []));
  }
  return {
    nodes: [bar, panel],
    fill: (next, sourcesOfRow) => {
      payload = next;
      rowSources = sourcesOfRow;
      parts.forEach((part, at) => { buttons[at].textContent = part.label(payload); buttons[at].hidden = !part.has(payload); });
      if (visible().every((button) => button.tabIndex < 0)) visible()[0].tabIndex = 0;
      // What the rows' notes say is part of the lesson, so it begins open.
      show(open ?? (parts[0].has(payload) ? "highlights" : ""));
    },
    pick: (row) => {
      if (!Object.keys(payload.listing).length) return;
      show("list");
      const item = panel.querySelectorAll("li")[row];
      item?.classList.add("face-picked");
      item?.scrollIntoView({ block: "nearest" });
    },
  };
}

// -- the whole -------------------------------------------------------------------------------------------------------

/** Builds an explorer in `el`; gives back a function that takes it down. */
export function explorer(el, spec, supply) {
  const { controls } = spec;
  const ids = { title: freshId("title"), words: freshId("words"), panel: freshId("panel") };
  const title = element("p", { class: "face-title", id: ids.title });
  const subtitle = element("p", { class: "face-subtitle" });
  const key = element("p", { class: "face-key" });
  const box = element("div", { class: "face-plot", role: "img", "aria-labelledby": ids.title, "aria-describedby": ids.words });
  const words = element("p", { class: "face-words", id: ids.words, role: "status" });
  const asOf = element("p", { class: "face-as-of" });
  const parts = partsBar(ids.panel, supply.gather);
  let chosen = { ...supply.chosen() };
  let place = null;
  let shown = null;

  const show = (state) => {
    const payload = state.facets ? applyFilters(state, filtersOf(controls, chosen)) : state;
    title.textContent = payload.title;
    subtitle.textContent = payload.subtitle;
    key.replaceChildren(...payload.key.map(([sign, word]) => element("span", {}, `${sign} ${word}`)));
    words.textContent = payload.description;
    asOf.textContent = `Data as of ${payload.asOf}.`;
    box.hidden = payload.empty;
    shown = payload.shown ?? null;
    const painted = payload.empty ? null : place?.paint(payload);
    parts.fill(payload, state.facets ? (at) => state.facets.references[payload.shown[at]].map((place) => state.references[place]) : null);
    supply.ahead(keysAhead(controls, chosen));
    return painted;
  };
  const tell = (problem) => { words.textContent = problem; };
  const refresh = () => {
    const wanted = stateKey(controls, chosen);
    const known = supply.known(wanted);
    if (known) return show(known);
    el.setAttribute("aria-busy", "true");
    return supply.ask(wanted).then((state) => {
      el.removeAttribute("aria-busy");
      // The reader may have moved on while the kernel was thinking.
      if (stateKey(controls, chosen) === wanted) show(state);
    }, (problem) => { el.removeAttribute("aria-busy"); tell(problem); });
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
  el.replaceChildren(element("figure", { class: "face-figure", "aria-labelledby": ids.title },
    form.form, title, subtitle, key, box, words, ...parts.nodes, asOf));
  refresh();
  supply.plotly().then((plotly) => {
    place = plotter(box, plotly);
    return refresh();
  }).then(() => place.onpick((row) => parts.pick(shown ? shown.indexOf(row) : row))).catch((problem) => tell(`The chart could not be drawn (${problem}); its rows are in the table.`));
  return () => { unlisten(); place?.stop(); };
}
FACES.explorer = explorer;
