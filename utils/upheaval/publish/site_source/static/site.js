// What a page of the site does besides its faces. Everything works without it; nothing is fetched.
"use strict";

// A word of the glossary opens on a click, a tap or Enter by itself (a popover, which Escape closes); with a mouse, resting
// on it is enough. The pointer may go over to the meaning, to read or copy it.
for (const word of document.querySelectorAll("button.term")) {
  const meaning = document.getElementById(word.getAttribute("popovertarget"));
  let leaving = 0;
  const stay = () => clearTimeout(leaving);
  const leave = () => { leaving = setTimeout(() => meaning.hidePopover(), 300); };
  word.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType !== "mouse") return; // a tap opens it, and must not find it open
    stay();
    if (!meaning.matches(":popover-open")) meaning.showPopover();
  });
  meaning.addEventListener("pointerenter", stay);
  for (const one of [word, meaning]) one.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && leave());
  meaning.addEventListener("toggle", () => place(word, meaning));
}

function place(word, meaning) {
  const { left, bottom } = word.getBoundingClientRect();
  meaning.style.top = `${Math.min(bottom + 6, innerHeight - meaning.offsetHeight - 6)}px`;
  meaning.style.left = `${Math.max(6, Math.min(left, innerWidth - meaning.offsetWidth - 6))}px`;
}

// Lists that can be narrowed: a form's choices against the data-* attributes of the items.
for (const form of document.querySelectorAll("form.narrow")) {
  const items = [...document.querySelectorAll(`#${form.dataset.list} > li`)];
  const told = form.querySelector("[role=status]");
  const show = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value !== "");
    const fits = (item) => wanted.every(([name, value]) => (name === "text"
      ? item.textContent.toLowerCase().includes(value.toLowerCase())
      : (item.dataset[name] ?? "").split(" ").includes(value)));
    let count = 0;
    for (const item of items) { item.hidden = !fits(item); count += !item.hidden; }
    told.textContent = count ? `${count} of ${items.length} shown.` : "None fits. Choose “all” in one of the lists, or delete the text.";
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}

// Paper: what is folded would be lost.
addEventListener("beforeprint", () => document.querySelectorAll("article details:not([open])").forEach((one) => { one.open = true; }));
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
