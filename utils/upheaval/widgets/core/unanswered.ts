import { HERE, isOver, placeOf } from "./era.ts";
import type { Edit } from "./protocol.ts";

// What a kernel has not answered: said to the reader, and kept in the browser until it is. A kernel
// that was restarted, died or works on something else says nothing itself.

const PATIENCE = 4_000; // milliseconds
const SILENT =
  "The kernel does not answer yet. It may be busy: wait a little. If it was restarted:" +
  " menu Run, then Run All Cells.";
const GONE = "The kernel was restarted or has stopped, so this part is asleep. To wake it: menu" +
  " Run, then Run All Cells.";
const WAITS = " Your last answer here waits in this browser until then.";

/** Says that a kernel is silent; an empty text when it has answered. */
export class Silence {
  #waiting = new Set<object>();
  #tell: (text: string) => void;
  /** Whether the kernel that made this widget is known to be gone. */
  #gone = false;
  /** Whether something waits in the browser. */
  #waits: () => boolean;

  constructor(tell: (text: string) => void, waits: () => boolean) {
    this.#tell = tell;
    this.#waits = waits;
  }

  /** The kernel is gone, or there again. */
  set gone(gone: boolean) {
    this.#gone = gone;
    this.#say(gone);
  }

  /** Says again what is so: the place where it stood was built anew. */
  again(): void {
    this.#say(this.#gone);
  }

  #say(silent: boolean): void {
    this.#tell(silent ? (this.#gone ? GONE : SILENT) + (this.#waits() ? WAITS : "") : "");
  }

  /** Something was asked; call what this gives when it is answered. */
  asked(): () => void {
    const one = {};
    this.#waiting.add(one);
    const timer = setTimeout(() => this.#say(true), this.#gone ? 0 : PATIENCE);
    return () => {
      clearTimeout(timer);
      this.#waiting.delete(one);
      if (!this.#waiting.size) this.#say(this.#gone);
    };
  }
}

/** Longer nothing waits: the next at this computer may be another reader. */
const AT_MOST = 3_600_000; // milliseconds
const PREFIX = `upheaval-unanswered${HERE}/`;

/**
 * A value that was sent to be kept, or edits, and the era that it was written in; its turn, which
 * begins with the moment, names its answer.
 */
interface Sent {
  turn: string;
  era: string;
  value: unknown;
  edits?: Edit[];
}

/** What was sent under a storage key and has no answer: for the face that a next kernel makes. */
export class Unanswered {
  #item: string;
  #era: () => string;

  /** `era` gives the era of what stands in the face now. */
  constructor(storageKey: string | undefined, era: () => string) {
    this.#item = `${PREFIX}${placeOf(era())}/${storageKey ?? ""}`;
    this.#era = era;
  }

  /** What waits, if there is something and the browser lets it be read. */
  get sent(): Sent | null {
    try {
      const sent = JSON.parse(localStorage.getItem(this.#item) ?? "null") as Sent | null;
      if (!sent) return null;
      const waits = Date.now() - parseInt(sent.turn) < AT_MOST && !isOver(sent.era, this.#era());
      if (waits) return sent;
      localStorage.removeItem(this.#item);
      return null;
    } catch {
      return null;
    }
  }

  add(sent: Sent): void {
    try {
      localStorage.setItem(this.#item, JSON.stringify(sent));
    } catch {
      // no room, or not allowed: then nothing is promised
    }
  }

  /** The answer to a turn has come. */
  answered(turn: string | undefined): void {
    const sent = this.sent; // nothing, where a browser lets nothing be read
    if (sent && sent.turn === turn) localStorage.removeItem(this.#item);
  }

  /** All work of a place was cleared before the era that is `now`: nothing of it may come back. */
  static clear(now: string): void {
    try {
      const here = `${PREFIX}${placeOf(now)}/`;
      // Earlier versions knew no places.
      const items = Object.keys(localStorage).filter((one) =>
        one.startsWith(here) || (one.startsWith(PREFIX) && !one.slice(PREFIX.length).includes("/"))
      );
      for (const one of items) {
        const { era = "" } = JSON.parse(localStorage.getItem(one) ?? "{}") as Partial<Sent>;
        if (isOver(era, now)) localStorage.removeItem(one);
      }
    } catch {
      // not allowed: nothing is there
    }
  }
}
