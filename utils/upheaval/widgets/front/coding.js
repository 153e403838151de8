import { download, element, freshId, pickFile } from "./dom.js";
import { FACES } from "./kinds.js";
import { asCsv } from "./rows.js";

// Codes that a reader may contest. The rules are twins of `upheaval/widgets/coding.py`.

/** A code with its sign. */
export function codingSigned(code) {
  return code > 0 ? `+${code}` : String(code).replace("-", "−");
}

const codingOn = ({ low, high }, code) => Number.isInteger(code) && low <= code && code <= high;

/** Whether `reason` is a text of at least `least` words, or as many letters as these would have. */
export function codingLongEnough(reason, least) {
  if (typeof reason !== "string") return false;
  const words = reason.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length >= least || words.reduce((sum, word) => sum + [...word].length, 0) >= least * 5;
}

/** Why `change` cannot be kept, in a sentence; empty when it can. */
export function codingProblem(spec, change) {
  if (typeof change !== "object" || change === null || Array.isArray(change)) return "A change names a scale, a row, a column, a code and a reason; this is none.";
  const parts = {};
  for (const part of ["scale", "row", "column"]) {
    parts[part] = spec[`${part}s`].find(({ name }) => name === change[part]);
    if (!parts[part]) return `There is no such ${part} here: a change names one of those on show.`;
  }
  const { scale, row, column } = parts;
  const place = `${row.label} × ${column.label}`;
  const cell = Object.hasOwn(row.cells, column.name) ? row.cells[column.name] : null;
  if (!cell) return `${place} has no code, so there is none to change.`;
  if (!codingOn(scale, change.code)) return `The code for ${place} must be a whole number from ${codingSigned(scale.low)} to ${codingSigned(scale.high)}.`;
  if (change.code === cell.codes[scale.name]) return `${place} has the code ${codingSigned(change.code)} already: choose another to contest it.`;
  if (!codingLongEnough(change.reason, spec.least)) return `Say in at least ${spec.least} words why ${place} should have another code.`;
  return "";
}

/** Row → column → code on a scale, after `changes`. */
export function codingCoded(spec, changes, scale) {
  const codes = Object.fromEntries(spec.rows.map(({ name, cells }) => [name, Object.fromEntries(spec.columns
    .filter((column) => Object.hasOwn(cells, column.name)).map((column) => [column.name, cells[column.name].codes[scale]]))]));
  changes.filter((change) => change.scale === scale).forEach(({ row, column, code }) => { codes[row][column] = code; });
  return codes;
}

/** What codes say: means, rows in which all columns have one, rows that agree, and rows that lie widest apart. */
export function codingSummary(columns, codes) {
  const rows = Object.entries(codes);
  const has = (held, column) => Object.hasOwn(held, column);
  const common = rows.filter(([, held]) => columns.every((column) => has(held, column)));
  const mean = (values) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null);
  const means = columns.map((column) => {
    const values = rows.filter(([, held]) => has(held, column)).map(([, held]) => held[column]);
    return { column, mean: mean(values), count: values.length, shared: mean(common.map(([, held]) => held[column])) };
  });
  const spread = rows.filter(([, held]) => Object.keys(held).length > 1)
    .map(([row, held]) => [row, Math.max(...Object.values(held)) - Math.min(...Object.values(held))]);
  const widest = Math.max(0, ...spread.map(([, apart]) => apart));
  return { means, common: common.length, agree: spread.filter(([, apart]) => apart === 0).map(([row]) => row), widest,
    apart: spread.filter(([, apart]) => widest && apart === widest).map(([row]) => row) };
}

/** The changes in the text of a file that was saved here: {changes, left}, `left` for those that do not fit, or {problem}. */
export function codingLoaded(spec, text) {
  let content = null;
  try { content = JSON.parse(text); } catch { return { problem: "it is no JSON file, or it was damaged on its way" }; }
  if (content?.coding !== spec.key || !Array.isArray(content.changes)) return { problem: "it holds no changes to this coding" };
  const fits = content.changes.filter((change) => !codingProblem(spec, change));
  return { changes: fits.map(({ scale, row, column, code, reason }) => ({ scale, row, column, code, reason })), left: content.changes.length - fits.length };
}

const codingSame = (one, other) => one.scale === other.scale && one.row === other.row && one.column === other.column;
const codingFigure = (value) => (value === null ? "–" : `${value > 0 ? "+" : ""}${value.toFixed(2)}`.replace("-", "−"));
const codingLabel = (list, name) => list.find((one) => one.name === name).label;

// -- what is saved ---------------------------------------------------------------------------------------------------

/** The changes as rows of text and numbers, with the codes they replace. */
export function codingRows(spec, changes) {
  return changes.map(({ scale, row, column, code, reason }) => {
    const { label, cells } = spec.rows.find(({ name }) => name === row);
    return [label, codingLabel(spec.columns, column), codingLabel(spec.scales, scale), cells[column].codes[scale], code, reason];
  });
}

const CODING_HEAD = ["Row", "Column", "Scale", "Code before", "My code", "My reason"];

/** The changes as a page in Markdown, with what the codes say before and after. */
export function codingMarkdown(spec, changes) {
  const safe = (value) => String(value).replace(/\s+/g, " ").replace(/[\\|<>*_`[\]]/g, "\\$&").trim();
  const line = (cells) => `| ${cells.map(safe).join(" | ")} |`;
  const table = (head, rows) => [line(head), line(head.map(() => "---")).replaceAll("\\", ""), ...rows.map(line)].join("\n");
  const columns = spec.columns.map(({ name }) => name);
  const means = spec.scales.flatMap(({ name, label }) => {
    const [before, after] = [[], changes].map((which) => codingSummary(columns, codingCoded(spec, which, name)));
    return spec.columns.map((column, at) => [label, column.label, codingFigure(before.means[at].mean), codingFigure(after.means[at].mean)]);
  });
  const rows = codingRows(spec, changes).map(([row, column, scale, before, code, reason]) => [row, column, scale, codingSigned(before), codingSigned(code), reason]);
  return `# ${safe(spec.question)}\n\n${changes.length ? table(CODING_HEAD, rows) : "No code was changed."}\n\n${table(["Scale", "Column", "Mean before", "Mean with my codes"], means)}\n`;
}

// -- the face --------------------------------------------------------------------------------------------------------

function codingSelect(id, options) {
  const box = element("select", { id: freshId(id) });
  options.forEach(([value, text]) => box.add(new Option(text, value)));
  return box;
}

const codingField = (label, box) => element("span", { class: "face-control" }, element("label", { for: box.id }, label), box);

function coding(el, spec, supply) {
  let changes = [];
  const read = () => {
    const kept = supply.value()?.changes;
    changes = Array.isArray(kept) ? kept.filter((change) => !codingProblem(spec, change)) : [];
  };
  const scaleBox = codingSelect("scale", spec.scales.map(({ name, label }) => [name, label]));
  const rowBox = codingSelect("row", spec.rows.map(({ name, label }) => [name, label]));
  const columnBox = codingSelect("column", spec.columns.map(({ name, label }) => [name, label]));
  const codeBox = codingSelect("code", []);
  const reason = element("textarea", { id: freshId("reason"), rows: 2 });
  const card = element("div", { class: "coding-card" });
  const told = element("p", { class: "face-told", role: "status" });
  const says = element("p", { class: "face-words", role: "status" });
  const means = element("div", {});
  const grid = element("div", { class: "face-scroll", tabindex: 0, role: "group" });
  const list = element("div", {});
  const editor = element("div", { class: "coding-editor" });

  const scale = () => spec.scales.find(({ name }) => name === scaleBox.value);
  const place = () => ({ scale: scaleBox.value, row: rowBox.value, column: columnBox.value });
  const changeAt = (where) => changes.find((change) => codingSame(change, where));
  const worded = ({ words }, code) => `${codingSigned(code)}${words[code] ? ` ${words[code]}` : ""}`;
  const keep = (next) => supply.keep({ changes: next }).then((text) => { told.textContent = text; });

  const showCell = () => {
    const where = place();
    const cell = spec.rows.find(({ name }) => name === where.row).cells[where.column];
    editor.hidden = !cell;
    if (!cell) {
      card.replaceChildren(element("p", {}, `No code here: ${codingLabel(spec.columns, where.column)} has no position on “${codingLabel(spec.rows, where.row)}” in the table. Choose another column.`));
      return;
    }
    const ours = cell.codes[where.scale];
    card.replaceChildren(element("p", {}, element("strong", {}, cell.says)), element("p", {}, cell.evidence),
      element("p", {}, `The code in the table: ${worded(scale(), ours)}. `, element("em", {}, cell.reason)));
    codeBox.replaceChildren();
    for (let code = scale().high; code >= scale().low; code -= 1) codeBox.add(new Option(`${worded(scale(), code)}${code === ours ? " (as in the table)" : ""}`, code));
    const change = changeAt(where);
    codeBox.value = change?.code ?? ours;
    reason.value = change?.reason ?? "";
  };
  const look = ({ scale: on, row, column }) => { scaleBox.value = on; rowBox.value = row; columnBox.value = column; showAll(); showCell(); };

  const showSummary = () => {
    const columns = spec.columns.map(({ name }) => name);
    const now = codingSummary(columns, codingCoded(spec, changes, scaleBox.value));
    const before = codingSummary(columns, codingCoded(spec, [], scaleBox.value));
    const changed = changes.filter((change) => change.scale === scaleBox.value).length;
    const names = (rows) => rows.map((row) => codingLabel(spec.rows, row)).join("; ");
    const total = now.means.reduce((sum, { count }) => sum + count, 0);
    says.textContent = `${scale().label}: you changed ${changed || "none"} of ${total} codes. ${now.agree.length ? `The columns agree on ${now.agree.length} of ${spec.rows.length}: ${names(now.agree)}.` : `The columns agree on none of ${spec.rows.length}.`}${now.widest ? ` Widest apart (${now.widest} point${now.widest === 1 ? "" : "s"}): ${names(now.apart)}.` : ""}`;
    const head = ["", "Codes", "Mean in the table", "Mean with your changes", `Mean where all have a code (${now.common})`];
    means.replaceChildren(element("div", { class: "face-scroll", tabindex: 0, role: "group", "aria-label": `Means, ${scale().label}` }, element("table", {},
      element("thead", {}, element("tr", {}, ...head.map((text) => (text ? element("th", { scope: "col" }, text) : element("td", {}))))),
      element("tbody", {}, ...now.means.map(({ column, mean, count, shared }, at) => element("tr", {}, element("th", { scope: "row" }, codingLabel(spec.columns, column)),
        ...[String(count), codingFigure(before.means[at].mean), codingFigure(mean), codingFigure(shared)].map((text, cell) =>
          element("td", { class: "face-number" }, cell === 2 && mean !== before.means[at].mean ? element("strong", {}, `✎ ${text}`) : text))))))));
  };

  const showGrid = () => {
    const where = place();
    const codes = codingCoded(spec, [], scaleBox.value);
    const cellOf = (row, column) => {
      if (!Object.hasOwn(codes[row.name], column.name)) return element("td", {}, "–");
      const at = { scale: scaleBox.value, row: row.name, column: column.name };
      const change = changeAt(at);
      const text = change ? `${codingSigned(codes[row.name][column.name])} → ${codingSigned(change.code)} ✎` : codingSigned(codes[row.name][column.name]);
      // The lists above reach every cell by keyboard; a tab stop for each would be in the way.
      return element("td", {}, element("button", { type: "button", tabindex: -1, class: "coding-cell", "aria-pressed": String(codingSame(at, where)),
        "aria-label": `${row.label} × ${column.label}: ${text}${change ? ", changed" : ""}`, onclick: () => look(at) }, text));
    };
    grid.setAttribute("aria-label", `All codes, ${scale().label}`);
    grid.replaceChildren(element("table", {},
      element("thead", {}, element("tr", {}, element("td", {}), ...spec.columns.map(({ label }) => element("th", { scope: "col" }, label)))),
      element("tbody", {}, ...spec.rows.map((row) => element("tr", {}, element("th", { scope: "row" }, row.label), ...spec.columns.map((column) => cellOf(row, column)))))));
  };

  const showList = () => {
    list.replaceChildren(...(changes.length ? [element("ul", { class: "coding-changes" }, ...changes.map((change) => {
      const [row, column, on, before] = codingRows(spec, [change])[0];
      const name = `${row} × ${column}, ${on.toLowerCase()}`;
      return element("li", {}, element("strong", {}, `${name}: ${codingSigned(before)} → ${codingSigned(change.code)}. `), change.reason, " ",
        element("button", { type: "button", "aria-label": `Take back: ${name}`, onclick: () => keep(changes.filter((other) => !codingSame(other, change))) }, "Take back"));
    }))] : [element("p", { class: "face-told" }, "You have changed no code yet.")]));
  };
  const showAll = () => { showSummary(); showGrid(); showList(); };

  const submit = (event) => {
    event.preventDefault();
    const change = { ...place(), code: Number(codeBox.value), reason: reason.value.trim() };
    const problem = codingProblem(spec, change);
    if (problem) { told.textContent = problem; return; }
    keep([...changes.filter((other) => !codingSame(other, change)), change]);
  };
  const resetRow = () => {
    const left = changes.filter(({ row }) => row !== rowBox.value);
    if (left.length === changes.length) { told.textContent = "You have changed no code in this row."; return; }
    keep(left);
  };
  const load = (file) => {
    const { changes: found, left, problem } = codingLoaded(spec, file.text);
    if (problem) { told.textContent = `${file.name} was not loaded: ${problem}. Nothing here has changed.`; return; }
    const others = changes.filter((change) => !found.some((other) => codingSame(change, other)));
    supply.keep({ changes: [...others, ...found] }).then((where) => {
      told.textContent = `${found.length} change${found.length === 1 ? "" : "s"} from ${file.name} ${found.length === 1 ? "was" : "were"} loaded.${left ? ` ${left} did not fit this table and ${left === 1 ? "was" : "were"} left out.` : ""} ${where}`;
    });
  };
  const save = {
    JSON: () => download("my_coding.json", "application/json", `${JSON.stringify({ about: spec.question, coding: spec.key,
      changes: changes.map((change, at) => ({ ...change, before: codingRows(spec, changes)[at][3] })) }, null, 2)}\n`),
    Markdown: () => download("my_coding.md", "text/markdown;charset=utf-8", codingMarkdown(spec, changes)),
    CSV: () => download("my_coding.csv", "text/csv;charset=utf-8", asCsv({ columns: CODING_HEAD, rows: codingRows(spec, changes) })),
  };

  scaleBox.addEventListener("change", () => { showAll(); showCell(); });
  rowBox.addEventListener("change", () => { showGrid(); showCell(); });
  columnBox.addEventListener("change", () => { showGrid(); showCell(); });
  editor.append(codingField("Your code", codeBox), element("span", { class: "face-field" },
    element("label", { for: reason.id }, `Your reason (at least ${spec.least} words)`), reason),
    element("button", { type: "submit" }, "Keep this change"), " ", element("button", { type: "button", onclick: resetRow }, "Reset this row"));
  read();
  showAll();
  showCell();
  el.replaceChildren(element("form", { class: "face-coding", onsubmit: submit }, element("fieldset", {}, element("legend", {}, spec.question),
    element("div", { class: "face-controls" }, codingField("Scale", scaleBox), codingField("Row", rowBox), codingField("Column", columnBox)),
    card, editor, told, says, means, element("p", { class: "face-question coding-part" }, "All codes"), grid,
    element("p", { class: "face-question coding-part" }, "Your changes"), list,
    element("p", { class: "coding-save" }, ...Object.entries(save).map(([name, act]) => element("button", { type: "button", onclick: act }, `Save my changes (${name})`)),
      pickFile("Load changes (JSON)", ".json,application/json", load)))));
  return supply.onvalue(() => { read(); showAll(); if (document.activeElement !== reason && document.activeElement !== codeBox) showCell(); });
}
FACES.coding = coding;
