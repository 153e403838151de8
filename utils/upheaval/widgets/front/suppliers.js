import "./first.js";
import { element } from "./dom.js";
import { FACES } from "./kinds.js";
import { unpacker } from "./pack.js";
import { attempted, marked, unsealed } from "./marking.js";

// Who answers a reader's choice: a kernel (anywidget calls `renderLive`) or the page itself (`startPage`).

// -- live ------------------------------------------------------------------------------------------------------------

// plotly.js comes once a kernel, in a widget model of its own; several charts may ask for it at the same time. As a file of
// its own the browser compiles it beside the page: inline it would hold the page up, and with it other widgets' start.
function liveLibrary(model) {
  if (globalThis.Plotly?.react) return Promise.resolve(globalThis.Plotly);
  globalThis.facePlotly ??= model.widget_manager.get_model(model.get("library").slice("IPY_MODEL_".length)).then((library) => new Promise((done, failed) => {
    const file = URL.createObjectURL(new Blob([library.get("value")], { type: "text/javascript" }));
    const script = element("script", { src: file, onload: () => done(globalThis.Plotly), onerror: () => failed("plotly.js did not load") });
    document.head.append(script);
  }));
  return globalThis.facePlotly;
}

const PATIENCE = 15_000; // milliseconds

function liveSupply(model) {
  const states = new Map();
  const waiting = new Map();
  const turns = new Map();
  let turn = 0;
  const arrive = () => {
    const state = model.get("state");
    if (state.payload) states.set(state.key, state.payload);
    const { done, failed } = waiting.get(state.key) ?? {};
    waiting.delete(state.key);
    if (state.problem) failed?.(state.problem);
    else done?.(state.payload);
    turns.get(state.turn)?.(state);
    turns.delete(state.turn);
  };
  model.on("change:state", arrive);
  arrive();
  // States the reader may want next, one at a time, so that a real choice never waits for more than one of them.
  let ahead = [];
  const next = () => {
    ahead = ahead.filter((key) => !states.has(key));
    if (ahead.length) model.send({ ahead: ahead[0] });
  };
  const gathering = [];
  const early = (message) => {
    if (message.gathered) return gathering.shift()?.(message.gathered);
    if (message.payload) states.set(message.key, message.payload);
    ahead = ahead.filter((key) => key !== message.key);
    return next();
  };
  model.on("msg:custom", early);
  const send = (chosen) => { model.set("chosen", chosen); model.save_changes(); };
  const answered = (chosen) => new Promise((done) => {
    turn += 1;
    // A turn from an earlier view of this model must not answer this one's.
    const mine = `${Date.now()}-${turn}`;
    turns.set(mine, done);
    send({ ...chosen, turn: mine });
  });
  return {
    plotly: () => liveLibrary(model),
    chosen: () => model.get("chosen"),
    choose: send,
    onchosen: (tell) => {
      const listen = () => tell(model.get("chosen"));
      model.on("change:chosen", listen);
      return () => {
        model.off("change:chosen", listen);
        model.off("change:state", arrive);
        model.off("msg:custom", early);
      };
    },
    known: (key) => states.get(key),
    ahead: (keys) => {
      const idle = ahead.length === 0;
      ahead = keys.filter((key) => !states.has(key));
      if (idle) next();
    },
    ask: (key) => new Promise((done, failed) => {
      const silence = setTimeout(() => failed("The kernel does not answer. Wait until it is idle, or run this cell again."), PATIENCE);
      waiting.set(key, { done: (state) => { clearTimeout(silence); done(state); }, failed: (problem) => { clearTimeout(silence); failed(problem); } });
    }),
    mark: (answer) => answered({ answer }),
    verdict: () => (typeof model.get("state").right === "boolean" ? model.get("state") : null),
    value: () => model.get("state").value,
    also: (key) => model.get("state").also?.[key],
    all: () => model.get("state").all ?? {},
    keep: (value, key = null) => answered({ value, key }).then(({ told }) => told),
    merge: (work, mine) => answered({ work, mine }).then(({ told }) => told),
    clear: () => answered({ clear: true }).then(({ told }) => told),
    gather: (item) => new Promise((done) => { gathering.push(done); model.send({ gather: item }); }),
    onvalue: (tell) => {
      model.on("change:state", tell);
      return () => model.off("change:state", tell);
    },
  };
}

// anywidget takes no message for a model that was not ready within two seconds of its making, and never tells: on a slow
// computer a check would give no verdict. What is painted is ready, so its messages go to ipywidgets' own handler.
function hearing(model) {
  model.widget_manager.get_model(model.get("own")).then((own) => {
    let kind = own;
    while (kind && !(Object.hasOwn(kind, "_handle_comm_msg") && !Object.getPrototypeOf(kind)?._handle_comm_msg)) kind = Object.getPrototypeOf(kind);
    own.comm?.on_msg((message) => kind._handle_comm_msg.call(own, message));
  }).catch(() => {}); // a front end that keeps its models elsewhere goes on as it was
}

/** anywidget's `render`. */
export function renderLive({ model, el }) {
  el.classList.add("face");
  hearing(model);
  const spec = model.get("spec");
  return FACES[spec.kind](el, spec, liveSupply(model));
}

// -- in a page -------------------------------------------------------------------------------------------------------

// An address that was cut or typed wrongly ("%E0%") is no reason to lose the charts.
function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

// A choice lives in the address: #timeline.period=2024&timeline.theme=Korea. An ordinary anchor is left alone.
const address = {
  read() {
    return new Map(location.hash.slice(1).split("&").filter((part) => part.includes("=")).map((part) => {
      const at = part.indexOf("=");
      return [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
    }));
  },
  write(entries) {
    const parts = [...entries].map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
    history.replaceState(null, "", `#${parts.join("&")}`);
  },
};

function addressed(spec) {
  const kept = address.read();
  return Object.fromEntries(spec.controls.map(({ name, options, start }) => {
    const at = options.indexOf(kept.get(`${spec.name}.${name}`));
    return [name, at < 0 ? start : at];
  }));
}

// A browser may forbid its storage (a private window, a sandboxed frame): then the answers last as long as the page.
const storage = {
  key: "my-work",
  memory: {},
  observers: new Set(),
  all() {
    try { return { ...this.memory, ...JSON.parse(localStorage.getItem(this.key) ?? "{}") }; } catch { return this.memory; }
  },
  put(entries) {
    this.memory = { ...this.all(), ...entries };
    let told = "Kept in this browser, on this computer only.";
    try { localStorage.setItem(this.key, JSON.stringify(this.memory)); } catch { told = "Kept until you close this page: your browser does not let it store anything."; }
    this.tell();
    return told;
  },
  clear() {
    this.memory = {};
    try { localStorage.removeItem(this.key); } catch { /* then there was nothing in it */ }
    this.tell();
    return "Cleared.";
  },
  tell() { this.observers.forEach((tell) => tell()); },
};

function pageSupply(data) {
  const own = data.spec.key ?? data.spec.name; // what the reader does here is kept under this
  const whole = unpacker(data.pool ?? []);
  const states = new Map();
  const known = (key) => {
    if (!states.has(key)) states.set(key, whole(data.states[key]));
    return states.get(key);
  };
  return {
    plotly: () => (globalThis.Plotly?.react ? Promise.resolve(globalThis.Plotly) : Promise.reject("plotly.js is missing")),
    chosen: () => addressed(data.spec),
    choose: (chosen) => {
      const entries = address.read();
      for (const { name, options, start } of data.spec.controls) {
        if (chosen[name] === start) entries.delete(`${data.spec.name}.${name}`);
        else entries.set(`${data.spec.name}.${name}`, options[chosen[name]]);
      }
      address.write(entries);
    },
    onchosen: (tell) => {
      const listen = () => tell(addressed(data.spec));
      addEventListener("hashchange", listen);
      return () => removeEventListener("hashchange", listen);
    },
    known,
    ahead: () => {},
    ask: (key) => Promise.resolve(known(key)),
    mark: (answer) => {
      const verdict = marked(unsealed(data.key), answer);
      if (verdict.right !== null) storage.put({ [own]: attempted(storage.all()[own], answer, verdict.right) });
      return Promise.resolve(verdict);
    },
    verdict: () => {
      const verdict = marked(unsealed(data.key), storage.all()[own]?.answer);
      return verdict.right === null ? null : verdict;
    },
    value: () => storage.all()[own],
    also: (key) => storage.all()[key],
    all: () => storage.all(),
    keep: (value, key = null) => Promise.resolve(storage.put({ [key ?? own]: value })),
    merge: (work, mine) => Promise.resolve(storage.put(mine ? { ...work, ...storage.all() } : work)),
    clear: () => Promise.resolve(storage.clear()),
    gather: (item) => Promise.resolve(storage.put({ evidence: [...(storage.all().evidence ?? []).filter(({ id }) => id !== item.id), item] })),
    onvalue: (tell) => {
      storage.observers.add(tell);
      return () => storage.observers.delete(tell);
    },
  };
}

// What another tab keeps (the memo in one, a chart in the other) shows here at once. A page that was out of sight may
// have missed that: a browser can put it to sleep, and brings it back as it was when the reader presses "back".
addEventListener("storage", ({ key }) => { if (key === storage.key) storage.tell(); });
addEventListener("pageshow", ({ persisted }) => { if (persisted) storage.tell(); });
addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") storage.tell(); });

/** Starts every element `data-face` of the page that has not been started, in order. */
export function startPage() {
  const start = () => {
    const el = document.querySelector("[data-face]:not([data-started])");
    if (!el) return;
    el.setAttribute("data-started", "");
    const data = JSON.parse(el.querySelector("script").textContent);
    FACES[data.spec.kind](el, data.spec, pageSupply(data));
    // The browser may paint a chart before the next face is made: the first is seen while the others are still to come.
    if (el.hasAttribute("data-draws")) setTimeout(start);
    else start();
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}
