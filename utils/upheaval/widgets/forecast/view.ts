import { button, element, freshId, hints, type SavedFile, Saver, textInput } from "../core/dom.ts";
import { type Draft, draft } from "../core/draft.ts";
import { fieldset, form, statusLine } from "../core/form.ts";
import {
  counted,
  fileName,
  forecastsTable,
  given,
  refusal,
  scoredQuestions,
  scoresTable,
  scoreText,
  workIn,
} from "./rules.ts";
import { answerView, cardView, inputs, type KeepOne, knownView, lockedView } from "./cards.ts";
import { calibrationView } from "./calibration.ts";
import { classPanel, type Shared } from "./class_panel.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { unsealed } from "../core/seal.ts";
import { asCsv, tableView } from "../core/table.ts";
import type {
  Backend,
  Builder,
  ForecastSpec,
  KeptForecast,
  KeptForecasts,
  Outcome,
} from "../core/protocol.ts";

// Probabilities for questions: written down, locked, revealed and scored, and pooled with those of
// a class.

function moment(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return time.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

// -- files --

function jsonFile(spec: ForecastSpec, { name, locked, forecasts }: KeptForecasts): SavedFile {
  const rows = Object.entries(forecasts).filter(([, { percent }]) => percent !== null)
    .map(([id, one]) => ({ id, ...one }));
  const { about, storageKey } = spec;
  const content = { about, format: 1, key: storageKey, name, locked, forecasts: rows };
  const text = `${JSON.stringify(content, null, 2)}\n`;
  return [fileName(name, "json"), "application/json", text];
}

function csvFile(spec: ForecastSpec, work: KeptForecasts): SavedFile {
  const text = asCsv(forecastsTable(spec, work));
  return [fileName(work.name, "csv"), "text/csv;charset=utf-8", text];
}

// -- the whole --

/** What the two stages of a set of forecasts do. */
interface Stage {
  spec: ForecastSpec;
  work: KeptForecasts;
  shared: Shared;
  saver: Saver;
  now(): KeptForecasts;
  keep(next: Partial<KeptForecasts>): void;
  typing(next: Partial<KeptForecasts>): void;
  move(next: Partial<KeptForecasts>): void;
}

/** Before the lock: every question with its boxes. */
function draftView({ spec, work, now, keep, typing, move }: Stage): HTMLElement[] {
  const name = textInput({ id: freshId("name") });
  name.value = work.name;
  name.addEventListener("input", () => typing({ name: name.value }));
  name.addEventListener("change", () => keep({ name: name.value }));
  const empty = { percent: null, reason: "", known: false };
  const among = (id: string, entry: KeptForecast) => ({
    forecasts: { ...now().forecasts, [id]: entry },
  });
  const keepOne: KeepOne = (id, entry) => keep(among(id, entry));
  const typeOne: KeepOne = (id, entry) => typing(among(id, entry));
  const lock = () => move({ locked: new Date().toISOString() });
  const cards = spec.questions.map((question) => {
    const entry = work.forecasts[question.id] ?? empty;
    const boxes = inputs(question.id, entry, spec.bands, keepOne, typeOne);
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
function lockedStage({ spec, work, shared, saver, now, move }: Stage): (HTMLElement | null)[] {
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
      button("Save my forecasts (JSON)", () => saver.save(...jsonFile(spec, now()))),
      " ",
      button("Save as a table (CSV)", () => saver.save(...csvFile(spec, now()))),
    ),
    saver.node,
    classPanel(spec, now, shared, answers),
    element("ol", { class: "forecast-list" }, ...cards),
  ];
}

/** A set of forecasts on the page, kept in step with what is kept. */
class ForecastForm {
  readonly #spec: ForecastSpec;
  readonly #backend: Backend;
  readonly #ids: string[];
  readonly #shared: Shared = { members: [] };
  readonly #saver = new Saver();
  readonly #statusMessage = statusLine();
  readonly #stage = element("div", { tabindex: -1, class: "forecast-stage" });
  readonly #typed: Draft;
  #work: KeptForecasts;
  /** What is being typed, and not kept yet. */
  #open: Partial<KeptForecasts> = {};
  #pending = 0;

  constructor(spec: ForecastSpec, backend: Backend) {
    this.#spec = spec;
    this.#backend = backend;
    this.#typed = draft(backend, this.#statusMessage, () => this.#keep({}));
    this.#ids = spec.questions.map(({ id }) => id);
    this.#work = this.#kept();
    this.#show();
  }

  stop = () => this.#typed.stop();

  view(): HTMLElement {
    const fields = fieldset(this.#spec.question, this.#stage);
    return form("face-forecast", [fields, ...hints(this.#spec.hints), this.#statusMessage]);
  }

  // What is kept may differ from what is shown: another tab wrote, a file was loaded, or Python
  // refused.
  adopt = () => {
    if (this.#pending || this.#typed.waiting()) return;
    const kept = this.#kept();
    if (JSON.stringify(kept) === JSON.stringify(workIn(this.#work, this.#ids))) return;
    this.#work = kept;
    this.#show();
  };

  #kept = () => workIn(this.#backend.value(), this.#ids);

  // What is kept now, with what is being typed: another tab may have locked since this one was
  // painted.
  #now = () => ({ ...(this.#pending ? this.#work : this.#kept()), ...this.#open });

  #typing = (next: Partial<KeptForecasts>) => {
    this.#open = { ...this.#open, ...next };
    this.#typed.changed();
  };

  // Gives whether it was sent: what the rules forbid is said, and stays as it is.
  #keep = async (next: Partial<KeptForecasts>): Promise<boolean> => {
    const wanted = { ...this.#now(), ...next };
    this.#open = {};
    this.#typed.drop();
    const refused = refusal(workIn(this.#now(), this.#ids), workIn(wanted, this.#ids));
    if (refused) {
      this.#statusMessage.textContent = refused;
      this.adopt();
      return false;
    }
    this.#work = wanted;
    this.#pending += 1;
    const text = await this.#backend.keep(wanted);
    this.#pending -= 1;
    if (!this.#pending && !this.#typed.waiting()) {
      this.#statusMessage.textContent = text;
      this.adopt();
    }
    return true;
  };

  #move = async (next: Partial<KeptForecasts>) => {
    if (!await this.#keep(next)) return;
    this.#show();
    this.#stage.focus();
  };

  #show() {
    const parts: Stage = {
      spec: this.#spec,
      work: this.#work,
      shared: this.#shared,
      saver: this.#saver,
      now: this.#now,
      keep: this.#keep,
      typing: this.#typing,
      move: this.#move,
    };
    const inside = this.#work.locked ? lockedStage(parts) : draftView(parts);
    this.#stage.replaceChildren(...inside.filter((one) => one !== null));
  }
}

/** Builds a set of forecasts in `el`. */
export const forecast: Builder<ForecastSpec> = (el, spec, backend) => {
  const form = new ForecastForm(spec, backend);
  el.replaceChildren(form.view());
  const unlisten = backend.onChange(form.adopt);
  return () => {
    form.stop();
    unlisten();
  };
};

export default { render: (context: LiveContext) => renderLive(forecast, context) };
