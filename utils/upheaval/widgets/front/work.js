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

const isCheck = (value) => typeof value?.right === "boolean" && "answer" in value;

/** What is kept, in numbers: checks answered right, checks answered otherwise, and everything else. */
export function workCounts(values) {
  const checks = values.filter(isCheck);
  const right = checks.filter((one) => one.right).length;
  return { right, open: checks.length - right, other: values.length - checks.length };
}

function counted(kept) {
  const lessons = lessonsIn(kept);
  const { right, open, other } = workCounts(Object.values(kept));
  const where = lessons.length ? `, in lesson${lessons.length > 1 ? "s" : ""} ${lessons.join(", ")}` : "";
  const checks = right + open ? `${right} of the ${right + open === 1 ? "one check" : `${right + open} checks`} that you answered ${right === 1 ? "is" : "are"} right` : "";
  const things = other ? `You have written ${other === 1 ? "one thing" : `${other} things`}` : "";
  return [things, checks].filter(Boolean).join("; ") + `${where}. Nothing of it was sent anywhere.`;
}

// One row a part (a lesson): how many of its checks are right so far, and whether anything else was written.
function progress(parts, kept) {
  const rows = parts.map(({ name, title, checks, url }) => {
    const { right } = workCounts(checks.map((check) => kept[check]).filter(isCheck));
    const other = Object.keys(kept).filter((key) => key.startsWith(`${name}.`) && !isCheck(kept[key])).length;
    return element("tr", {}, element("th", { scope: "row" }, url ? element("a", { href: url }, title) : title),
      element("td", {}, checks.length ? `${right === checks.length ? "✓ " : ""}${right} of ${checks.length}` : "–"), element("td", {}, String(other || "–")));
  });
  const heads = ["Lesson", "Checks right", "Things written"].map((text) => element("th", { scope: "col" }, text));
  return element("table", {}, element("caption", {}, "How far you are"), element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
}

function work(el, spec, supply) {
  const words = element("p", { class: "face-words" });
  const far = element("div", { class: "face-far", hidden: !spec.parts });
  const told = element("p", { class: "face-told", role: "status" });
  const name = freshId("work");
  const mine = element("input", { type: "radio", name, value: "mine", checked: true });
  const theirs = element("input", { type: "radio", name, value: "file" });
  const show = () => {
    const kept = supply.all();
    words.textContent = Object.keys(kept).length ? counted(kept)
      : "You have written nothing yet. What you answer, predict or write is kept here, and sent nowhere.";
    if (spec.parts) far.replaceChildren(progress(spec.parts, kept));
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
  // For the next reader at this computer. Two clicks clear it, a third brings it back.
  const clear = element("button", { type: "button", onclick: () => {
    if (clear.dataset.step === "sure") {
      const before = supply.all();
      supply.clear().then((where) => {
        told.replaceChildren(where, " ", element("button", { type: "button", onclick: () => supply.merge(before, true).then((back) => { told.textContent = `It is back. ${back}`; }) }, "Bring it back"));
      });
    }
    step(clear.dataset.step === "sure" ? "" : "sure");
  }, onblur: () => step("") });
  const step = (name) => {
    clear.dataset.step = name;
    clear.textContent = name ? "Clear all of it: are you sure?" : "Clear my work here";
  };
  step("");
  show();
  const unlisten = supply.onvalue(show);
  el.replaceChildren(element("form", { class: "face-note face-work", onsubmit: (event) => event.preventDefault() },
    element("fieldset", {}, element("legend", {}, spec.question), words, far,
      element("p", {}, element("button", { type: "button", onclick: save }, "Save my work as a file"), " ", pickFile("Load work from a file", ".json,application/json", load), " ", clear),
      element("p", {}, "Where a file that you load has another answer:"), element("label", { class: "face-option" }, mine, element("span", {}, "keep mine here")),
      element("label", { class: "face-option" }, theirs, element("span", {}, "take the file's"))), told));
  return unlisten;
}

FACES.work = work;
