// Building blocks of the face. Text only ever enters the page as text: nothing here, or anywhere in
// this folder, parses markup, so data can never become script.

import { limited } from "./longest_text.ts";

let lastId = 0;

/**
 * An id that is the same on every load of the same page, since elements are always made in the same
 * order.
 */
export function freshId(prefix: string): string {
  lastId += 1;
  return `face-${prefix}-${lastId}`;
}

/** Attributes of an element and its listeners, by the names that HTML gives them. */
export interface Attributes {
  onclick?: (event: MouseEvent) => void;
  onchange?: (event: Event) => void;
  onblur?: (event: FocusEvent) => void;
  onkeydown?: (event: KeyboardEvent) => void;
  onsubmit?: (event: SubmitEvent) => void;
  [name: string]: string | number | boolean | null | undefined | ((event: never) => void);
}

/** What can stand in an element; nothing where it is null or undefined. */
export type Child = Node | string | null | undefined;

/**
 * An element with attributes (null and false are left out), listeners (`onclick: function`) and
 * children.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** An element of a drawing. */
export function drawn<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number>,
  ...children: (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** A link to a web address; any other kind of address (`javascript:` say) stays plain text. */
export function link(text: string, address: string | null | undefined): Node {
  if (!/^https?:\/\//i.test(address ?? "")) return document.createTextNode(text);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/**
 * Moves the focus among elements that are one tab stop together, by keys that lead back and on; the
 * last is followed by the first, and what is hidden is passed.
 */
export function rove(
  event: KeyboardEvent,
  all: HTMLElement[],
  back: string[],
  on: string[],
): void {
  const step = Number(on.includes(event.key)) - Number(back.includes(event.key));
  const stops = all.filter((one) => !one.hidden);
  const from = stops.findIndex((one) => one === document.activeElement);
  if (!step || from < 0) return;
  const to = stops[(from + step + stops.length) % stops.length];
  for (const one of all) one.tabIndex = one === to ? 0 : -1;
  to.focus();
  event.preventDefault();
}

/** A button that does something in its page. */
export function button(label: string, onclick: () => void): HTMLButtonElement {
  return element("button", { type: "button", onclick }, label);
}

// Text that readers write runs from the side that its own script asks for.

/** A box for a line of text. */
export function textInput(attributes: Attributes): HTMLInputElement {
  return limited(
    element("input", { type: "text", autocomplete: "off", dir: "auto", ...attributes }),
  );
}

/** A box for several lines of text. */
export function textArea(attributes: Attributes): HTMLTextAreaElement {
  return limited(element("textarea", { autocomplete: "off", dir: "auto", ...attributes }));
}

/** What a reader wrote, in a paragraph of its own. */
export function writtenParagraph(text: string, attributes: Attributes = {}): HTMLElement {
  return element("p", { dir: "auto", ...attributes }, text);
}

/** A label above its box. */
export function labelled(label: string, box: HTMLElement): HTMLElement {
  return element("span", { class: "face-control" }, element("label", { for: box.id }, label), box);
}

/** Hints, each folded. */
export function hints(texts: string[]): HTMLElement[] {
  return texts.map((text, at) =>
    element("details", {}, element("summary", {}, `Hint ${at + 1}`), element("p", {}, text))
  );
}

/** Hands `content` to the reader as a file. */
function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const anchor = element("a", { href: address, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const SELECTED = "Selected: press Ctrl+C (on a Mac: ⌘C) to copy.";

/** Selects what `shown` holds, to be copied by hand; gives the sentence that says so. */
function selected(shown: HTMLElement): string {
  if (shown instanceof HTMLTextAreaElement) {
    shown.focus();
    shown.select();
  } else getSelection()?.selectAllChildren(shown);
  return SELECTED;
}

/**
 * Puts `text` on the clipboard; where the page has none, selects `shown` instead. Gives the
 * sentence for the reader, which is `done` only when the text is there.
 */
export async function copyText(text: string, shown: HTMLElement, done: string): Promise<string> {
  // A page from disk or over plain http may have no clipboard, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return selected(shown);
  try {
    await clipboard.writeText(text);
    return done;
  } catch {
    return selected(shown);
  }
}

const ONE_COLUMN = "If Excel shows all of it in one column: open an empty workbook, choose Data, " +
  "From Text/CSV, and then this file.";

/** A name for a file, its type, and what stands in it. */
export type SavedFile = [name: string, type: string, content: string];

/** The text of a file in a box, and a button that copies it. */
export function textToTake(name: string, content: string): HTMLElement[] {
  const box = element("textarea", {
    rows: 6,
    readonly: true,
    dir: "auto",
    spellcheck: "false",
    "aria-label": `The text of ${name}`,
  });
  box.value = content.replace(/^\ufeff/, "");
  const status = element("span", { role: "status" });
  const copy = () => {
    copyText(box.value, box, "Copied.").then((text) => {
      status.textContent = ` ${text}`;
    });
  };
  return [
    element("p", {}, `Paste it into an empty text file, and save that as ${name}.`),
    box,
    element("p", {}, button("Copy all of it", copy), status),
  ];
}

/** The picture at `address`, and how to take it out of the page; `text` says what it shows. */
export function pictureToTake(address: string, text: string): HTMLElement[] {
  const how = "Press the right mouse button on the picture, or hold a finger on it: your browser " +
    "offers to copy or save it.";
  return [element("p", {}, how), element("img", { src: address, alt: text })];
}

/**
 * Saves files, and shows the last one under `node`: a frame may drop a download, and tells nobody.
 */
export class Saver {
  readonly node = element("div", { class: "face-saved" });

  /** Hands a file to the reader. */
  save(...[name, type, content]: SavedFile): void {
    const shown = textToTake(name, content);
    this.#hand(name, new Blob([content], { type }), "copy its text here", shown);
  }

  /** Hands a picture to the reader; `address` and `text` are those of `pictureToTake`. */
  savePicture(name: string, content: Blob, address: string, text: string): void {
    this.#hand(name, content, "take the picture here", pictureToTake(address, text));
  }

  /** Shows what could not be handed over, under a sentence that says so. */
  show(sentence: string, shown: HTMLElement[]): void {
    this.node.replaceChildren(element("p", { role: "status" }, sentence), ...shown);
  }

  #hand(name: string, content: Blob, way: string, shown: HTMLElement[]): void {
    download(name, content);
    this.show(`Your browser was asked to save ${name}.`, [
      ...(name.endsWith(".csv") ? [element("p", {}, ONE_COLUMN)] : []),
      element("details", {}, element("summary", {}, `If no file came, ${way}`), ...shown),
    ]);
  }

  /** Shows nothing any more. */
  clear(): void {
    this.node.replaceChildren();
  }
}

/** A file that a reader chose. */
export interface ChosenFile {
  name: string;
  text: string;
}

/**
 * A button that asks the reader for a file (or several) and passes on their names and texts; they
 * stay on the reader's computer.
 */
export function pickFiles(
  label: string,
  accept: string,
  notify: (files: ChosenFile[]) => void,
  multiple = true,
): HTMLElement {
  const read = (files: File[]) =>
    Promise.all(files.map((file) => file.text().then((text) => ({ name: file.name, text }))))
      .then(notify);
  return pickAny(label, accept, read, multiple);
}

/** The same for files that are no texts, as the browser hands them over. */
export function pickAny(
  label: string,
  accept: string,
  notify: (files: File[]) => void,
  multiple = true,
): HTMLElement {
  const read = () => {
    const files = [...input.files ?? []];
    input.value = ""; // the same file may be chosen again
    if (files.length) notify(files);
  };
  const input = element("input", {
    type: "file",
    accept,
    multiple,
    hidden: true,
    tabindex: -1,
    onchange: read,
  });
  return element(
    "span",
    {},
    element("label", { hidden: true }, label, input),
    button(label, () => input.click()),
  );
}

/** The same for one file. */
export function pickFile(
  label: string,
  accept: string,
  notify: (file: ChosenFile) => void,
): HTMLElement {
  return pickFiles(label, accept, ([file]) => notify(file), false);
}
