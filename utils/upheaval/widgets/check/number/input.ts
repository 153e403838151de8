import { element, freshId, textInput } from "../../core/dom.ts";
import { keptText } from "../../core/form.ts";
import type { CheckSpec } from "../../core/protocol.ts";
import type { Input } from "../kind.ts";

export interface NumberSpec extends CheckSpec {
  unit: string;
}

/** A box for a line of text. */
export function input(spec: NumberSpec): Input {
  const id = freshId(spec.storageKey);
  const box = textInput({ id, spellcheck: "false" });
  const node = element(
    "p",
    {},
    element("label", { for: id, class: "face-question" }, spec.question),
    box,
    spec.unit ? element("span", { class: "face-unit" }, ` ${spec.unit}`) : null,
  );
  return {
    node,
    answer: () => box.value,
    fill: (answer) => {
      box.value = keptText(answer);
    },
  };
}
