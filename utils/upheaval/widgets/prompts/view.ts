import { element, freshId, textArea } from "../core/dom.ts";
import { draft } from "../core/draft.ts";
import { follow, type Following, SharedForm } from "../core/follow.ts";
import { fieldset, fillBox, form, keptText, option, statusLine } from "../core/form.ts";
import { besideIt } from "../core/guess.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import type { Backend, Builder, Came, PromptSpec, Stop } from "../core/protocol.ts";
import { guessAgain, GuessInput } from "./scale.ts";

// What a reader predicts or writes: kept, and shown again on request.

/** What a kind of prompt shows, and how it stays in step with what is kept. */
interface Input {
  node: HTMLElement;
  start(): Stop;
}

type Maker = (spec: PromptSpec, backend: Backend, status: HTMLElement) => Input;

const predict: Maker = (spec, backend, status) => {
  if (spec.scale) return new GuessInput(spec, spec.scale, backend, status);
  const name = freshId("predict");
  const options = spec.options ?? [];
  const choose = async (text: string) => {
    status.textContent = await steps?.sending(() => backend.keep(text)) ?? "";
  };
  const buttons = options.map((text) =>
    element("input", { type: "radio", name, onchange: () => choose(text) })
  );
  const labels = options.map((text, at) => option(buttons[at], text));
  const before = element("p", { hidden: true });
  const fill = (kept: unknown) => {
    buttons.forEach((button, at) => {
      button.checked = options[at] === kept;
    });
    // Kept as its text, which may have been mended since.
    before.hidden = typeof kept !== "string" || options.includes(kept);
    before.textContent = before.hidden ? "" : `You predicted before: “${kept}”.`;
  };
  let steps: Following | null = null;
  return {
    node: fieldset(spec.question, ...labels, before),
    start: () => {
      steps = follow(backend, fill);
      return steps.stop;
    },
  };
};

type Texts = Record<string, string>;

const write: Maker = (spec, backend, status) => {
  const fields = spec.fields ?? [];
  const boxes = fields.map(() => textArea({ id: freshId("write"), rows: 2 }));
  const texts = (text: (name: string, at: number) => string): Texts =>
    Object.fromEntries(fields.map(({ name }, at) => [name, text(name, at)]));
  const rows = boxes.map((box, at) =>
    element(
      "span",
      { class: "face-field" },
      element("label", { for: box.id }, fields[at].label),
      box,
    )
  );
  const start = () => {
    const steps = new SharedForm<Texts>(backend, {
      read: (kept) => texts((name) => keptText((kept as Record<string, unknown> | null)?.[name])),
      show: (value) => fields.forEach(({ name }, at) => fillBox(boxes[at], value[name])),
      now: () => texts((_, at) => boxes[at].value),
    });
    const save = async () => {
      typed.drop();
      const text = await steps.keep();
      if (!typed.waiting()) status.textContent = text;
    };
    const typed = draft(backend, status, save);
    for (const box of boxes) {
      box.addEventListener("input", typed.changed);
      box.addEventListener("change", save);
    }
    return () => {
      typed.stop();
      steps.stop();
    };
  };
  return { node: fieldset(spec.question, ...rows), start };
};

// The same words stand in `__init__.py`, for what is saved and for who runs no script.
const NOTHING = "You made no prediction at the start of this lesson.";

/** A half of the card: what it is, and its paragraphs. */
function half(look: string, name: string, ...inside: HTMLElement[]): HTMLElement {
  return element("div", { class: look }, element("dt", {}, name), element("dd", {}, ...inside));
}

const THAN = {
  more: "You guessed more than it was.",
  less: "You guessed less than it was.",
};

/** What is said of a prediction `kept` beside what came; nothing where they cannot be compared. */
function compared(kept: unknown, came: Came): string {
  const beside = came.scale && came.at !== undefined ? besideIt(kept, came.at, came.scale) : "";
  if (beside) return beside === "same" ? came.same : THAN[beside];
  const said = keptText(kept);
  if (!came.right.length || !came.options.includes(said)) return "";
  return came.right.includes(said) ? came.same : came.other;
}

const again: Maker = ({ question, came }, backend) => {
  const said = element("p", { class: "face-again" });
  const verdict = element("p", { class: "face-compared" });
  const below = element("p", { class: "face-question" }, question);
  const yours = half("face-said", "You said", said);
  const scale = came?.scale ? guessAgain(came.scale, came) : null;
  const fill = (kept: unknown) => {
    said.textContent = keptText(kept) ? `“${kept}”` : NOTHING;
    said.toggleAttribute("data-nothing", !keptText(kept)); // on paper: a line to write on
    if (!came) return;
    verdict.textContent = compared(kept, came);
    verdict.hidden = !verdict.textContent;
    scale?.show(kept);
  };
  const start = () => follow(backend, fill).stop;
  if (!came) return { node: element("div", {}, element("dl", {}, yours), below), start };
  const was = half("face-was", "It was", ...came.text.map((line) => element("p", {}, line)));
  const halves = (...both: HTMLElement[]) => element("dl", { class: "face-halves" }, ...both);
  const inside = came.folded
    ? [
      halves(yours),
      element(
        "details",
        {},
        element("summary", {}, came.folded),
        halves(was),
        scale?.node,
        verdict,
      ),
    ]
    : [halves(yours, was), scale?.node, verdict];
  return { node: element("div", { class: "face-card" }, ...inside, below), start };
};

const MAKERS = { predict, write, again };

/** Builds a prompt in `el`. */
export const prompts: Builder<PromptSpec> = (el, spec, backend) => {
  const status = statusLine();
  const { node, start } = MAKERS[spec.type](spec, backend, status);
  const stop = start();
  el.replaceChildren(form("face-prompts", [node, status]));
  return stop;
};

export default { render: (context: LiveContext) => renderLive(prompts, context) };
