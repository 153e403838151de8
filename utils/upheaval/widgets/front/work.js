import { download, element, freshId, pickFile } from "./dom.js";
import { FACES } from "./kinds.js";

// All that a reader wrote, as one file to keep, to hand in, or to take to another computer.

/** The work in the text of a file, or a sentence on why there is none: {work} or {problem}. `about` is the mark of our files. */
export function workIn(text, about) {
  let content = null;
  try { content = JSON.parse(text); } catch { return { problem: "it is no JSON file, or it was damaged on its way" }; }
  const { about: mark, work: kept } = content ?? {};
  const whole = mark === about && typeof kept === "object" && kept !== null && !Array.isArray(kept);
  return whole ? { work: kept } : { problem: "it was not saved by this collection" };
}

function lessonsIn(kept) {
  return [...new Set(Object.keys(kept).map((key) => key.split(".")[0]).filter((part) => /^\d+$/.test(part)))].sort();
}

function work(el, spec, supply) {
  const counted = element("p", { class: "face-words" });
  const told = element("p", { class: "face-told", role: "status" });
  const name = freshId("work");
  const mine = element("input", { type: "radio", name, value: "mine", checked: true });
  const theirs = element("input", { type: "radio", name, value: "file" });
  const show = () => {
    const kept = supply.all();
    const [count, lessons] = [Object.keys(kept).length, lessonsIn(kept)];
    counted.textContent = count
      ? `You have written ${count === 1 ? "one thing" : `${count} things`}${lessons.length ? `, in lesson${lessons.length > 1 ? "s" : ""} ${lessons.join(", ")}` : ""}. Nothing of it was sent anywhere.`
      : "You have written nothing yet. What you answer, predict or write is kept here, and sent nowhere.";
  };
  const save = () => {
    download("my_work.json", "application/json", `${JSON.stringify({ about: spec.about, format: 1, work: supply.all() }, null, 2)}\n`);
    told.textContent = "Saved as my_work.json, where your browser puts its downloads.";
  };
  const load = (file) => {
    const { work: found, problem } = workIn(file.text, spec.about);
    if (problem) { told.textContent = `${file.name} was not loaded: ${problem}. Nothing here has changed.`; return; }
    const both = Object.keys(found).filter((key) => key in supply.all() && JSON.stringify(found[key]) !== JSON.stringify(supply.all()[key])).length;
    const rule = both ? ` ${both} ${both === 1 ? "answer was" : "answers were"} in both: ${mine.checked ? "yours here stayed" : "the file's came in"}.` : "";
    supply.merge(found, mine.checked).then((where) => { told.textContent = `${file.name} was loaded.${rule} ${where}`; });
  };
  show();
  const unlisten = supply.onvalue(show);
  el.replaceChildren(element("form", { class: "face-note face-work", onsubmit: (event) => event.preventDefault() },
    element("fieldset", {}, element("legend", {}, spec.question), counted,
      element("p", {}, element("button", { type: "button", onclick: save }, "Save my work as a file"), " ", pickFile("Load work from a file", ".json,application/json", load)),
      element("p", {}, "Where both have an answer, "), element("label", { class: "face-option" }, mine, element("span", {}, "keep mine here")),
      element("label", { class: "face-option" }, theirs, element("span", {}, "take the file's"))), told));
  return unlisten;
}

FACES.work = work;
