import { type Child, element } from "./dom.ts";

// What forms are made of: questions, options, and where a widget says what became of an answer.

/** A radio button or a checkbox before its text. */
export function option(input: HTMLInputElement, text: string): HTMLLabelElement {
  return element("label", { class: "face-option" }, input, element("span", {}, text));
}

/** Fields that belong to one question. */
export function fieldset(question: string, ...fields: Child[]): HTMLFieldSetElement {
  return element("fieldset", {}, element("legend", {}, question), ...fields);
}

/**
 * A form that is sent nowhere. Its button of class `face-submit`, if it has one, does `submit`, and
 * so does Enter in a field of one line. A frame without leave for forms (a course platform's,
 * JupyterLab's own viewer) stops a form before its submit event, and says so to nobody: so nothing
 * hangs on that event.
 */
export function form(look: string, inside: Child[], submit?: () => void): HTMLFormElement {
  const onkeydown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (!submit || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    submit();
  };
  const onsubmit = (event: SubmitEvent) => event.preventDefault();
  const made = element("form", { class: look, onkeydown, onsubmit }, ...inside);
  if (submit) made.querySelector(".face-submit")?.addEventListener("click", submit);
  return made;
}

/** Where a widget says what became of an answer: a reader of a screen hears it at once. */
export function statusLine(): HTMLParagraphElement {
  return element("p", { class: "face-message", role: "status" });
}

/** What is kept as the text of a box; empty where it is no text. */
export function keptText(kept: unknown): string {
  return typeof kept === "string" || typeof kept === "number" ? String(kept) : "";
}

/** Puts a text into a box; one that holds it already is left alone, with its cursor. */
export function fillBox(
  box: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  text: string,
): void {
  if (box.value !== text) box.value = text;
}

/** A button that asks once more before it acts. */
export function sureButton(label: string, sure: string, act: () => void): HTMLButtonElement {
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
