import { element, freshId } from "./dom.ts";
import { SURE, surenessIn, wasAnswered } from "./sure_rules.ts";

// How sure a reader is of an answer: asked beside a check, never needed, never a mark. It counts
// with the first answer alone, since a verdict tells what is right.

/** Three radio buttons in a row, and what was said once they are gone. */
export class SureRow {
  readonly node: HTMLElement;
  readonly #buttons: HTMLInputElement[];
  readonly #said = element("span", { class: "face-said" });

  constructor() {
    const name = freshId("sure");
    const label = freshId("how-sure");
    this.#buttons = SURE.map((value) => element("input", { type: "radio", name, value }));
    const labels = SURE.map((word, at) => element("label", {}, this.#buttons[at], word));
    this.node = element(
      "div",
      { class: "face-sure", role: "radiogroup", "aria-labelledby": label },
      element("span", { id: label }, "How sure?"),
      ...labels,
    );
  }

  /** What to put behind the button. */
  get said(): HTMLElement {
    return this.#said;
  }

  /** The word that is chosen; empty where none is. */
  value(): string {
    return this.#buttons.find(({ checked }) => checked)?.value ?? "";
  }

  /** Shows the buttons until something is `kept`; `next` takes the focus of one that goes. */
  show(kept: unknown, next: HTMLElement): void {
    const answered = wasAnswered(kept);
    if (answered && this.node.contains(document.activeElement)) next.focus();
    this.node.hidden = answered;
    if (!answered) { for (const one of this.#buttons) one.checked = false; }
    const first = answered ? surenessIn(kept) : null;
    this.#said.textContent = first ? `How sure at first: ${first.said}` : "";
  }
}
