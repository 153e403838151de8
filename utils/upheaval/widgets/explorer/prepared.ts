import { Recent, ROOM } from "./prepared_rules.ts";
import { hasFigure } from "./rules.ts";
import type { Payload, PlotBox, Stop } from "../core/protocol.ts";

// Charts that are drawn before they are chosen. plotly.js needs most of the time between a choice
// and the picture, even of a small chart; exchanging two drawn ones takes a fraction of it. So the
// charts that a reader may choose next are drawn while the browser has nothing to do, each in a box
// of its own, which stands nowhere in the page: nothing can find it, read it out or print it.

/** Milliseconds without a choice before anything is drawn ahead. */
const QUIET = 300;
/** Milliseconds that drawing a chart may take. More would be felt by who chooses meanwhile. */
const SLOW = 50;
/** Milliseconds that have to be free: less lies between two frames of something that moves. */
const FREE = 20;

/** A chart that may be chosen next, made when there is time; null where nothing is drawn. */
export interface Next {
  key: string;
  payload(): Payload | null;
}

/** Calls `work` once, when the browser has nothing else to do. */
function whenIdle(work: () => void): Stop {
  // Safari does not tell when it is idle.
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(work, QUIET);
    return () => clearTimeout(timer);
  }
  let asked = 0;
  const ask = () => {
    asked = requestIdleCallback((period) => period.timeRemaining() < FREE ? ask() : work());
  };
  ask();
  return () => cancelIdleCallback(asked);
}

/**
 * The charts of one explorer that are drawn and not on show. `data-prepared` on the explorer's
 * element says how many they are, or that drawing takes too long here.
 */
export class Prepared {
  #boxes: Recent<PlotBox>;
  #next: Next[] = [];
  #look = 0; // counts the looks that charts had: what was drawn for an earlier one is of no use
  #slow = 0; // of the last drawings, how many in a row took too long
  #near = false;
  #cancel: Stop = () => {};
  #seen: IntersectionObserver;
  #el: HTMLElement;
  #draw: (payload: Payload) => Promise<PlotBox>;
  #purge: (box: PlotBox) => void;

  /** `draw` makes a box with a chart in it, `purge` takes leave of one. */
  constructor(
    el: HTMLElement,
    draw: (payload: Payload) => Promise<PlotBox>,
    purge: (box: PlotBox) => void,
  ) {
    this.#el = el;
    this.#draw = draw;
    this.#purge = purge;
    this.#boxes = new Recent(ROOM, purge);
    this.#seen = new IntersectionObserver((entries) => {
      this.#near = entries[entries.length - 1].isIntersecting;
      this.wake();
    }, { rootMargin: "50%" });
    this.#seen.observe(el);
    document.addEventListener("visibilitychange", this.wake);
  }

  /** Says which charts may be chosen next, likeliest first. */
  expect(next: Next[]): void {
    this.#next = next.slice(0, ROOM);
    this.wake();
  }

  /** Looks, after a while without choices, whether there is something to draw. */
  wake = (): void => {
    this.#cancel();
    const timer = setTimeout(() => this.#goOn(), QUIET);
    this.#cancel = () => clearTimeout(timer);
  };

  /** The chart of that key, which is no longer kept here then. */
  take(key: string): PlotBox | undefined {
    return this.#boxes.take(key);
  }

  /** Keeps a chart that was on show. */
  keep(key: string, box: PlotBox): void {
    this.#boxes.put(key, box);
    this.#tell();
  }

  /** Forgets all charts: from now on they look otherwise. */
  renew(): void {
    this.#look += 1;
    this.#boxes.clear();
    this.#tell();
    this.wake();
  }

  stop(): void {
    this.renew();
    this.#cancel();
    this.#next = [];
    this.#seen.disconnect();
    document.removeEventListener("visibilitychange", this.wake);
  }

  get #tooSlow(): boolean {
    return this.#slow > 1; // one is no proof: the first is drawn by code that is not yet compiled
  }

  #tell(): void {
    this.#el.dataset.prepared = this.#tooSlow ? "slow" : String(this.#boxes.size);
  }

  #goOn(): void {
    if (this.#tooSlow || !this.#near || document.hidden) return;
    this.#cancel = whenIdle(() => this.#one());
  }

  // The first that is missing, and then the next one when there is time again. All that may be
  // chosen count as used, so that none of them makes room for another.
  #one(): void {
    const missing = this.#next.filter(({ key }) => !this.#boxes.has(key));
    for (const { key, payload } of missing) {
      const made = payload();
      if (made && hasFigure(made)) {
        this.#prepare(key, made).then(() => this.#goOn(), () => {
          this.#next = []; // what cannot be drawn says so when it is chosen
        });
        return;
      }
    }
  }

  async #prepare(key: string, payload: Payload): Promise<void> {
    const look = this.#look;
    const start = performance.now();
    const box = await this.#draw(payload);
    this.#slow = performance.now() - start > SLOW ? this.#slow + 1 : 0;
    if (look === this.#look) this.#boxes.put(key, box);
    else this.#purge(box);
    this.#tell();
  }
}
