import { spelled } from "../core/days.ts";
import { button, element, freshId } from "../core/dom.ts";
import { isRefused } from "../core/evidence.ts";
import type { Backend, Filter, Finding, Payload } from "../core/protocol.ts";
import { evidence } from "./rules.ts";

// What a reader keeps of a chart as evidence for a memo: the whole of it, or a row.

const MISLEADS =
  "This chart misleads on purpose, so it is no evidence for a memo. Its rows can be " +
  "kept where they are drawn as they are.";

/** Offers a chart and its rows as evidence; what is later than the memo is said before. */
export class Keeper {
  readonly #add: Backend["addEvidence"];
  readonly #memoDay: string;
  #items: [label: string, item: Finding][] = [];
  #chosen = 0;

  constructor(add: Backend["addEvidence"], memoDay = "") {
    [this.#add, this.#memoDay] = [add, memoDay];
  }

  /** Takes the chart that is on show. */
  fill(payload: Payload, filters: Filter[]): void {
    this.#items = evidence(payload, filters);
    this.#chosen = Math.min(1, this.#items.length - 1); // a row: the whole chart says more
  }

  /** Takes the row whose mark was chosen. */
  choose(row: number): void {
    if (row + 1 < this.#items.length) this.#chosen = row + 1;
  }

  /** A button that keeps a row, for the end of its line; the list of `view` is for keys. */
  rowButton(row: number): HTMLElement {
    const [label, item] = this.#items[row + 1] ?? [];
    if (!item) return element("span", {});
    const status = element("span", { role: "status" });
    const act = button("Keep", () => this.#keep(item, status));
    act.tabIndex = -1;
    act.title = "Keep as evidence for your memo";
    act.setAttribute("aria-label", `Keep as evidence: ${label}`);
    return element("span", { class: "face-keep" }, act, " ", this.#late(item), " ", status);
  }

  /** A list of all that can be kept, and a button. */
  view(): HTMLElement {
    if (!this.#items.length) return element("p", { class: "face-add-evidence" }, MISLEADS);
    const status = element("span", { role: "status" });
    const late = element("span", { id: freshId("late") });
    const choice = element("select", { id: freshId("evidence"), "aria-describedby": late.id });
    this.#items.forEach(([label], at) => choice.add(new Option(label, String(at))));
    choice.selectedIndex = this.#chosen;
    const item = () => this.#items[choice.selectedIndex][1];
    const look = () => {
      this.#chosen = choice.selectedIndex;
      late.replaceChildren(this.#late(item()));
    };
    choice.addEventListener("change", look);
    look();
    const memo = "Keep as evidence for your memo (lesson 11): ";
    return element(
      "p",
      { class: "face-add-evidence" },
      element("label", { for: choice.id }, memo),
      choice,
      " ",
      button("Keep", () => this.#keep(item(), status)),
      " ",
      late,
      " ",
      status,
    );
  }

  #late({ known = "" }: Finding): string {
    if (!this.#memoDay || known <= this.#memoDay) return "";
    const day = spelled(this.#memoDay);
    return `Public by ${spelled(known)}: later than the memo’s day, ${day}.`;
  }

  #keep(item: Finding, status: HTMLElement): void {
    this.#add([item], Date.now()).then((text) => {
      status.textContent = isRefused(text) ? text : `In your basket. ${text}`;
    });
  }
}
