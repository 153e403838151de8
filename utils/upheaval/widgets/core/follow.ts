import type { Backend, Stop } from "./protocol.ts";

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
