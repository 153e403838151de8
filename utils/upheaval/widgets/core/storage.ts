import { beginOf } from "./era.ts";
import type { KeptWork, Stop } from "./protocol.ts";

// What a reader wrote, in the browser: one item of its storage for each key, so that two tabs that
// write at the same moment never take each other's answers away. A browser may forbid all that (a
// private window, a sandboxed frame), or be full: what it would not take lasts as long as the page.

const PREFIX = "my-work/";
/** All of it in one item, as earlier versions of the collection kept it: read, never written. */
const WHOLE = "my-work";
/** What could not be read, as it was. */
const DAMAGED = "my-work-damaged/";
/** When all was cleared last, and a word: a page that slept through it finds out when it wakes. */
const CLEARED = "my-work-cleared";

const KEPT = "Kept in this browser, on this computer only.";
const FLEETING = "Kept until you close this page: your browser does not let it store anything.";

const CLEARED_ELSEWHERE =
  "Not kept: all work was cleared in another tab, and this part still showed some of it. It is " +
  "empty now: answer again.";

/** What is called after a change; `cleared` says that all work is gone, also what is in a field. */
export type Observer = (cleared: boolean) => void;

/** What the browser would not take. Nothing else stands here, or it would outlive a clearing. */
let unstored: KeptWork = {};
let lastCleared = clearedWhen();
const observers = new Set<Observer>();

function notify(cleared: boolean): void {
  for (const observer of observers) {
    try {
      observer(cleared);
    } catch (error) {
      reportError(error); // one face that fails takes no other with it
    }
  }
}

/** The storage, or null where the browser forbids to ask for it. */
function drawer(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

function clearedWhen(): string | null {
  return drawer()?.getItem(CLEARED) ?? null;
}

/** JSON as a value; undefined where it is none. */
function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** What earlier versions kept. */
function whole(): KeptWork {
  const found = parsed(drawer()?.getItem(WHOLE) ?? null);
  return typeof found === "object" && !Array.isArray(found) ? found as KeptWork : {};
}

/** The names of all items of the storage that begin with `prefix`. */
function namesWith(prefix: string): string[] {
  return Object.keys(drawer() ?? {}).filter((name) => name.startsWith(prefix));
}

/** What is kept under `key`. */
export function get(key: string): unknown {
  if (Object.hasOwn(unstored, key)) return unstored[key];
  return parsed(drawer()?.getItem(PREFIX + key) ?? null) ?? whole()[key];
}

/** All that is kept. */
export function all(): KeptWork {
  const names = namesWith(PREFIX).map((name) => name.slice(PREFIX.length));
  const keys = new Set([...Object.keys(whole()), ...names, ...Object.keys(unstored)]);
  const entries = [...keys].map((key): [string, unknown] => [key, get(key)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Puts one value into the storage; whether the browser took it. */
function stored(key: string, value: unknown): boolean {
  try {
    const before = localStorage.getItem(PREFIX + key);
    if (before !== null && parsed(before) === undefined) {
      localStorage.setItem(DAMAGED + key, before); // a text that a crash tore may be mended by hand
    }
    localStorage.setItem(PREFIX + key, JSON.stringify(value ?? null));
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps more, which is asked for once it may be; gives a sentence on where. What `began` before a
 * clearing that this page has slept through is another reader's, and is not kept.
 */
export function put(entries: () => KeptWork, began = 0): string {
  if (clearedWhen() !== lastCleared) {
    forget();
    if (!(began > beginOf(`/${lastCleared}`))) return CLEARED_ELSEWHERE;
  }
  let statusMessage = KEPT;
  for (const [key, value] of Object.entries(entries())) {
    delete unstored[key];
    if (stored(key, value)) continue;
    unstored[key] = value;
    statusMessage = FLEETING;
  }
  notify(false);
  return statusMessage;
}

/** Keeps nothing any more, here and in every tab. */
export function clear(): string {
  try {
    [...namesWith(PREFIX), ...namesWith(DAMAGED), WHOLE]
      .forEach((name) => localStorage.removeItem(name));
    localStorage.setItem(CLEARED, `${Date.now()}-${Math.random()}`);
  } catch {
    // Then there was nothing in it.
  }
  forget();
  return "Cleared.";
}

/** Drops what only this page holds. */
function forget(): void {
  unstored = {};
  lastCleared = clearedWhen();
  notify(true);
}

/** Calls `observer` at every change until it is stopped. */
export function observe(observer: Observer): Stop {
  observers.add(observer);
  return () => observers.delete(observer);
}

/** Looks whether all was cleared while this page was not listening. */
function look(): void {
  if (clearedWhen() === lastCleared) notify(false);
  else forget();
}

/**
 * What another tab keeps (the memo in one, a chart in the other) shows here at once, and what it
 * clears is gone here too. A page that was out of sight may have missed that: a browser can put it
 * to sleep, and brings it back as it was when the reader presses "back".
 */
export function listen(): void {
  addEventListener("storage", ({ key }) => {
    if (key === null) forget();
    else if (key === WHOLE || key === CLEARED || key.startsWith(PREFIX)) look();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) look();
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}
