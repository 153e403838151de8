import { element, freshId, labelled } from "../core/dom.ts";
import type { Control, Selection } from "../core/protocol.ts";

// The controls of an explorer: native elements with labels.

/** A control on the page: `set` shows a choice made elsewhere. */
interface Made {
  node: HTMLElement;
  set(index: number): void;
}

type Maker = (control: Control, index: number, select: (index: number) => void) => Made;

function list(control: Control, index: number, select: (index: number) => void) {
  const box = element("select", {
    id: freshId("control"),
    name: control.name,
    onchange: () => select(box.selectedIndex),
  });
  control.options.forEach((text) => box.add(new Option(text)));
  const set = (next: number) => {
    box.selectedIndex = next;
  };
  set(index);
  return { box, set };
}

const dropdown: Maker = (control, index, select) => {
  const { box, set } = list(control, index, select);
  return { node: labelled(control.label, box), set };
};

// Earlier and Later are for hand and mouse; the keyboard has the arrow keys on the list between
// them, so the whole stepper is one tab stop.
const stepper: Maker = (control, index, select) => {
  const go = (next: number) => {
    set(next);
    select(next);
  };
  const inner = list(control, index, go);
  const stepButton = (by: number, label: string) =>
    element("button", {
      type: "button",
      tabindex: -1,
      onclick: () => go(inner.box.selectedIndex + by),
    }, label);
  const earlier = stepButton(-1, "◀ Earlier");
  const later = stepButton(1, "Later ▶");
  const set = (next: number) => {
    inner.set(next);
    earlier.disabled = next <= 0;
    later.disabled = next >= control.options.length - 1;
  };
  set(index);
  const node = element(
    "span",
    { class: "face-control" },
    element("label", { for: inner.box.id }, control.label),
    element("span", { class: "face-steps" }, earlier, inner.box, later),
  );
  return { node, set };
};

const radio: Maker = (control, index, select) => {
  const name = freshId(control.name);
  const buttons = control.options.map((_, at) =>
    element("input", {
      type: "radio",
      name,
      value: at,
      checked: at === index,
      onchange: () => select(at),
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

const MAKERS: Record<Control["kind"], Maker> = { dropdown, stepper, radio };

/** A form of controls; `set` shows a choice made elsewhere. */
export interface ControlForm {
  form: HTMLFormElement;
  set(selection: Selection): void;
}

/** Makes the form; `onselect(name, index)` is called when the reader chooses. */
export function controlForm(
  controls: Control[],
  selection: Selection,
  onselect: (name: string, index: number) => void,
): ControlForm {
  const made = controls.map((control) =>
    MAKERS[control.kind](
      control,
      selection[control.name],
      (index) => onselect(control.name, index),
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
