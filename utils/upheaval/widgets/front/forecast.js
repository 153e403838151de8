import { download, element, freshId, link, pickFile } from "./dom.js";
import { FACES } from "./kinds.js";
import { unsealed } from "./marking.js";
import { joinedMembers, membersIn, percentIn } from "./members.js";
import { asCsv, tableView } from "./rows.js";
import { brierScore, calibrationGroups, meanScore, medianForecast, likelihoodWord } from "./scores.js";

// Probabilities for questions: written down, locked, revealed and scored, and pooled with those of a class.

const FORECAST_YES = "✓ yes";
const FORECAST_NO = "✗ no";
const forecastScore = (score) => (score === null ? "–" : score.toFixed(2));
const forecastPercent = (percent) => `${Number(percent.toFixed(1))} %`;
const forecastCount = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function forecastMoment(iso) {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : moment.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

// What is kept may have come from a file that somebody edited.
function forecastWork(value, ids) {
  const text = (one) => (typeof one === "string" ? one : "");
  const given = value?.forecasts ?? {};
  const entries = ids.filter((id) => typeof given[id] === "object" && given[id] !== null).map((id) =>
    [id, { percent: typeof given[id].percent === "number" ? percentIn(given[id].percent) : null, reason: text(given[id].reason), known: given[id].known === true }]);
  const forecasts = Object.fromEntries(entries.filter(([, { percent, reason, known }]) => percent !== null || reason || known));
  const locked = text(value?.locked) || null;
  return { name: text(value?.name), forecasts, locked, revealed: (locked && text(value?.revealed)) || null };
}

// -- what was scored -------------------------------------------------------------------------------------------------

/** Every question with what was said of it, and, once revealed, its outcome and scores. */
function forecastScores(questions, forecasts, answers) {
  return questions.map(({ id, text, base }, at) => {
    const { percent = null, known = false } = forecasts[id] ?? {};
    const outcome = answers[at].outcome;
    const own = percent === null ? null : brierScore(percent, outcome);
    return { id, text, percent, outcome, own, counts: percent !== null && !known, base: base?.percent ?? null, baseScore: base ? brierScore(base.percent, outcome) : null };
  });
}

function forecastScoreWords(rows) {
  const scored = rows.filter(({ counts }) => counts);
  const left = rows.filter(({ percent, counts }) => percent !== null && !counts).length;
  const out = left ? ` ${forecastCount(left, "forecast is", "forecasts are")} left out, because you already knew how it ended.` : "";
  if (!scored.length) return `There is no forecast to score.${out}`;
  const own = forecastScore(meanScore(scored.map(({ own: score }) => score)));
  const base = forecastScore(meanScore(scored.map(({ base: percent, baseScore }) => (percent === null ? 0.25 : baseScore))));
  return `Your mean score over ${forecastCount(scored.length, "question", "questions")} is ${own}. On the same questions always saying 50 % scores 0.25, and the base rates (50 % where there is none) score ${base}. Less is better: 0 is perfect, 1 is the worst.${out}`;
}

function forecastScoresTable(rows) {
  const said = (percent) => (percent === null ? "–" : forecastPercent(percent));
  return { columns: ["Question", "You said", "What happened", "Your score", "Base rate", "The base rate's score"],
    rows: rows.map((row) => [row.text, said(row.percent) + (row.percent !== null && !row.counts ? " (known)" : ""), row.outcome ? FORECAST_YES : FORECAST_NO, forecastScore(row.own), said(row.base), forecastScore(row.baseScore)]) };
}

// -- a picture -------------------------------------------------------------------------------------------------------

function forecastDrawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// From 0 to 100 per cent on both sides, in a frame of 360 by 345 units.
const acrossAt = (percent) => 52 + percent * 2.9;
const downAt = (percent) => 300 - percent * 2.7;

function calibrationPicture(groups) {
  const words = groups.map(({ count, mean, share }) => `${forecastCount(count, "forecast", "forecasts")} with a mean of ${forecastPercent(mean)}: ${forecastPercent(share)} came out yes`).join("; ");
  const label = (x, y, text, anchor = "middle") => forecastDrawn("text", { x, y, "text-anchor": anchor }, text);
  const ticks = [0, 50, 100].flatMap((percent) => [label(acrossAt(percent), 319, `${percent} %`), label(46, downAt(percent) + 4, `${percent} %`, "end"),
    forecastDrawn("line", { class: "forecast-grid", x1: acrossAt(percent), y1: downAt(0), x2: acrossAt(percent), y2: downAt(100) }),
    forecastDrawn("line", { class: "forecast-grid", x1: acrossAt(0), y1: downAt(percent), x2: acrossAt(100), y2: downAt(percent) })]);
  const points = groups.flatMap(({ count, mean, share }) => {
    const size = 4 + 2 * Math.sqrt(count);
    const circle = forecastDrawn("circle", { cx: acrossAt(mean), cy: downAt(share), r: size });
    return [circle, label(acrossAt(mean), downAt(share) + (share > 90 ? size + 15 : -size - 5), `${count}×`)];
  });
  return forecastDrawn("svg", { class: "forecast-picture", viewBox: "0 0 360 345", role: "img", "aria-label": `Calibration. ${words}. On the slanted line both are equal.` },
    ...ticks, forecastDrawn("line", { class: "forecast-even", x1: acrossAt(0), y1: downAt(0), x2: acrossAt(100), y2: downAt(100) }),
    ...points, label(acrossAt(50), 339, "what you said (mean of the group)"), label(2, 14, "what came out yes", "start"));
}

function calibrationView(rows) {
  const groups = calibrationGroups(rows.filter(({ counts }) => counts).map(({ percent, outcome }) => [percent, outcome]));
  if (!groups.length) return null;
  const table = { columns: ["You said", "Forecasts", "Their mean", "Came out yes"], rows: groups.map(({ low, high, count, mean, share }) => [`${low} to ${high} %`, String(count), forecastPercent(mean), forecastPercent(share)]) };
  return element("details", { open: true }, element("summary", {}, "Calibration: what you said, and what came true"),
    element("p", {}, "Each circle is a group of your forecasts. On the slanted line, what you said and what came true agree; above it you were too low, below it too high. With so few questions a single one moves a circle far."),
    calibrationPicture(groups), tableView(table, "Calibration"));
}

// -- cards -----------------------------------------------------------------------------------------------------------

const forecastLinks = (links) => element("ul", { class: "face-sources" }, ...links.map(({ text, url }) => element("li", {}, link(text, url))));

function forecastBase({ percent, words, limits }) {
  return element("p", {}, element("strong", {}, `A base rate: ${forecastPercent(percent)}. `), `${words} ${limits}`);
}

function forecastKnown({ known, links, base }) {
  return element("details", {}, element("summary", {}, "What was known then, and how often the like had happened"),
    element("p", {}, known), forecastLinks(links), base ? forecastBase(base) : element("p", {}, "No base rate: we found no fair class of cases to count."));
}

function forecastWords(percent, words) {
  const found = percent === null ? null : likelihoodWord(percent, words);
  if (percent === null) return "";
  return found ? `in words: ${found.term} (${found.low} to ${found.high} %)` : "in words: none, that is certainty";
}

function forecastInputs(question, entry, words, keep) {
  const ids = { percent: freshId("percent"), words: freshId("words"), reason: freshId("reason") };
  const said = element("span", { class: "forecast-word", id: ids.words });
  const box = element("input", { id: ids.percent, type: "text", inputmode: "decimal", autocomplete: "off", size: 5, "aria-describedby": ids.words });
  box.value = entry.percent === null ? "" : String(entry.percent);
  const reason = element("input", { id: ids.reason, type: "text", autocomplete: "off" });
  reason.value = entry.reason;
  const known = element("input", { type: "checkbox", checked: entry.known });
  const tell = () => {
    const percent = percentIn(box.value);
    const bad = box.value.trim() !== "" && percent === null;
    box.setAttribute("aria-invalid", String(bad));
    said.textContent = bad ? "Write one number from 0 to 100." : forecastWords(percent, words);
  };
  const change = () => keep(question.id, { percent: percentIn(box.value), reason: reason.value, known: known.checked });
  box.addEventListener("input", tell);
  for (const one of [box, reason, known]) one.addEventListener("change", change);
  tell();
  return [element("p", { class: "forecast-percent" }, element("label", { for: ids.percent }, "Probability of yes"), " ", box, " % ", said),
    element("p", { class: "face-field" }, element("label", { for: ids.reason }, "In a few words, why?"), reason),
    element("label", { class: "face-option" }, known, element("span", {}, "I already know how this ended (it will not count)"))];
}

function forecastLocked({ percent, reason, known }, words) {
  if (percent === null) return [element("p", {}, "You gave no forecast.")];
  return [element("p", {}, element("strong", {}, `You said ${forecastPercent(percent)}`), `, ${forecastWords(percent, words)}${known ? "; you knew already how it ended" : ""}.`),
    reason ? element("p", { class: "forecast-reason" }, `“${reason}”`) : null];
}

function forecastAnswer(row, { happened, why, links }) {
  const score = row.own === null ? "" : ` Your score: ${forecastScore(row.own)}.`;
  const base = row.baseScore === null ? "" : ` The base rate's: ${forecastScore(row.baseScore)}.`;
  return element("div", { class: "forecast-answer" }, element("p", {}, element("strong", {}, `${row.outcome ? FORECAST_YES : FORECAST_NO}. `), happened),
    element("p", {}, `${score}${base}`), element("p", {}, why), forecastLinks(links));
}

function forecastCard(question, inside) {
  return element("li", { class: "forecast-card" }, element("p", { class: "forecast-text" }, question.text), element("p", { class: "forecast-rule" }, `${question.rule} Closes on ${question.closes}.`),
    ...inside.filter(Boolean));
}

// -- files -----------------------------------------------------------------------------------------------------------

function forecastFile(name, ending) {
  const part = name.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 40);
  return `forecasts${part ? `-${part}` : ""}.${ending}`;
}

function forecastSaveJson(spec, { name, locked, forecasts }) {
  const rows = Object.entries(forecasts).filter(([, { percent }]) => percent !== null).map(([id, one]) => ({ id, ...one }));
  const content = { about: spec.about, format: 1, key: spec.key, name, locked, forecasts: rows };
  download(forecastFile(name, "json"), "application/json", `${JSON.stringify(content, null, 2)}\n`);
}

function forecastSaveCsv(spec, { name, locked, forecasts }) {
  const rows = spec.questions.filter(({ id }) => (forecasts[id]?.percent ?? null) !== null).map(({ id, text }) => {
    const { percent, reason, known } = forecasts[id];
    return [name, id, text, percent, likelihoodWord(percent, spec.words)?.term ?? "", reason, known ? "yes" : "no", locked];
  });
  download(forecastFile(name, "csv"), "text/csv;charset=utf-8", asCsv({ columns: ["name", "id", "question", "percent", "word", "reason", "known", "locked"], rows }));
}

// -- a class ---------------------------------------------------------------------------------------------------------

function forecastClassRows(questions, members) {
  return questions.map(({ id, text }) => {
    const said = members.flatMap(({ percents }) => (id in percents ? [percents[id]] : []));
    return { id, text, count: said.length, median: medianForecast(said), low: said.length ? Math.min(...said) : null, high: said.length ? Math.max(...said) : null };
  });
}

function forecastClassTable(rows, work, answers) {
  const said = (percent) => (percent === null ? "–" : forecastPercent(percent));
  const columns = ["Question", "You", "Class median", "From", "To", "Members", ...(answers ? ["What happened", "Your score", "The median's score"] : [])];
  return { columns, rows: rows.map(({ id, text, count, median, low, high }, at) => {
    const own = work.forecasts[id]?.percent ?? null;
    const outcome = answers?.[at].outcome;
    const scores = answers ? [outcome ? FORECAST_YES : FORECAST_NO, own === null ? "–" : forecastScore(brierScore(own, outcome)), median === null ? "–" : forecastScore(brierScore(median, outcome))] : [];
    return [text, said(own), said(median), said(low), said(high), String(count), ...scores];
  }) };
}

/** How the median does on each member's own questions: how many members it beats, ties, and the mean of their scores. */
function crowdAgainst(questions, rows, members, answers) {
  const scored = members.map(({ percents }) => {
    const asked = rows.flatMap(({ id, median }, at) => (id in percents ? [[percents[id], median, answers[at].outcome]] : []));
    return [meanScore(asked.map(([percent, , outcome]) => brierScore(percent, outcome))), meanScore(asked.map(([, median, outcome]) => brierScore(median, outcome)))];
  });
  return { beats: scored.filter(([own, crowd]) => crowd < own - 1e-9).length, members: meanScore(scored.map(([own]) => own)) };
}

function forecastClassWords(questions, rows, members, work, answers) {
  const files = `${forecastCount(members.length, "member is", "members are")} in the class file.`;
  if (!answers) return `${files} Scores come when you reveal what happened.`;
  const median = rows.flatMap(({ median: percent }, at) => (percent === null ? [] : [brierScore(percent, answers[at].outcome)]));
  const both = forecastScores(questions, work.forecasts, answers).map((row, at) => [row, rows[at].median]).filter(([row, percent]) => row.counts && percent !== null);
  const own = both.length ? ` On the ${forecastCount(both.length, "question", "questions")} that you and the class share, you score ${forecastScore(meanScore(both.map(([row]) => row.own)))} and the class median ${forecastScore(meanScore(both.map(([row, percent]) => brierScore(percent, row.outcome))))}.` : "";
  const { beats, members: mean } = crowdAgainst(questions, rows, members, answers);
  return `${files} The class median scores ${forecastScore(meanScore(median))} over ${forecastCount(median.length, "question", "questions")}; its members score ${forecastScore(mean)} on average, and the median does better than ${beats} of them.${own}`;
}

function forecastClassPanel(spec, work, shared, answers) {
  const told = element("p", { class: "face-told", role: "status" });
  const pasted = element("textarea", { id: freshId("pasted"), rows: 3, spellcheck: "false" });
  const result = element("div", {});
  const show = () => {
    const rows = forecastClassRows(spec.questions, shared.members);
    result.replaceChildren(...(shared.members.length ? [element("p", { class: "face-words" }, forecastClassWords(spec.questions, rows, shared.members, work(), answers)), tableView(forecastClassTable(rows, work(), answers), "Class"),
      element("p", {}, element("button", { type: "button", onclick: () => { shared.members = []; told.textContent = "The class file is empty again."; show(); } }, "Empty the class file"))] : []));
  };
  const take = (files) => {
    const bad = [];
    let good = 0;
    for (const { name, text } of files) {
      const { members, problem } = membersIn(text, spec);
      if (problem) { bad.push(`${name} (${problem})`); continue; }
      const joined = joinedMembers(shared.members, members);
      shared.members = joined.members;
      bad.push(...joined.twice.map((one) => `${name} (the forecasts of ${one} were there already)`));
      if (joined.twice.length < members.length) good += 1;
    }
    told.textContent = `${forecastCount(good, "file was", "files were")} added.${bad.length ? ` Left out: ${bad.join("; ")}.` : ""}`;
    show();
  };
  show();
  return element("details", { open: shared.members.length > 0 }, element("summary", {}, "Class file: pool the forecasts of many people"),
    element("p", {}, "Collect the files that others saved, and load them all at once. They stay on this computer and are not kept when you leave the page. Names are used only to find a file that is there twice."),
    element("p", {}, pickFile("Load files of others", ".json,.csv,application/json,text/csv", take, true)),
    element("p", { class: "face-field" }, element("label", { for: pasted.id }, "Or paste rows from a table with the columns name, id and percent"), pasted),
    element("p", {}, element("button", { type: "button", onclick: () => take([{ name: "What you pasted", text: pasted.value }]) }, "Add these rows")), told, result);
}

// -- the whole -------------------------------------------------------------------------------------------------------

/** Builds a set of forecasts in `el`; gives back a function that takes it down. */
function forecast(el, spec, supply) {
  const ids = spec.questions.map(({ id }) => id);
  const shared = { members: [] };
  const told = element("p", { class: "face-told", role: "status" });
  const stage = element("div", { tabindex: -1, class: "forecast-stage" });
  let work = forecastWork(supply.value(), ids);
  let pending = 0;

  const keep = (next) => {
    work = { ...work, ...next };
    pending += 1;
    return supply.keep(work).then((text) => {
      pending -= 1;
      if (pending) return;
      told.textContent = text;
      adopt();
    });
  };
  // What is kept may differ from what is shown: another tab wrote, a file was loaded, or Python refused.
  const adopt = () => {
    if (pending) return;
    const kept = forecastWork(supply.value(), ids);
    if (JSON.stringify(kept) === JSON.stringify(forecastWork(work, ids))) return;
    work = kept;
    show();
  };
  const move = (next) => keep(next).then(() => { show(); stage.focus(); });

  const draft = () => {
    const name = element("input", { id: freshId("name"), type: "text", autocomplete: "off" });
    name.value = work.name;
    name.addEventListener("change", () => keep({ name: name.value }));
    const empty = { percent: null, reason: "", known: false };
    const keepOne = (id, entry) => keep({ forecasts: { ...work.forecasts, [id]: entry } });
    const lock = () => {
      const given = Object.values(work.forecasts).filter(({ percent }) => percent !== null).length;
      if (!given) { told.textContent = "Give at least one probability before you lock."; return; }
      move({ locked: new Date().toISOString() });
    };
    return [element("ol", { class: "forecast-list" }, ...spec.questions.map((question) => forecastCard(question, [forecastKnown(question), ...forecastInputs(question, work.forecasts[question.id] ?? empty, spec.words, keepOne)]))),
      element("p", { class: "face-field" }, element("label", { for: name.id }, "A name or a sign for the class file (may stay empty)"), name),
      element("p", {}, element("button", { type: "button", class: "forecast-lock", onclick: lock }, "Lock my forecasts"))];
  };

  const locked = () => {
    const given = Object.values(work.forecasts).filter(({ percent }) => percent !== null).length;
    const answers = work.revealed ? unsealed(spec.sealed) : null;
    const rows = answers && forecastScores(spec.questions, work.forecasts, answers);
    const cards = spec.questions.map((question, at) => forecastCard(question, [...forecastLocked(work.forecasts[question.id] ?? { percent: null }, spec.words), answers && forecastAnswer(rows[at], answers[at]), forecastKnown(question)]));
    const state = `Locked on ${forecastMoment(work.locked)}: ${given} of ${forecastCount(ids.length, "question", "questions")}.${work.revealed ? ` Revealed on ${forecastMoment(work.revealed)}.` : ""}`;
    const buttons = work.revealed ? [] : [element("button", { type: "button", class: "forecast-reveal", onclick: () => move({ revealed: new Date().toISOString() }) }, "Reveal what happened"), " ",
      element("button", { type: "button", class: "forecast-unlock", onclick: () => move({ locked: null }) }, "Undo the lock"), " "];
    return [element("p", { class: "forecast-state" }, state), ...(rows ? [element("p", { class: "face-words forecast-score" }, forecastScoreWords(rows)), tableView(forecastScoresTable(rows), "Scores"), calibrationView(rows)].filter(Boolean) : []),
      element("p", {}, ...buttons, element("button", { type: "button", onclick: () => forecastSaveJson(spec, work) }, "Save my forecasts (JSON)"), " ", element("button", { type: "button", onclick: () => forecastSaveCsv(spec, work) }, "Save as a table (CSV)")),
      forecastClassPanel(spec, () => work, shared, answers),
      element("ol", { class: "forecast-list" }, ...cards)];
  };

  const hints = spec.hints.map((text, at) => element("details", {}, element("summary", {}, `Hint ${at + 1}`), element("p", {}, text)));
  const show = () => stage.replaceChildren(...(work.locked ? locked() : draft()));
  show();
  const unlisten = supply.onvalue(adopt);
  el.replaceChildren(element("form", { class: "face-forecast", onsubmit: (event) => event.preventDefault() },
    element("fieldset", {}, element("legend", {}, spec.question), stage), ...hints, told));
  return unlisten;
}
FACES.forecast = forecast;
