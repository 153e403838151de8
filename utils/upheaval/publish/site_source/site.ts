// What a page of the site does besides its faces. Everything works without it; nothing is fetched.
import { get } from "../../widgets/core/storage.ts";

function positionMeaning(word: Element, meaning: HTMLElement): void {
  const { left, bottom } = word.getBoundingClientRect();
  const top = Math.min(bottom + 6, innerHeight - meaning.offsetHeight - 6);
  const side = Math.max(6, Math.min(left, innerWidth - meaning.offsetWidth - 6));
  meaning.style.top = `${top}px`;
  meaning.style.left = `${side}px`;
}

// A word of the glossary opens on a click, a tap or Enter by itself (a popover, which Escape
// closes); with a mouse, resting on it is enough. The pointer may go over to the meaning, to read
// or copy it.
function explained(word: HTMLButtonElement): void {
  const meaning = document.getElementById(word.getAttribute("popovertarget") ?? "");
  if (!meaning) return;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const stay = () => clearTimeout(leaving);
  const leave = ({ pointerType }: PointerEvent) => {
    if (pointerType === "mouse") leaving = setTimeout(() => meaning.hidePopover(), 300);
  };
  word.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType !== "mouse") return; // a tap opens it, and must not find it open
    stay();
    if (!meaning.matches(":popover-open")) meaning.showPopover();
  });
  meaning.addEventListener("pointerenter", stay);
  for (const one of [word, meaning]) one.addEventListener("pointerleave", leave);
  meaning.addEventListener("toggle", () => positionMeaning(word, meaning));
}

document.querySelectorAll<HTMLButtonElement>("button.term").forEach(explained);

// A list that can be narrowed: a form's choices against the data-* attributes of the items.
function narrowable(form: HTMLFormElement): void {
  const items = [...document.querySelectorAll<HTMLElement>(`#${form.dataset.list} > li`)];
  const status = form.querySelector("[role=status]");
  const fits = (item: HTMLElement, name: string, value: string) =>
    name === "text"
      ? (item.textContent ?? "").toLowerCase().includes(value.toLowerCase())
      : (item.dataset[name] ?? "").split(" ").includes(value);
  const show = () => {
    const wanted = [...new FormData(form)].map(([name, value]) => [name, String(value)])
      .filter(([, value]) => value !== "");
    let count = 0;
    for (const item of items) {
      item.hidden = !wanted.every(([name, value]) => fits(item, name, value));
      if (!item.hidden) count += 1;
    }
    if (!status) return;
    status.textContent = count
      ? `${count} of ${items.length} shown.`
      : "None fits. Choose “all” in one of the lists, or delete the text.";
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}

document.querySelectorAll<HTMLFormElement>("form.narrow").forEach(narrowable);

// Paper is light: the theme has its dark colours on paper too.
const page = document.documentElement;
let dark = false;
const toPaper = () => {
  if (page.dataset.theme !== "dark") return;
  dark = true;
  page.dataset.theme = "light";
};
const toScreen = () => {
  if (dark) page.dataset.theme = "dark";
  dark = false;
};
const paper = matchMedia("print");
addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);
paper.addEventListener("change", () => paper.matches ? toPaper() : toScreen());

for (const button of document.querySelectorAll<HTMLButtonElement>("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A tick for each lesson whose exit ticket is written in this browser.
function tick(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const lesson = /(?:^|\/)(\d\d)_\w+\.html$/.exec(link.getAttribute("href") ?? "")?.[1];
    if (!lesson || !link.closest(".bd-links, ol.cards")) continue;
    const written = isWritten(lesson);
    link.classList.toggle("written", written);
    link.title = written ? "Its exit ticket is written" : "";
  }
}

const isWritten = (lesson: string): boolean =>
  Object.values(get(`${lesson}.exit`) ?? {})
    .some((text) => typeof text === "string" && text.trim() !== "");

// Code under the hood that runs in the page, where lessons with Python in the browser are there,
// too. Nothing of it is loaded before a reader presses Run.
const FROM_DISK = "From disk, a page runs no code. Open this page at its web address, where each " +
  "cell has a button that runs it in your browser, with nothing installed.";
const FROM_WEB = "Or run them here, with nothing installed: each cell has a button. The first " +
  "time, Python itself is loaded.";
const here = (document.currentScript as HTMLScriptElement | null)?.src ?? "";

interface Runs {
  open(input: HTMLElement, button: HTMLButtonElement, place: Record<string, string>): void;
}

function offerRun(cell: HTMLElement, note: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Run this code here";
  button.addEventListener("click", async () => {
    button.disabled = true;
    const [run, worker] = ["run.js", "run_worker.js"].map((name) => new URL(name, here).href);
    const base = new URL(note.dataset.python ?? "", location.href).href;
    try {
      const { open }: Runs = await import(run);
      open(cell, button, { base, notebook: note.dataset.notebook ?? "", worker });
    } catch {
      button.disabled = false;
      button.textContent = "It could not be loaded. Try again";
    }
  }, { once: true });
  const row = document.createElement("div");
  row.className = "run-row";
  row.append(button);
  cell.after(row);
}

for (const note of document.querySelectorAll<HTMLElement>("p[data-python]")) {
  const served = location.protocol.startsWith("http");
  note.textContent = served ? FROM_WEB : FROM_DISK;
  const fold = served && note.closest("details");
  if (!fold) continue;
  for (const cell of fold.querySelectorAll<HTMLElement>(".cell:not(.tag_skip-execution)")) {
    const input = cell.querySelector<HTMLElement>(".cell_input");
    if (input) offerRun(input, note);
  }
}

// The way to a lesson as a live notebook, where a browser can open it.
for (const live of document.querySelectorAll<HTMLElement>("p.live-notebook")) {
  live.hidden = !location.protocol.startsWith("http") && !live.querySelector('a[href^="http"]');
}

tick();
addEventListener("pageshow", tick);
addEventListener("storage", tick);
