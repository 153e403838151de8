import { hashWith, publicAddress, selectionIn } from "./address.ts";
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
  const kept = (entries: Record<string, unknown>) => Promise.resolve(storage.put(entries));
  // A file that somebody edited may have brought in anything: it stays, and is no list perhaps.
  const others = (ids: string[]) =>
    ([storage.get("evidence") ?? []].flat() as (Partial<Finding> | null)[])
      .filter((one) => !ids.includes(one?.id ?? ""));
  return {
    plotly,
    selection: () => selectionIn(location.hash, chart),
    select: (selection) =>
      history.replaceState(null, "", hashWith(location.hash, chart, selection)),
    onSelection: (notify) => {
      const listen = () => notify(selectionIn(location.hash, chart));
      addEventListener("hashchange", listen);
      return () => removeEventListener("hashchange", listen);
    },
    cached,
    prefetch: () => {},
    request: () => Promise.reject("This choice is not in the page."),
    address: (selection) => publicAddress(location, hashWith("", chart, selection)),
    tellVisible: () => {},
    value: () => storage.get(storageKey),
    linked: storage.get,
    all: storage.all,
    keep: (value) => kept({ [storageKey]: value }),
    merge: (more, mine) => kept(mine ? { ...more, ...storage.all() } : more),
    clear: () => Promise.resolve(storage.clear()),
    addEvidence: (item) => inTurn(() => kept({ evidence: [...others([item.id]), item] })),
    removeEvidence: (ids) => inTurn(() => kept({ evidence: others(ids) })),
    onChange: storage.observe,
  };
}
