import { element, freshId } from "../../core/dom.ts";
import type { CheckSpec } from "../../core/protocol.ts";
import type { Input } from "../kind.ts";

export interface ChoiceSpec extends CheckSpec {
  options: string[];
}

/** Radio buttons. */
export function input(spec: ChoiceSpec): Input {
  const name = freshId(spec.storageKey);
  const buttons = spec.options.map((_, at) => element("input", { type: "radio", name, value: at }));
  const labels = spec.options.map((text, at) =>
    element("label", { class: "face-option" }, buttons[at], element("span", {}, text))
  );
  return {
    node: element("fieldset", {}, element("legend", {}, spec.question), ...labels),
    answer: () => {
      const at = buttons.findIndex(({ checked }) => checked);
      return at < 0 ? null : at;
    },
    fill: (answer) =>
      buttons.forEach((button, at) => {
        button.checked = at === answer;
      }),
  };
}
