import type { Stop } from "./protocol.ts";

// What JupyterLab does around a widget that would disturb its reader.

// In its command mode JupyterLab takes keys from all but boxes of text: in a closed list or on a
// radio button letters would add, cut and delete cells. It asks the element with the focus first
// (its own rules name `:focus`), so the mark that keeps it off stands there, and not around it. It
// is away while the reader saves: the browser would offer to save JupyterLab's page. The words of a
// lesson and its references can be opened and are links, too, and run no script of their own: the
// first face that lives keeps the keys of all that is ours.
export function keepKeys(el: HTMLElement): Stop {
  const keep = ({ target, ctrlKey, metaKey, key }: KeyboardEvent) => {
    if (!(target instanceof HTMLElement)) return;
    if (!el.contains(target) && !target.closest(".face")) return;
    const saves = (ctrlKey || metaKey) && key.toLowerCase() === "s";
    if (saves) target.removeAttribute("data-lm-suppress-shortcuts");
    else target.setAttribute("data-lm-suppress-shortcuts", "true");
  };
  addEventListener("keydown", keep, true); // JupyterLab listens at the document: later than this
  return () => removeEventListener("keydown", keep, true);
}

/**
 * Brings the reader back to the beginning of a notebook that has just begun to run. "Run All Cells"
 * goes to the last cell at once, and JupyterLab has no setting against it. Once a notebook: later
 * runs are of readers who know where they were. Cells that run one by one make another one active.
 */
export function backToTop(): void {
  const panel = document.querySelector<HTMLElement>(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const last = [...panel?.querySelectorAll(".jp-Notebook .jp-Cell") ?? []].at(-1);
  if (!panel || "begun" in panel.dataset) return;
  panel.dataset.begun = "";
  if (!last?.classList.contains("jp-mod-active")) return;
  panel.querySelector(".jp-WindowedPanel-outer")?.scrollTo({ top: 0 });
}
