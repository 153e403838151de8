import { button, element } from "./dom.ts";

// A long list shows its first rows, and all of them on request. What is folded is found by the
// search of the browser, which opens it, and is printed.

/** How many rows of a list are shown first. */
export const FIRST = 5;

/**
 * A list, and below it the button that shows `all` of its rows or only the first; `told` hears
 * what a reader wants. A short list is left alone.
 */
export function firstRows(
  list: HTMLElement,
  all: boolean,
  told: (all: boolean) => void,
): HTMLElement[] {
  const rows = [...list.children] as HTMLElement[];
  const later = rows.slice(FIRST);
  if (!later.length) return [list];
  list.classList.add("face-folds");
  const show = (wanted: boolean) => {
    all = wanted;
    for (const row of later) {
      if (all) row.removeAttribute("hidden");
      else row.setAttribute("hidden", "until-found");
    }
    act.textContent = all ? `Show only the first ${FIRST}` : `Show all ${rows.length}`;
    act.setAttribute("aria-expanded", String(all));
  };
  const act = button("", () => {
    show(!all);
    told(all);
    if (!all) return act.scrollIntoView({ block: "nearest" });
    later[0].tabIndex = -1; // who reads by keyboard or by ear goes on with the first new row
    later[0].focus();
  });
  list.addEventListener("beforematch", () => {
    show(true);
    told(true);
  });
  show(all);
  return [list, element("p", { class: "face-all" }, act)];
}
