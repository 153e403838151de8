// Which charts are drawn before anybody chooses them, and which of them are kept.

/** How many charts an explorer keeps drawn beside the one on show. */
export const ROOM = 8;

/** The things used last, by their keys; `drop` is handed what there is no room for. */
export class Recent<Thing> {
  // A map gives its keys in the order in which they came: the first was not used for longest.
  #things = new Map<string, Thing>();
  #room: number;
  #drop: (thing: Thing) => void;

  constructor(room: number, drop: (thing: Thing) => void) {
    this.#room = room;
    this.#drop = drop;
  }

  get size(): number {
    return this.#things.size;
  }

  /** Whether it is there; being asked for counts as use. */
  has(key: string): boolean {
    const thing = this.take(key);
    if (thing !== undefined) this.#things.set(key, thing);
    return thing !== undefined;
  }

  /** The thing, which is no longer here then. */
  take(key: string): Thing | undefined {
    const thing = this.#things.get(key);
    this.#things.delete(key);
    return thing;
  }

  put(key: string, thing: Thing): void {
    const [oldest] = this.#things.keys();
    const old = this.take(key) ?? (this.size < this.#room ? undefined : this.take(oldest));
    if (old !== undefined) this.#drop(old);
    this.#things.set(key, thing);
  }

  clear(): void {
    for (const thing of this.#things.values()) this.#drop(thing);
    this.#things.clear();
  }
}

/**
 * The keys of other states, likeliest first: few controls changed, each by few steps, and a step on
 * before a step back.
 */
export function nearest(stateKeys: string[], from: string): string[] {
  const start = from.split(",").map(Number);
  const way = (stateKey: string): number[] => {
    const steps = stateKey.split(",").map((index, at) => Number(index) - start[at]).filter(Boolean);
    const far = steps.reduce((sum, step) => sum + Math.abs(step), 0);
    return [steps.length, far, steps.filter((step) => step < 0).length];
  };
  return [...new Set(stateKeys)]
    .filter((stateKey) => stateKey !== from)
    .map((stateKey) => ({ stateKey, way: way(stateKey) }))
    .sort((one, other) =>
      one.way.map((part, at) => part - other.way[at]).find((difference) => difference) ?? 0
    )
    .map(({ stateKey }) => stateKey);
}
