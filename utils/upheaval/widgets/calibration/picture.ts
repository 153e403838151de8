import { element } from "../core/dom.ts";
import {
  calibrated,
  groupWords,
  rightShare,
  type SureGroup,
  sureGroups,
} from "../core/sure_rules.ts";
import type { KeptWork } from "../core/protocol.ts";
import { rowHead } from "../core/table.ts";

// How often a reader was right among what they were sure of, fairly sure of, and guessed.

function bar(group: SureGroup): HTMLElement {
  const share = rightShare(group);
  const whole = element("span", { class: share === null ? "sure-bar sure-few" : "sure-bar" });
  const part = element("span");
  part.style.width = `${share ?? 0}%`;
  whole.append(part);
  return whole;
}

/** The picture, which is a table with bars, and what it says. */
export function calibrationPicture(kept: KeptWork): HTMLElement[] {
  const groups = sureGroups(kept);
  const says = element("p", { class: "face-text" }, calibrated(groups));
  if (!groups.some(({ count }) => count)) return [says];
  const rows = groups.map((group) =>
    element(
      "tr",
      {},
      rowHead(group.said),
      element("td", {}, bar(group), element("span", {}, groupWords(group))),
    )
  );
  const heads = ["You said", "Right at the first answer"].map((text) =>
    element("th", { scope: "col" }, text)
  );
  const table = element(
    "table",
    { class: "sure-picture" },
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
  return [table, says];
}
