import { edited } from "./edits.ts";
import type { Edit } from "./protocol.ts";

// Two tabs that write one form at one moment: the later of them has not read what the other wrote,
// and puts the value before it back. Each tab knows for a moment what it changed, and from what.

/** Milliseconds in which another tab may still write what it read before. */
const MOMENT = 3_000;
/** How often one edit is made again. */
const AGAIN = 50;

interface Late {
  edit: Edit;
  /** What stood there before, as JSON: of nobody who has read the edit. */
  stale: Set<string>;
  until: number;
  left: number;
}

const text = (value: unknown): string => JSON.stringify(value) ?? "";

function partAt(value: unknown, at: string[]): unknown {
  const [first, ...rest] = at;
  if (first === undefined) return value;
  const own = typeof value === "object" && value !== null && Object.hasOwn(value, first);
  return own ? partAt((value as Record<string, unknown>)[first], rest) : undefined;
}

/** What was changed in one form a moment ago. */
export class LateEdits {
  #late = new Map<string, Late>();

  /** Remembers `edits` of what stood there `before`. */
  note(before: unknown, edits: Edit[], now = Date.now()): void {
    for (const edit of edits) {
      const at = text(edit.at);
      const stale = new Set(this.#late.get(at)?.stale);
      stale.add(text(partAt(before, edit.at)));
      if (before === null) stale.add(text("")); // an empty form, as the other tab writes it first
      stale.delete(text(partAt(edited(before, [edit]), edit.at)));
      this.#late.set(at, { edit, stale, until: now + MOMENT, left: AGAIN });
    }
  }

  /** Knows nothing any more: all was cleared, and nothing of it may come back. */
  forget(): void {
    this.#late.clear();
  }

  /** What is `kept`, with the edits that were written over; `kept` itself where none was. */
  mended(kept: unknown, now = Date.now()): unknown {
    if (kept === null || kept === undefined) return kept; // cleared, or on its way to be
    let mended: unknown = kept;
    for (const [at, late] of this.#late) {
      if (late.until < now || !late.left) this.#late.delete(at);
      else if (this.#isLost(mended, late)) {
        late.left -= 1;
        mended = edited(mended, [late.edit]);
      }
    }
    return mended;
  }

  #isLost(kept: unknown, { edit, stale }: Late): boolean {
    const inList = Boolean(edit.add?.length);
    if (inList) return text(edited(kept, [edit])) !== text(kept);
    return stale.has(text(partAt(kept, edit.at)));
  }
}
