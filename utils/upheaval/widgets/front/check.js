import { element, freshId } from "./dom.js";
import { follow } from "./follow.js";
import { FACES } from "./kinds.js";

// A question with feedback: choice, number or steps.

function choiceInput(spec) {
  const name = freshId(spec.name);
  const buttons = spec.options.map((_, at) => element("input", { type: "radio", name, value: at }));
  const node = element("fieldset", {}, element("legend", {}, spec.question),
    ...spec.options.map((text, at) => element("label", { class: "face-option" }, buttons[at], element("span", {}, text))));
  return { node, answer: () => { const at = buttons.findIndex(({ checked }) => checked); return at < 0 ? null : at; },
    fill: (answer) => buttons.forEach((button, at) => { button.checked = at === answer; }) };
}

function numberInput(spec) {
  const id = freshId(spec.name);
  const box = element("input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
  const node = element("p", {}, element("label", { for: id, class: "face-question" }, spec.question), box,
    spec.unit ? element("span", { class: "face-unit" }, ` ${spec.unit}`) : null);
  return { node, answer: () => box.value, fill: (answer) => { box.value = String(answer ?? ""); } };
}

function stepsInput(spec) {
  const boxes = spec.slots.map(() => {
    const box = element("select", { id: freshId(spec.name) }, new Option("– choose –", ""));
    spec.options.forEach((text, at) => box.add(new Option(text, at)));
    return box;
  });
  const node = element("fieldset", {}, element("legend", {}, spec.question),
    ...boxes.map((box, at) => element("span", { class: "face-slot" }, element("label", { for: box.id }, spec.slots[at]), box)));
  return { node, answer: () => boxes.map(({ value }) => (value === "" ? null : Number(value))),
    fill: (answer) => boxes.forEach((box, at) => { box.value = String(answer?.[at] ?? ""); }) };
}

function verdictView({ right, text, steps }) {
  if (right === null) return [element("p", {}, text)];
  const yes = text.startsWith("Yes") ? "✓ " : "✓ Yes. "; // a reason may say it itself
  const word = right ? yes : "✗ Not yet. ";
  const lines = steps.map((step) => element("li", { class: step.ok ? "face-yes" : "face-no" },
    element("strong", {}, step.ok ? "✓ " : "✗ "), step.text));
  return [element("p", { class: right ? "face-yes" : "face-no" }, element("strong", {}, word), text),
    ...(lines.length ? [element("ul", {}, ...lines)] : [])];
}

/** Builds a check in `el`. */
export function check(el, spec, supply) {
  const input = { choice: choiceInput, number: numberInput, steps: stepsInput }[spec.type](spec);
  const verdict = element("div", { class: "face-verdict", role: "status" });
  const hints = spec.hints.map((text, at) => element("details", {}, element("summary", {}, `Hint ${at + 1}`), element("p", {}, text)));
  const steps = follow(supply, (kept) => {
    if (kept === null && !verdict.firstChild) return; // nothing was answered yet; what is chosen may stay chosen
    input.fill(kept?.answer);
    const result = supply.verdict();
    verdict.replaceChildren(...(result ? verdictView(result) : []));
  });
  el.replaceChildren(element("form", { class: "face-check", onsubmit: (event) => {
    event.preventDefault();
    steps.sending(() => supply.mark(input.answer())).then((result) => verdict.replaceChildren(...verdictView(result)));
  } }, input.node, element("button", { type: "submit" }, "Check"), ...hints, verdict));
  return steps.stop;
}
FACES.check = check;
