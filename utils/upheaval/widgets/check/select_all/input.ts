import { element } from "../../core/dom.ts";
import { fieldset, option } from "../../core/form.ts";
import type { Input } from "../kind.ts";
import type { OptionsSpec } from "../options.ts";

/** A box to tick for each option; the answer is the ids of those that are ticked. */
export function input(spec: OptionsSpec): Input {
  const boxes = spec.options.map(({ id }) => element("input", { type: "checkbox", value: id }));
  const labels = spec.options.map(({ text }, at) => option(boxes[at], text));
  return {
    node: fieldset(spec.question, ...labels),
    answer: () => boxes.filter(({ checked }) => checked).map(({ value }) => value),
    fill: (answer) => {
      const ticked: unknown[] = Array.isArray(answer) ? answer : [];
      for (const box of boxes) box.checked = ticked.includes(box.value);
    },
  };
}
