import { element, freshId, textArea } from "../core/dom.ts";
import { draft } from "../core/draft.ts";
import { follow } from "../core/follow.ts";
import { fieldset, form, keptText, option, statusLine } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import type { Builder, PromptSpec } from "../core/protocol.ts";

// What a reader predicts or writes: kept, and shown again on request.

interface Input {
  node: HTMLElement;
  fill(kept: unknown): void;
}

/** What a reader does: `keep` keeps a value now, `typing` what `value` gives after a pause. */
interface Acts {
  keep(value: unknown): void;
  typing(value: () => unknown): void;
}

type Maker = (spec: PromptSpec, acts: Acts) => Input;

const predict: Maker = (spec, { keep }) => {
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

const write: Maker = (spec, { keep, typing }) => {
  const fields = spec.fields ?? [];
  const boxes = fields.map(() => textArea({ id: freshId("write"), rows: 2 }));
  const written = () => Object.fromEntries(fields.map(({ name }, at) => [name, boxes[at].value]));
  for (const box of boxes) {
    box.addEventListener("input", () => typing(written));
    box.addEventListener("change", () => keep(written()));
  }
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
        box.value = keptText((kept as Record<string, unknown> | null)?.[fields[at].name]);
      }),
  };
};

const again: Maker = (spec) => {
  const text = element("p", { class: "face-again" });
  const question = element("p", { class: "face-question" }, spec.question);
  return {
    node: element("div", {}, text, question),
    fill: (kept) => {
      text.textContent = keptText(kept)
        ? `You predicted: “${kept}”`
        : "You made no prediction at the start of this lesson. You can still go back and make one.";
    },
  };
};

const MAKERS = { predict, write, again };

/** Builds a prompt in `el`. */
export const prompts: Builder<PromptSpec> = (el, spec, backend) => {
  const status = statusLine();
  let written: () => unknown = () => null;
  const keep = (value: unknown) => {
    typed.drop();
    steps.sending(() => backend.keep(value)).then((text) => {
      if (!typed.waiting()) status.textContent = text;
    });
  };
  const typed = draft(backend, status, () => keep(written()));
  const typing = (value: () => unknown) => {
    written = value;
    typed.changed();
  };
  const { node, fill } = MAKERS[spec.type](spec, { keep, typing });
  const steps = follow(backend, (kept) => {
    if (!typed.waiting()) fill(kept); // what is being typed here is kept in a moment
  });
  el.replaceChildren(form("face-prompts", [node, status]));
  return () => {
    typed.stop();
    steps.stop();
  };
};

export default { render: (context: LiveContext) => renderLive(prompts, context) };
