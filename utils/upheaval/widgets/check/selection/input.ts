import { element, freshId } from "../../core/dom.ts";
import type { CheckSpec } from "../../core/protocol.ts";
import type { Input } from "../kind.ts";

export interface SelectionSpec extends CheckSpec {
  options: string[];
  slots: string[];
}

/** A drop-down for each slot, all with the same options. */
export function input(spec: SelectionSpec): Input {
  const boxes = spec.slots.map(() => {
    const box = element("select", { id: freshId(spec.storageKey) }, new Option("– choose –", ""));
    spec.options.forEach((text, at) => box.add(new Option(text, String(at))));
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
  return {
    node: element("fieldset", {}, element("legend", {}, spec.question), ...rows),
    answer: () => boxes.map(({ value }) => (value === "" ? null : Number(value))),
    fill: (answer) =>
      boxes.forEach((box, at) => {
        box.value = String((answer as unknown[] | null | undefined)?.[at] ?? "");
      }),
  };
}
