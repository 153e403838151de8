import { button, element, hints, type SavedFile, Saver } from "../core/dom.ts";
import { type Draft, draft } from "../core/draft.ts";
import { SharedForm } from "../core/follow.ts";
import { fieldset, form, statusLine } from "../core/form.ts";
import {
  classRows,
  forecastsTable,
  given,
  refusal,
  type ScoredQuestion,
  scoredQuestions,
  scoresTable,
  scoreText,
  workIn,
} from "./rules.ts";
import { answerView, cardView, inputs, type KeepOne, knownView, lockedView } from "./cards.ts";
import { calibrationView } from "./calibration.ts";
import { classPanel, type Shared } from "./class_panel.ts";
import { lineupView } from "./lineup.ts";
import { partsView } from "./parts.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { lessonOf, savedName, SIGN, signOr, workFile } from "../core/work_file.ts";
import { unsealed } from "../core/seal.ts";
import { asCsv, tableView } from "../core/table.ts";
import { counted } from "../core/wording.ts";
import type {
  Backend,
  Builder,
  ForecastSpec,
  KeptForecast,
  KeptForecasts,
  Outcome,
  Stop,
} from "../core/protocol.ts";

// Probabilities for questions: written down, locked, revealed and scored, and pooled with those of
// a class.

function moment(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return time.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

// -- files --

const SIGNED = "The file is signed";
const UNSIGNED =
  "No name or sign stands in the file. You can give one, once for all files, where " +
  "you save all your work.";

/** What is to be saved as a file, with the reader's sign in it. */
type Signed = { spec: ForecastSpec; work: KeptForecasts };

const by = ({ spec, work }: Signed) => ({ sign: work.name, lesson: lessonOf(spec.storageKey) });

function jsonFile({ spec, work }: Signed): SavedFile {
  const given = Object.entries(work.forecasts).filter(([, { percent }]) => percent !== null);
  const kept = { ...work, forecasts: Object.fromEntries(given) };
  const text = workFile(spec.head, { [spec.storageKey]: kept }, by({ spec, work }));
  return [savedName("forecasts", "json", by({ spec, work })), "application/json", text];
}

function csvFile({ spec, work }: Signed): SavedFile {
  const text = asCsv(forecastsTable(spec, work));
  return [savedName("forecasts", "csv", by({ spec, work })), "text/csv;charset=utf-8", text];
}

// -- the whole --

/** What the two stages of a set of forecasts do. */
interface Stage {
  spec: ForecastSpec;
  work: KeptForecasts;
  shared: Shared;
  saver: Saver;
  now(): KeptForecasts;
  /** The name or sign that stands in the files. */
  sign(): string;
  /** The line on it. */
  signedBy: HTMLElement;
  keep(next: () => Partial<KeptForecasts>): void;
  typing(next: Partial<KeptForecasts>): void;
  move(next: Partial<KeptForecasts>): void;
}

/** Before the lock: every question with its boxes. */
function draftView({ spec, work, now, keep, typing, move }: Stage): HTMLElement[] {
  const empty = { percent: null, reason: "", known: false };
  const among = (id: string, entry: KeptForecast) => ({
    forecasts: { ...now().forecasts, [id]: entry },
  });
  const keepOne: KeepOne = (id, entry) => keep(() => among(id, entry));
  const typeOne: KeepOne = (id, entry) => typing(among(id, entry));
  const lock = () => move({ locked: new Date().toISOString() });
  const cards = spec.questions.map((question) => {
    const entry = work.forecasts[question.id] ?? empty;
    const boxes = inputs(question.id, entry, spec.bands, keepOne, typeOne);
    return cardView(question, [knownView(question), ...boxes]);
  });
  return [
    element("ol", { class: "forecast-list" }, ...cards),
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

/** What the forecasts score: in words, as a table, as a picture, by groups, and by parts. */
const scoresView = (rows: ScoredQuestion[], lineup: HTMLElement): (HTMLElement | null)[] => [
  element("p", { class: "face-text forecast-score" }, scoreText(rows)),
  tableView(scoresTable(rows), "Scores"),
  lineup,
  calibrationView(rows),
  partsView(rows),
];

/** After the lock: what was said, and, once revealed, how it ended and what it scores. */
function lockedStage(
  { spec, work, shared, saver, now, move, sign, signedBy }: Stage,
): (HTMLElement | null)[] {
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
  const signed = () => ({ spec, work: { ...now(), name: sign() } });
  const lineup = element("div", {});
  const drawLineup = () =>
    rows && lineup.replaceChildren(lineupView(rows, classRows(spec.questions, shared.members)));
  drawLineup();
  return [
    element("p", { class: "forecast-state" }, state),
    ...(rows ? scoresView(rows, lineup) : []),
    element(
      "p",
      {},
      ...buttons,
      button("Save my forecasts (JSON)", () => saver.save(...jsonFile(signed()))),
      " ",
      button("Save as a table (CSV)", () => saver.save(...csvFile(signed()))),
    ),
    signedBy,
    saver.node,
    classPanel(spec, now, shared, answers, drawLineup),
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
  readonly #signedBy = element("p", { class: "face-subtitle" });
  readonly #stage = element("div", { tabindex: -1, class: "forecast-stage" });
  readonly #typed: Draft;
  readonly #steps: SharedForm<KeptForecasts>;
  readonly #unsign: Stop;
  #work: KeptForecasts;
  /** What the boxes say; nothing where something came in while somebody typed. */
  #painted = "";
  /** What is being typed, and not kept yet. */
  #open: Partial<KeptForecasts> = {};

  constructor(spec: ForecastSpec, backend: Backend) {
    this.#spec = spec;
    this.#backend = backend;
    this.#typed = draft(backend, this.#statusMessage, () => this.#keep(() => ({})));
    this.#ids = spec.questions.map(({ id }) => id);
    const read = (kept: unknown) => workIn(kept, this.#ids);
    this.#work = read(null);
    this.#steps = new SharedForm(backend, {
      read,
      show: this.#adopt,
      now: () => read({ ...this.#work, ...this.#open }),
      reverts: true,
    });
    this.#sayWho();
    this.#unsign = backend.onChange(this.#sayWho);
  }

  stop = () => {
    this.#typed.stop();
    this.#steps.stop();
    this.#unsign();
  };

  /** The name or sign for all files, or the one that these forecasts had of their own before. */
  #sign = () => signOr(this.#backend.linked(SIGN), this.#work.name);

  #sayWho = () => {
    const sign = this.#sign();
    const told = sign ? [`${SIGNED} “`, element("bdi", {}, sign), "”."] : [UNSIGNED];
    this.#signedBy.replaceChildren(...told);
  };

  view(): HTMLElement {
    const fields = fieldset(this.#spec.question, this.#stage);
    return form("face-forecast", [fields, ...hints(this.#spec.hints), this.#statusMessage]);
  }

  // What is kept may differ from what is shown: another tab wrote, a file was loaded, or Python
  // refused. While somebody types, the boxes wait.
  #adopt = (work: KeptForecasts) => {
    [this.#work, this.#open] = [work, {}]; // what is being typed is among it
    if (JSON.stringify(work) === this.#painted) return;
    if (this.#typed.waiting()) this.#painted = "";
    else this.#show();
  };

  #now = () => ({ ...this.#work, ...this.#open });

  #typing = (next: Partial<KeptForecasts>) => {
    this.#open = { ...this.#open, ...next };
    this.#typed.changed();
  };

  // Gives whether it was sent: what the rules forbid is said, and stays as it is. Another tab may
  // have locked since this one was painted.
  #keep = async (next: () => Partial<KeptForecasts>): Promise<boolean> => {
    const painted = this.#painted;
    this.#steps.look();
    if (this.#painted !== painted) this.#painted = "";
    const before = workIn(this.#backend.value(), this.#ids);
    const wanted = workIn({ ...this.#now(), ...next() }, this.#ids);
    this.#open = {};
    this.#typed.drop();
    const refused = refusal(before, wanted);
    if (refused) {
      this.#statusMessage.textContent = refused;
      this.#adopt(before);
      return false;
    }
    this.#work = wanted;
    if (this.#painted) this.#painted = JSON.stringify(wanted);
    const text = await this.#steps.keep();
    if (!this.#typed.waiting()) this.#statusMessage.textContent = text;
    return true;
  };

  #move = async (next: Partial<KeptForecasts>) => {
    if (!await this.#keep(() => next)) return;
    this.#show();
    this.#stage.focus();
  };

  /** Paints all anew; who stands in a box stays there. */
  #show() {
    const parts: Stage = {
      spec: this.#spec,
      work: this.#work,
      shared: this.#shared,
      saver: this.#saver,
      now: this.#now,
      sign: this.#sign,
      signedBy: this.#signedBy,
      keep: this.#keep,
      typing: this.#typing,
      move: this.#move,
    };
    const inside = this.#work.locked ? lockedStage(parts) : draftView(parts);
    const boxes = () => [...this.#stage.querySelectorAll("input")];
    const at = boxes().findIndex((one) => one === document.activeElement);
    const [from, to] = at < 0 ? [] : [boxes()[at].selectionStart, boxes()[at].selectionEnd];
    this.#stage.replaceChildren(...inside.filter((one) => one !== null));
    this.#painted = JSON.stringify(this.#work);
    if (at < 0 || !boxes()[at]) return;
    boxes()[at].focus();
    if (boxes()[at].type === "text") boxes()[at].setSelectionRange(from ?? 0, to ?? 0);
  }
}

/** Builds a set of forecasts in `el`. */
export const forecast: Builder<ForecastSpec> = (el, spec, backend) => {
  const form = new ForecastForm(spec, backend);
  el.replaceChildren(form.view());
  return form.stop;
};

export default { render: (context: LiveContext) => renderLive(forecast, context) };
