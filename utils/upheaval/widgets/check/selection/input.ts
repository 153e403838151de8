import { element, freshId } from "../../core/dom.ts";
import { fieldset } from "../../core/form.ts";
import type { Input } from "../kind.ts";
import type { OptionsSpec } from "../options.ts";

export interface SelectionSpec extends OptionsSpec {
  slots: string[];
}

/** A drop-down for each slot, all with the same options. */
export function input(spec: SelectionSpec): Input {
  const boxes = spec.slots.map(() => {
    const box = element("select", { id: freshId(spec.storageKey) }, new Option("– choose –", ""));
    for (const { id, text } of spec.options) box.add(new Option(text, id));
    return box;
  });
  const rows = boxes.map((box, at) =>
    element(
      "span",
      { class: "face-slot" },
      element("label", { for: box.id }, spec.slots[at]),
      box,
    )
  );
  const fillBox = (box: HTMLSelectElement, id: unknown) => {
    const index = spec.options.findIndex((one) => one.id === id);
    box.selectedIndex = index + 1; // the first line chooses nothing
  };
  return {
    node: fieldset(spec.question, ...rows),
    answer: () => boxes.map(({ value }) => value || null),
    fill: (answer) =>
      boxes.forEach((box, at) => fillBox(box, (answer as unknown[] | null | undefined)?.[at])),
  };
}
