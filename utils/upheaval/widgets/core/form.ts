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

/** A form that is sent nowhere; its submit button, if it has one, does `submit`. */
export function form(look: string, inside: Child[], submit?: () => void): HTMLFormElement {
  const onsubmit = (event: SubmitEvent) => {
    event.preventDefault();
    submit?.();
  };
  return element("form", { class: look, onsubmit }, ...inside);
}

/** Where a widget says what became of an answer: a reader of a screen hears it at once. */
export function statusLine(): HTMLParagraphElement {
  return element("p", { class: "face-message", role: "status" });
}
