import { drawn, element, freshId, labelled } from "../core/dom.ts";
import { SharedForm } from "../core/follow.ts";
import { fieldset, form, statusLine } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { tableView } from "../core/table.ts";
import { largePart } from "../core/wall.ts";
import { listed } from "../core/wording.ts";
import type {
  Builder,
  KeptWeights,
  Ratings,
  Stop,
  Weights,
  WeightsSpec,
} from "../core/protocol.ts";
import { type Moved, OwnRatings, ranges } from "./ratings.ts";
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

const quoted = (names: string[]) => listed(names.map((name) => `“${name}”`));

function summary(spec: WeightsSpec, ratings: Ratings, weights: Weights): string {
  const titles = Object.fromEntries(spec.options.map(({ id, title }) => [id, title]));
  const lead = (options: string[]) =>
    `${quoted(options.map((one) => titles[one]))} ${options.length === 1 ? "leads" : "are level"}.`;
  const first = leaders(ratings, weights);
  if (!first.length) {
    return "With every weight at 0 nothing counts. Give at least one aim some weight.";
  }
  const changes = switches(ratings, weights);
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
function resultView(spec: WeightsSpec, ratings: Ratings, weights: Weights): HTMLElement[] {
  const found = scores(ratings, weights);
  const first = leaders(ratings, weights);
  if (!first.length) return [];
  const rated = spec.options.filter(({ id }) => found[id]);
  const rows = rated.map(({ id, title }) => {
    const [low, middle, high] = found[id];
    const name = first.includes(id) ? `■ ${title} (first)` : `□ ${title}`;
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

/** Puts the form into `el`, with a button that opens it large; gives what ends the large view. */
function fill(
  el: HTMLElement,
  question: string,
  preset: HTMLSelectElement,
  boxes: WeightBox[],
  ...answer: HTMLElement[]
): Stop {
  const row = (...controls: HTMLElement[]) =>
    element("div", { class: "face-controls" }, ...controls);
  const fields = fieldset(
    question,
    row(labelled("Start from the weights of", preset)),
    row(...boxes.map(({ label, box }) => labelled(label, box))),
  );
  const content = element("div", { class: "weights-all" }, fields, ...answer);
  const { line, stop } = largePart({ content, label: () => question });
  el.replaceChildren(form("face-weights", [line, content]));
  return stop;
}

/** What is kept of moved ratings: nothing where none was. */
const among = (moved: Moved) => Object.keys(moved).length ? { ratings: moved } : {};

/** What the form holds of what is kept: without any, the weights to start from. */
function keptIn(spec: WeightsSpec, value: unknown): KeptWeights {
  const kept = value as Partial<KeptWeights> | null;
  const from = kept?.from ?? spec.presets[0]?.label ?? "";
  const start = kept?.weights ?? spec.start;
  const all = spec.criteria.map(({ id }) => [id, start[id] ?? 0]);
  const moved = ranges(kept?.ratings ?? {});
  return { from, weights: Object.fromEntries(all), ...among(moved) };
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
  const ratings = new OwnRatings(spec, () => save());
  const show = () => {
    says.textContent = summary(spec, ratings.all(), weights());
    result.replaceChildren(...resultView(spec, ratings.all(), weights()));
  };
  const save = async () => {
    show();
    statusMessage.textContent = await steps.keep();
  };
  const steps = new SharedForm<KeptWeights>(backend, {
    read: (value) => keptIn(spec, value),
    show: ({ from, weights, ratings: moved }) => {
      preset.value = from;
      if (preset.selectedIndex < 0) preset.value = "";
      put(weights);
      ratings.adopt(moved ?? {});
      show();
    },
    now: () => ({ from: preset.value, weights: weights(), ...among(ratings.own()) }),
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
  const close = fill(el, spec.question, preset, boxes, says, result, ratings.node, statusMessage);
  return () => {
    close();
    steps.stop();
  };
};

export default { render: (context: LiveContext) => renderLive(weights, context) };
