import { element } from "../core/dom.ts";
import { explorer } from "../explorer/view.ts";
import { startFaces } from "../page_start.ts";
import type { Result, Wish, Word } from "./protocol.ts";

// Cells of a page that run in it. Loaded when a reader first presses Run, and not before.

/** Where a cell's Python comes from. */
export interface Place {
  base: string;
  notebook: string;
  worker: string;
}

const NO_PYTHON =
  "This browser cannot run Python: it is too old, or WebAssembly is switched off. " +
  "Try a newer Chrome, Edge, Firefox or Safari, or read on: every chart and question of this page" +
  " works without it.";
const FAILED = "Python could not be loaded. Look whether you are online, then press Run again. " +
  "Every chart and question of this page works without it.";
const STOPPED = "Stopped. Run starts Python again.";

const STYLE = `
.run-code { box-sizing: border-box; field-sizing: content; font: 0.9em/1.45 monospace;
  min-height: 6em; padding: 0.6em; tab-size: 4; width: 100%; }
.run-row { align-items: center; display: flex; flex-wrap: wrap; gap: 0.6em; margin: 0.4em 0; }
.run-output { overflow-x: auto; }
.run-output pre { white-space: pre-wrap; }`;

// -- the worker, one for the page --
let worker: Worker | undefined;
let asked = 0;
let last: Promise<unknown> = Promise.resolve();
let stopRun: (() => void) | undefined;

/** Runs a cell; `told` gets lines on how far it is. Throws a sentence where none can run. */
function ask(wish: Omit<Wish, "id">, url: string, told: (line: string) => void): Promise<Result> {
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") throw NO_PYTHON;
  const python = worker ??= new Worker(url, { type: "module" });
  const id = asked += 1;
  return new Promise((done, fail) => {
    const end = () => python.removeEventListener("message", heard);
    const stop = (why: string) => {
      python.terminate();
      worker = undefined;
      fail(why);
    };
    const heard = ({ data }: MessageEvent<Word>) => {
      if ("line" in data) return told(data.line);
      if (data.id !== id) return;
      end();
      if ("result" in data) return done(data.result);
      console.warn(data.failed);
      fail(FAILED);
    };
    stopRun = () => stop(STOPPED);
    python.addEventListener("message", heard);
    python.addEventListener("error", () => stop(FAILED), { once: true });
    python.postMessage({ id, ...wish });
  });
}

// -- what was typed, kept by the browser until all work is cleared --
const CLEARED = "my-work-cleared";

function kept(name: string): string | null {
  try {
    const { cleared, code } = JSON.parse(localStorage.getItem(name) ?? "{}");
    return cleared === localStorage.getItem(CLEARED) && typeof code === "string" ? code : null;
  } catch {
    return null;
  }
}

function keep(name: string, code: string): void {
  try {
    const cleared = localStorage.getItem(CLEARED);
    localStorage.setItem(name, JSON.stringify({ cleared, code }));
  } catch {
    // Then it lasts as long as the page.
  }
}

// -- outputs --
/** One output. Markup is the reader's own, so it is parsed; the page's policy lets none run. */
function shown([form, content]: [string, unknown]): HTMLElement {
  const box = element("div", {});
  if (form === "text/html") {
    const parsed = element("template");
    parsed.innerHTML = String(content);
    box.append(parsed.content);
  } else if (form === "text/plain") box.append(element("pre", {}, String(content)));
  else draw(box, content as { data: unknown[]; layout: object });
  return box;
}

interface Drawer {
  newPlot(box: HTMLElement, data: unknown[], layout: object, options: object): void;
}

function draw(box: HTMLElement, { data, layout }: { data: unknown[]; layout: object }): void {
  const plotly = (globalThis as { Plotly?: Drawer }).Plotly;
  if (plotly) plotly.newPlot(box, data, layout, { displayModeBar: false, responsive: true });
  else box.append("This page has nothing to draw with.");
}

function outputs({ outputs, error }: Result): HTMLElement[] {
  const made = outputs.map(shown);
  if (error) {
    const trace = element("pre", {}, error.trace);
    const fold = element("details", {}, element("summary", {}, "All that Python says"), trace);
    made.push(element("div", {}, element("p", { class: "run-error" }, error.said), fold));
  }
  if (!made.length) made.push(element("p", {}, "It ran, and its last line shows nothing."));
  return made;
}

// -- the cell --
function editor(code: string, run: () => void): HTMLTextAreaElement {
  const box = element("textarea", {
    class: "run-code",
    "aria-label": "Code of this cell. Control and Enter run it.",
    autocapitalize: "off",
    autocomplete: "off",
    rows: Math.max(3, code.split("\n").length),
    spellcheck: "false",
    onkeydown: (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
      event.preventDefault();
      run();
    },
  });
  box.value = code;
  return box;
}

/** Makes the code in `input` editable and runs it; `button`, which was pressed, runs it again. */
export function open(input: HTMLElement, button: HTMLButtonElement, place: Place): void {
  if (!document.querySelector("style[data-run]")) {
    document.head.append(element("style", { "data-run": true }, STYLE));
  }
  const { base, notebook, worker: url } = place;
  const source = (input.textContent ?? "").trimEnd();
  const name = `my-code/${notebook}/${source}`;
  const status = element("span", { role: "status" });
  const output = element("div", { class: "run-output" });
  const stop = element("button", { type: "button", hidden: true, onclick: () => stopRun?.() });
  stop.textContent = "Stop";
  const again = element("button", { type: "button" }, "As it was");
  const box = editor(kept(name) ?? source, () => button.click());
  again.addEventListener("click", () => {
    box.value = source;
    keep(name, source);
    button.click();
  });
  box.addEventListener("input", () => keep(name, box.value));
  const run = async () => {
    button.disabled = again.disabled = true;
    stop.hidden = false;
    status.textContent = "";
    const turn = last;
    try {
      const asking = async () => {
        await turn.catch(() => {});
        const told = (line: string) => status.textContent = line;
        return await ask({ base, notebook, source, code: box.value }, url, told);
      };
      const result = await (last = asking());
      output.replaceChildren(...outputs(result));
      status.textContent = result.error ? "It stopped with an error." : "It ran.";
      await startFaces({ explorer }, output);
    } catch (why) {
      status.textContent = typeof why === "string" ? why : FAILED;
    }
    button.disabled = again.disabled = false;
    stop.hidden = true;
  };
  button.textContent = "Run";
  button.addEventListener("click", run);
  input.replaceChildren(box);
  button.after(stop, again, status);
  button.parentElement?.after(output);
  run();
}
