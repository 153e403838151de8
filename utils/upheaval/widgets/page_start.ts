import { element } from "./core/dom.ts";
import { watchPrinting } from "./core/on_paper.ts";
import { startFace } from "./core/start.ts";
import * as storage from "./core/storage.ts";
import type { Builder } from "./core/protocol.ts";
import { plotly, staticBackend, whole } from "./core/static_backend.ts";
import { largeInPage, offerBlocks } from "./core/wall.ts";
import { canUnpack, type States, statesOf, unpacked } from "./core/unpack.ts";

// The page itself answers: this starts every face in it.

/** What makes the face of each kind. */
export type Builders = Record<string, Builder<never>>;

/** What stands in a face's element: `BaseWidget.page_data` in Python. */
interface PageData {
  spec: { kind: string; storageKey?: string; name?: string };
  /** The states of a chart, packed; with its number all that is large in the page. */
  packed?: string;
  /** Which of the page's charts it is, where the first carries the states of all. */
  chart?: number;
  /** Large parts of the spec, packed. */
  large?: string;
  /** Which part of what the first chart carries they are. */
  shared?: number;
}

// -- starting --

const TOO_OLD = "Your browser is too old for the controls here. With a newer one they appear.";

/** All that is large in the page, by numbers, once its first chart has been read. */
let all: Promise<object> | undefined;

async function numbered(number: number): Promise<object> {
  if (!all) throw new Error("The first chart of this page, which carries all, is missing.");
  return (await all as Record<number, object>)[number];
}

/** The states of a chart; null of what is none. */
async function statesIn({ packed, chart }: PageData): Promise<States | null> {
  if (chart === undefined) {
    return packed === undefined ? null : statesOf(await unpacked(packed));
  }
  if (packed !== undefined) all = unpacked(packed);
  return statesOf(await numbered(chart));
}

/** The large parts of a spec; none where it has none. */
async function largeIn({ large, shared }: PageData): Promise<object> {
  if (large !== undefined) return await unpacked(large);
  return shared === undefined ? {} : await numbered(shared);
}

async function start(builders: Builders, el: HTMLElement): Promise<void> {
  const data: PageData = JSON.parse(el.querySelector("script")?.textContent ?? "");
  if ((data.packed ?? data.chart ?? data.large ?? data.shared) !== undefined && !canUnpack()) {
    el.append(element("p", { class: "face-message" }, TOO_OLD));
  } else {
    const [states, large] = [await statesIn(data), await largeIn(data)];
    // The kind stands in the data beside the spec that this kind has.
    const spec = { ...data.spec, ...large } as never;
    startFace(builders[data.spec.kind], el, spec, staticBackend(data.spec, states));
  }
  el.setAttribute("data-started", "");
}

const FAILED =
  "This part could not start here. The others work. Reload the page; if it stays so, " +
  "tell your teacher.";

/** Starts what stands in `el`; one that fails says so, and takes no other with it. */
async function startOrSay(builders: Builders, el: HTMLElement): Promise<void> {
  try {
    await start(builders, el);
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
async function startAll(builders: Builders): Promise<void> {
  const first = () => document.querySelector<HTMLElement>("[data-draws]:not([data-started])");
  const chart = first() ?? (await whole, first());
  if (chart) {
    await startOrSay(builders, chart);
    await plotly().catch(() => {}); // the chart says itself that it is missing
    await painted();
  }
  await whole;
  loadLateScripts();
  offerBlocks();
  for (const el of document.querySelectorAll<HTMLElement>("[data-face]:not([data-started])")) {
    await startOrSay(builders, el);
    // The browser may paint a chart before the next face is made.
    if (el.hasAttribute("data-draws")) await painted();
  }
}

/** Starts the faces in an element that came into the page later. */
export async function startFaces(builders: Builders, within: HTMLElement): Promise<void> {
  for (const el of within.querySelectorAll<HTMLElement>("[data-face]:not([data-started])")) {
    await startOrSay(builders, el);
  }
}

/** Starts a page whose faces are of the kinds that `builders` has. */
export function startPage(builders: Builders): void {
  document.documentElement.setAttribute("data-faces", ""); // `scripts_run.ts` asks for it
  storage.listen();
  watchPrinting();
  largeInPage();
  startAll(builders);
}
