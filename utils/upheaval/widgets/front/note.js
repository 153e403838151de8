import { element, freshId } from "./dom.js";
import { follow } from "./follow.js";
import { FACES } from "./kinds.js";

// What a reader predicts or writes: kept by the supplier, shown again on request.

function predict(spec, keep) {
  const name = freshId("predict");
  const buttons = spec.options.map((text) => element("input", { type: "radio", name, onchange: () => keep(text) }));
  const node = element("fieldset", {}, element("legend", {}, spec.question),
    ...spec.options.map((text, at) => element("label", { class: "face-option" }, buttons[at], element("span", {}, text))));
  return { node, fill: (kept) => buttons.forEach((button, at) => { button.checked = spec.options[at] === kept; }) };
}

function write(spec, keep) {
  const boxes = spec.fields.map(() => element("textarea", { id: freshId("write"), rows: 2 }));
  const save = () => keep(Object.fromEntries(spec.fields.map(({ name }, at) => [name, boxes[at].value])));
  boxes.forEach((box) => box.addEventListener("change", save));
  const node = element("fieldset", {}, element("legend", {}, spec.question), ...boxes.map((box, at) =>
    element("span", { class: "face-field" }, element("label", { for: box.id }, spec.fields[at].label), box)));
  return { node, fill: (kept) => boxes.forEach((box, at) => { box.value = kept?.[spec.fields[at].name] ?? ""; }) };
}

function again(spec) {
  const words = element("p", { class: "face-again" });
  return { node: element("div", {}, words, element("p", { class: "face-question" }, spec.question)),
    fill: (kept) => { words.textContent = kept ? `You predicted: “${kept}”` : "You made no prediction at the start of this lesson. You can still go back and make one."; } };
}

/** Builds a note in `el`. */
export function note(el, spec, supply) {
  const status = element("p", { class: "face-told", role: "status" });
  const keep = (value) => steps.sending(() => supply.keep(value)).then((text) => { status.textContent = text; });
  const { node, fill } = { predict, write, again }[spec.type](spec, keep);
  const steps = follow(supply, fill);
  el.replaceChildren(element("form", { class: "face-note", onsubmit: (event) => event.preventDefault() }, node, status));
  return steps.stop;
}
FACES.note = note;
