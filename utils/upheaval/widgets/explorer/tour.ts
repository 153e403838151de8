import { button, element } from "../core/dom.ts";
import { isAtStep } from "../core/address.ts";
import type { Control, Selection, TourStep } from "../core/protocol.ts";
import { moved, place, reopened, type TourState } from "./tour_rules.ts";

// The strip above a chart's controls: a sentence and a question for each step, which sets the same
// controls that the reader has afterwards.

/** A tour on the page. */
export class Tour {
  /** What to put above the controls; nothing of a chart without a tour. */
  readonly nodes: HTMLElement[];
  #controls: Control[];
  #steps: TourStep[];
  #state: TourState;
  #go: (step: TourStep) => void;
  #strip: HTMLElement;
  #says = element("span");
  #asks = element("span", { class: "face-tour-asks" });
  #place = element("strong", { class: "face-tour-place" });
  #back = button("Back", () => this.move(-1));
  #next = button("Next", () => this.move(1));
  #again = button("", () => this.#to(this.#state));
  #open = button("Show the tour", () => this.#show());

  /** `go` is called with the step that the chart has to show. */
  constructor(
    controls: Control[],
    steps: TourStep[],
    state: TourState,
    go: (step: TourStep) => void,
  ) {
    this.#controls = controls;
    this.#steps = steps;
    this.#state = state;
    this.#go = go;
    this.#next.className = "face-tour-next";
    const words = element("p", { role: "status" }, this.#place, " ", this.#says, " ", this.#asks);
    const end = button("Now yours", () => this.#end());
    this.#strip = element(
      "div",
      { class: "face-tour", role: "group", "aria-label": "A tour of this chart" },
      words,
      element("p", { class: "face-tour-steps" }, this.#back, this.#next, this.#again, end),
    );
    this.nodes = steps.length ? [this.#strip, this.#open] : [];
    this.#open.className = "face-tour-open";
  }

  /** The step that is open; null where the tour is folded, and where there is none. */
  get step(): number | null {
    return this.#steps.length && this.#state.open ? this.#state.at : null;
  }

  /** Goes on, or back. */
  move(by: number): void {
    const next = moved(this.#state, by, this.#steps.length);
    if (next.at !== this.#state.at) this.#to(next);
  }

  /** Shows how the tour stands beside a chart with this selection. */
  show(selection: Selection): void {
    if (!this.#steps.length) return;
    const { at, open } = this.#state;
    const step = this.#steps[at];
    this.#strip.hidden = !open;
    this.#open.hidden = open;
    this.#write(this.#place, place(this.#state, this.#steps.length));
    this.#write(this.#says, step.says);
    this.#write(this.#asks, step.asks);
    // A button that is disabled would lose the focus of whoever pressed it.
    this.#back.setAttribute("aria-disabled", String(at === 0));
    this.#next.setAttribute("aria-disabled", String(at === this.#steps.length - 1));
    this.#again.textContent = `Show step ${at + 1} again`;
    this.#again.hidden = isAtStep(this.#controls, step, selection);
  }

  /** Takes a step that came from elsewhere: an address. */
  set(state: TourState): void {
    this.#state = state;
  }

  // What is written anew is read aloud, the same words too.
  #write(node: HTMLElement, text: string): void {
    if (node.textContent !== text) node.textContent = text;
  }

  #to(state: TourState): void {
    const pressed = document.activeElement === this.#again;
    this.#state = state;
    this.#go(this.#steps[state.at]);
    if (pressed) this.#next.focus();
  }

  #show(): void {
    this.#to(reopened(this.#state, this.#steps.length));
    this.#next.focus();
  }

  #end(): void {
    this.#state = { ...this.#state, open: false };
    this.#strip.hidden = true;
    this.#open.hidden = false;
    this.#open.focus();
  }
}
