import { element, freshId } from "../../core/dom.ts";
import { fieldset, option } from "../../core/form.ts";
import type { Input } from "../kind.ts";
import type { OptionsSpec } from "../options.ts";

/** Radio buttons. */
export function input(spec: OptionsSpec): Input {
  const name = freshId(spec.storageKey);
  const buttons = spec.options.map(({ id }) =>
    element("input", { type: "radio", name, value: id })
  );
  const labels = spec.options.map(({ text }, at) => option(buttons[at], text));
  return {
    node: fieldset(spec.question, ...labels),
    answer: () => buttons.find(({ checked }) => checked)?.value ?? null,
    fill: (answer) =>
      buttons.forEach((button) => {
        button.checked = button.value === answer;
      }),
  };
}
