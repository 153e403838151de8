import { element } from "./dom.ts";
import { letterOf } from "./letters.ts";

// A page on its way to paper, where nothing opens and nothing can be chosen: folds open, options
// stand as a list with letters, and what would give an answer away goes to a last page. When it has
// been printed, all is as it was.

/** Folds that stay shut: code that no paper runs, and what goes to the end. */
const FOLDS = "details:not([open], .hood, .hood *, .face-check details, .face-card details)";
const END = "Hints and answers";

/** The options of a question whose drop-downs all offer the same, as a list for paper. */
function optionList(question: Element): HTMLElement | null {
  const first = question.querySelector<HTMLSelectElement>(".face-slot select");
  if (!first) return null;
  const texts = [...first.options].slice(1).map(({ text }) => text); // the first chooses nothing
  const items = texts.map((text, at) =>
    element("li", {}, element("strong", {}, letterOf(at)), ` ${text}`)
  );
  return element("ul", { class: "face-lettered" }, ...items);
}

/** What stands on the last page for a question: its words, and its hints or what came. */
function ending(face: Element): HTMLElement | null {
  const hints = [...face.querySelectorAll(".face-check details > p")];
  const came = [...face.querySelectorAll(".face-was p")];
  const told = [...hints, ...came].map((one) => element("p", {}, one.textContent ?? ""));
  if (!told.length) return null;
  const asked = face.querySelector("legend, .face-question")?.textContent ?? "";
  return element("section", {}, element("p", {}, element("strong", {}, asked)), ...told);
}

/** Prepares the page; gives what puts it back. */
export function toPaper(root: ParentNode & Node): () => void {
  const opened = [...root.querySelectorAll<HTMLDetailsElement>(FOLDS)];
  for (const one of opened) one.open = true;
  const lists = [...root.querySelectorAll(".face-check fieldset")].flatMap((question) => {
    const list = optionList(question);
    if (list) question.querySelector("legend")?.after(list);
    return list ? [list] : [];
  });
  const faces = [...root.querySelectorAll("[data-face]:not(.hood *)")];
  const endings = faces.flatMap((face) => ending(face) ?? []);
  const last = element("aside", { class: "face face-last" }, element("h2", {}, END), ...endings);
  if (endings.length) root.append(last);
  return () => {
    for (const one of opened) one.open = false;
    for (const one of [...lists, last]) one.remove();
  };
}

/** Keeps the page ready for paper: a browser tells in two ways that it prints. */
export function watchPrinting(): void {
  let back: (() => void) | null = null;
  const before = () => {
    const root = document.querySelector("main, article");
    // What is printed alone has a page of its own.
    if (!root || document.documentElement.hasAttribute("data-print-alone")) return;
    back?.(); // what has come into the page since belongs on paper, too
    back = toPaper(root);
  };
  const after = () => {
    back?.();
    back = null;
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  const paper = matchMedia("print");
  paper.addEventListener("change", () => paper.matches ? before() : after());
}
