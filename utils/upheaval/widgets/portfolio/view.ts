import { button, type ChosenFile, download, element, freshId, pickFile } from "../core/dom.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import type { Builder, KeptWork, Part, PortfolioSpec } from "../core/protocol.ts";
import { counted, isCheck, workCounts, workIn } from "./rules.ts";

// All that a reader wrote, as one file to keep, to hand in, or to take to another computer.

// One row a part (a lesson): how many of its checks are right so far, and whether anything else was
// written.
function progress(parts: Part[], kept: KeptWork): HTMLElement {
  const rows = parts.map(({ name, title, checks, url }) => {
    const { right } = workCounts(checks.map((check) => kept[check]).filter(isCheck));
    const other = Object.keys(kept)
      .filter((storageKey) => storageKey.startsWith(`${name}.`) && !isCheck(kept[storageKey]))
      .length;
    const done = `${right === checks.length ? "✓ " : ""}${right} of ${checks.length}`;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, url ? element("a", { href: url }, title) : title),
      element("td", {}, checks.length ? done : "–"),
      element("td", {}, String(other || "–")),
    );
  });
  const heads = ["Lesson", "Checks right", "Things written"]
    .map((text) => element("th", { scope: "col" }, text));
  return element(
    "table",
    {},
    element("caption", {}, "How far you are"),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
}

/** A button that asks once more before it acts. */
function sureButton(label: string, sure: string, act: () => void): HTMLButtonElement {
  const step = (asked: boolean) => {
    made.dataset.step = asked ? "sure" : "";
    made.textContent = asked ? sure : label;
  };
  const made = element("button", {
    type: "button",
    onclick: () => {
      const asked = made.dataset.step === "sure";
      if (asked) act();
      step(!asked);
    },
    onblur: () => step(false),
  });
  step(false);
  return made;
}

const NOTHING =
  "You have written nothing yet. What you answer, predict or write is kept here, and sent nowhere.";

/** Builds the file of work in `el`. */
export const portfolio: Builder<PortfolioSpec> = (el, spec, backend) => {
  const summary = element("p", { class: "face-text" });
  const far = element("div", { class: "face-far", hidden: !spec.parts });
  const statusMessage = element("p", { class: "face-message", role: "status" });
  const name = freshId("work");
  const mine = element("input", { type: "radio", name, value: "mine", checked: true });
  const theirs = element("input", { type: "radio", name, value: "file" });
  const show = () => {
    const kept = backend.all();
    summary.textContent = Object.keys(kept).length ? counted(kept) : NOTHING;
    if (spec.parts) far.replaceChildren(progress(spec.parts, kept));
  };
  const save = () => {
    const content = { about: spec.about, format: 1, work: backend.all() };
    download("my_work.json", "application/json", `${JSON.stringify(content, null, 2)}\n`);
    statusMessage.textContent = "Saved as my_work.json, where your browser puts its downloads.";
  };
  const load = (file: ChosenFile) => {
    const { work: found, problem } = workIn(file.text, spec.about);
    if (!found) {
      statusMessage.textContent =
        `${file.name} was not loaded: ${problem}. Nothing here has changed.`;
      return;
    }
    const here = backend.all();
    const both = Object.keys(found).filter((storageKey) =>
      storageKey in here &&
      JSON.stringify(found[storageKey]) !== JSON.stringify(here[storageKey])
    ).length;
    const stayed = mine.checked ? "yours here stayed" : "the file's came in";
    const answers = both === 1 ? "answer was" : "answers were";
    const rule = both ? ` ${both} ${answers} in both: ${stayed}.` : "";
    backend.merge(found, mine.checked).then((where) => {
      statusMessage.textContent = `${file.name} was loaded.${rule} ${where}`;
    });
  };
  // For the next reader at this computer. Two clicks clear it, a third brings it back.
  const clear = () => {
    const before = backend.all();
    const bringBack = () => {
      backend.merge(before, true).then((back) => {
        statusMessage.textContent = `It is back. ${back}`;
      });
    };
    backend.clear().then((where) => {
      statusMessage.replaceChildren(where, " ", button("Bring it back", bringBack));
    });
  };
  show();
  const unlisten = backend.onChange(show);
  const option = (input: HTMLElement, text: string) =>
    element("label", { class: "face-option" }, input, element("span", {}, text));
  el.replaceChildren(element(
    "form",
    { class: "face-prompts face-portfolio", onsubmit: (event) => event.preventDefault() },
    element(
      "fieldset",
      {},
      element("legend", {}, spec.question),
      summary,
      far,
      element(
        "p",
        {},
        button("Save my work as a file", save),
        " ",
        pickFile("Load work from a file", ".json,application/json", load),
        " ",
        sureButton("Clear my work here", "Clear all of it: are you sure?", clear),
      ),
      element("p", {}, "Where a file that you load has another answer:"),
      option(mine, "keep mine here"),
      option(theirs, "take the file's"),
    ),
    statusMessage,
  ));
  return unlisten;
};

export default { render: (context: LiveContext) => renderLive(portfolio, context) };
