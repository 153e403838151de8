import { element } from "./dom.ts";
import { backToTop, keepKeys } from "./jupyterlab.ts";
import { startFace } from "./start.ts";
import { Silence, Unanswered } from "./unanswered.ts";
import type {
  Backend,
  Builder,
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

/** The state that Python answers with: of a chart, a check, or what is kept. */
interface State extends Partial<ExplorerState> {
  turn?: string;
  statusMessage?: string;
  value?: unknown;
  linked?: KeptWork;
  all?: KeptWork;
  /** All work is gone, for the how manieth time. */
  cleared?: number;
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
  | { addEvidence: Finding }
  | { removeEvidence: string[] }
  | { visibleRows: number[]; selection: Selection };

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
    script.onerror = () => failed("plotly.js did not load");
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

  /** The sentence that answers a selection; a value to be kept waits in the browser for it. */
  answered(selection: Record<string, unknown>): Promise<string> {
    return new Promise((done) => {
      this.#count += 1;
      // A turn from an earlier view of this model must not answer this one's.
      const turn = `${Date.now()}-${this.#count}`;
      if ("value" in selection) this.#unanswered.add({ turn, value: selection.value });
      const answered = this.#silence.asked();
      this.#waiting.set(turn, ({ statusMessage = "" }) => {
        answered();
        done(statusMessage);
      });
      this.send({ ...selection, turn });
    });
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

/** Calls `notify` at every change of what is kept, with whether it was cleared. */
function listenToChanges(model: Model, notify: (gone: boolean) => void): Stop {
  let seen = model.get("state").cleared;
  return listen(model, "change:state", () => {
    const { cleared = seen } = model.get("state");
    const gone = cleared !== seen;
    seen = cleared;
    notify(gone);
  });
}

function kernelBackend(model: Model, silence: Silence, unanswered: Unanswered): Backend {
  const states = new States(model, silence);
  const turns = new Turns(model, silence, unanswered);
  const evidence = new EvidenceSent(model, silence);
  const arrive = () => {
    states.arrive(model.get("state"));
    turns.arrive(model.get("state"));
  };
  const early = (message: Message) => {
    if (message.evidenceAdded) evidence.arrive(message.evidenceAdded);
    else states.early(message);
  };
  model.on("change:state", arrive);
  arrive();
  model.on("msg:custom", early);
  return {
    plotly: () => liveLibrary(model),
    selection: () => model.get("selected"),
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
    value: () => unanswered.sent?.value ?? model.get("state").value,
    linked: (storageKey) => model.get("state").linked?.[storageKey],
    all: () => model.get("state").all ?? {},
    keep: (value) => turns.answered({ value }),
    merge: (work, mine) => turns.answered({ work, mine }),
    clear: () => {
      Unanswered.clear();
      return turns.answered({ clear: true });
    },
    addEvidence: (item) => evidence.send({ addEvidence: item }),
    removeEvidence: (ids) => evidence.send({ removeEvidence: ids }),
    onChange: (notify) =>
      listenToChanges(model, (gone) => {
        if (gone) Unanswered.clear();
        notify(gone);
      }),
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

/** anywidget's `render`, for a face that `build` makes. */
export function renderLive<Spec>(build: Builder<Spec>, { model, el }: LiveContext): Stop {
  el.classList.add("face");
  const letGo = keepKeys(el);
  backToTop();
  const spec = model.get("spec") as Spec;
  const unanswered = new Unanswered((spec as { storageKey?: string }).storageKey);
  const line = element("p", { class: "face-message", role: "status" });
  const silence = new Silence((text) => {
    line.textContent = text;
    if (text) el.append(line); // a face that was built anew has taken it out
  }, () => unanswered.sent !== null);
  // A front end that keeps its models elsewhere goes on as it was.
  attachCommHandler(model, silence).catch(() => {});
  const backend = kernelBackend(model, silence, unanswered);
  const stop = startFace(build, el, spec, backend);
  // An earlier kernel never answered it.
  const { sent } = unanswered;
  if (sent) backend.keep(sent.value);
  return () => {
    letGo();
    stop();
  };
}
