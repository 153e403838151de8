import { element } from "./dom.ts";

const PRINTS = "data-print-alone";

/**
 * Prints a page of its own, of the class `look`: everything else is hidden while it prints. Gives
 * whether the browser began: a frame that may open no windows ignores it, and says nothing.
 */
export function printAlone(look: string, nodes: HTMLElement[]): boolean {
  const paper = element("div", { class: `face face-paper ${look}` }, ...nodes);
  const root = document.documentElement;
  let began = false;
  document.querySelector(".face-paper")?.remove();
  document.body.append(paper);
  root.setAttribute(PRINTS, "");
  addEventListener("beforeprint", () => {
    began = true;
  }, { once: true });
  const tidy = () => {
    paper.remove();
    root.removeAttribute(PRINTS);
  };
  addEventListener("afterprint", tidy, { once: true });
  print();
  // Nothing of it stays behind in the page: whoever clears it would print it all the same.
  if (!began) tidy();
  return began;
}
