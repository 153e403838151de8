import { element, freshId, hints } from "../core/dom.ts";
import { follow } from "../core/follow.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { unsealed } from "../core/seal.ts";
import type { Attempt, Builder, CheckSpec, Verdict } from "../core/protocol.ts";
import { type AnswerKey, attempted, marked } from "./rules.ts";

// A question with feedback: choice, number or selection.

/** What a reader answers with. */
interface Input {
  node: HTMLElement;
  answer(): unknown;
  fill(answer: unknown): void;
}

function choiceInput(spec: CheckSpec): Input {
  const name = freshId(spec.storageKey);
  const options = spec.options ?? [];
  const buttons = options.map((_, at) => element("input", { type: "radio", name, value: at }));
  const labels = options.map((text, at) =>
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

function numberInput(spec: CheckSpec): Input {
  const id = freshId(spec.storageKey);
  const box = element("input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
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
      box.value = String(answer ?? "");
    },
  };
}

function selectionInput(spec: CheckSpec): Input {
  const slots = spec.slots ?? [];
  const boxes = slots.map(() => {
    const box = element("select", { id: freshId(spec.storageKey) }, new Option("– choose –", ""));
    spec.options?.forEach((text, at) => box.add(new Option(text, String(at))));
    return box;
  });
  const rows = boxes.map((box, at) =>
    element(
      "span",
      { class: "face-slot" },
      element("label", { for: box.id }, slots[at]),
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

const INPUTS = { choice: choiceInput, number: numberInput, selection: selectionInput };

function verdictView({ right, text, rules }: Verdict): HTMLElement[] {
  if (right === null) return [element("p", {}, text)];
  const yes = text.startsWith("Yes") ? "✓ " : "✓ Yes. "; // a reason may say it itself
  const word = right ? yes : "✗ Not yet. ";
  const lines = rules.map((rule) =>
    element(
      "li",
      { class: rule.ok ? "face-yes" : "face-no" },
      element("strong", {}, rule.ok ? "✓ " : "✗ "),
      rule.text,
    )
  );
  const whole = element(
    "p",
    { class: right ? "face-yes" : "face-no" },
    element("strong", {}, word),
    text,
  );
  return lines.length ? [whole, element("ul", {}, ...lines)] : [whole];
}

/** Builds a check in `el`. */
export const check: Builder<CheckSpec> = (el, spec, backend) => {
  const input = INPUTS[spec.type](spec);
  const answerKey = unsealed<AnswerKey>(spec.answerKey);
  const verdict = element("div", { class: "face-verdict", role: "status" });
  const following = follow(backend, (kept) => {
    // While nothing was answered yet, what is chosen may stay chosen.
    if (kept === null && !verdict.firstChild) return;
    const answer = (kept as Partial<Attempt> | null)?.answer;
    input.fill(answer);
    const found = marked(answerKey, answer);
    verdict.replaceChildren(...(found.right === null ? [] : verdictView(found)));
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const answer = input.answer();
    const found = marked(answerKey, answer);
    verdict.replaceChildren(...verdictView(found));
    if (found.right === null) return;
    const attempt = attempted(backend.value(), answer, found.right);
    following.sending(() => backend.keep(attempt));
  };
  el.replaceChildren(element(
    "form",
    { class: "face-check", onsubmit: submit },
    input.node,
    element("button", { type: "submit" }, "Check"),
    ...hints(spec.hints),
    verdict,
  ));
  return following.stop;
};

export default { render: (context: LiveContext) => renderLive(check, context) };
