import { element, freshId } from "../core/dom.ts";
import { follow } from "../core/follow.ts";
import { fieldset, form, option, statusLine } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import type { Builder, PromptSpec } from "../core/protocol.ts";

// What a reader predicts or writes: kept by the backend, shown again on request.

interface Input {
  node: HTMLElement;
  fill(kept: unknown): void;
}

type Maker = (spec: PromptSpec, keep: (value: unknown) => void) => Input;

const predict: Maker = (spec, keep) => {
  const name = freshId("predict");
  const options = spec.options ?? [];
  const buttons = options.map((text) =>
    element("input", { type: "radio", name, onchange: () => keep(text) })
  );
  const labels = options.map((text, at) => option(buttons[at], text));
  const before = element("p", { hidden: true });
  return {
    node: fieldset(spec.question, ...labels, before),
    fill: (kept) => {
      buttons.forEach((button, at) => {
        button.checked = options[at] === kept;
      });
      // Kept as its text, which may have been mended since.
      before.hidden = typeof kept !== "string" || options.includes(kept);
      before.textContent = before.hidden ? "" : `You predicted before: “${kept}”.`;
    },
  };
};

const write: Maker = (spec, keep) => {
  const fields = spec.fields ?? [];
  const boxes = fields.map(() => element("textarea", { id: freshId("write"), rows: 2 }));
  const save = () =>
    keep(Object.fromEntries(fields.map(({ name }, at) => [name, boxes[at].value])));
  boxes.forEach((box) => box.addEventListener("change", save));
  const rows = boxes.map((box, at) =>
    element(
      "span",
      { class: "face-field" },
      element("label", { for: box.id }, fields[at].label),
      box,
    )
  );
  return {
    node: fieldset(spec.question, ...rows),
    fill: (kept) =>
      boxes.forEach((box, at) => {
        box.value = (kept as Record<string, string> | null)?.[fields[at].name] ?? "";
      }),
  };
};

const again: Maker = (spec) => {
  const text = element("p", { class: "face-again" });
  const question = element("p", { class: "face-question" }, spec.question);
  return {
    node: element("div", {}, text, question),
    fill: (kept) => {
      text.textContent = kept
        ? `You predicted: “${kept}”`
        : "You made no prediction at the start of this lesson. You can still go back and make one.";
    },
  };
};

const MAKERS = { predict, write, again };

/** Builds a prompt in `el`. */
export const prompts: Builder<PromptSpec> = (el, spec, backend) => {
  const status = statusLine();
  const keep = (value: unknown) => {
    steps.sending(() => backend.keep(value)).then((text) => {
      status.textContent = text;
    });
  };
  const { node, fill } = MAKERS[spec.type](spec, keep);
  const steps = follow(backend, fill);
  el.replaceChildren(form("face-prompts", [node, status]));
  return steps.stop;
};

export default { render: (context: LiveContext) => renderLive(prompts, context) };
