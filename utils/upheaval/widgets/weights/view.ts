import { drawn, element, freshId, labelled } from "../core/dom.ts";
import { follow } from "../core/follow.ts";
import { fieldset, form, statusLine } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { tableView } from "../core/table.ts";
import type { Builder, KeptWeights, Weights, WeightsSpec } from "../core/protocol.ts";
import { LARGEST, leaders, type Score, scores, switches } from "./rules.ts";

// Options under the reader's own weights: which leads, and which single weight would change that.

function bar([low, middle, high]: Score, leads: boolean): SVGElement {
  const at = (value: number) => 10 + (value - 1) * 45;
  return drawn(
    "svg",
    {
      viewBox: "0 0 200 20",
      class: leads ? "weights-bar weights-leads" : "weights-bar",
      "aria-hidden": "true",
      focusable: "false",
    },
    drawn("line", { x1: 10, x2: 190, y1: 10, y2: 10, class: "weights-scale" }),
    drawn("line", { x1: at(low), x2: at(high), y1: 10, y2: 10, class: "weights-range" }),
    drawn("circle", { cx: at(middle), cy: 10, r: 6, class: "weights-middle" }),
  );
}

function listed(names: string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  if (quoted.length < 2) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}

function summary(spec: WeightsSpec, weights: Weights): string {
  const titles = Object.fromEntries(spec.options.map(({ id, title }) => [id, title]));
  const lead = (options: string[]) =>
    `${listed(options.map((one) => titles[one]))} ${options.length === 1 ? "leads" : "are level"}.`;
  const first = leaders(spec.ratings, weights);
  if (!first.length) {
    return "With every weight at 0 nothing counts. Give at least one aim some weight.";
  }
  const changes = switches(spec.ratings, weights);
  if (!changes.length) {
    return `${lead(first)} No change of one weight alone gives another lead.`;
  }
  const [aim, other, then] = changes[0];
  const label = spec.criteria.find(({ id }) => id === aim)?.label ?? aim;
  const change = `“${label}” from ${weights[aim]} to ${other}, and ${lead(then)}`;
  const more = changes.length > 1 ? ` There are ${changes.length} such changes.` : "";
  return `${lead(first)} The smallest change that gives another lead: ${change}${more}`;
}

/** The scores as a table with a drawing in each row; nothing without weights. */
function resultView(spec: WeightsSpec, weights: Weights): HTMLElement[] {
  const found = scores(spec.ratings, weights);
  const first = leaders(spec.ratings, weights);
  if (!first.length) return [];
  const rated = spec.options.filter(({ id }) => found[id]);
  const rows = rated.map(({ id, title }) => {
    const [low, middle, high] = found[id];
    const name = first.includes(id) ? `● ${title} (first)` : `○ ${title}`;
    return [name, middle.toFixed(2), `${low.toFixed(2)} to ${high.toFixed(2)}`];
  });
  const columns = ["Option", "Middle", "Low to high"];
  const table = tableView({ columns, rows }, "the options under these weights");
  table.querySelectorAll("tbody tr").forEach((row, at) => {
    const { id } = rated[at];
    row.lastElementChild?.append(bar(found[id], first.includes(id)));
  });
  return [table];
}

/** A list of the weights that a criterion can have. */
interface WeightBox {
  id: string;
  label: string;
  box: HTMLSelectElement;
}

function weightBox({ id, label }: { id: string; label: string }): WeightBox {
  const options = Array.from(
    { length: LARGEST + 1 },
    (_, at) => new Option(String(at), String(at)),
  );
  const box = element("select", { id: freshId("weigh"), name: `weight-${id}` }, ...options);
  return { id, label, box };
}

function presetBox({ presets }: WeightsSpec): HTMLSelectElement {
  return element(
    "select",
    { id: freshId("weigh"), name: "preset" },
    new Option("– my own –", ""),
    ...presets.map(({ label }) => new Option(label, label)),
  );
}

function formView(
  question: string,
  preset: HTMLSelectElement,
  boxes: WeightBox[],
  ...answer: HTMLElement[]
): HTMLElement {
  const row = (...controls: HTMLElement[]) =>
    element("div", { class: "face-controls" }, ...controls);
  const fields = fieldset(
    question,
    row(labelled("Start from the weights of", preset)),
    row(...boxes.map(({ label, box }) => labelled(label, box))),
  );
  return form("face-weights", [fields, ...answer]);
}

/** Builds the weighing of options in `el`. */
export const weights: Builder<WeightsSpec> = (el, spec, backend) => {
  const statusMessage = statusLine();
  const says = element("p", { class: "face-text", role: "status" });
  const result = element("div", {});
  const preset = presetBox(spec);
  const boxes = spec.criteria.map(weightBox);
  const weights = (): Weights =>
    Object.fromEntries(boxes.map(({ id, box }) => [id, Number(box.value)]));
  const put = (next: Weights) =>
    boxes.forEach(({ id, box }) => {
      box.value = String(next[id] ?? 0);
    });
  const show = () => {
    says.textContent = summary(spec, weights());
    result.replaceChildren(...resultView(spec, weights()));
  };
  const save = async () => {
    show();
    const kept: KeptWeights = { from: preset.value, weights: weights() };
    statusMessage.textContent = await steps.sending(() => backend.keep(kept));
  };
  const steps = follow(backend, (value) => {
    const kept = value as Partial<KeptWeights> | null;
    preset.value = kept?.from ?? spec.presets[0]?.label ?? "";
    if (preset.selectedIndex < 0) preset.value = "";
    put(kept?.weights ?? spec.start);
    show();
  });
  preset.addEventListener("change", () => {
    const found = spec.presets.find(({ label }) => label === preset.value);
    if (found) put(found.weights);
    save();
  });
  for (const { box } of boxes) {
    box.addEventListener("change", () => {
      preset.value = "";
      save();
    });
  }
  el.replaceChildren(formView(spec.question, preset, boxes, says, result, statusMessage));
  return steps.stop;
};

export default { render: (context: LiveContext) => renderLive(weights, context) };
