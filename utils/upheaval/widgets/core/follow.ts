import { edited, editsOf, joined } from "./edits.ts";
import type { Backend, Edit, Stop } from "./protocol.ts";

/** What keeps a face in step: `sending` wraps what keeps an answer. */
export interface Following {
  sending<Answer>(act: () => Promise<Answer>): Promise<Answer>;
  stop: Stop;
}

/**
 * Keeps a face in step with what is kept. `show(kept)` is called at the start and whenever
 * something else comes in (another tab, a file); not while an answer of this face is under way, nor
 * for that answer: what is being written is left alone.
 */
export function follow(backend: Backend, show: (kept: unknown) => void): Following {
  let shown: string | null = null;
  let pending = 0;
  const kept = () => JSON.stringify(backend.value() ?? null);
  const look = () => {
    if (pending || kept() === shown) return;
    shown = kept();
    show(JSON.parse(shown));
  };
  const sending = <Answer>(act: () => Promise<Answer>) => {
    pending += 1;
    return act().finally(() => {
      pending -= 1;
      if (!pending) shown = kept();
    });
  };
  look();
  return { sending, stop: backend.onChange(look) };
}

/** A form of several parts: `read` gives what it holds of what is kept, whatever that is. */
export interface Parts<Value> {
  read(kept: unknown): Value;
  /** Shows a value; a box that holds it already must be left alone, for somebody may type in it. */
  show(value: Value): void;
  /** What the form holds now. */
  now(): Value;
  /** Whether what was refused goes back; else it stays in its boxes, to be mended. */
  reverts?: boolean;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Keeps a form and what is kept in step, part by part: only what its reader changed is written, and
 * all else follows what other tabs and kernels write.
 */
export class SharedForm<Value> {
  readonly #backend: Backend;
  readonly #parts: Parts<Value>;
  /** What the form had read when the reader began to change it. */
  #base: Value;
  /** What was sent last, and all that was changed until then; null when it is answered. */
  #sent: Value | null = null;
  #edits: Edit[] = [];
  #told: Promise<string> = Promise.resolve("");
  readonly stop: Stop;

  constructor(backend: Backend, parts: Parts<Value>) {
    [this.#backend, this.#parts] = [backend, parts];
    this.#base = this.#kept();
    parts.show(this.#base);
    this.stop = backend.onChange(this.look);
  }

  /** Keeps what the reader changed; gives the sentence on it, again if nothing more was changed. */
  keep = (): Promise<string> => {
    const now = structuredClone(this.#parts.now());
    const edits = editsOf(this.#sent ?? this.#base, now);
    // A box that is taken out of the page says that it has changed: that is no edit.
    if (!edits.length) return this.#told;
    this.#edits = joined(this.#edits, edits);
    this.#sent = now;
    const told = this.#backend.keep(now, this.#edits);
    this.#told = told;
    told.then(() => {
      if (this.#told === told) this.#answered(now);
    });
    return told;
  };

  #kept(): Value {
    // A copy: what is shown may be changed in place.
    return this.#parts.read(structuredClone(this.#backend.value() ?? null));
  }

  /** Shows what came in from elsewhere, if something did. */
  look = (): void => {
    if (this.#sent !== null) return;
    const kept = this.#kept();
    if (same(kept, this.#base)) return;
    const mine = editsOf(this.#base, this.#parts.now());
    this.#base = kept;
    this.#parts.show(edited(kept, mine) as Value);
  };

  /** What was sent is answered. */
  #answered(sent: Value): void {
    const kept = this.#kept();
    const refused = !same(edited(kept, this.#edits), kept);
    const since = editsOf(sent, this.#parts.now());
    [this.#base, this.#sent, this.#edits] = [kept, null, []];
    if (refused) this.#told = Promise.resolve("");
    const next = edited(kept, since) as Value;
    const differs = !refused && !same(next, this.#parts.now());
    if (this.#parts.reverts || differs) this.#parts.show(next);
  }
}
