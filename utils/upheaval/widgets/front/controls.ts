import { element, freshId, labelled } from "./dom.ts";
import type { Choices, Control } from "./types.ts";

// The controls of an explorer: native elements with labels.

/** A control on the page: `set` shows a choice made elsewhere. */
interface Made {
  node: HTMLElement;
  set(place: number): void;
}

type Maker = (control: Control, place: number, choose: (place: number) => void) => Made;

function list(control: Control, place: number, choose: (place: number) => void) {
  const box = element("select", {
    id: freshId("control"),
    name: control.name,
    onchange: () => choose(box.selectedIndex),
  });
  control.options.forEach((text) => box.add(new Option(text)));
  const set = (next: number) => {
    box.selectedIndex = next;
  };
  set(place);
  return { box, set };
}

const select: Maker = (control, place, choose) => {
  const { box, set } = list(control, place, choose);
  return { node: labelled(control.label, box), set };
};

// Earlier and Later are for hand and mouse; the keyboard has the arrow keys on the list between
// them, so the whole stepper is one tab stop.
const steps: Maker = (control, place, choose) => {
  const go = (next: number) => {
    set(next);
    choose(next);
  };
  const inner = list(control, place, go);
  const step = (by: number, label: string) =>
    element("button", {
      type: "button",
      tabindex: -1,
      onclick: () => go(inner.box.selectedIndex + by),
    }, label);
  const earlier = step(-1, "◀ Earlier");
  const later = step(1, "Later ▶");
  const set = (next: number) => {
    inner.set(next);
    earlier.disabled = next <= 0;
    later.disabled = next >= control.options.length - 1;
  };
  set(place);
  const node = element(
    "span",
    { class: "face-control" },
    element("label", { for: inner.box.id }, control.label),
    element("span", { class: "face-steps" }, earlier, inner.box, later),
  );
  return { node, set };
};

const radio: Maker = (control, place, choose) => {
  const name = freshId(control.name);
  const buttons = control.options.map((_, at) =>
    element("input", {
      type: "radio",
      name,
      value: at,
      checked: at === place,
      onchange: () => choose(at),
    })
  );
  const labels = buttons.map((button, at) => element("label", {}, button, control.options[at]));
  const legend = element("legend", {}, control.label);
  const node = element("fieldset", { class: "face-control face-radio" }, legend, ...labels);
  return {
    node,
    set: (next) => {
      buttons[next].checked = true;
    },
  };
};

const MAKERS: Record<Control["kind"], Maker> = { select, steps, radio };

/**
 * A form of controls. `onchoose(name, place)` is called when the reader chooses; `set` shows a
 * choice made elsewhere.
 */
export function controlForm(
  controls: Control[],
  chosen: Choices,
  onchoose: (name: string, place: number) => void,
): { form: HTMLFormElement; set: (chosen: Choices) => void } {
  const made = controls.map((control) =>
    MAKERS[control.kind](
      control,
      chosen[control.name],
      (place) => onchoose(control.name, place),
    )
  );
  const form = element("form", {
    class: "face-controls",
    onsubmit: (event) => event.preventDefault(),
  }, ...made.map(({ node }) => node));
  return {
    form,
    set: (next) => controls.forEach((control, at) => made[at].set(next[control.name])),
  };
}
