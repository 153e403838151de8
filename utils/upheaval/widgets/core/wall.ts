import { button, element } from "./dom.ts";
import { keepKeys } from "./jupyterlab.ts";
import type { Stop } from "./protocol.ts";
import {
  opensLarge,
  partAt,
  partsOf,
  partStep,
  type Piece,
  saidOf,
  stepOf,
  type ViewPart,
} from "./wall_rules.ts";

// On the wall: a part of a page as large as the window, to be read from the back of a room. It is
// the part itself that moves into the dialog, and back again: what was chosen stays.

/** What can be opened large. */
export interface Large {
  /** What moves; it comes back to where it stood. */
  content: HTMLElement;
  /** What the view is called for whoever hears it. */
  label(): string;
  /** Goes so many steps on; without it arrow keys do nothing. */
  step?(by: number): void;
  /** The view has another size, also at the beginning; null when it has closed. */
  fit?(width: number | null, view: HTMLElement): void;
}

/** What takes arrow keys itself. */
const OWN_ARROWS = "select, input, textarea, [role=toolbar], [role=application]";

/**
 * Asks for the whole screen; a frame may not, and then its window is large enough. Escape leaves
 * the whole screen before the page hears of it, so `left` is told. Gives what leaves it.
 */
function fillScreen(stage: HTMLElement, left: () => void): () => void {
  const changed = () => {
    if (!document.fullscreenElement) left();
  };
  if (!document.fullscreenEnabled || document.fullscreenElement) return () => {};
  document.addEventListener("fullscreenchange", changed);
  stage.requestFullscreen().catch(() => {});
  return () => {
    document.removeEventListener("fullscreenchange", changed);
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  };
}

const HEAD = ".face-figure > .face-head";
const TOUR = ".face-tour:not([hidden])";
const LEGEND = ".face-figure > .face-legend";
const HEADS = `${HEAD}, ${LEGEND}`;
/** The heads of columns, and the scale, of a part that is a table or a list. */
const COLUMNS = ":is(.face-rows :is(thead, div:has(> .face-scale)), .face-scroll thead)";
/** The words below a chart. */
const WORDS = ".face-figure > .face-text";
/** What is not to be cut between one part of a view and the next. */
const PIECES = "p, li, tr, fieldset, button, select, label, " +
  ".face-plot .main-svg text, .face-plot .points path";

const isSticky = (one: HTMLElement) => getComputedStyle(one).position === "sticky";

/**
 * Says to the style how far down what stays in sight reaches: the headline, the signs, and the
 * heads of columns, each below the one before. The words of a tour do not stay: they are read
 * before the chart is gone through. Gives the pixels that all of them cover.
 */
function stayed(stage: HTMLElement): number {
  const find = (of: string) => stage.querySelector<HTMLElement>(of);
  const heightOf = (of: string) => {
    const one = find(of);
    return one && isSticky(one) ? one.offsetHeight : 0;
  };
  const tour = find(TOUR);
  const gone = tour && heightOf(HEAD)
    ? tour.getBoundingClientRect().bottom - tour.closest(HEAD)!.getBoundingClientRect().top
    : 0;
  const head = heightOf(HEAD) - gone;
  const signs = head + heightOf(LEGEND);
  stage.style.setProperty("--tour", `${-gone}px`);
  stage.style.setProperty("--below-head", `${head}px`);
  stage.style.setProperty("--below-signs", `${signs}px`);
  return signs + heightOf(COLUMNS);
}

/** The foot of the view: what ends it, and what leads through one taller than the screen. */
class Foot {
  readonly node: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #more: HTMLElement;
  readonly #said = element("span", { role: "status" });
  readonly #up: HTMLButtonElement;
  readonly #down: HTMLButtonElement;
  #parts: ViewPart[] = [];
  #covered = 0;
  #chartEnd = 0;

  constructor(stage: HTMLElement, close: () => void) {
    this.#stage = stage;
    this.#up = button("▲ More above", () => this.move(-1));
    this.#down = button("▼ More below", () => this.move(1));
    const end = button("Close (Esc)", close);
    end.className = "face-wall-close";
    this.#more = element("div", { class: "face-wall-more" }, this.#up, this.#said, this.#down);
    this.node = element("div", { class: "face-wall-foot" }, this.#more, end);
    stage.addEventListener("scroll", () => this.#tell());
  }

  /** Goes so many parts on. */
  move(by: number): void {
    const at = partAt(this.#parts, this.#begun());
    const to = Math.min(Math.max(at + by, 0), this.#parts.length - 1);
    this.#stage.scrollTo({ top: to ? this.#parts[to].start - this.#covered : 0 });
  }

  /** Goes to the beginning, where the words of a tour stand. */
  toWords(): void {
    if (this.#stage.querySelector(TOUR)) this.#stage.scrollTo({ top: 0 });
  }

  /** Where in the view what is in sight begins. */
  #begun(): number {
    const { scrollTop } = this.#stage;
    return scrollTop ? scrollTop + this.#covered : 0;
  }

  /** Looks anew how the view falls into parts. */
  show(): void {
    const { clientHeight } = this.#stage;
    this.#covered = stayed(this.#stage);
    const first = clientHeight - this.node.offsetHeight;
    const later = first - this.#covered;
    const content = this.node.previousElementSibling;
    if (!content) return;
    const height = this.#place(content).bottom;
    const words = this.#stage.querySelector(WORDS);
    this.#chartEnd = words ? this.#place(words).top : height;
    this.#parts = partsOf(this.#pieces(), height, { first, later });
    const { start, end } = this.#parts[this.#parts.length - 1];
    const many = this.#parts.length > 1;
    this.node.style.marginTop = many ? `${Math.max(0, later - (end - start))}px` : "";
    this.#tell();
  }

  /** Where something stands in the view that is not moved down. */
  #place(one: Element): { top: number; bottom: number } {
    const from = this.#stage.getBoundingClientRect().top - this.#stage.scrollTop;
    const { top, bottom } = one.getBoundingClientRect();
    return { top: top - from, bottom: bottom - from };
  }

  #pieces(): Piece[] {
    const stays = [HEADS, COLUMNS, ".face-wall-foot"].join();
    return [...this.#stage.querySelectorAll(PIECES)]
      .filter((one) => !one.closest(stays))
      .map((one) => this.#place(one))
      .filter(({ top, bottom }) => bottom > top)
      .map(({ top, bottom }) => [top, bottom]);
  }

  /** Says which part is in sight, and covers what is cut off at its end. */
  #tell(): void {
    const [many, begun] = [this.#parts.length, this.#begun()];
    const at = partAt(this.#parts, begun);
    this.#more.hidden = many < 2;
    const said = saidOf(this.#parts, at, this.#chartEnd);
    if (this.#said.textContent !== said) this.#said.textContent = said;
    // A button that is disabled would lose the focus, and the view its keys.
    this.#up.setAttribute("aria-disabled", String(at === 0));
    this.#down.setAttribute("aria-disabled", String(at === many - 1));
    const { start, end } = this.#parts[at];
    const { scrollTop, clientHeight } = this.#stage;
    const unseen = scrollTop + clientHeight - this.node.offsetHeight - end;
    const isWhole = Math.abs(begun - start) < 2 && at < many - 1;
    this.node.style.setProperty("--cover", `${isWhole ? Math.max(0, unseen) : 0}px`);
  }
}

/**
 * Opens it; Escape, or the button, ends it and gives the focus back. Gives what ends it from
 * outside. A cell that runs again takes the view out of the page and asks nobody: then it has no
 * size any more, and ends as well.
 */
export function openLarge({ content, label, step, fit }: Large): Stop {
  const place = document.createComment("large");
  const focused = document.activeElement;
  const stage = element("div", { class: "face-wall-stage" });
  const foot = new Foot(stage, () => dialog.close());
  const onkeydown = (event: KeyboardEvent) => {
    const own = event.target instanceof Element && event.target.closest(OWN_ARROWS);
    const [by, part] = own ? [0, 0] : [stepOf(event), partStep(event)];
    if (by || part) event.preventDefault();
    if (by) step?.(by);
    if (by && step) foot.toWords();
    if (part) foot.move(part);
    event.stopPropagation(); // no shortcut of the page around it
  };
  const dialog = element(
    "dialog",
    { class: "face-wall", "aria-label": label(), tabindex: "-1", onkeydown },
    stage,
  );
  content.before(place);
  place.after(dialog);
  stage.append(content, foot.node);
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    size.disconnect();
    letGo();
    leaveScreen();
    place.replaceWith(content);
    dialog.remove();
    fit?.(null, dialog);
    if (focused instanceof HTMLElement) focused.focus();
  };
  // Both are looked at: the window may change, and so may what stands in it.
  const size = new ResizeObserver((changed) => {
    if (!dialog.isConnected) return end();
    if (changed.some(({ target }) => target === dialog)) fit?.(innerWidth, dialog);
    foot.show();
  });
  const letGo = keepKeys(dialog);
  dialog.addEventListener("close", end);
  dialog.showModal();
  fit?.(innerWidth, dialog);
  dialog.focus();
  const leaveScreen = fillScreen(stage, () => dialog.close());
  for (const one of [dialog, content, ...stage.querySelectorAll(HEADS)]) size.observe(one);
  return end;
}

/** Something of a widget that can be opened large, and the line with the button for it. */
export interface LargePart {
  line: HTMLElement;
  stop: Stop;
}

/** Lets something be opened large, by a button and by the key where the focus is in `around`. */
export function largePart(large: Large, around = large.content): LargePart {
  let stop: Stop = () => {};
  const open = () => {
    stop = openLarge(large);
  };
  const line = element("p", { class: "face-large-line" }, largeButton(open));
  largeByKey(around, open);
  return { line, stop: () => stop() };
}

/** The button that opens something large. */
export function largeButton(open: () => void): HTMLButtonElement {
  const made = button("Large", open);
  made.className = "face-large";
  made.title = "As large as the window, to be read from afar (Alt+P). Escape ends it.";
  made.setAttribute("aria-keyshortcuts", "Alt+P");
  return made;
}

/** Lets the key open what is around the focus, if it stands in `el`. */
export function largeByKey(el: HTMLElement, open: () => void): void {
  el.addEventListener("keydown", (event) => {
    if (!opensLarge(event) || el.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  });
}

// -- source cards and tables of words, which no face draws --

const BLOCKS = ".lesson-card, .lesson-grid";

function offer(content: HTMLElement): void {
  const label = () =>
    content.querySelector("blockquote, th")?.textContent?.slice(0, 80) ?? "A table";
  const isTable = content instanceof HTMLTableElement;
  const around = isTable ? content.parentElement ?? content : content;
  const { line } = largePart({ content, label }, around);
  if (isTable) content.after(line);
  else content.append(line);
  content.dataset.large = "";
}

/** Puts the button to every source card and table of words in the page. */
export function offerBlocks(): void {
  for (const one of document.querySelectorAll<HTMLElement>(BLOCKS)) {
    if (one.dataset.large === undefined) offer(one);
  }
}

const SOON = 500;

/** The same in a notebook, whose cells run one after the other; once a document. */
export function offerBlocksAsTheyCome(): void {
  const root = document.documentElement;
  if (root.dataset.large !== undefined) return;
  root.dataset.large = "";
  let soon: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    soon = undefined;
    offerBlocks();
  };
  const watch = new MutationObserver(() => {
    soon ??= setTimeout(look, SOON);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  offerBlocks();
}

/** What of a page is nearest to the middle of its window, of what can be opened large. */
function nearestButton(): HTMLElement | undefined {
  const away = (one: HTMLElement) => {
    const { top, bottom } = (one.closest(".lesson-card, .lesson-room, .face") ?? one)
      .getBoundingClientRect();
    const middle = innerHeight / 2;
    return Math.max(0, top - middle, middle - bottom);
  };
  const offered = [...document.querySelectorAll<HTMLElement>(".face-large")];
  return offered.sort((one, other) => away(one) - away(other))[0];
}

/** Lets the key open what is in the middle of the page, wherever the focus is. */
export function largeInPage(): void {
  document.addEventListener("keydown", (event) => {
    if (!opensLarge(event) || document.querySelector("dialog[open]")) return;
    const found = nearestButton();
    if (!found) return;
    event.preventDefault();
    found.click();
  });
}
