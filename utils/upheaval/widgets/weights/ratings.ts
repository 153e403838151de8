import { button, element, freshId, labelled } from "../core/dom.ts";
import type { KeptWeights, Ratings, WeightsSpec } from "../core/protocol.ts";
import { everFirst, LARGEST, withOwn } from "./rules.ts";

// Ratings that a reader moves: one at a time, each told beside ours, and what can be said of them
// without any weights.

/** option → criterion → a rating that a reader moved. */
export type Moved = NonNullable<KeptWeights["ratings"]>;

/** Those of `given` that are ranges: somebody may have edited the file that they came from. */
export function ranges(given: Moved): Moved {
  const isRange = (ends: { low: unknown; high: unknown } | null) =>
    [ends?.low, ends?.high].every(Number.isInteger) && 1 <= Number(ends?.low) &&
    Number(ends?.low) <= Number(ends?.high) && Number(ends?.high) <= LARGEST;
  const aims = (one: Moved[string]) =>
    Object.fromEntries(Object.entries(one ?? {}).filter(([, ends]) => isRange(ends)));
  return Object.fromEntries(
    Object.entries(given).map(([option, one]) => [option, aims(one)] as const)
      .filter(([, one]) => Object.keys(one).length),
  );
}

/** The ratings that a reader has moved; `changed` is told of each. */
export class OwnRatings {
  node: HTMLElement;
  #spec: WeightsSpec;
  #own: Moved = {};
  #changed: () => void;
  #option = element("select", { id: freshId("rate") });
  #aim = element("select", { id: freshId("rate") });
  #low = element("select", { id: freshId("rate") });
  #high = element("select", { id: freshId("rate") });
  #list = element("ul", {});
  #says = element("p", { class: "face-text" });

  constructor(spec: WeightsSpec, changed: () => void) {
    this.#spec = spec;
    this.#changed = changed;
    this.#option.append(...spec.options.map(({ id, title }) => new Option(title, id)));
    this.#aim.append(...spec.criteria.map(({ id, label }) => new Option(label, id)));
    for (const box of [this.#low, this.#high]) {
      const steps = Array.from({ length: LARGEST }, (_, at) => String(at + 1));
      box.append(...steps.map((one) => new Option(one, one)));
      box.addEventListener("change", () => this.#move(box));
    }
    for (const box of [this.#option, this.#aim]) {
      box.addEventListener("change", () => this.#show());
    }
    const controls = [
      labelled("Option", this.#option),
      labelled("Aim", this.#aim),
      labelled("Lowest", this.#low),
      labelled("Highest", this.#high),
    ];
    this.node = element(
      "details",
      {},
      element("summary", {}, "Move a rating: do you judge an option otherwise?"),
      element("p", {}, "1 serves the aim badly, 5 serves it well. What leads above follows."),
      element("div", { class: "face-controls" }, ...controls),
      this.#list,
      element("p", {}, button("Take back our ratings", () => this.#put({}))),
      this.#says,
    );
    this.#show();
  }

  /** The ratings that count: ours, with those that the reader moved. */
  all(): Ratings {
    return withOwn(this.#spec.ratings, this.#own);
  }

  /** Those that the reader moved. */
  own(): Moved {
    return this.#own;
  }

  /** Shows what was kept. */
  adopt(own: Moved): void {
    this.#own = ranges(own);
    this.#show();
  }

  #put(own: Moved): void {
    this.adopt(own);
    this.#changed();
  }

  /** The other end follows where the ends would cross. */
  #move(moved: HTMLSelectElement): void {
    const [low, high] = [Number(this.#low.value), Number(this.#high.value)];
    const only = moved === this.#low ? low : high;
    const ends = low <= high ? { low, high } : { low: only, high: only };
    const [option, aim] = [this.#option.value, this.#aim.value];
    this.#put({ ...this.#own, [option]: { ...this.#own[option], [aim]: ends } });
  }

  #show(): void {
    const [low, high] = this.all()[this.#option.value]?.[this.#aim.value] ?? [1, 1];
    this.#low.value = String(low);
    this.#high.value = String(high);
    this.#list.replaceChildren(...this.#moved().map((one) => element("li", {}, one)));
    this.#says.textContent = this.#alone();
  }

  #moved(): string[] {
    const { options, criteria, ratings } = this.#spec;
    return options.flatMap(({ id, title }) =>
      criteria.flatMap(({ id: aim, label }) => {
        const ends = this.#own[id]?.[aim];
        if (!ends) return [];
        const [low, high] = ratings[id][aim];
        const yours = `${ends.low} to ${ends.high}`;
        return [`“${title}”, ${label}: you say ${yours}, we say ${low} to ${high}`];
      })
    );
  }

  #alone(): string {
    const first = everFirst(this.all());
    const titles = (some: { title: string }[]) => some.map(({ title }) => `“${title}”`).join(", ");
    const never = this.#spec.options.filter(({ id }) => !first.includes(id));
    const ever = this.#spec.options.filter(({ id }) => first.includes(id));
    const rest = never.length ? ` Under no weights: ${titles(never)}.` : "";
    return `Whatever one values: by these ratings ${titles(ever) || "no option"} can lead alone ` +
      `under some weights.${rest}`;
  }
}
