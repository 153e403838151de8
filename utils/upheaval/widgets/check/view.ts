import { element, hints } from "../core/dom.ts";
import { follow } from "../core/follow.ts";
import { form } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { unsealed } from "../core/seal.ts";
import { today } from "../core/days.ts";
import { SureRow } from "../core/sure.ts";
import type { AnswerKey, Attempt, Builder, CheckSpec, Verdict } from "../core/protocol.ts";
import { type OptionsSpec, vanished, withIds } from "./options.ts";
import { attempted, kindOf, marked } from "./rules.ts";

// A question with feedback, of any kind.

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

/** What was answered once and can no longer be chosen: it stays readable. */
const vanishedView = (text: string): HTMLElement =>
  element(
    "p",
    { class: "face-message" },
    `You answered before: “${text}”. This is no longer among the answers.`,
  );

/** Builds a check in `el`. */
export const check: Builder<CheckSpec> = (el, spec, backend) => {
  const input = kindOf(spec.type).input(spec as never); // the kind wrote the spec
  const options: CheckSpec & Partial<OptionsSpec> = spec;
  const answerKey = unsealed<AnswerKey>(spec.answerKey);
  const verdict = element("div", { class: "face-verdict", role: "status" });
  const sure = new SureRow();
  const button = element("button", { type: "button", class: "face-submit" }, "Check");
  const following = follow(backend, (kept) => {
    // While nothing was answered yet, what is chosen may stay chosen.
    sure.show(kept, button);
    if (kept === null && !verdict.firstChild) return;
    const answer = withIds(options.legacy, (kept as Partial<Attempt> | null)?.answer);
    input.fill(answer);
    const found = marked(answerKey, answer);
    verdict.replaceChildren(
      ...vanished(options, answer).map(vanishedView),
      ...(found.right === null ? [] : verdictView(found)),
    );
  });
  const submit = () => {
    const answer = input.answer();
    const found = marked(answerKey, answer);
    verdict.replaceChildren(...verdictView(found));
    if (found.right === null) return;
    const beside = { day: today(), sure: sure.value() };
    const attempt = attempted(backend.value(), answer, found.right, beside);
    sure.show(attempt, button);
    following.sending(() => backend.keep(attempt));
  };
  const row = element("div", { class: "face-submit-row" }, sure.node, button, sure.said);
  el.replaceChildren(form("face-check", [input.node, row, ...hints(spec.hints), verdict], submit));
  return following.stop;
};

export default { render: (context: LiveContext) => renderLive(check, context) };
