/**
 * Keeps a face in step with what is kept. `show(kept)` is called at the start and whenever something else comes in (another
 * tab, a file); not while an answer of this face is under way, nor for that answer: what is being written is left alone.
 * Gives {sending, stop}: `sending(act)` calls `act`, which keeps an answer and gives a promise.
 */
export function follow(supply, show) {
  let shown = null;
  let pending = 0;
  const kept = () => JSON.stringify(supply.value() ?? null);
  const look = () => {
    if (pending || kept() === shown) return;
    shown = kept();
    show(JSON.parse(shown));
  };
  const sending = (act) => {
    pending += 1;
    return act().finally(() => {
      pending -= 1;
      if (!pending) shown = kept();
    });
  };
  look();
  return { sending, stop: supply.onvalue(look) };
}
