import "./core/storage_bootstrap.ts";
import { check } from "./check/view.ts";
import { coding } from "./coding/view.ts";
import { element } from "./core/dom.ts";
import { explorer } from "./explorer/view.ts";
import { forecast } from "./forecast/view.ts";
import { matrix } from "./matrix/view.ts";
import { memo } from "./memo/view.ts";
import { prompts } from "./prompts/view.ts";
import { startFace } from "./core/start.ts";
import * as storage from "./core/storage.ts";
import type { Builder } from "./core/protocol.ts";
import { plotly, staticBackend, whole } from "./core/static_backend.ts";
import { canUnpack, unpacked, unpackedWhole } from "./core/unpack.ts";
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
  /** The states of a chart, packed. */
  packed?: string;
  /** Large parts of the spec, packed. */
  large?: string;
}

// -- starting --

const TOO_OLD = "Your browser is too old for the controls here. With a newer one they appear.";

async function start(el: HTMLElement): Promise<void> {
  const data: PageData = JSON.parse(el.querySelector("script")?.textContent ?? "");
  if ((data.packed ?? data.large) !== undefined && !canUnpack()) {
    el.append(element("p", { class: "face-message" }, TOO_OLD));
  } else {
    const states = data.packed === undefined ? null : await unpacked(data.packed);
    const large = data.large === undefined ? {} : await unpackedWhole(data.large);
    // The kind stands in the data beside the spec that this kind has.
    const spec = { ...data.spec, ...large } as never;
    startFace(BUILDERS[data.spec.kind], el, spec, staticBackend(data.spec, states));
  }
  el.setAttribute("data-started", "");
}

const FAILED =
  "This part could not start here. The others work. Reload the page; if it stays so, " +
  "tell your teacher.";

/** Starts what stands in `el`; one that fails says so, and takes no other with it. */
async function startOrSay(el: HTMLElement): Promise<void> {
  try {
    await start(el);
  } catch (error) {
    reportError(error);
    el.append(element("p", { class: "face-message" }, FAILED));
    el.setAttribute("data-started", "");
  }
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
 * site, marked `type="text/late"` with their address as `data-src`. plotly.js would wait for them,
 * as for all that is deferred.
 */
function loadLateScripts(): void {
  for (const late of document.querySelectorAll<HTMLScriptElement>('script[type="text/late"]')) {
    const script = element("script", { src: late.dataset.src ?? "" });
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
    await startOrSay(chart);
    await plotly().catch(() => {}); // the chart says itself that it is missing
    await painted();
  }
  await whole;
  loadLateScripts();
  for (const el of document.querySelectorAll<HTMLElement>("[data-face]:not([data-started])")) {
    await startOrSay(el);
    // The browser may paint a chart before the next face is made.
    if (el.hasAttribute("data-draws")) await painted();
  }
}

document.documentElement.setAttribute("data-faces", ""); // `scripts_run.ts` asks for it
storage.listen();
startPage();
