import type { Backend, Stop } from "./protocol.ts";

// Text while it is typed: kept after every pause, and at once when the page is left. A tablet that
// goes to sleep, a tab that is closed and a lid that is shut ask nobody.

const PAUSE = 800; // milliseconds after the last letter
const NOT_YET = "Not kept yet …";

/** Text that waits for a pause to be kept. */
export interface Draft {
  /** Something was typed: `save` is called after the next pause. */
  changed(): void;
  /** Whether something typed is not kept yet. */
  waiting(): boolean;
  /** Keeps now what waits. */
  flush(): void;
  /** What waits need not be kept any more: it was kept another way, or all was cleared. */
  drop(): void;
  /** Keeps what waits, and listens no more. */
  stop: Stop;
}

/** Calls `save` after pauses in typing; `status` says meanwhile that it was not called yet. */
export function draft(backend: Backend, status: HTMLElement, save: () => void): Draft {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const drop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const flush = () => {
    if (timer === null) return;
    drop();
    save();
  };
  const hidden = () => {
    if (document.visibilityState === "hidden") flush();
  };
  const unlisten = backend.onChange((cleared) => {
    if (cleared) drop(); // it was another reader's
  });
  addEventListener("pagehide", flush);
  addEventListener("visibilitychange", hidden);
  return {
    changed: () => {
      drop();
      timer = setTimeout(flush, PAUSE);
      status.textContent = NOT_YET;
    },
    waiting: () => timer !== null,
    flush,
    drop,
    stop: () => {
      flush();
      unlisten();
      removeEventListener("pagehide", flush);
      removeEventListener("visibilitychange", hidden);
    },
  };
}
