import { element, freshId } from "../core/dom.ts";
import type { PlotBox, Plotly, Trace } from "../core/protocol.ts";
import { type Mark, marksOf } from "./walk_rules.ts";

// Marks by the keyboard: from one to the next, each with the words that hovering over it shows.

const HINT = "Arrow keys go from mark to mark, Enter does what a click does, Escape leaves.";

/** What hovering shows now, in one line. */
function hoverWords(box: HTMLElement): string {
  const labels = [...box.querySelectorAll(".hoverlayer .hovertext text")];
  const text = (one: Element) => {
    const parts = [...one.querySelectorAll("tspan.line")];
    return (parts.length ? parts : [one]).map((part) => part.textContent).join(" ");
  };
  return labels.map(text).join(" ").replace(/\s+/g, " ").trim();
}

/** The place of a chart that takes the keyboard. */
export class Walk {
  /** What to put into the page, around the chart's box. */
  readonly node: HTMLElement;
  #hint = element("p", { class: "face-hint", id: freshId("hint") }, HINT);
  #said = element("p", { class: "face-unseen", role: "status" });
  #plotly: Plotly | null = null;
  #box: PlotBox | null = null;
  #at = -1;
  #pick: (id: string | undefined) => void;

  /** `box` is where the chart will be; `pick` is told of the id of the mark where Enter is hit. */
  constructor(box: HTMLElement, pick: (id: string | undefined) => void) {
    this.#pick = pick;
    this.node = element(
      "div",
      {
        class: "face-marks",
        onkeydown: (event) => this.#key(event),
        onblur: () => this.#leave(),
      },
      box,
      this.#hint,
      this.#said,
    );
  }

  /** Takes over a chart that was painted; a walk through the one before is over. */
  painted(plotly: Plotly, box: PlotBox): void {
    this.#leave();
    this.#plotly = plotly;
    this.#box = box;
    const able = !box.hidden && marksOf(box.data ?? [], box.layout ?? {}).length > 0;
    const attributes = {
      tabindex: "0",
      role: "application",
      "aria-roledescription": "chart",
      "aria-label": "The marks of this chart, one by one",
      "aria-describedby": this.#hint.id,
    };
    for (const [name, value] of Object.entries(attributes)) {
      if (able) this.node.setAttribute(name, value);
      else this.node.removeAttribute(name);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#box) return;
    const marks = marksOf(this.#box.data ?? [], this.#box.layout ?? {});
    const last = marks.length - 1;
    const places: Record<string, number> = {
      ArrowRight: this.#at + 1,
      ArrowDown: this.#at + 1,
      ArrowLeft: this.#at - 1,
      ArrowUp: this.#at - 1,
      Home: 0,
      End: last,
    };
    if (event.key in places) this.#go(marks, Math.max(0, Math.min(last, places[event.key])));
    else if (this.#at < 0) return;
    else if (event.key === "Enter") this.#pick(marks[this.#at].id);
    else if (event.key === "Escape") this.#leave();
    else return;
    event.preventDefault();
  }

  #go(marks: Mark[], at: number): void {
    const box = this.#box as PlotBox;
    const { trace, curveNumber, pointNumber } = marks[at];
    const subplot = (name: keyof Trace, axis: string) => trace[name] ?? axis;
    this.#at = at;
    this.node.dataset.at = String(at);
    // Without this, plotly.js would wait a moment after the mark before.
    this.#plotly?.Fx.unhover(box);
    this.#plotly?.Fx.hover(
      box,
      [{ curveNumber, pointNumber }],
      `${subplot("xaxis", "x")}${subplot("yaxis", "y")}`,
    );
    box.querySelector(".hoverlayer .hovertext")?.scrollIntoView({
      block: "nearest",
      inline: "nearest",
    });
    this.#said.textContent = `${hoverWords(box)} (${at + 1} of ${marks.length})`;
  }

  #leave(): void {
    if (this.#at < 0) return;
    this.#at = -1;
    delete this.node.dataset.at;
    this.#said.textContent = "";
    if (this.#box) this.#plotly?.Fx.unhover(this.#box);
  }
}
