import { element, freshId, link, textInput, writtenParagraph } from "../core/dom.ts";
import { option } from "../core/form.ts";
import { percentIn } from "./class_import.ts";
import { likelihoodText, percentage, score, type ScoredQuestion, verdict } from "./rules.ts";
import type {
  AskedQuestion,
  Band,
  BaseRate,
  KeptForecast,
  Link,
  Outcome,
} from "../core/protocol.ts";

// What stands on the card of a question: boxes to write in, then what was said, then how it ended.

const linksView = (links: Link[]) =>
  element(
    "ul",
    { class: "face-sources" },
    ...links.map(({ text, url }) => element("li", {}, link(text, url))),
  );

function baseView({ percent, phrase, limits }: BaseRate): HTMLElement {
  const rate = element("strong", {}, `A base rate: about ${percentage(Math.round(percent))}. `);
  return element("p", {}, rate, `${phrase} ${limits}`);
}

/** What was known when a question was asked, folded. */
export function knownView({ known, links, base }: AskedQuestion): HTMLElement {
  const none = "No base rate: we found no fair class of cases to count.";
  return element(
    "details",
    {},
    element("summary", {}, "What was known then, and how often the like had happened"),
    element("p", {}, known),
    linksView(links),
    base ? baseView(base) : element("p", {}, none),
  );
}

/** Keeps the forecast for a question. */
export type KeepOne = (id: string, entry: KeptForecast) => void;

/** The boxes of a forecast; `keep` is called at every change, `typing` at every letter. */
export function inputs(
  id: string,
  entry: KeptForecast,
  bands: Band[],
  keep: KeepOne,
  typing: KeepOne,
): HTMLElement[] {
  const ids = { percent: freshId("percent"), word: freshId("word"), reason: freshId("reason") };
  const said = element("span", { class: "forecast-word", id: ids.word });
  const box = textInput({
    id: ids.percent,
    inputmode: "decimal",
    size: 5,
    "aria-describedby": ids.word,
  });
  box.value = entry.percent === null ? "" : String(entry.percent);
  const reason = textInput({ id: ids.reason });
  reason.value = entry.reason;
  const known = element("input", { type: "checkbox", checked: entry.known });
  const notify = () => {
    const percent = percentIn(box.value);
    const bad = box.value.trim() !== "" && percent === null;
    box.setAttribute("aria-invalid", String(bad));
    said.textContent = bad ? "Write one number from 0 to 100." : likelihoodText(percent, bands);
  };
  const told = (to: KeepOne) => () =>
    to(id, { percent: percentIn(box.value), reason: reason.value, known: known.checked });
  box.addEventListener("input", notify);
  for (const one of [box, reason]) one.addEventListener("input", told(typing));
  for (const one of [box, reason, known]) one.addEventListener("change", told(keep));
  notify();
  return [
    element(
      "p",
      { class: "forecast-percent" },
      element("label", { for: ids.percent }, "Probability of yes"),
      " ",
      box,
      " % ",
      said,
    ),
    element(
      "p",
      { class: "face-field" },
      element("label", { for: ids.reason }, "In a few words, why?"),
      reason,
    ),
    option(known, "I already know how this ended (it will not count)"),
  ];
}

/** What was said, once it is locked. */
export function lockedView(
  forecast: KeptForecast | undefined,
  bands: Band[],
): (HTMLElement | null)[] {
  const { percent = null, reason = "", known = false } = forecast ?? {};
  if (percent === null) return [element("p", {}, "You gave no forecast.")];
  const knew = known ? "; you knew already how it ended" : "";
  return [
    element(
      "p",
      {},
      element("strong", {}, `You said ${percentage(percent)}`),
      `, ${likelihoodText(percent, bands)}${knew}.`,
    ),
    reason ? writtenParagraph(`“${reason}”`, { class: "forecast-reason" }) : null,
  ];
}

const NO_END = " Nobody knows yet how this question ends, so it is not scored.";

/** How a question ended, and what it scores; or that it is still open. */
export function answerView(row: ScoredQuestion, { happened, why, links }: Outcome): HTMLElement {
  if (row.outcome === null) {
    const told = element("p", {}, element("strong", {}, "Still open."), NO_END);
    return element("div", { class: "forecast-answer" }, told);
  }
  const own = row.own === null ? "" : ` Your score: ${score(row.own)}.`;
  const base = row.baseScore === null ? "" : ` The base rate's: ${score(row.baseScore)}.`;
  return element(
    "div",
    { class: "forecast-answer" },
    element("p", {}, element("strong", {}, `${verdict(row.outcome)}. `), happened),
    element("p", {}, `${own}${base}`),
    element("p", {}, why),
    linksView(links),
  );
}

/** A question with its rule, and what stands under it. */
export function cardView(question: AskedQuestion, inside: (HTMLElement | null)[]): HTMLElement {
  return element(
    "li",
    { class: "forecast-card" },
    element("p", { class: "forecast-text" }, question.text),
    element("p", { class: "forecast-rule" }, `${question.rule} Closes on ${question.closes}.`),
    ...inside,
  );
}
