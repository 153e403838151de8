import {
  button,
  type ChosenFile,
  download,
  drawn,
  element,
  freshId,
  hints,
  link,
  pickFiles,
} from "../core/dom.ts";
import {
  classRows,
  classSummary,
  classTable,
  counted,
  fileName,
  forecastsTable,
  given,
  likelihoodText,
  NO,
  percentage,
  refusal,
  score,
  type ScoredQuestion,
  scoredQuestions,
  scoresTable,
  scoreText,
  workIn,
  YES,
} from "./rules.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { unsealed } from "../core/seal.ts";
import { joinedMembers, type Member, membersIn, percentIn } from "./class_import.ts";
import { asCsv, tableView } from "../core/table.ts";
import { calibrationGroups, type Group, type Scored } from "./scores.ts";
import type {
  Band,
  BaseRate,
  Builder,
  Forecast,
  ForecastSpec,
  KeptForecasts,
  Link,
  Outcome,
  Question,
} from "../core/protocol.ts";

// Probabilities for questions: written down, locked, revealed and scored, and pooled with those of
// a class.

function moment(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return time.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

// -- a picture --

// From 0 to 100 per cent on both sides, in a frame of 360 by 345 units.
const acrossAt = (percent: number) => 52 + percent * 2.9;
const downAt = (percent: number) => 300 - percent * 2.7;

function line(name: string, [x1, y1]: [number, number], [x2, y2]: [number, number]): SVGElement {
  return drawn("line", {
    class: name,
    x1: acrossAt(x1),
    y1: downAt(y1),
    x2: acrossAt(x2),
    y2: downAt(y2),
  });
}

function pictureWords(groups: Group[]): string {
  return groups.map(({ count, mean, share }) => {
    const of = `${counted(count, "forecast", "forecasts")} with a mean of ${percentage(mean)}`;
    return `${of}: ${percentage(share)} came out yes`;
  }).join("; ");
}

function calibrationPicture(groups: Group[]): SVGElement {
  const label = (x: number, y: number, text: string, anchor = "middle") =>
    drawn("text", { x, y, "text-anchor": anchor }, text);
  const ticks = [0, 50, 100].flatMap((percent) => [
    label(acrossAt(percent), 319, `${percent} %`),
    label(46, downAt(percent) + 4, `${percent} %`, "end"),
    line("forecast-grid", [percent, 0], [percent, 100]),
    line("forecast-grid", [0, percent], [100, percent]),
  ]);
  const points = groups.flatMap(({ count, mean, share }) => {
    const size = 4 + 2 * Math.sqrt(count);
    const circle = drawn("circle", { cx: acrossAt(mean), cy: downAt(share), r: size });
    const apart = share > 90 ? size + 15 : -size - 5;
    return [circle, label(acrossAt(mean), downAt(share) + apart, `${count}×`)];
  });
  const says = `Calibration. ${pictureWords(groups)}. On the slanted line both are equal.`;
  return drawn(
    "svg",
    { class: "forecast-picture", viewBox: "0 0 360 345", role: "img", "aria-label": says },
    ...ticks,
    line("forecast-even", [0, 0], [100, 100]),
    ...points,
    label(acrossAt(50), 339, "what you said (mean of the group)"),
    label(2, 14, "what came out yes", "start"),
  );
}

const CALIBRATION =
  "Each circle is a group of your forecasts. On the slanted line, what you said and what " +
  "came true agree; above it you were too low, below it too high. With so few questions a " +
  "single one moves a circle far.";

function calibrationView(rows: ScoredQuestion[]): HTMLElement | null {
  const pairs = rows.flatMap(({ percent, outcome, counts }): Scored[] =>
    counts && percent !== null ? [[percent, outcome]] : []
  );
  const groups = calibrationGroups(pairs);
  if (!groups.length) return null;
  const table = {
    columns: ["You said", "Forecasts", "Their mean", "Came out yes"],
    rows: groups.map(({ low, high, count, mean, share }) => [
      `${low} to ${high} %`,
      String(count),
      percentage(mean),
      percentage(share),
    ]),
  };
  return element(
    "details",
    { open: true },
    element("summary", {}, "Calibration: what you said, and what came true"),
    element("p", {}, CALIBRATION),
    calibrationPicture(groups),
    tableView(table, "Calibration"),
  );
}

// -- cards --

const linksView = (links: Link[]) =>
  element(
    "ul",
    { class: "face-sources" },
    ...links.map(({ text, url }) => element("li", {}, link(text, url))),
  );

function baseView({ percent, phrase, limits }: BaseRate): HTMLElement {
  const rate = element("strong", {}, `A base rate: ${percentage(percent)}. `);
  return element("p", {}, rate, `${phrase} ${limits}`);
}

function knownView({ known, links, base }: Question): HTMLElement {
  const none = "No base rate: we found no fair class of cases to count.";
  return element(
    "details",
    {},
    element("summary", {}, "What was known then, and how often the like had happened"),
    element("p", {}, known),
    linksView(links),
    base ? baseView(base) : element("p", {}, none),
  );
}

type KeepOne = (id: string, entry: Forecast) => void;

function inputs(id: string, entry: Forecast, bands: Band[], keep: KeepOne): HTMLElement[] {
  const ids = { percent: freshId("percent"), word: freshId("word"), reason: freshId("reason") };
  const said = element("span", { class: "forecast-word", id: ids.word });
  const box = element("input", {
    id: ids.percent,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    size: 5,
    "aria-describedby": ids.word,
  });
  box.value = entry.percent === null ? "" : String(entry.percent);
  const reason = element("input", { id: ids.reason, type: "text", autocomplete: "off" });
  reason.value = entry.reason;
  const known = element("input", { type: "checkbox", checked: entry.known });
  const notify = () => {
    const percent = percentIn(box.value);
    const bad = box.value.trim() !== "" && percent === null;
    box.setAttribute("aria-invalid", String(bad));
    said.textContent = bad ? "Write one number from 0 to 100." : likelihoodText(percent, bands);
  };
  const change = () =>
    keep(id, { percent: percentIn(box.value), reason: reason.value, known: known.checked });
  box.addEventListener("input", notify);
  for (const one of [box, reason, known]) one.addEventListener("change", change);
  notify();
  return [
    element(
      "p",
      { class: "forecast-percent" },
      element("label", { for: ids.percent }, "Probability of yes"),
      " ",
      box,
      " % ",
      said,
    ),
    element(
      "p",
      { class: "face-field" },
      element("label", { for: ids.reason }, "In a few words, why?"),
      reason,
    ),
    element(
      "label",
      { class: "face-option" },
      known,
      element("span", {}, "I already know how this ended (it will not count)"),
    ),
  ];
}

function lockedView(forecast: Forecast | undefined, bands: Band[]): (HTMLElement | null)[] {
  const { percent = null, reason = "", known = false } = forecast ?? {};
  if (percent === null) return [element("p", {}, "You gave no forecast.")];
  const knew = known ? "; you knew already how it ended" : "";
  return [
    element(
      "p",
      {},
      element("strong", {}, `You said ${percentage(percent)}`),
      `, ${likelihoodText(percent, bands)}${knew}.`,
    ),
    reason ? element("p", { class: "forecast-reason" }, `“${reason}”`) : null,
  ];
}

function answerView(row: ScoredQuestion, { happened, why, links }: Outcome): HTMLElement {
  const own = row.own === null ? "" : ` Your score: ${score(row.own)}.`;
  const base = row.baseScore === null ? "" : ` The base rate's: ${score(row.baseScore)}.`;
  return element(
    "div",
    { class: "forecast-answer" },
    element("p", {}, element("strong", {}, `${row.outcome ? YES : NO}. `), happened),
    element("p", {}, `${own}${base}`),
    element("p", {}, why),
    linksView(links),
  );
}

function cardView(question: Question, inside: (HTMLElement | null)[]): HTMLElement {
  return element(
    "li",
    { class: "forecast-card" },
    element("p", { class: "forecast-text" }, question.text),
    element("p", { class: "forecast-rule" }, `${question.rule} Closes on ${question.closes}.`),
    ...inside,
  );
}

// -- files --

function saveJson(spec: ForecastSpec, { name, locked, forecasts }: KeptForecasts): void {
  const rows = Object.entries(forecasts).filter(([, { percent }]) => percent !== null)
    .map(([id, one]) => ({ id, ...one }));
  const { about, storageKey: key } = spec;
  const content = { about, format: 1, key, name, locked, forecasts: rows };
  const text = `${JSON.stringify(content, null, 2)}\n`;
  download(fileName(name, "json"), "application/json", text);
}

function saveCsv(spec: ForecastSpec, work: KeptForecasts): void {
  const text = asCsv(forecastsTable(spec, work));
  download(fileName(work.name, "csv"), "text/csv;charset=utf-8", text);
}

// -- a class --

/** The class file: it lasts as long as the page. */
interface Shared {
  members: Member[];
}

const COLLECT =
  "Collect the files that others saved, and load them all at once. They stay on this " +
  "computer and are not kept when you leave the page. Names are used only to find a file " +
  "that is there twice.";

function classPanel(
  spec: ForecastSpec,
  work: () => KeptForecasts,
  shared: Shared,
  answers: Outcome[] | null,
): HTMLElement {
  const statusMessage = element("p", { class: "face-status", role: "status" });
  const pasted = element("textarea", { id: freshId("pasted"), rows: 3, spellcheck: "false" });
  const result = element("div", {});
  const empty = () => {
    shared.members = [];
    statusMessage.textContent = "The class file is empty again.";
    show();
  };
  const show = () => {
    const { members } = shared;
    const rows = classRows(spec.questions, members);
    const summary = classSummary(spec.questions, rows, members, work(), answers);
    const inside = [
      element("p", { class: "face-text" }, summary),
      tableView(classTable(rows, work(), answers), "Class"),
      element("p", {}, button("Empty the class file", empty)),
    ];
    result.replaceChildren(...(members.length ? inside : []));
  };
  const take = (files: ChosenFile[]) => {
    const bad: string[] = [];
    let good = 0;
    for (const { name, text } of files) {
      const { members, problem } = membersIn(text, spec);
      if (!members) {
        bad.push(`${name} (${problem})`);
        continue;
      }
      const joined = joinedMembers(shared.members, members);
      shared.members = joined.members;
      const there = (one: string) => `${name} (the forecasts of ${one} were there already)`;
      bad.push(...joined.twice.map(there));
      if (joined.twice.length < members.length) good += 1;
    }
    const added = `${counted(good, "file was", "files were")} added.`;
    statusMessage.textContent = `${added}${bad.length ? ` Left out: ${bad.join("; ")}.` : ""}`;
    show();
  };
  const addPasted = () => take([{ name: "What you pasted", text: pasted.value }]);
  show();
  const accept = ".json,.csv,application/json,text/csv";
  const paste = "Or paste rows from a table with the columns name, id and percent";
  return element(
    "details",
    { open: shared.members.length > 0 },
    element("summary", {}, "Class file: pool the forecasts of many people"),
    element("p", {}, COLLECT),
    element("p", {}, pickFiles("Load files of others", accept, take)),
    element("p", { class: "face-field" }, element("label", { for: pasted.id }, paste), pasted),
    element("p", {}, button("Add these rows", addPasted)),
    statusMessage,
    result,
  );
}

// -- the whole --

/** What the two stages of a set of forecasts do. */
interface Stage {
  spec: ForecastSpec;
  work: KeptForecasts;
  shared: Shared;
  now(): KeptForecasts;
  keep(next: Partial<KeptForecasts>): void;
  move(next: Partial<KeptForecasts>): void;
}

/** Before the lock: every question with its boxes. */
function draftView({ spec, work, now, keep, move }: Stage): HTMLElement[] {
  const name = element("input", { id: freshId("name"), type: "text", autocomplete: "off" });
  name.value = work.name;
  name.addEventListener("change", () => keep({ name: name.value }));
  const empty = { percent: null, reason: "", known: false };
  const keepOne: KeepOne = (id, entry) => keep({ forecasts: { ...now().forecasts, [id]: entry } });
  const lock = () => move({ locked: new Date().toISOString() });
  const cards = spec.questions.map((question) => {
    const entry = work.forecasts[question.id] ?? empty;
    const boxes = inputs(question.id, entry, spec.bands, keepOne);
    return cardView(question, [knownView(question), ...boxes]);
  });
  const sign = "A name or a sign for the class file (may stay empty)";
  return [
    element("ol", { class: "forecast-list" }, ...cards),
    element("p", { class: "face-field" }, element("label", { for: name.id }, sign), name),
    element(
      "p",
      {},
      element(
        "button",
        { type: "button", class: "forecast-lock", onclick: lock },
        "Lock my forecasts",
      ),
    ),
  ];
}

/** After the lock: what was said, and, once revealed, how it ended and what it scores. */
function lockedStage({ spec, work, shared, now, move }: Stage): (HTMLElement | null)[] {
  const answers = work.revealed ? unsealed<Outcome[]>(spec.sealed) : null;
  const rows = answers && scoredQuestions(spec.questions, work.forecasts, answers);
  const cards = spec.questions.map((question, at) =>
    cardView(question, [
      ...lockedView(work.forecasts[question.id], spec.bands),
      answers && rows && answerView(rows[at], answers[at]),
      knownView(question),
    ])
  );
  const count = counted(spec.questions.length, "question", "questions");
  const revealed = work.revealed ? ` Revealed on ${moment(work.revealed)}.` : "";
  const state = `Locked on ${moment(work.locked ?? "")}: ${given(work)} of ${count}.${revealed}`;
  const reveal = () => move({ revealed: new Date().toISOString() });
  const unlock = () => move({ locked: null });
  const act = (name: string, label: string, onclick: () => void) =>
    element("button", { type: "button", class: name, onclick }, label);
  const buttons = work.revealed ? [] : [
    act("forecast-reveal", "Reveal what happened", reveal),
    " ",
    act("forecast-unlock", "Undo the lock", unlock),
    " ",
  ];
  const scores = rows
    ? [
      element("p", { class: "face-text forecast-score" }, scoreText(rows)),
      tableView(scoresTable(rows), "Scores"),
      calibrationView(rows),
    ]
    : [];
  return [
    element("p", { class: "forecast-state" }, state),
    ...scores,
    element(
      "p",
      {},
      ...buttons,
      button("Save my forecasts (JSON)", () => saveJson(spec, now())),
      " ",
      button("Save as a table (CSV)", () => saveCsv(spec, now())),
    ),
    classPanel(spec, now, shared, answers),
    element("ol", { class: "forecast-list" }, ...cards),
  ];
}

/** Builds a set of forecasts in `el`. */
export const forecast: Builder<ForecastSpec> = (el, spec, backend) => {
  const ids = spec.questions.map(({ id }) => id);
  const shared: Shared = { members: [] };
  const statusMessage = element("p", { class: "face-status", role: "status" });
  const stage = element("div", { tabindex: -1, class: "forecast-stage" });
  let work = workIn(backend.value(), ids);
  let pending = 0;

  // What is kept now: another tab may have locked since this one was painted.
  const now = () => pending ? work : workIn(backend.value(), ids);
  // Gives whether it was sent: what the rules forbid is said, and stays as it is.
  const keep = async (next: Partial<KeptForecasts>): Promise<boolean> => {
    const wanted = { ...now(), ...next };
    const refused = refusal(workIn(now(), ids), workIn(wanted, ids));
    if (refused) {
      statusMessage.textContent = refused;
      adopt();
      return false;
    }
    work = wanted;
    pending += 1;
    const text = await backend.keep(work);
    pending -= 1;
    if (!pending) {
      statusMessage.textContent = text;
      adopt();
    }
    return true;
  };
  // What is kept may differ from what is shown: another tab wrote, a file was loaded, or Python
  // refused.
  const adopt = () => {
    if (pending) return;
    const kept = workIn(backend.value(), ids);
    if (JSON.stringify(kept) === JSON.stringify(workIn(work, ids))) return;
    work = kept;
    show();
  };
  const move = async (next: Partial<KeptForecasts>) => {
    if (!await keep(next)) return;
    show();
    stage.focus();
  };
  const show = () => {
    const parts: Stage = { spec, work, shared, now, keep, move };
    const inside = work.locked ? lockedStage(parts) : draftView(parts);
    stage.replaceChildren(...inside.filter((one) => one !== null));
  };
  show();
  const unlisten = backend.onChange(adopt);
  el.replaceChildren(element(
    "form",
    { class: "face-forecast", onsubmit: (event) => event.preventDefault() },
    element("fieldset", {}, element("legend", {}, spec.question), stage),
    ...hints(spec.hints),
    statusMessage,
  ));
  return unlisten;
};

export default { render: (context: LiveContext) => renderLive(forecast, context) };
