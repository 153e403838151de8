import { download, element, freshId, link } from "./dom.js";
import { follow } from "./follow.js";
import { FACES } from "./kinds.js";
import { memoDay, memoLint, memoMarkers, memoRenumbered, memoSpelled } from "./memorules.js";
import { memoAbout, memoMarkdown, memoPage, memoReferences } from "./memotext.js";

// A memo: fields, evidence with numbers to cite it by, a check that gives reasons, and the memo as it will look.

const MEMO_SHOWN = 6; // rows of a search on the page at once
const MEMO_PAUSE = 800; // milliseconds after the last letter until the memo is kept

// -- evidence --------------------------------------------------------------------------------------------------------

/** A row of the picker as a piece of evidence. */
function memoItem([id, kind, known, title, status, places], sources) {
  return { id, kind, title, status, known, sources: places.map((place) => ({ text: sources[place][0], url: sources[place][1] })) };
}

/** What an explorer gathered, as a piece of evidence: the day stands in its title, or is that of its data. */
function memoGathered({ id, kind, title, status, asOf, sources }) {
  const known = kind === "chart" ? memoDay(asOf) : memoDay(title) || memoDay(asOf);
  return { id, kind, title, status: (status ?? "").split(" ").pop(), known, sources: sources ?? [] };
}

function memoMatching(rows, words, kind, until) {
  const wanted = words.toLowerCase().split(/[ \t]+/).filter(Boolean);
  return rows.filter(([, one, known, title, status]) => (!kind || one === kind) && (!until || known <= until)
    && wanted.every((word) => `${title} ${one} ${status} ${memoSpelled(known)}`.toLowerCase().includes(word)));
}

function memoPicker(spec, add) {
  const words = element("input", { type: "text", id: freshId("memo"), autocomplete: "off", spellcheck: "false" });
  const kinds = [...new Set(spec.rows.map(([, kind]) => kind))];
  const kind = element("select", { id: freshId("memo"), name: "kind" }, new Option("any kind", ""), ...kinds.map((one) => new Option(one, one)));
  const limit = element("input", { type: "checkbox", checked: true });
  const count = element("p", { class: "face-told", role: "status" });
  const list = element("ul", { class: "memo-rows" });
  let sorted = null;
  const show = () => {
    const found = memoMatching(spec.rows, words.value, kind.value, limit.checked ? spec.rules.day : "");
    count.textContent = found.length > MEMO_SHOWN ? `${found.length} rows; the latest ${MEMO_SHOWN} are shown. Add a word to find fewer.` : found.length ? `${found.length} row${found.length > 1 ? "s" : ""}.` : "No row has these words. Use fewer of them, or another kind.";
    sorted = found.slice(-MEMO_SHOWN).reverse();
    list.replaceChildren(...sorted.map((row) => {
      const item = memoItem(row, spec.sources);
      return element("li", {}, element("span", {}, `${item.title} `, element("span", { class: "face-subtitle" }, `(${memoAbout(item)})`)), " ",
        element("button", { type: "button", "aria-label": `Add: ${item.title}`, onclick: () => add(item) }, "Add"));
    }));
  };
  for (const box of [words, kind, limit]) box.addEventListener(box === words ? "input" : "change", show);
  show();
  return element("details", { class: "memo-picker", open: true }, element("summary", {}, "Find evidence in the tables"),
    element("div", { class: "face-controls" }, element("span", { class: "face-control" }, element("label", { for: words.id }, "Words to look for"), words),
      element("span", { class: "face-control" }, element("label", { for: kind.id }, "Kind"), kind)),
    element("label", { class: "face-option" }, limit, element("span", {}, `only what was public by ${memoSpelled(spec.rules.day)}`)), count, list);
}

// -- preview ---------------------------------------------------------------------------------------------------------

function memoPreview(memo, spec) {
  const filled = spec.fields.filter(({ name }) => (memo.fields[name] ?? "").trim());
  const lines = (text) => text.trim().split(/(?:\r?\n)+/).map((line) => element("p", {}, line));
  const references = memoReferences(memo, spec.fields);
  return [element("p", { class: "face-title" }, spec.title),
    element("dl", {}, ...filled.filter(({ head }) => head).flatMap(({ name, label }) => [element("dt", {}, label), element("dd", {}, memo.fields[name])])),
    ...filled.filter(({ head }) => !head).flatMap(({ name, label }) => [element("p", { class: "memo-heading" }, label), ...lines(memo.fields[name])]),
    ...(references.length ? [element("p", { class: "memo-heading" }, "References"), element("ol", {}, ...references.map(({ number, item }) =>
      element("li", { value: number }, `${item.title} (${memoAbout(item)}). `, ...item.sources.flatMap(({ text, url }, at) => [at ? "; " : "", link(text, url)]))))] : []),
    element("p", { class: "face-subtitle" }, spec.foot)];
}

// A page of its own for the printer: everything else is hidden while it prints.
function memoPrint(nodes) {
  const paper = element("div", { class: "face memo-paper" }, ...nodes);
  document.body.append(paper);
  document.documentElement.setAttribute("data-memo-print", "");
  addEventListener("afterprint", () => { paper.remove(); document.documentElement.removeAttribute("data-memo-print"); }, { once: true });
  print();
}

// -- the whole -------------------------------------------------------------------------------------------------------

function memoField(field) {
  const id = freshId("memo");
  const box = field.options
    ? element("select", { id, name: `memo-${field.name}` }, new Option("– choose –", ""), ...field.options.map((one) => new Option(one, one)))
    : field.rows ? element("textarea", { id, rows: field.rows }) : element("input", { id, type: "text", autocomplete: "off" });
  const help = field.help ? element("span", { class: "face-subtitle", id: `${id}-help` }, field.help) : null;
  if (help) box.setAttribute("aria-describedby", help.id);
  return { box, node: element("span", { class: "face-field" }, element("label", { for: id }, field.label), help, box) };
}

/** Builds a memo in `el`. */
function memo(el, spec, supply) {
  const told = element("p", { class: "face-told", role: "status" });
  const made = Object.fromEntries(spec.fields.map((field) => [field.name, memoField(field)]));
  const list = element("ol", { class: "memo-rows" });
  const basket = element("div", {});
  const sheet = element("article", { class: "memo-sheet", "aria-label": "The memo as it will look" });
  const verdict = element("div", { class: "face-verdict" });
  const summary = element("p", { class: "memo-summary", role: "status" });
  let evidence = [];
  let last = spec.fields.find(({ rows }) => rows)?.name;
  let checked = false;
  let waiting = null;
  let shown = "";

  const now = () => ({ fields: Object.fromEntries(spec.fields.map(({ name }) => [name, made[name].box.value])), evidence });
  const marks = () => {
    const results = memoLint(now(), spec.rules);
    const met = results.filter(({ ok }) => ok).length;
    summary.textContent = met === results.length ? `All ${met} rules are met. Now let a person read it.` : `${met} of ${results.length} rules are met. Look at the lines with ✗.`;
    verdict.replaceChildren(element("ul", {}, ...results.map(({ ok, text }) => element("li", { class: ok ? "face-yes" : "face-no" }, element("strong", {}, ok ? "✓ " : "✗ "), text))));
  };
  const look = () => { sheet.replaceChildren(...memoPreview(now(), spec)); if (checked) marks(); };
  const save = () => {
    clearTimeout(waiting);
    waiting = null;
    return steps.sending(() => supply.keep(now())).then((text) => { told.textContent = text; });
  };
  const change = () => { show(); clearTimeout(waiting); waiting = setTimeout(save, MEMO_PAUSE); };
  const cite = (number) => {
    const { box } = made[last];
    const at = box.selectionEnd ?? box.value.length;
    const gap = at && !/[ \n[]$/.test(box.value.slice(0, at)) ? " " : "";
    box.setRangeText(`${gap}[${number}]`, at, at, "end");
    box.focus();
    show();
    save();
  };
  const add = (item) => {
    if (evidence.some(({ id }) => id === item.id)) { told.textContent = `This is in your list already, as [${evidence.findIndex(({ id }) => id === item.id) + 1}].`; return; }
    evidence = [...evidence, item];
    show();
    save().then(() => { told.textContent = `Added as [${evidence.length}]. ${told.textContent}`; });
  };
  const remove = (place) => {
    evidence = evidence.filter((_, at) => at !== place);
    spec.fields.filter(({ options }) => !options).forEach(({ name }) => { made[name].box.value = memoRenumbered(made[name].box.value, place + 1); });
    show();
    save();
  };
  // The list stays as it is while nothing in it changes: a button that is replaced under the pointer loses its click.
  const show = () => {
    const used = new Set(spec.fields.flatMap(({ name }) => memoMarkers(made[name].box.value)));
    const drawn = JSON.stringify([evidence, [...used].sort(), supply.also("evidence")]);
    look();
    if (drawn === shown) return;
    shown = drawn;
    list.replaceChildren(...evidence.map((item, at) => element("li", {}, element("span", {}, `[${at + 1}] ${item.title} `, element("span", { class: "face-subtitle" }, `(${memoAbout(item)}${used.has(at + 1) ? "" : "; not cited yet"})`)), " ",
      element("button", { type: "button", "aria-label": `Cite [${at + 1}] where you last wrote`, onclick: () => cite(at + 1) }, `Cite [${at + 1}]`), " ",
      element("button", { type: "button", "aria-label": `Remove [${at + 1}] ${item.title}`, onclick: () => remove(at) }, "Remove"))));
    if (!evidence.length) list.replaceChildren(element("li", {}, element("span", {}, "Nothing yet.")));
    const gathered = (supply.also("evidence") ?? []).map(memoGathered).filter(({ id }) => !evidence.some((one) => one.id === id));
    basket.replaceChildren(...(gathered.length ? [element("p", {}, "From your basket, kept in other lessons:"), element("ul", { class: "memo-rows" }, ...gathered.map((item) =>
      element("li", {}, element("span", {}, `${item.title} `, element("span", { class: "face-subtitle" }, `(${memoAbout(item)})`)), " ", element("button", { type: "button", "aria-label": `Add: ${item.title}`, onclick: () => add(item) }, "Add"))))]
      : [element("p", { class: "face-subtitle" }, "Your basket is empty, or all of it is in your list. Under every chart of the lessons, “Save and cite” can keep a row as evidence.")]));
  };
  const refill = (value) => {
    if (waiting !== null) return; // what is being written here is kept in a moment
    evidence = value?.evidence ?? [];
    spec.fields.forEach(({ name, start }) => { made[name].box.value = value?.fields?.[name] ?? start ?? ""; });
    show();
  };

  const presets = element("select", { id: freshId("memo"), name: "memo-role", onchange: () => {
    const found = spec.presets.find(({ label }) => label === presets.value);
    Object.entries(found?.fields ?? {}).forEach(([name, text]) => { made[name].box.value = text; });
    look();
    save();
  } }, new Option("– choose –", ""), ...spec.presets.map(({ label }) => new Option(label, label)));
  spec.fields.forEach(({ name, options, rows }) => {
    const { box } = made[name];
    box.addEventListener(options ? "change" : "input", change);
    box.addEventListener("change", () => { show(); save(); });
    if (rows) box.addEventListener("focus", () => { last = name; });
  });
  const copy = () => {
    const text = memoMarkdown(now(), spec);
    const selected = () => { getSelection().selectAllChildren(sheet); told.textContent = "Selected: press Ctrl+C (on a Mac: Command+C)."; };
    (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(() => { told.textContent = "Copied as Markdown."; }, selected);
  };
  const leave = () => { if (waiting !== null) save(); };
  addEventListener("pagehide", leave);
  const button = (label, act) => element("button", { type: "button", onclick: act }, label);
  const heads = spec.fields.filter(({ head }) => head);
  const steps = follow(supply, refill);
  const unlisten = supply.onvalue(show); // the basket may have changed
  el.replaceChildren(element("form", { class: "face-memo", onsubmit: (event) => { event.preventDefault(); checked = true; marks(); save(); } },
    element("fieldset", {}, element("legend", {}, spec.question),
      element("span", { class: "face-control" }, element("label", { for: presets.id }, "Take a role"), presets),
      ...heads.map(({ name }) => made[name].node)),
    element("fieldset", {}, element("legend", {}, "Evidence"), element("p", {}, "Your list. “Cite” writes the number where you last wrote."), list, basket, memoPicker(spec, add)),
    element("fieldset", {}, element("legend", {}, "The text"), ...spec.fields.filter(({ head }) => !head).map(({ name }) => made[name].node)),
    element("p", { class: "memo-buttons" }, element("button", { type: "submit" }, "Check my memo"), " ", button("Save as Markdown", () => download(`${spec.file}.md`, "text/markdown;charset=utf-8", memoMarkdown(now(), spec))), " ",
      button("Save as web page", () => download(`${spec.file}.html`, "text/html;charset=utf-8", memoPage(now(), spec))), " ", button("Copy", copy), " ", button("Print", () => memoPrint(memoPreview(now(), spec)))),
    told, summary, verdict, ...spec.hints.map((text, at) => element("details", {}, element("summary", {}, `Hint ${at + 1}`), element("p", {}, text))), sheet));
  return () => { steps.stop(); unlisten(); removeEventListener("pagehide", leave); leave(); };
}
FACES.memo = memo;
