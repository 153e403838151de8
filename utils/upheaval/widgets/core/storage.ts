import type { KeptWork, Stop } from "./protocol.ts";

// What a reader wrote, in the browser. It may forbid that (a private window, a sandboxed frame):
// then the answers last as long as the page.

const KEY = "my-work";
const KEPT = "Kept in this browser, on this computer only.";
const FLEETING = "Kept until you close this page: your browser does not let it store anything.";

let memory: KeptWork = {};
const observers = new Set<() => void>();

const notify = () => observers.forEach((observer) => observer());

/** All that is kept. */
export function all(): KeptWork {
  try {
    return { ...memory, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return memory;
  }
}

/** Keeps more; gives a sentence on where. */
export function put(entries: KeptWork): string {
  memory = { ...all(), ...entries };
  let statusMessage = KEPT;
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    statusMessage = FLEETING;
  }
  notify();
  return statusMessage;
}

/** Keeps nothing any more. */
export function clear(): string {
  memory = {};
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then there was nothing in it.
  }
  notify();
  return "Cleared.";
}

/** Calls the observer at every change until it is stopped. */
export function observe(observer: () => void): Stop {
  observers.add(observer);
  return () => observers.delete(observer);
}

/**
 * What another tab keeps (the memo in one, a chart in the other) shows here at once. A page that
 * was out of sight may have missed that: a browser can put it to sleep, and brings it back as it
 * was when the reader presses "back".
 */
export function listen(): void {
  addEventListener("storage", ({ key }) => {
    if (key === KEY) notify();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) notify();
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") notify();
  });
}
