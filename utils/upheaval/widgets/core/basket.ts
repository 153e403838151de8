import { spelled } from "./days.ts";
import { button, element, freshId, labelled } from "./dom.ts";
import { about, evidenceAdded, findingsIn, isRefused, wholeFindings } from "./evidence.ts";
import { sureButton } from "./form.ts";
import type { Backend, Evidence, Finding } from "./protocol.ts";
import { counted } from "./wording.ts";

// The basket: what a reader kept as evidence, to be seen, sorted and emptied.

const SECOND_THOUGHTS = 30_000; // milliseconds in which something can be brought back
const ORDERS: [label: string, key: (item: Evidence) => string][] = [
  ["as you kept them", () => ""],
  ["by the day they became public", ({ known }) => known],
  ["by kind", ({ kind }) => kind],
  ["by status", ({ status }) => status || "~"],
];

/** How a piece of evidence is shown, and what can be done with it. */
export interface BasketLook {
  /** What the basket's finding is here: a row of a table may be known better. */
  item?(item: Evidence): Evidence;
  /** Whether it is shown. */
  shows?(item: Evidence): boolean;
  acts?(item: Evidence): HTMLElement[];
  /** The ISO day of the memo. */
  day?: string;
  /** What is said where nothing is in it, or nothing is shown. */
  empty: string;
}

/** What stands behind a title; what is later than the memo is said to be. */
export function aboutItem(item: Evidence, day = ""): HTMLElement {
  const late = day && item.known > day ? `; later than the memo’s day, ${spelled(day)}` : "";
  return element("span", { class: "face-subtitle" }, `(${about(item)}${late})`);
}

/** The basket on a page: `show` shows what is in it now. */
export class Basket {
  readonly node = element("div", { class: "face-basket" });
  readonly #backend: Backend;
  readonly #look: BasketLook;
  readonly #list = element("ul", { class: "memo-rows" });
  readonly #head = element("p", {});
  readonly #tools: HTMLElement;
  readonly #order: HTMLSelectElement;
  readonly #status = element("p", { class: "face-basket-status", role: "status" });
  #shown = "";
  #clearings = 0;

  constructor(backend: Backend, look: BasketLook) {
    [this.#backend, this.#look] = [backend, look];
    const options = ORDERS.map(([label], at) => new Option(label, String(at)));
    const onchange = () => this.show();
    this.#order = element("select", { id: freshId("basket"), onchange }, ...options);
    const empty = sureButton("Empty the basket", "Empty it: are you sure?", () => this.#empty());
    this.#tools = element("p", {}, labelled("Sort", this.#order), " ", empty);
    this.node.append(this.#head, this.#tools, this.#list, this.#status);
  }

  /** Shows what is kept now; after a clearing nothing can be brought back. */
  show(cleared = false): void {
    if (cleared) {
      this.#clearings += 1;
      this.#status.replaceChildren();
    }
    const { item = (one) => one, shows = () => true, empty } = this.#look;
    const findings = this.#findings();
    const all = new Map(findings.map((finding) => {
      const one = item(evidenceAdded(finding));
      return [one.id, one];
    }));
    const [, key] = ORDERS[this.#order.selectedIndex];
    const items = [...all.values()].filter(shows)
      .sort((one, other) => key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0);
    // A button that is replaced under the pointer loses its click.
    const drawn = JSON.stringify([items, all.size]);
    if (drawn === this.#shown) return;
    this.#shown = drawn;
    const count = `${counted(all.size, "piece", "pieces")} of evidence`;
    this.#head.textContent = items.length ? `In your basket: ${count}.` : empty;
    this.#tools.hidden = !all.size;
    this.#list.replaceChildren(...items.map((one) => this.#row(one)));
  }

  #kept(): unknown {
    return this.#backend.linked("evidence") ?? this.#backend.all().evidence;
  }

  #findings(): Finding[] {
    return findingsIn(this.#kept());
  }

  #row(item: Evidence): HTMLElement {
    const out = button("Take out", () => this.#remove([item.id], "Taken out."));
    out.setAttribute("aria-label", `Take out of the basket: ${item.title}`);
    const text = element("span", {}, `${item.title} `, aboutItem(item, this.#look.day));
    const acts = this.#look.acts?.(item) ?? [];
    return element("li", {}, text, ...[...acts, out].flatMap((act) => [" ", act]));
  }

  #empty(): void {
    this.#remove(null, "The basket is empty.");
  }

  /** Takes out what is called by `ids` (or all), and offers for a moment to bring it back. */
  async #remove(ids: string[] | null, done: string): Promise<void> {
    const { item = (one) => one } = this.#look;
    const called = this.#findings().filter((one) =>
      !ids || ids.includes(one.id) || ids.includes(item(evidenceAdded(one)).id)
    );
    const gone = wholeFindings(this.#kept(), called.map(({ id }) => id));
    const clearings = this.#clearings;
    const told = await this.#backend.removeEvidence(gone.map(({ id }) => id));
    if (clearings !== this.#clearings) return; // what is gone was another reader's
    if (isRefused(told)) return void (this.#status.textContent = told);
    const bringBack = async () => {
      const back = await this.#backend.addEvidence(gone);
      this.#status.textContent = isRefused(back) ? back : "It is back.";
    };
    const back = button("Bring it back", () => bringBack());
    this.#status.replaceChildren(`${done} `, back);
    setTimeout(() => back.remove(), SECOND_THOUGHTS);
  }
}
