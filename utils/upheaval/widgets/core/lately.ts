import type { Finding } from "./protocol.ts";

// Two tabs that write the basket at one moment: the later of them has not read what the other
// wrote, and writes over it. So each tab remembers for a moment what it did, and does it again.

/** Milliseconds in which another tab may still write what it read before. */
const MOMENT = 10_000;
/** How often one thing is done again, where one tab adds what the other takes out. */
const AGAIN = 10;

interface Change {
  /** What was added; null where it was taken out. */
  item: Finding | null;
  until: number;
  left: number;
}

const idOf = (one: unknown): unknown => (one as Partial<Finding> | null)?.id;

/** What was done to the basket here a moment ago, by the ids of its pieces. */
export class Lately {
  #changes = new Map<string, Change>();

  /** Remembers what was `added` and what was taken out, by its ids. */
  note(added: Finding[], gone: string[], now = Date.now()): void {
    const until = now + MOMENT;
    for (const id of gone) this.#changes.set(id, { item: null, until, left: AGAIN });
    for (const item of added) this.#changes.set(item.id, { item, until, left: AGAIN });
  }

  /** Knows nothing any more: all was cleared, and nothing of it may come back. */
  forget(): void {
    this.#changes.clear();
  }

  /** Whether anything is remembered. */
  get any(): boolean {
    return this.#changes.size > 0;
  }

  /** The basket as it has to be; null where nothing is missing in it and nothing too many. */
  mended(kept: unknown[], now = Date.now()): unknown[] | null {
    const there = new Set(kept.map(idOf));
    let mended = kept;
    for (const [id, change] of this.#changes) {
      if (change.until < now || !change.left) this.#changes.delete(id);
      else if ((change.item !== null) !== there.has(id)) {
        change.left -= 1;
        mended = change.item ? [...mended, change.item] : mended.filter((one) => idOf(one) !== id);
      }
    }
    return mended === kept ? null : mended;
  }
}
