import { numberAt } from "./leb128.ts";

// The way back of `columns.py`, which says how a column is written.

type Row = Record<string, unknown>;

const BY_STEP = 1;

/** The numbers that `bytes` begin with, and the place behind them. */
export function numbersIn(bytes: Uint8Array): { numbers: number[]; end: number } {
  const [length, start] = numberAt(bytes, 0);
  const end = start + length;
  const numbers: number[] = [];
  for (let at = start; at < end;) {
    if (bytes[at] < 128) numbers.push(bytes[at++]); // most are, and there are ten thousands
    else {
      const [number, next] = numberAt(bytes, at);
      numbers.push(number);
      at = next;
    }
  }
  return { numbers, end };
}

/** The value that `written` in `columns.py` was given; what its parts share is one object. */
export function read(numbers: number[], texts: string[]): unknown {
  const reader = new Reader(numbers, texts);
  const [value] = reader.column(1);
  if (!reader.done) throw new RangeError("The data of this page are damaged. Download it again.");
  return value;
}

class Reader {
  #at = 0;
  #new = 0;
  #named = -1;
  readonly #numbers: number[];
  readonly #all: string[];
  /** How each kind of values is read, by its number. */
  readonly #ways: ((count: number) => unknown[])[];

  constructor(numbers: number[], texts: string[]) {
    this.#numbers = numbers;
    this.#all = texts;
    this.#ways = [
      (count) => this.#texts(count),
      (count) => this.#integers(count),
      (count) => this.#texts(count).map((text) => JSON.parse(text)),
      (count) => this.#lists(count),
      (count) => this.#records(count),
      (count) => this.#maps(count),
    ];
  }

  /** Whether all was used that was given. */
  get done(): boolean {
    return this.#at === this.#numbers.length && this.#new === this.#all.length;
  }

  /** The `count` values of the column that is written next. */
  column(count: number): unknown[] {
    if (!count) return [];
    const different = this.#next();
    const which = different > 1 ? this.#which(count) : null;
    const values = this.#different(different || count);
    if (which) return which.map((index) => values[index]);
    return different === 1 ? Array(count).fill(values[0]) : values;
  }

  #next(): number {
    if (this.#at >= this.#numbers.length) {
      throw new RangeError("The data end too early. Download the page again.");
    }
    return this.#numbers[this.#at++];
  }

  #take(count: number): number[] {
    if (this.#at + count > this.#numbers.length) {
      throw new RangeError("The data end too early. Download the page again.");
    }
    return this.#numbers.slice(this.#at, this.#at += count);
  }

  /** The `count` different values of a column, kind by kind. */
  #different(count: number): unknown[] {
    const mask = this.#next();
    const there = this.#ways.map((_, kind) => kind).filter((kind) => mask >> kind & 1);
    if (there.length === 1) return this.#ways[there[0]](count);
    const kinds = this.#take(count);
    const made = this.#ways.map((way, kind) => {
      const own = kinds.filter((one) => one === kind).length;
      return (own ? way(own) : []).values();
    });
    return kinds.map((kind) => made[kind].next().value);
  }

  /** Which of the different values stands in each of `count` places. */
  #which(count: number): number[] {
    const byStep = this.#next() === BY_STEP;
    let fresh = 0;
    let last = -1;
    return this.#take(count).map((number) => {
      if (byStep) last += 1 + signed(number);
      else last = number ? number - 1 : fresh;
      if (last === fresh) fresh += 1;
      return last;
    });
  }

  #texts(count: number): string[] {
    return this.#take(count).map((number) => {
      if (!number) return this.#all[this.#new++];
      this.#named += 1 + signed(number - 1);
      return this.#all[this.#named];
    });
  }

  #integers(count: number): number[] {
    let last = -1;
    return this.#take(count).map((number) => last += 1 + signed(number));
  }

  #lists(count: number): unknown[][] {
    if (this.#next()) {
      const places = Array.from({ length: this.#next() }, () => this.column(count));
      return Array.from({ length: count }, (_, at) => places.map((place) => place[at]));
    }
    const lengths = this.#take(count);
    return parted(this.column(sum(lengths)), lengths);
  }

  #records(count: number): Row[] {
    const shapes = this.#next();
    const which = shapes > 1 ? this.#take(count) : Array(count).fill(0);
    const made = Array.from({ length: shapes }, (_, shape) => {
      const own = which.filter((one) => one === shape).length;
      const keys = this.#texts(this.#next());
      const columns = keys.map((key) => [key, this.column(own)] as const);
      const one = (_: unknown, at: number): Row =>
        Object.fromEntries(columns.map(([key, values]) => [key, values[at]]));
      return Array.from({ length: own }, one);
    });
    if (shapes === 1) return made[0];
    const inTurn = made.map((own) => own.values());
    return which.map((shape) => inTurn[shape].next().value as Row);
  }

  #maps(count: number): Row[] {
    const lengths = this.#take(count);
    const keys = parted(this.#texts(sum(lengths)), lengths);
    const values = parted(this.column(sum(lengths)), lengths);
    return keys.map((own, one) => Object.fromEntries(own.map((key, at) => [key, values[one][at]])));
  }
}

/** 0, 1, 2, 3, 4 … as 0, -1, 1, -2, 2 … */
const signed = (number: number): number => number % 2 ? -(number + 1) / 2 : number / 2;

const sum = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** `values` as lists of the `lengths`, one behind the other. */
function parted<Value>(values: Value[], lengths: number[]): Value[][] {
  let at = 0;
  return lengths.map((length) => values.slice(at, at += length));
}
