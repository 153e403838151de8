import "./core/storage_bootstrap.ts";
import { hashWith, selectionIn } from "./explorer/address.ts";
import { check } from "./check/view.ts";
import { coding } from "./coding/view.ts";
import { element } from "./core/dom.ts";
import { explorer } from "./explorer/view.ts";
import { forecast } from "./forecast/view.ts";
import { matrix } from "./matrix/view.ts";
import { type AnswerKey, attempted, marked } from "./check/rules.ts";
import { unsealed } from "./core/seal.ts";
import { memo } from "./memo/view.ts";
import { prompts } from "./prompts/view.ts";
import * as storage from "./core/storage.ts";
import type { Backend, Builder, ExplorerSpec, Finding, Payload, Plotly } from "./core/protocol.ts";
import { canUnpack, type States, unpacked, unpackedWhole } from "./core/unpack.ts";
import { weights } from "./weights/view.ts";
import { portfolio } from "./portfolio/view.ts";

// The page itself answers: this starts every face in it.

const BUILDERS: Record<string, Builder<never>> = {
  check,
  coding,
  explorer,
  forecast,
  matrix,
  memo,
  portfolio,
  prompts,
  weights,
};

/** What stands in a face's element: `BaseWidget.page_data` in Python. */
interface PageData {
  spec: { kind: string; storageKey?: string; name?: string };
  /** The answers of a check, under their seal. */
  answerKey?: string;
  /** The states of a chart, packed. */
  packed?: string;
  /** Large parts of the spec, packed. */
  large?: string;
}

/** The document has been read, and scripts that wait for that have run. */
const whole = new Promise<void>((done) => {
  if (document.readyState === "complete") done();
  addEventListener("DOMContentLoaded", () => done());
  addEventListener("load", () => done());
});

// plotly.js stands behind this script, which is much smaller: what can be done without it is done
// while it is read.
async function plotly(): Promise<Plotly> {
  const there = () => (globalThis as { Plotly?: Plotly }).Plotly;
  if (!there()) await whole;
  const found = there();
  if (!found?.react) throw "plotly.js is missing";
  return found;
}

function staticBackend(data: PageData, states: States | null): Backend {
  const storageKey = data.spec.storageKey ?? data.spec.name ?? ""; // what the reader does here is kept under this
  const spec = data.spec as ExplorerSpec; // only charts have choices
  const cached = (key: string): Payload | undefined => states?.(key);
  const verdict = (answer: unknown) => marked(unsealed<AnswerKey>(data.answerKey ?? ""), answer);
  const kept = (entries: Record<string, unknown>) => Promise.resolve(storage.put(entries));
  return {
    plotly,
    selection: () => selectionIn(location.hash, spec),
    select: (selection) => history.replaceState(null, "", hashWith(location.hash, spec, selection)),
    onSelection: (notify) => {
      const listen = () => notify(selectionIn(location.hash, spec));
      addEventListener("hashchange", listen);
      return () => removeEventListener("hashchange", listen);
    },
    cached,
    prefetch: () => {},
    request: () => Promise.reject("This choice is not in the page."),
    mark: (answer) => {
      const said = verdict(answer);
      if (said.right !== null) {
        storage.put({ [storageKey]: attempted(storage.all()[storageKey], answer, said.right) });
      }
      return Promise.resolve(said);
    },
    verdict: () => {
      const before = storage.all()[storageKey] as { answer?: unknown } | undefined;
      const said = verdict(before?.answer);
      return said.right === null ? null : said;
    },
    value: () => storage.all()[storageKey],
    linked: (key) => storage.all()[key],
    all: storage.all,
    keep: (value) => kept({ [storageKey]: value }),
    merge: (more, mine) => kept(mine ? { ...more, ...storage.all() } : more),
    clear: () => Promise.resolve(storage.clear()),
    addEvidence: (item) => {
      const before = (storage.all().evidence ?? []) as Finding[];
      return kept({ evidence: [...before.filter(({ id }) => id !== item.id), item] });
    },
    onChange: storage.observe,
  };
}

// -- starting --

const TOO_OLD = "Your browser is too old for the controls here. With a newer one they appear.";

async function start(el: HTMLElement): Promise<void> {
  const data: PageData = JSON.parse(el.querySelector("script")?.textContent ?? "");
  if ((data.packed ?? data.large) !== undefined && !canUnpack()) {
    el.append(element("p", { class: "face-status" }, TOO_OLD));
  } else {
    const states = data.packed === undefined ? null : await unpacked(data.packed);
    const large = data.large === undefined ? {} : await unpackedWhole(data.large);
    // The kind stands in the data beside the spec that this kind has.
    const spec = { ...data.spec, ...large } as never;
    BUILDERS[data.spec.kind](el, spec, staticBackend(data, states));
  }
  el.setAttribute("data-started", "");
}

/** The browser has painted what stands in the page now. */
const painted = () =>
  new Promise<void>((done) => {
    // A page out of sight is not painted; nobody waits for it.
    if (document.visibilityState === "hidden") setTimeout(done);
    else requestAnimationFrame(() => setTimeout(done));
  });

/**
 * Loads the scripts that a page can do without until its first chart is seen: the theme's of a
 * site, marked `type="text/late"`. plotly.js would wait for them, as for all that is deferred.
 */
function loadLateScripts(): void {
  for (const late of document.querySelectorAll<HTMLScriptElement>('script[type="text/late"]')) {
    const script = element("script", { src: late.src });
    script.async = false; // one needs the other: they run in the order in which they stand
    late.replaceWith(script);
  }
}

/**
 * Starts the first chart as soon as it can be, and when a reader sees it every other face of the
 * page, in order.
 */
async function startPage(): Promise<void> {
  const first = () => document.querySelector<HTMLElement>("[data-draws]:not([data-started])");
  const chart = first() ?? (await whole, first());
  if (chart) {
    await start(chart).catch(reportError); // one that fails takes no other with it
    await plotly().catch(() => {}); // the chart says itself that it is missing
    await painted();
  }
  await whole;
  loadLateScripts();
  for (const el of document.querySelectorAll<HTMLElement>("[data-face]:not([data-started])")) {
    await start(el).catch(reportError);
    // The browser may paint a chart before the next face is made.
    if (el.hasAttribute("data-draws")) await painted();
  }
}

storage.listen();
startPage();
