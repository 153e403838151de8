import { type Draft, draft } from "../core/draft.ts";
import { element, freshId, textInput } from "../core/dom.ts";
import { follow, type Following } from "../core/follow.ts";
import { fieldset, fillBox } from "../core/form.ts";
import {
  type Guess,
  guessIn,
  guessText,
  moved,
  nearest,
  numberAt,
  numberIn,
  partOf,
  stepNote,
} from "../core/guess.ts";
import type { Backend, Came, GuessScale, PromptSpec, Stop } from "../core/protocol.ts";

// A guess that is set on a scale, by mouse, touch and keys, or written beside it; and the same
// scale again, with the guess as a ghost beside what came.

const UNSET = "not set yet";
const HOW = "Set the mark: drag it, tap the scale, or use the arrow keys.";

/** Puts a mark where numbers stand. */
function place(mark: HTMLElement, [from, to]: Guess, scale: GuessScale): HTMLElement {
  const left = partOf(from, scale);
  mark.style.left = `${100 * left}%`;
  mark.style.width = to > from ? `${100 * (partOf(to, scale) - left)}%` : "";
  return mark;
}

/** Puts a name at a number, and keeps it within the scale. */
function name(node: HTMLElement, number: number, scale: GuessScale): HTMLElement {
  const part = partOf(number, scale);
  node.style.left = `${100 * part}%`;
  node.style.translate = `${-100 * part}%`;
  return node;
}

/** The line of a scale with its numbers; `marks` stand on it. */
function lineOf(scale: GuessScale, marks: HTMLElement[]): HTMLElement {
  const last = scale.ticks.length - 1;
  const ticks = scale.ticks.map((at, index) => {
    const text = index === last ? scale.end ?? String(at) : String(at);
    const tick = element("span", { class: "face-guess-tick", "aria-hidden": "true" }, text);
    return place(tick, [at, at], scale);
  });
  return element("div", { class: "face-guess-line" }, ...ticks, ...marks);
}

interface Dragged {
  set(x: number): void;
  done(): void;
  /** The finger scrolls the page. */
  undone(): void;
}

/** Tells of a mouse, a pen or a finger that moves on `node`. */
function onDrag(node: HTMLElement, told: Dragged): void {
  let pointer: number | null = null;
  node.addEventListener("pointerdown", (event) => {
    if (event.button || pointer !== null) return;
    pointer = event.pointerId;
    node.setPointerCapture(pointer);
    told.set(event.clientX);
  });
  node.addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer) told.set(event.clientX);
  });
  const ends = (type: "pointerup" | "pointercancel", act: () => void) =>
    node.addEventListener(type, (event) => {
      if (event.pointerId !== pointer) return;
      pointer = null;
      act();
    });
  ends("pointerup", told.done);
  ends("pointercancel", told.undone);
}

/** A question with its scale, and the box beside it. */
export class GuessInput {
  readonly node: HTMLElement;
  #scale: GuessScale;
  #options: string[];
  #backend: Backend;
  #status: HTMLElement;
  #thumb: HTMLElement;
  #line: HTMLElement;
  #box = textInput({ id: freshId("guess"), inputmode: "decimal", class: "face-guess-box" });
  #words = element("p", { class: "face-guess-words" });
  #before = element("p", { hidden: true });
  #number: number | null = null;
  /** What stood there when a finger came down. */
  #lifted: number | null | undefined;
  /** What is said of a written number that stands between two steps. */
  #note = "";
  #steps: Following | null = null;
  #typed: Draft | null = null;

  constructor(spec: PromptSpec, scale: GuessScale, backend: Backend, status: HTMLElement) {
    [this.#scale, this.#options] = [scale, spec.options ?? []];
    [this.#backend, this.#status] = [backend, status];
    this.#thumb = element("div", {
      class: "face-guess-thumb",
      role: "slider",
      tabindex: 0,
      "aria-label": spec.question,
      "aria-valuemin": scale.low,
      "aria-valuemax": scale.high,
      onkeydown: this.#key,
      onblur: () => this.#typed?.flush(),
    });
    this.#line = lineOf(scale, [this.#thumb]);
    const track = element("div", { class: "face-guess-track" }, this.#line);
    onDrag(track, { set: this.#drag, done: this.#drop, undone: this.#undo });
    this.#box.addEventListener("change", this.#written);
    const label = element("label", { for: this.#box.id }, "Or write it:");
    const beside = element("p", { class: "face-guess-beside" }, label, this.#box, scale.unit);
    this.node = fieldset(spec.question, track, this.#words, beside, this.#before);
  }

  start = (): Stop => {
    const steps = this.#steps = follow(this.#backend, this.#fill);
    const typed = this.#typed = draft(this.#backend, this.#status, this.#save);
    return () => {
      typed.stop();
      steps.stop();
    };
  };

  get #middle(): number {
    return nearest((this.#scale.low + this.#scale.high) / 2, this.#scale);
  }

  #show(number: number | null): void {
    this.#number = number;
    const at = number ?? this.#middle;
    const text = number === null ? UNSET : guessText(number, this.#scale);
    place(this.#thumb, [at, at], this.#scale);
    this.#thumb.toggleAttribute("data-unset", number === null);
    this.#thumb.setAttribute("aria-valuenow", String(at));
    this.#thumb.setAttribute("aria-valuetext", text);
    const said = [`Your guess: ${text}`, this.#note].filter(Boolean).join(". ");
    this.#words.textContent = number === null ? HOW : said;
    fillBox(this.#box, number === null ? "" : String(number));
  }

  #fill = (kept: unknown): void => {
    const [from, to] = guessIn(kept, this.#scale, this.#options) ?? [0, 1];
    if (from !== this.#number) this.#note = "";
    this.#show(from === to ? from : null);
    // An option that an earlier version kept is no number, nor is what stands in an odd file.
    this.#before.hidden = from === to || typeof kept !== "string" || !kept;
    this.#before.textContent = this.#before.hidden ? "" : `You predicted before: “${kept}”.`;
  };

  #save = async (): Promise<void> => {
    this.#typed?.drop();
    if (this.#number === null) return;
    this.#before.hidden = true;
    const text = guessText(this.#number, this.#scale);
    this.#status.textContent = await this.#steps?.sending(() => this.#backend.keep(text)) ?? "";
  };

  #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const stays = this.#number === null && ["Enter", " "].includes(event.key);
    const from = this.#number ?? this.#middle;
    const to = stays ? from : moved(event.key, from, this.#scale);
    if (to === null) return;
    event.preventDefault();
    this.#note = "";
    this.#show(to);
    this.#typed?.changed();
  };

  #drag = (x: number): void => {
    if (this.#lifted === undefined) this.#lifted = this.#number;
    const { left, width } = this.#line.getBoundingClientRect();
    this.#note = "";
    this.#show(numberAt((x - left) / width, this.#scale));
  };

  #drop = (): void => {
    this.#lifted = undefined;
    this.#thumb.focus({ preventScroll: true });
    this.#save();
  };

  #undo = (): void => {
    this.#show(this.#lifted ?? null);
    this.#lifted = undefined;
  };

  #written = (): void => {
    const { low, high } = this.#scale;
    const number = numberIn(this.#box.value, this.#scale);
    if (number === null) {
      this.#status.textContent = `Write one number from ${low} to ${high}.`;
      return;
    }
    this.#note = stepNote(this.#box.value, this.#scale);
    this.#show(number);
    this.#save();
  };
}

/**
 * The scale once more with what came, for the eye: the card says it in words. `show` puts what is
 * kept beside it, as a ghost.
 */
export function guessAgain(scale: GuessScale, { options, at }: Came) {
  const ghost = element("span", { class: "face-guess-ghost" });
  const yours = element("span", { class: "face-guess-yours" }, "your guess");
  const came = at === undefined ? [] : [
    place(element("span", { class: "face-guess-came" }), [at, at], scale),
    name(element("span", { class: "face-guess-was" }, "it was"), at, scale),
  ];
  const line = lineOf(scale, [...came, ghost, yours]);
  const node = element("div", { class: "face-guess-again", "aria-hidden": "true" }, line);
  const show = (kept: unknown) => {
    const guess = guessIn(kept, scale, options);
    ghost.hidden = yours.hidden = guess === null;
    if (!guess) return;
    place(ghost, guess, scale).toggleAttribute("data-range", guess[1] > guess[0]);
    name(yours, (guess[0] + guess[1]) / 2, scale);
  };
  return { node, show };
}
