// The way back of `pool.py`.

/** What `pooled` in `pool.py` gave. */
export interface Pooled {
  pool: unknown[];
  states: Record<string, unknown>;
}

/** A function that gives any part of what was pooled whole. Parts of the pool are made once. */
export function unpacker(pool: unknown[]): (value: unknown) => unknown {
  const made = new Map<number, unknown>();
  const part = (index: number) => {
    if (!made.has(index)) made.set(index, whole(pool[index]));
    return made.get(index);
  };
  const text = (value: string) => {
    if (value[0] !== "~") return value;
    return value[1] === "~" ? value.slice(1) : part(Number(value.slice(1)));
  };
  const whole = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(whole);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
  };
  return whole;
}
