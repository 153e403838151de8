import { element, freshId } from "./dom.js";

// The controls of an explorer: native elements with labels. Each maker gives {node, set(place)}.

function select(control, place, choose) {
  const id = freshId("control");
  const box = element("select", { id, name: control.name, onchange: () => choose(box.selectedIndex) });
  control.options.forEach((text) => box.add(new Option(text)));
  const set = (next) => { box.selectedIndex = next; };
  set(place);
  return { node: element("span", { class: "face-control" }, element("label", { for: id }, control.label), box), box, set };
}

// Earlier and Later are for hand and mouse; the keyboard has the arrow keys on the list between them, so the whole
// stepper is one tab stop.
function steps(control, place, choose) {
  const inner = select(control, place, (next) => { set(next); choose(next); });
  const move = (by) => () => { const next = inner.box.selectedIndex + by; set(next); choose(next); };
  const earlier = element("button", { type: "button", tabindex: -1, onclick: move(-1) }, "◀ Earlier");
  const later = element("button", { type: "button", tabindex: -1, onclick: move(1) }, "Later ▶");
  const set = (next) => {
    inner.set(next);
    earlier.disabled = next <= 0;
    later.disabled = next >= control.options.length - 1;
  };
  inner.box.replaceWith(element("span", { class: "face-steps" }, earlier, inner.box.cloneNode(false), later));
  const slot = inner.node.querySelector(".face-steps select");
  slot.replaceWith(inner.box);
  set(place);
  return { node: inner.node, set };
}

function radio(control, place, choose) {
  const name = freshId(control.name);
  const buttons = control.options.map((text, at) =>
    element("input", { type: "radio", name, value: at, checked: at === place, onchange: () => choose(at) }));
  const labels = buttons.map((button, at) => element("label", {}, button, control.options[at]));
  const node = element("fieldset", { class: "face-control face-radio" }, element("legend", {}, control.label), ...labels);
  return { node, set: (next) => { buttons[next].checked = true; } };
}

/** A form of controls. `onchoose(name, place)` is called when the reader chooses; `set` shows a choice made elsewhere. */
export function controlForm(controls, chosen, onchoose) {
  const makers = { select, steps, radio };
  const made = controls.map((control) =>
    makers[control.kind](control, chosen[control.name], (place) => onchoose(control.name, place)));
  const form = element("form", { class: "face-controls", onsubmit: (event) => event.preventDefault() }, ...made.map(({ node }) => node));
  return { form, set: (next) => controls.forEach((control, at) => made[at].set(next[control.name])) };
}
