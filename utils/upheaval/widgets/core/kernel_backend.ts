import { element } from "./dom.ts";
import { edited } from "./edits.ts";
import { isOver, type News, placeOf, Wire } from "./era.ts";
import { backToTop, keepKeys } from "./jupyterlab.ts";
import { startFace } from "./start.ts";
import { Silence, Unanswered } from "./unanswered.ts";
import type {
  Backend,
  Builder,
  Edit,
  ExplorerSpec,
  ExplorerState,
  Finding,
  KeptWork,
  Payload,
  Plotly,
  Selection,
  Stop,
} from "./protocol.ts";

// A kernel answers: anywidget calls `render` of a face's module.

// -- what is used of anywidget and ipywidgets --

/** The state that Python answers with: of a chart, a check, or what is kept; with the era of it. */
interface State extends Partial<ExplorerState> {
  turn?: string;
  statusMessage?: string;
  value?: unknown;
  linked?: KeptWork;
  all?: KeptWork;
}

/** The traits of a widget: `BaseWidget` in Python. */
interface Traits {
  spec: unknown;
  state: State;
  selected: Selection;
  library: string;
  widget_id: string;
}

/** A message of Python's outside of the traits. */
interface Message extends Partial<ExplorerState> {
  evidenceAdded?: string;
}

/** A message to Python outside of the traits. */
type Sent =
  | { prefetch: string }
  | { addEvidence: Finding[]; era?: string; began?: number }
  | { removeEvidence: string[]; era?: string }
  | { look: true }
  | { visibleRows: number[]; selection: Selection }
  | { picture: string; selection: Selection };

interface Model {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set(name: "selected", value: unknown): void;
  save_changes(): void;
  send(message: Sent): void;
  on(name: "msg:custom", listen: (message: Message) => void): void;
  on(name: `change:${keyof Traits}`, listen: () => void): void;
  off(name: string, listen: (message: Message) => void): void;
  widget_manager: { get_model(id: string): Promise<CoreModel> };
}

/** Sends; a kernel that is gone gets nothing, and `Silence` says so. */
function post(model: Model, message: Sent): void {
  try {
    model.send(message);
  } catch (error) {
    console.warn("Not sent:", error);
  }
}

/** A model of ipywidgets' own. */
interface CoreModel {
  get(name: "value"): string;
  comm?: { on_msg(listen: (message: unknown) => void): void };
  /** Whether the kernel that made it is there. */
  comm_live?: boolean;
  on?(name: "comm_live_update", listen: () => void): void;
}

/** What anywidget hands to `render`. */
export interface LiveContext {
  model: Model;
  el: HTMLElement;
}

/** What a page that shows charts holds once. */
const shared = globalThis as { Plotly?: Plotly; facePlotly?: Promise<Plotly> };

// -- the backend --

function loaded(source: string): Promise<Plotly> {
  const file = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return new Promise((done, failed) => {
    const script = element("script", { src: file });
    script.onload = () => done(shared.Plotly as Plotly);
    script.onerror = () => failed("the drawing program did not load");
    document.head.append(script);
  });
}

// plotly.js comes once a kernel, in a widget model of its own; several charts may ask for it at the
// same time. As a file of its own the browser compiles it beside the page: inline it would hold the
// page up, and with it other widgets' start.
function liveLibrary(model: Model): Promise<Plotly> {
  if (shared.Plotly?.react) return Promise.resolve(shared.Plotly);
  const id = model.get("library").slice("IPY_MODEL_".length);
  shared.facePlotly ??= model.widget_manager.get_model(id)
    .then((library) => loaded(library.get("value")));
  return shared.facePlotly;
}

interface Waiting {
  done(state: Payload): void;
  failed(problem: string): void;
}

/** States of a chart: kept as they come, asked for one at a time before they are wanted. */
class States {
  #kept = new Map<string, Payload>();
  #waiting = new Map<string, Waiting>();
  // States the reader may want next, one at a time, so that a real choice never waits for more than
  // one of them.
  #queue: string[] = [];
  #arrived = () => {};
  #model: Model;
  #silence: Silence;

  constructor(model: Model, silence: Silence) {
    this.#model = model;
    this.#silence = silence;
  }

  cached = (stateKey: string) => this.#kept.get(stateKey);

  /** Takes a state that was asked for. */
  arrive({ stateKey = "", payload, problem }: State): void {
    if (payload) this.#kept.set(stateKey, payload);
    const waiting = this.#waiting.get(stateKey);
    this.#waiting.delete(stateKey);
    if (problem) waiting?.failed(problem);
    else if (payload) waiting?.done(payload);
  }

  /** Takes a state that may be wanted later. */
  early({ stateKey = "", payload }: Message): void {
    if (payload) this.#kept.set(stateKey, payload);
    this.#queue = this.#queue.filter((one) => one !== stateKey);
    this.#next();
    this.#arrived();
  }

  prefetch = (stateKeys: string[], arrived: () => void) => {
    this.#arrived = arrived;
    const idle = this.#queue.length === 0;
    this.#queue = stateKeys.filter((stateKey) => !this.#kept.has(stateKey));
    if (idle) this.#next();
  };

  request = (stateKey: string): Promise<Payload> =>
    new Promise((done, failed) => {
      const answered = this.#silence.asked();
      this.#waiting.set(stateKey, {
        done: (state) => {
          answered();
          done(state);
        },
        failed: (problem) => {
          answered();
          failed(problem);
        },
      });
    });

  #next(): void {
    this.#queue = this.#queue.filter((stateKey) => !this.#kept.has(stateKey));
    if (this.#queue.length) post(this.#model, { prefetch: this.#queue[0] });
  }
}

/** Sends what a reader does, each with a turn of its own, by which its answer is known. */
class Turns {
  #waiting = new Map<string, (state: State) => void>();
  #count = 0;
  #model: Model;
  #silence: Silence;
  #unanswered: Unanswered;

  constructor(model: Model, silence: Silence, unanswered: Unanswered) {
    this.#model = model;
    this.#silence = silence;
    this.#unanswered = unanswered;
  }

  send(selection: object): void {
    this.#model.set("selected", selection);
    this.#model.save_changes();
  }

  /** Sends what is to be kept, which waits in the browser for its answer; gives the sentence. */
  keep(era: string, value: unknown, edits?: Edit[], began?: number): Promise<string> {
    const turn = this.#turn();
    this.#unanswered.add({ turn, era, value, edits });
    return this.answered({ era, value, ...(edits && { edits }), ...(began && { began }) }, turn);
  }

  /** The sentence that answers a selection. */
  answered(selection: Record<string, unknown>, turn = this.#turn()): Promise<string> {
    return new Promise((done) => {
      const answered = this.#silence.asked();
      this.#waiting.set(turn, ({ statusMessage = "" }) => {
        answered();
        done(statusMessage);
      });
      this.send({ ...selection, turn });
    });
  }

  /** A turn from an earlier view of this model must not answer this one's. */
  #turn(): string {
    this.#count += 1;
    return `${Date.now()}-${this.#count}`;
  }

  // While a message is under way ipywidgets sends of several changes only the last, which is what
  // they come to: its answer is the answer to those before it.
  arrive(state: State): void {
    this.#unanswered.answered(state.turn);
    if (!this.#waiting.has(state.turn ?? "")) return;
    for (const [turn, answer] of this.#waiting) {
      this.#waiting.delete(turn);
      answer(state);
      if (turn === state.turn) return;
    }
  }
}

/** Evidence that is under way, kept or taken out; the kernel answers in their order. */
class EvidenceSent {
  #waiting: ((statusMessage: string) => void)[] = [];
  #model: Model;
  #silence: Silence;

  constructor(model: Model, silence: Silence) {
    this.#model = model;
    this.#silence = silence;
  }

  send = (message: Sent): Promise<string> =>
    new Promise((done) => {
      const answered = this.#silence.asked();
      this.#waiting.push((statusMessage) => {
        answered();
        done(statusMessage);
      });
      post(this.#model, message);
    });

  arrive(statusMessage: string): void {
    this.#waiting.shift()?.(statusMessage);
  }
}

function listen(model: Model, event: "change:state" | "change:selected", act: () => void): Stop {
  model.on(event, act);
  return () => model.off(event, act);
}

/**
 * What is kept as a face knows it, and the era that the face shows. A kernel hears of a clearing
 * when it is asked next, and one that is gone never does: so faces tell each other.
 */
class Kept {
  /** The era of what stands in the face. */
  era: string;
  #model: Model;
  #wire: Wire;
  #key: string | undefined;
  #observers = new Set<(cleared: boolean) => void>();
  #unlisten: Stop;

  constructor(model: Model) {
    this.#model = model;
    this.#key = (model.get("spec") as { storageKey?: string }).storageKey;
    this.era = this.#state.era ?? "";
    this.#wire = new Wire(placeOf(this.era), this.#hear, this.#wake);
    this.#unlisten = listen(model, "change:state", this.#arrived);
    const { era } = this.#wire;
    if (era && isOver(this.era, era)) this.#wake();
  }

  get #state(): State {
    return this.#model.get("state");
  }

  /** What the kernel says; nothing where it does not know yet that all was cleared. */
  get now(): State {
    const { era = this.era } = this.#state;
    return isOver(era, this.era) ? {} : this.#state;
  }

  /** Tells what was kept. */
  tell(kept: string): void {
    this.#wire.tell({ kept });
  }

  observe(notify: (cleared: boolean) => void): Stop {
    this.#observers.add(notify);
    return () => this.#observers.delete(notify);
  }

  stop = () => {
    this.#unlisten();
    this.#wire.stop();
  };

  #notify(cleared: boolean): void {
    for (const one of [...this.#observers]) one(cleared);
  }

  #arrived = () => {
    const { era = this.era } = this.#state;
    if (!isOver(this.era, era)) return this.#notify(false);
    this.#wire.tell({ era });
    this.#begin(era);
  };

  #begin(era: string): void {
    this.era = era;
    Unanswered.clear(era);
    // A chart shows nothing that a reader wrote but a guess: it stays, and looks if it has one.
    this.#notify(this.#state.stateKey === undefined);
  }

  #hear = (news: News) => {
    if ("kept" in news) {
      const { linked = {}, all } = this.#state;
      if (all || news.kept === this.#key || news.kept in linked) this.#look();
    } else if (isOver(this.era, news.era)) {
      this.#begin(news.era);
      this.#look();
    }
  };

  // It may have slept through what others told: it asks before anything is written in it.
  #wake = () => {
    const { era } = this.#wire;
    if (era && isOver(this.era, era)) this.#begin(era);
    this.#look();
  };

  #look(): void {
    post(this.#model, { look: true });
  }
}

/** What answers a face, and what waits for an answer of it. */
interface Parts {
  model: Model;
  silence: Silence;
  unanswered: Unanswered;
  kept: Kept;
}

/** What a reader keeps: sent, and told to other faces when it is there. */
function keeping({ model, silence, unanswered, kept }: Parts, turns: Turns) {
  const { storageKey = "" } = model.get("spec") as { storageKey?: string };
  const evidence = new EvidenceSent(model, silence);
  const told = (key: string, answer: Promise<string>) => {
    answer.then(() => kept.tell(key));
    return answer;
  };
  const era = () => kept.era ? { era: kept.era } : {};
  const value = () => {
    const { sent } = unanswered;
    const there = kept.now.value;
    if (!sent) return there;
    return sent.edits && (there ?? null) !== null ? edited(there, sent.edits) : sent.value;
  };
  return {
    arrive: ({ evidenceAdded = "" }: Message) => {
      evidence.arrive(evidenceAdded);
      kept.tell("evidence");
    },
    value,
    linked: (key: string) => kept.now.linked?.[key],
    all: () => kept.now.all ?? {},
    keep: (value: unknown, edits?: Edit[], began?: number) =>
      told(storageKey, turns.keep(kept.era, value, edits, began)),
    merge: (work: KeptWork, mine: boolean) => told("", turns.answered({ work, mine, ...era() })),
    clear: () => turns.answered({ clear: true }),
    addEvidence: (items: Finding[], began?: number) =>
      evidence.send({ addEvidence: items, ...era(), ...(began && { began }) }),
    removeEvidence: (ids: string[]) => evidence.send({ removeEvidence: ids, ...era() }),
    onChange: (notify: (cleared: boolean) => void) => kept.observe(notify),
  };
}

function kernelBackend(parts: Parts): Backend {
  const { model, silence, unanswered } = parts;
  const states = new States(model, silence);
  const turns = new Turns(model, silence, unanswered);
  const { arrive: evidenceArrived, ...kept } = keeping(parts, turns);
  const arrive = () => {
    states.arrive(model.get("state"));
    turns.arrive(model.get("state"));
  };
  const early = (message: Message) =>
    message.evidenceAdded ? evidenceArrived(message) : states.early(message);
  model.on("change:state", arrive);
  arrive();
  model.on("msg:custom", early);
  return {
    plotly: () => liveLibrary(model),
    selection: () => model.get("selected"),
    tourStep: () => {
      const { controls = [] } = model.get("spec") as Partial<ExplorerSpec>;
      const selected = model.get("selected") as Selection;
      return controls.every(({ name, start }) => selected[name] === start) ? 0 : null;
    },
    select: (selection) => turns.send(selection),
    onSelection: (notify) => {
      const stop = listen(model, "change:selected", () => notify(model.get("selected")));
      return () => {
        stop();
        model.off("change:state", arrive);
        model.off("msg:custom", early);
      };
    },
    cached: states.cached,
    prefetch: states.prefetch,
    request: states.request,
    address: () => "", // a notebook's is of the reader's own computer, and holds no choice
    tellVisible: (selection, rows) => post(model, { visibleRows: rows, selection }),
    tellPicture: (selection, picture) => post(model, { picture, selection }),
    ...kept,
  };
}

// anywidget takes no message for a model that was not ready within two seconds of its making, and
// never says so: on a slow computer a check would give no verdict. What is painted is ready, so
// its messages go to ipywidgets' own handler.
async function attachCommHandler(model: Model, silence: Silence): Promise<void> {
  const widget = await model.widget_manager.get_model(model.get("widget_id"));
  const live = () => {
    silence.gone = widget.comm_live === false;
  };
  widget.on?.("comm_live_update", live);
  live();
  const handler = "_handle_comm_msg";
  // The first class that has it, of all that the model is made of: ipywidgets' own.
  // deno-lint-ignore no-explicit-any -- classes of ipywidgets, of which no types are at hand
  let kind: any = widget;
  while (kind && !(Object.hasOwn(kind, handler) && !Object.getPrototypeOf(kind)?.[handler])) {
    kind = Object.getPrototypeOf(kind);
  }
  widget.comm?.on_msg((message) => kind[handler].call(widget, message));
}

const FAILED =
  "This part could not start here. The others work. Run its cell again; if it stays so, " +
  "tell your teacher.";

/** Builds a face; one that cannot start says so, for anywidget would leave an empty box. */
function startOrSay<Spec>(
  build: Builder<Spec>,
  el: HTMLElement,
  spec: Spec,
  backend: Backend,
): Stop {
  try {
    return startFace(build, el, spec, backend);
  } catch (error) {
    reportError(error);
    const { question } = spec as { question?: string };
    const asked = question ? [element("p", { class: "face-question" }, question)] : [];
    el.replaceChildren(...asked, element("p", { class: "face-message", role: "status" }, FAILED));
    return () => {};
  }
}

/** anywidget's `render`, for a face that `build` makes. */
export function renderLive<Spec>(build: Builder<Spec>, { model, el }: LiveContext): Stop {
  const letGo = keepKeys(el);
  backToTop();
  const spec = model.get("spec") as Spec;
  const kept = new Kept(model);
  const { storageKey } = spec as { storageKey?: string };
  const unanswered = new Unanswered(storageKey, () => kept.era);
  const line = element("p", { class: "face-message", role: "status" });
  const silence = new Silence((text) => {
    line.textContent = text;
    if (text) el.append(line); // a face that was built anew has taken it out
  }, () => unanswered.sent !== null);
  // A front end that keeps its models elsewhere goes on as it was.
  attachCommHandler(model, silence).catch(() => {});
  const backend = kernelBackend({ model, silence, unanswered, kept });
  const stop = startOrSay(build, el, spec, backend);
  const unlisten = kept.observe((cleared) => {
    if (cleared) silence.again();
  });
  // An earlier kernel never answered it.
  const { sent } = unanswered;
  if (sent) backend.keep(sent.value, sent.edits);
  return () => {
    letGo();
    stop();
    unlisten();
    kept.stop();
  };
}
