import { download, element, freshId, pickFile } from "./dom.js";
import { FACES } from "./kinds.js";
import { asCsv } from "./rows.js";

// Rows of evidence against columns of explanations, marked by the reader and scored as they go.

// -- the rules: twins of upheaval/methods/hypotheses.py ----------------------------------------------------------------
const GRID_STEPS = { CC: 2, C: 1, N: 0, I: -1, II: -2 };
const GRID_WEIGHTS = { low: Math.sqrt(0.5), medium: 1, high: Math.sqrt(2) };

function gridRounded(value) {
  return Math.floor(value * 100 + 0.5) / 100;
}

/** By how many steps two marks of a row differ, on average over all pairs. */
export function gridSpread(marks) {
  const apart = marks.flatMap((one, at) => marks.slice(at + 1).map((other) => Math.abs(GRID_STEPS[one] - GRID_STEPS[other])));
  return apart.length ? gridRounded(apart.reduce((sum, one) => sum + one, 0) / apart.length) : 0;
}

/** What speaks against each column: rows are {id, credibility, relevance, marks}; marks that fit count nothing. */
export function gridScores(rows, columns, weighted) {
  const scores = Object.fromEntries(columns.map((one) => [one, 0]));
  for (const { credibility, relevance, marks } of rows) {
    const factor = weighted ? GRID_WEIGHTS[credibility] * GRID_WEIGHTS[relevance] : 1;
    for (const one of columns) scores[one] += Math.max(0, -GRID_STEPS[marks[one]]) * factor;
  }
  return Object.fromEntries(columns.map((one) => [one, gridRounded(scores[one])]));
}

/** How many rows fit each column: the count that misleads. */
export function gridSupport(rows, columns) {
  return Object.fromEntries(columns.map((one) => [one, rows.filter(({ marks }) => GRID_STEPS[marks[one]] > 0).length]));
}

/** The columns from the lowest score to the highest, equals together. */
export function gridRanking(scores) {
  const levels = [...new Set(Object.values(scores))].sort((one, other) => one - other);
  return levels.map((level) => Object.keys(scores).filter((one) => scores[one] === level));
}

/** For each row: who would stand best without it, and whether that is a change. */
export function gridTurning(rows, columns, weighted) {
  const first = (some) => gridRanking(gridScores(some, columns, weighted))[0] ?? [];
  const now = first(rows).join();
  return rows.map((row) => {
    const then = first(rows.filter((one) => one !== row));
    return { id: row.id, first: then, changes: then.join() !== now };
  });
}

/** The part of `value` that fits this grid, or null if it is no grid at all: the twin of Grid.accept. */
export function gridAccepted(spec, value) {
  const plainObject = (one) => (typeof one === "object" && one !== null && !Array.isArray(one) ? one : null);
  if (!plainObject(plainObject(value)?.marks)) return null;
  const some = (given, names, words) => Object.fromEntries(spec.rows.map(({ id }) => [id, Object.fromEntries(names
    .filter((name) => Object.hasOwn(given, id) && plainObject(given[id]) && Object.hasOwn(given[id], name) && typeof given[id][name] === "string" && Object.hasOwn(words, given[id][name]))
    .map((name) => [name, given[id][name]]))]).filter(([, kept]) => Object.keys(kept).length));
  const left = Array.isArray(value.left) ? value.left : [];
  return {
    marks: some(value.marks, spec.columns.map(({ key }) => key), GRID_STEPS),
    left: spec.rows.map(({ id }) => id).filter((id) => left.includes(id)),
    weights: some(plainObject(value.weights) ?? {}, ["credibility", "relevance"], GRID_WEIGHTS),
    weighted: value.weighted !== false,
  };
}

// -- what is kept, as rows ---------------------------------------------------------------------------------------------
function gridRows(spec, kept) {
  return spec.rows.map((row) => {
    const marks = kept.marks[row.id] ?? {};
    return { ...row, ...kept.weights[row.id], marks, missing: spec.columns.length - Object.keys(marks).length, left: kept.left.includes(row.id) };
  });
}

function gridNames(spec, keys) {
  const names = keys.map((key) => spec.columns.find((one) => one.key === key).name);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
}

/** Everything worked out from what is kept: rows, those that count, scores, support, ranking. */
function gridResult(spec, kept) {
  const rows = gridRows(spec, kept);
  const counting = rows.filter((row) => !row.missing && !row.left);
  const columns = spec.columns.map(({ key }) => key);
  const scores = gridScores(counting, columns, kept.weighted);
  return { rows, counting, columns, scores, support: gridSupport(counting, columns), ranking: gridRanking(scores) };
}

// -- files -------------------------------------------------------------------------------------------------------------
function gridTable(spec, { rows, columns }) {
  const head = ["Id", spec.nouns.row, "Credibility", "Relevance", ...spec.columns.map(({ name }) => name), "Diagnosticity", "Left out"];
  return { columns: head, rows: rows.map((row) => [row.id, row.text, row.credibility, row.relevance, ...columns.map((one) => row.marks[one] ?? ""),
    row.missing ? "" : gridSpread(columns.map((one) => row.marks[one])), row.left ? "yes" : "no"]) };
}

function gridMarkdown(spec, kept) {
  const result = gridResult(spec, kept);
  const line = (cells) => `| ${cells.map((one) => String(one ?? "").replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  const table = (head, rows) => [line(head), line(head.map(() => "---")), ...rows.map(line)];
  const { columns, rows } = gridTable(spec, result);
  return `${[`# ${spec.question}`, "", `Complete and counted: ${result.counting.length} of ${spec.rows.length} rows${kept.weighted ? ", weighted by credibility and relevance" : ""}. Lower is better.`, "",
    ...table([spec.nouns.column, "Speaks against it", "Rows that fit it"], spec.columns.map(({ key, name }) => [name, result.scores[key].toFixed(2), result.support[key]])), "",
    ...table(columns, rows)].join("\n")}\n`;
}

// -- the face ------------------------------------------------------------------------------------------------------------
function gridSelect(label, options, chosen, onchange) {
  const id = freshId("grid");
  const box = element("select", { id, onchange: () => onchange(box.value) }, ...options.map(([value, text]) => element("option", { value }, text)));
  box.value = chosen;
  return { box, node: element("div", { class: "grid-cell" }, element("label", { for: id }, label), box) };
}

function gridRow(spec, row, at, change) {
  const marks = spec.columns.map(({ key, name }) => ({ key, ...gridSelect(name, [["", "no mark yet"], ...spec.marks.map(({ mark, word, sign }) => [mark, `${sign} ${mark} ${word}`])], "",
    (mark) => change((kept) => { kept.marks[row.id] = { ...kept.marks[row.id], [key]: mark || undefined }; })) }));
  const levels = ["low", "medium", "high"].map((one) => [one, one]);
  const weights = [["credibility", "Credibility"], ["relevance", "Relevance"]].map(([name, label]) => ({ name, ...gridSelect(label, levels, row[name],
    (word) => change((kept) => { kept.weights[row.id] = { ...kept.weights[row.id], [name]: word }; })) }));
  const left = element("input", { type: "checkbox", onchange: () => change((kept) => { kept.left = left.checked ? [...kept.left, row.id] : kept.left.filter((one) => one !== row.id); }) });
  const verdict = element("p", { class: "grid-verdict" });
  const worked = spec.worked[row.id] ?? {};
  const node = element("fieldset", { class: "grid-row" },
    element("legend", {}, `${at + 1}. ${row.text}`), element("p", { class: "face-subtitle" }, row.about ?? ""),
    element("div", { class: "grid-cells" }, ...marks.map((one) => one.node)), verdict,
    element("details", {}, element("summary", {}, "Weights, and our marks with the reason"), element("div", { class: "grid-cells" }, ...weights.map((one) => one.node)),
      element("p", {}, `Our marks: ${spec.columns.map(({ key, name }) => `${name} ${worked[key] ?? "none"}`).join(", ")}.`), element("p", {}, row.reason ?? "")),
    element("label", { class: "face-option" }, left, element("span", {}, "Leave this row out")));
  return { node, show: (now, says) => {
    marks.forEach(({ key, box }) => { box.value = now.marks[key] ?? ""; box.dataset.mark = box.value; });
    weights.forEach(({ name, box }) => { box.value = now[name]; });
    left.checked = now.left;
    node.classList.toggle("grid-left", now.left);
    verdict.textContent = says;
  } };
}

function gridVerdict(spec, row, columns, turning) {
  if (row.left) return "Left out: it does not count.";
  if (row.missing) return row.missing === columns.length ? "Not marked yet." : `Not complete: ${row.missing} ${row.missing === 1 ? "mark is" : "marks are"} missing, so it does not count yet.`;
  const spread = gridSpread(columns.map((one) => row.marks[one]));
  if (spread === 0) return "No diagnostic value: the same mark for all.";
  const turn = turning.get(row.id);
  return `Diagnosticity ${spread.toFixed(2)}.${turn?.changes ? ` It carries the result: without it, ${gridNames(spec, turn.first)} would stand best.` : ""}`;
}

function gridSummary(spec, { counting, scores, ranking }) {
  const count = `Complete and counted: ${counting.length} of ${spec.rows.length} rows.`;
  if (!counting.length) return `${count} Mark one row in every column, and the score begins.`;
  const [first] = ranking;
  if (ranking.length === 1) return `${count} Nothing tells the ${spec.columns.length} apart yet: ${scores[first[0]].toFixed(2)} speaks against each.`;
  const together = first.length > 1 ? ", equal" : "";
  return `${count} Least speaks against ${gridNames(spec, first)} (${scores[first[0]].toFixed(2)}${together}); most against ${gridNames(spec, ranking.at(-1))} (${scores[ranking.at(-1)[0]].toFixed(2)}).`;
}

function gridStandings(spec, { scores, support, ranking }) {
  const most = Math.max(1, ...Object.values(scores));
  const place = (key) => 1 + ranking.slice(0, ranking.findIndex((group) => group.includes(key))).flat().length;
  return element("table", { class: "grid-standings" },
    element("thead", {}, element("tr", {}, ...[spec.nouns.column, "Speaks against it", "Rows that fit", "Place"].map((one) => element("th", { scope: "col" }, one)))),
    element("tbody", {}, ...spec.columns.map(({ key, name }) => element("tr", {}, element("th", { scope: "row" }, name),
      element("td", {}, scores[key].toFixed(2), element("progress", { max: most, value: scores[key], "aria-hidden": "true" })),
      element("td", {}, String(support[key])), element("td", {}, String(place(key)))))));
}

function grid(el, spec, supply) {
  const nothing = () => ({ marks: {}, left: [], weights: {}, weighted: true });
  const read = () => gridAccepted(spec, supply.value()) ?? nothing();
  let kept = read();
  let before = null; // what a button replaced, for Undo
  const summary = element("p", { class: "face-words", role: "status" });
  const told = element("p", { class: "face-told", role: "status" });
  const standings = element("div", {});
  const weighted = element("input", { type: "checkbox", onchange: () => change((next) => { next.weighted = weighted.checked; }) });
  const rows = spec.rows.map((row, at) => gridRow(spec, row, at, (how) => change(how)));
  const undo = element("button", { type: "button", onclick: () => { const back = before; before = null; put(back); } }, "Undo");
  const show = () => {
    const result = gridResult(spec, kept);
    const turning = new Map(gridTurning(result.counting, result.columns, kept.weighted).map((one) => [one.id, one]));
    rows.forEach((row, at) => row.show(result.rows[at], gridVerdict(spec, result.rows[at], result.columns, turning)));
    weighted.checked = kept.weighted;
    undo.disabled = before === null;
    const words = gridSummary(spec, result);
    if (summary.textContent !== words) summary.textContent = words;
    standings.replaceChildren(gridStandings(spec, result));
  };
  const put = (next) => {
    kept = next;
    show();
    return supply.keep(next).then((text) => { if (told.textContent !== text) told.textContent = text; });
  };
  const change = (how) => {
    const next = structuredClone(kept);
    how(next);
    put(gridAccepted(spec, next));
  };
  const replace = (next) => { before = kept; return put(next); };
  const load = ({ name, text }) => {
    let content = null;
    try { content = JSON.parse(text); } catch { /* told below */ }
    const next = content?.grid === spec.key ? gridAccepted(spec, content.value) : null;
    if (!next) { told.textContent = `${name} was not loaded: it is not a file that was saved from this grid. Nothing here has changed.`; return; }
    replace(next).then(() => { told.textContent = `${name} was loaded. “Undo” brings back what was here.`; });
  };
  const save = (ending, type, text) => {
    download(`grid-${spec.key.replaceAll(".", "-")}.${ending}`, type, text);
    told.textContent = "Saved, where your browser puts its downloads.";
  };
  const button = (label, onclick) => element("button", { type: "button", onclick }, label);
  show();
  const unlisten = supply.onvalue(() => {
    const now = read();
    if (JSON.stringify(now) !== JSON.stringify(kept)) { kept = now; show(); }
  });
  el.replaceChildren(element("form", { class: "face-note", onsubmit: (event) => event.preventDefault() },
    element("fieldset", {}, element("legend", {}, spec.question), element("p", {}, spec.advice),
      element("dl", { class: "grid-columns" }, ...spec.columns.flatMap(({ name, text }) => [element("dt", {}, name), element("dd", {}, text)])),
      element("p", { class: "grid-buttons" }, button("Begin with our marks", () => replace({ ...nothing(), marks: structuredClone(spec.worked) })), " ", button("Empty the grid", () => replace(nothing())), " ", undo),
      ...rows.map((row) => row.node),
      element("label", { class: "face-option" }, weighted, element("span", {}, "Weigh rows by credibility and relevance")),
      element("div", { class: "grid-now" }, summary), standings,
      element("p", { class: "grid-buttons" },
        button("Save as JSON", () => save("json", "application/json", `${JSON.stringify({ grid: spec.key, question: spec.question, value: kept }, null, 2)}\n`)), " ",
        button("Save as CSV", () => save("csv", "text/csv", asCsv(gridTable(spec, gridResult(spec, kept))))), " ",
        button("Save as Markdown", () => save("md", "text/markdown", gridMarkdown(spec, kept))), " ", pickFile("Load a saved grid (JSON)", ".json,application/json", load))), told));
  return unlisten;
}
FACES.grid = grid;
