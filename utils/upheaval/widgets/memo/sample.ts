import { element, writtenParagraph } from "../core/dom.ts";
import { type Line, lineText, lint, titled } from "./rules.ts";
import type { SampleSpec } from "../core/protocol.ts";

// A finished memo with what the rules say of it: to be read, so nothing is kept.

/** What the rules say, as a list of lines. */
export function findingsView(lines: Line[]): HTMLElement {
  const items = lines.map((line) => {
    const [sign, text] = lineText(line);
    const name = line.ok ? "face-yes" : "face-no";
    return element("li", { class: name }, element("strong", {}, `${sign} `), text);
  });
  return element("ul", {}, ...items);
}

/** The texts of a memo, its evidence by number, and what the rules say. */
export function sampleView({ question, sample, rules }: SampleSpec): HTMLElement {
  const texts = rules.order.map((name) => writtenParagraph(sample.fields[name]));
  const evidence = sample.evidence.map((item, at) => element("p", {}, titled(item, at)));
  return element(
    "article",
    { class: "memo-sample", "aria-label": question },
    ...texts,
    ...evidence,
    element("div", { class: "face-verdict" }, findingsView(lint(sample, rules))),
  );
}
