import type { Payload } from "./protocol.ts";

// The way back of `pack.py`.

/** A function that gives any part of packed states whole. Parts of the pool are made once. */
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

/** Whether this browser can open what is packed (all since the spring of 2023 can). */
export const canUnpack = (): boolean => "DecompressionStream" in globalThis;

/** The states of a chart by their keys; each is made whole when it is first asked for. */
export type States = (key: string) => Payload;

/** What `pooled` in `pack.py` gave. */
export interface Pooled {
  pool: unknown[];
  states: Record<string, unknown>;
}

async function inflated(text: string): Promise<Pooled> {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return await new Response(plain).json();
}

/** The states of a chart that `pack` in `pack.py` was given. */
export async function unpacked(text: string): Promise<States> {
  const { pool, states } = await inflated(text);
  const whole = unpacker(pool);
  const made = new Map<string, Payload>();
  return (key) => {
    const found = made.get(key) ?? whole(states[key]) as Payload;
    made.set(key, found);
    return found;
  };
}

/** All that `pack` in `pack.py` was given, at once. */
export async function unpackedWhole(text: string): Promise<object> {
  const { pool, states } = await inflated(text);
  return unpacker(pool)(states) as object;
}
