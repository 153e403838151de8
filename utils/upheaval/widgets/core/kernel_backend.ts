import { element } from "./dom.ts";
import { startFace } from "./start.ts";
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

/** A model of ipywidgets' own. */
interface CoreModel {
  get(name: "value"): string;
  comm?: { on_msg(listen: (message: unknown) => void): void };
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

const PATIENCE = 15_000; // milliseconds
const SILENT = "The kernel does not answer. Wait until it is idle, or run this cell again.";

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

  constructor(model: Model) {
    this.#model = model;
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
      const silence = setTimeout(() => failed(SILENT), PATIENCE);
      this.#waiting.set(stateKey, {
        done: (state) => {
          clearTimeout(silence);
          done(state);
        },
        failed: (problem) => {
          clearTimeout(silence);
          failed(problem);
        },
      });
    });

  #next(): void {
    this.#queue = this.#queue.filter((stateKey) => !this.#kept.has(stateKey));
    if (this.#queue.length) this.#model.send({ prefetch: this.#queue[0] });
  }
}

/** Sends what a reader does, each with a turn of its own, by which its answer is known. */
class Turns {
  #waiting = new Map<string, (state: State) => void>();
  #count = 0;
  #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  send(selection: object): void {
    this.#model.set("selected", selection);
    this.#model.save_changes();
  }

  answered(selection: object): Promise<State> {
    return new Promise((done) => {
      this.#count += 1;
      // A turn from an earlier view of this model must not answer this one's.
      const turn = `${Date.now()}-${this.#count}`;
      this.#waiting.set(turn, done);
      this.send({ ...selection, turn });
    });
  }

  arrive(state: State): void {
    this.#waiting.get(state.turn ?? "")?.(state);
    this.#waiting.delete(state.turn ?? "");
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

function kernelBackend(model: Model): Backend {
  const states = new States(model);
  const turns = new Turns(model);
  const evidence: ((statusMessage: string) => void)[] = [];
  const arrive = () => {
    states.arrive(model.get("state"));
    turns.arrive(model.get("state"));
  };
  const early = (message: Message) => {
    if (message.evidenceAdded) evidence.shift()?.(message.evidenceAdded);
    else states.early(message);
  };
  model.on("change:state", arrive);
  arrive();
  model.on("msg:custom", early);
  const told = (message: Sent): Promise<string> =>
    new Promise((done) => {
      evidence.push(done);
      model.send(message);
    });
  const statusMessage = (selection: object) =>
    turns.answered(selection).then(({ statusMessage = "" }) => statusMessage);
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
    tellVisible: (selection, rows) => model.send({ visibleRows: rows, selection }),
    value: () => model.get("state").value,
    linked: (storageKey) => model.get("state").linked?.[storageKey],
    all: () => model.get("state").all ?? {},
    keep: (value) => statusMessage({ value }),
    merge: (work, mine) => statusMessage({ work, mine }),
    clear: () => statusMessage({ clear: true }),
    addEvidence: (item) => told({ addEvidence: item }),
    removeEvidence: (ids) => told({ removeEvidence: ids }),
    onChange: (notify) => listenToChanges(model, notify),
  };
}

// anywidget takes no message for a model that was not ready within two seconds of its making, and
// never says so: on a slow computer a check would give no verdict. What is painted is ready, so
// its messages go to ipywidgets' own handler.
async function attachCommHandler(model: Model): Promise<void> {
  const widget = await model.widget_manager.get_model(model.get("widget_id"));
  const handler = "_handle_comm_msg";
  // The first class that has it, of all that the model is made of: ipywidgets' own.
  // deno-lint-ignore no-explicit-any -- classes of ipywidgets, of which no types are at hand
  let kind: any = widget;
  while (kind && !(Object.hasOwn(kind, handler) && !Object.getPrototypeOf(kind)?.[handler])) {
    kind = Object.getPrototypeOf(kind);
  }
  widget.comm?.on_msg((message) => kind[handler].call(widget, message));
}

// In its command mode JupyterLab takes keys from all but boxes of text: in a closed list or on a
// radio button letters would add, cut and delete cells. It asks the element with the focus first
// (its own rules name `:focus`), so the mark that keeps it off stands there, and not around it. It
// is away while the reader saves: the browser would offer to save JupyterLab's page.
function keepKeys(el: HTMLElement): Stop {
  const keep = ({ target, ctrlKey, metaKey, key }: KeyboardEvent) => {
    if (!(target instanceof HTMLElement) || !el.contains(target)) return;
    const saves = (ctrlKey || metaKey) && key.toLowerCase() === "s";
    if (saves) target.removeAttribute("data-lm-suppress-shortcuts");
    else target.setAttribute("data-lm-suppress-shortcuts", "true");
  };
  addEventListener("keydown", keep, true); // JupyterLab listens at the document: later than this
  return () => removeEventListener("keydown", keep, true);
}

/** anywidget's `render`, for a face that `build` makes. */
export function renderLive<Spec>(build: Builder<Spec>, { model, el }: LiveContext): Stop {
  el.classList.add("face");
  const letGo = keepKeys(el);
  // A front end that keeps its models elsewhere goes on as it was.
  attachCommHandler(model).catch(() => {});
  const stop = startFace(build, el, model.get("spec") as Spec, kernelBackend(model));
  return () => {
    letGo();
    stop();
  };
}
