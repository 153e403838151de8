import { element, freshId } from "./dom.js";
import { follow } from "./follow.js";
import { FACES } from "./kinds.js";
import { tableView } from "./rows.js";

// Options under the reader's own weights: which leads, and which single weight would change that.
// The rules are those of `upheaval.methods.weighing`; whole numbers, so that options are level or they are not.

const WEIGH_LARGEST = 5;
const weighTotal = (weights) => Object.values(weights).reduce((sum, one) => sum + one, 0);

function weighSums(ratings, weights) {
  return Object.fromEntries(Object.entries(ratings).map(([option, aims]) => [option, Object.entries(aims).reduce(
    ([low, high], [aim, ends]) => [low + (weights[aim] ?? 0) * ends[0], high + (weights[aim] ?? 0) * ends[1]], [0, 0])]));
}

/** {option: [low, middle, high]}; empty without weights. `ratings` is {option: {criterion: [low, high]}}. */
export function weighScores(ratings, weights) {
  const total = weighTotal(weights);
  if (!total) return {};
  return Object.fromEntries(Object.entries(weighSums(ratings, weights)).map(([option, [low, high]]) => [option, [low / total, (low + high) / (2 * total), high / total]]));
}

/** The options whose middle is the highest. */
export function weighLeaders(ratings, weights) {
  if (!weighTotal(weights)) return [];
  const middles = Object.entries(weighSums(ratings, weights)).map(([option, [low, high]]) => [option, low + high]);
  const best = Math.max(...middles.map(([, middle]) => middle));
  return middles.filter(([, middle]) => middle === best).map(([option]) => option);
}

/** The smallest changes of one weight alone that give another lead, as [criterion, weight, leaders]. */
export function weighSwitches(ratings, weights) {
  const now = weighLeaders(ratings, weights).join();
  for (let step = 1; step <= WEIGH_LARGEST; step += 1) {
    const found = [];
    for (const [aim, weight] of Object.entries(weights)) {
      for (const other of [weight - step, weight + step]) {
        if (other < 0 || other > WEIGH_LARGEST) continue;
        const then = weighLeaders(ratings, { ...weights, [aim]: other });
        if (then.length && then.join() !== now) found.push([aim, other, then]);
      }
    }
    if (found.length) return found;
  }
  return [];
}

function weighBar([low, middle, high], leads) {
  const drawn = (tag, attributes) => {
    const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
    return one;
  };
  const at = (value) => 10 + (value - 1) * 45;
  const picture = drawn("svg", { viewBox: "0 0 200 20", class: leads ? "weigh-bar weigh-leads" : "weigh-bar", "aria-hidden": "true", focusable: "false" });
  picture.append(drawn("line", { x1: 10, x2: 190, y1: 10, y2: 10, class: "weigh-scale" }), drawn("line", { x1: at(low), x2: at(high), y1: 10, y2: 10, class: "weigh-range" }),
    drawn("circle", { cx: at(middle), cy: 10, r: 6, class: "weigh-middle" }));
  return picture;
}

const weighListed = (names) => {
  const quoted = names.map((name) => `“${name}”`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
};

function weighWords(spec, weights) {
  const titles = Object.fromEntries(spec.options.map(({ id, title }) => [id, title]));
  const first = weighLeaders(spec.ratings, weights);
  if (!first.length) return "With every weight at 0 nothing counts. Give at least one aim some weight.";
  const lead = `${weighListed(first.map((one) => titles[one]))} ${first.length === 1 ? "leads" : "are level"}.`;
  const changes = weighSwitches(spec.ratings, weights);
  if (!changes.length) return `${lead} No change of one weight alone gives another lead.`;
  const [aim, other, then] = changes[0];
  const label = spec.criteria.find(({ id }) => id === aim).label;
  return `${lead} The smallest change that gives another lead: “${label}” from ${weights[aim]} to ${other}, and ${weighListed(then.map((one) => titles[one]))} ${then.length === 1 ? "leads" : "are level"}.${changes.length > 1 ? ` There are ${changes.length} such changes.` : ""}`;
}

function weigh(el, spec, supply) {
  const told = element("p", { class: "face-told", role: "status" });
  const words = element("p", { class: "face-words", role: "status" });
  const result = element("div", {});
  const preset = element("select", { id: freshId("weigh"), name: "preset" }, ...[["", "– my own –"], ...spec.presets.map(({ label }) => [label, label])].map(([value, label]) => new Option(label, value)));
  const boxes = Object.fromEntries(spec.criteria.map(({ id }) => [id, element("select", { id: freshId("weigh"), name: `weight-${id}` }, ...Array.from({ length: WEIGH_LARGEST + 1 }, (_, at) => new Option(String(at), at)))]));
  const weights = () => Object.fromEntries(Object.entries(boxes).map(([id, box]) => [id, Number(box.value)]));
  const put = (next) => Object.entries(boxes).forEach(([id, box]) => { box.value = String(next[id] ?? 0); });
  const show = () => {
    words.textContent = weighWords(spec, weights());
    const scores = weighScores(spec.ratings, weights());
    const first = weighLeaders(spec.ratings, weights());
    const table = tableView({ columns: ["Option", "Middle", "Low to high"], rows: spec.options.filter(({ id }) => scores[id]).map(({ id, title }) =>
      [first.includes(id) ? `● ${title} (first)` : `○ ${title}`, scores[id][1].toFixed(2), `${scores[id][0].toFixed(2)} to ${scores[id][2].toFixed(2)}`]) }, "the options under these weights");
    table.querySelectorAll("tbody tr").forEach((row, at) => { const { id } = spec.options[at]; row.lastChild.append(weighBar(scores[id], first.includes(id))); });
    result.replaceChildren(...(first.length ? [table] : []));
  };
  const save = () => { show(); return steps.sending(() => supply.keep({ from: preset.value, weights: weights() })).then((text) => { told.textContent = text; }); };
  const steps = follow(supply, (kept) => {
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
  Object.values(boxes).forEach((box) => box.addEventListener("change", () => { preset.value = ""; save(); }));
  const field = (label, box) => element("span", { class: "face-control" }, element("label", { for: box.id }, label), box);
  el.replaceChildren(element("form", { class: "face-weigh", onsubmit: (event) => event.preventDefault() },
    element("fieldset", {}, element("legend", {}, spec.question), element("div", { class: "face-controls" }, field("Start from the weights of", preset)),
      element("div", { class: "face-controls" }, ...spec.criteria.map(({ id, label }) => field(label, boxes[id])))), words, result, told));
  return steps.stop;
}
FACES.weigh = weigh;
