import { element, freshId } from "./dom.js";
import { FACES } from "./kinds.js";

// What a reader predicts or writes: kept by the supplier, shown again on request.

function predict(spec, supply, told) {
  const name = freshId("predict");
  const kept = supply.value();
  const labels = spec.options.map((text) => element("label", { class: "face-option" },
    element("input", { type: "radio", name, checked: text === kept, onchange: () => supply.keep(text).then(told) }),
    element("span", {}, text)));
  return element("fieldset", {}, element("legend", {}, spec.question), ...labels);
}

function write(spec, supply, told) {
  const kept = supply.value() ?? {};
  const boxes = spec.fields.map(({ name }) => {
    const box = element("textarea", { id: freshId("write"), rows: 2 });
    box.value = kept[name] ?? "";
    return box;
  });
  const save = () => supply.keep(Object.fromEntries(spec.fields.map(({ name }, at) => [name, boxes[at].value]))).then(told);
  boxes.forEach((box) => box.addEventListener("change", save));
  return element("fieldset", {}, element("legend", {}, spec.question), ...boxes.map((box, at) =>
    element("span", { class: "face-field" }, element("label", { for: box.id }, spec.fields[at].label), box)));
}

function again(spec, supply) {
  const words = element("p", { class: "face-again" });
  const show = () => {
    const kept = supply.value();
    words.textContent = kept ? `You predicted: “${kept}”` : "You made no prediction at the start of this lesson. You can still go back and make one.";
  };
  show();
  supply.onvalue(show);
  return element("div", {}, words, element("p", { class: "face-question" }, spec.question));
}

/** Builds a note in `el`. */
export function note(el, spec, supply) {
  const status = element("p", { class: "face-told", role: "status" });
  const body = { predict, write, again }[spec.type](spec, supply, (text) => { status.textContent = text; });
  el.replaceChildren(element("form", { class: "face-note", onsubmit: (event) => event.preventDefault() }, body, status));
  return () => {};
}
FACES.note = note;
