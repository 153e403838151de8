import { edited } from "./edits.ts";
import { hashWith, isChoice, publicAddress, selectionIn, stepIn } from "./address.ts";
import { LateEdits } from "./late_edits.ts";
import { Lately } from "./lately.ts";
import * as storage from "./storage.ts";
import type { Backend, ExplorerSpec, Finding, Payload, Plotly } from "./protocol.ts";
import type { States } from "./unpack.ts";

// The page itself answers: states that were packed into it, and the browser's own storage.

/** The document has been read, and scripts that wait for that have run. */
export const whole = new Promise<void>((done) => {
  if (document.readyState === "complete") done();
  addEventListener("DOMContentLoaded", () => done());
  addEventListener("load", () => done());
});

/**
 * plotly.js, which stands behind this script and is much larger: what can be done without it is
 * done while it is read.
 */
export async function plotly(): Promise<Plotly> {
  const there = () => (globalThis as { Plotly?: Plotly }).Plotly;
  if (!there()) await whole;
  const found = there();
  if (!found?.react) throw "plotly.js is missing";
  return found;
}

/** Milliseconds in which what one tab wrote has come to the others. */
const ARRIVES = 100;

/**
 * Calls `act` when no other tab is at it: one that read the basket before another wrote it would
 * put back what that one took out. An old browser, or a frame that may not ask, acts at once.
 */
function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
  const turns = globalThis.navigator?.locks;
  if (!turns) return act();
  return new Promise((done) => {
    turns.request("upheaval-evidence", () => {
      done(act());
      return new Promise((next) => setTimeout(next, ARRIVES));
    }).catch(() => done(act()));
  });
}

/** The basket, whatever stands in it: a file that somebody edited may have brought in anything. */
const basket = () => [storage.get("evidence") ?? []].flat() as unknown[];

const lately = new Lately();
let mending: ReturnType<typeof setTimeout> | undefined;

/**
 * Puts back what another tab, which had not read it, wrote over: a page over plain http may not ask
 * for a turn. When neither has written for a moment, of no fixed length, or both would go on.
 */
function mendBasket(cleared: boolean): void {
  clearTimeout(mending);
  if (cleared) lately.forget();
  if (lately.any) mending = setTimeout(mend, (0.5 + 2 * Math.random()) * ARRIVES);
}

function mend(): void {
  const mended = lately.mended(basket());
  if (mended) storage.put(() => ({ evidence: mended }));
}

storage.observe(mendBasket);

/** Adds to the basket and takes out, by ids; what is no finding stays. */
function changeBasket(items: Finding[], gone: string[], began?: number): Promise<string> {
  const ids = [...items.map(({ id }) => id), ...gone];
  const others = () => basket().filter((one) => !ids.includes((one as Finding | null)?.id ?? ""));
  return inTurn(() => {
    lately.note(items, gone);
    return Promise.resolve(storage.put(() => ({ evidence: [...others(), ...items] }), began));
  });
}

/**
 * What was changed under a key a moment ago, and is put back at once where another tab, which had
 * not read it, writes over it: before any face shows what is kept.
 */
function lateEditsOf(storageKey: string): LateEdits {
  const late = new LateEdits();
  storage.observe((cleared) => {
    if (cleared) return late.forget();
    const kept = storage.get(storageKey);
    const mended = late.mended(kept);
    if (mended !== kept) storage.put(() => ({ [storageKey]: mended }));
  });
  return late;
}

/** What a reader keeps, in the browser's storage. */
function keeping(storageKey: string) {
  const kept = (entries: () => Record<string, unknown>, began?: number) =>
    Promise.resolve(storage.put(entries, began));
  const late = lateEditsOf(storageKey);
  const keep: Backend["keep"] = (value, edits, began) =>
    kept(() => {
      const there = storage.get(storageKey) ?? null;
      late.note(there, edits ?? []);
      return { [storageKey]: edits && there !== null ? edited(there, edits) : value };
    }, began);
  const merge: Backend["merge"] = (more, mine) =>
    kept(() => {
      const here = storage.all();
      const fresh = Object.entries(more).filter(([key]) => !(mine && Object.hasOwn(here, key)));
      return Object.fromEntries(fresh);
    });
  return {
    value: () => storage.get(storageKey),
    linked: storage.get,
    all: storage.all,
    keep,
    merge,
    clear: () => Promise.resolve(storage.clear()),
    addEvidence: (items: Finding[], began?: number) => changeBasket(items, [], began),
    removeEvidence: (ids: string[]) => changeBasket([], ids),
    onChange: storage.observe,
  };
}

/**
 * The backend of a face in a page. What the reader does here is kept under `storageKey`; only
 * charts have `states`, and choices that stand in the address.
 */
export function staticBackend(
  { storageKey = "", ...spec }: { storageKey?: string },
  states: States | null,
): Backend {
  const chart = spec as ExplorerSpec;
  const cached = (stateKey: string): Payload | undefined => states?.(stateKey);
  return {
    plotly,
    selection: () => selectionIn(location.hash, chart),
    tourStep: () => stepIn(location.hash, chart),
    select: (selection, step) => {
      try {
        history.replaceState(null, "", hashWith(location.hash, chart, selection, step));
      } catch {
        // A page that stands in another page's text (srcdoc) has no address to write to.
      }
    },
    onSelection: (notify) => {
      // An anchor within the page is no choice: who jumps to a heading keeps the chart as it is.
      const listen = () => {
        if (!isChoice(location.hash)) return;
        notify(selectionIn(location.hash, chart), stepIn(location.hash, chart));
      };
      addEventListener("hashchange", listen);
      return () => removeEventListener("hashchange", listen);
    },
    cached,
    prefetch: () => {},
    request: () => Promise.reject("This choice is not in the page."),
    address: (selection) => publicAddress(location, hashWith("", chart, selection)),
    tellVisible: () => {},
    ...keeping(storageKey),
  };
}
