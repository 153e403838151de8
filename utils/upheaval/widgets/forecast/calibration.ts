import { drawn, element } from "../core/dom.ts";
import { tableView } from "../core/table.ts";
import { counted } from "../core/wording.ts";
import { countingPairs, percentage, type ScoredQuestion } from "./rules.ts";
import { calibrationGroups, type Group } from "./scores.ts";

// Calibration as a picture and a table: what was said, and what came true.

// From 0 to 100 per cent on both sides, in a frame of 360 by 345 units.
const acrossAt = (percent: number) => 52 + percent * 2.9;
const downAt = (percent: number) => 300 - percent * 2.7;

function line(name: string, [x1, y1]: [number, number], [x2, y2]: [number, number]): SVGElement {
  return drawn("line", {
    class: name,
    x1: acrossAt(x1),
    y1: downAt(y1),
    x2: acrossAt(x2),
    y2: downAt(y2),
  });
}

function pictureWords(groups: Group[]): string {
  return groups.map(({ count, mean, share }) => {
    const of = `${counted(count, "forecast", "forecasts")} with a mean of ${percentage(mean)}`;
    return `${of}: ${percentage(share)} came out yes`;
  }).join("; ");
}

function calibrationPicture(groups: Group[]): SVGElement {
  const label = (x: number, y: number, text: string, anchor = "middle") =>
    drawn("text", { x, y, "text-anchor": anchor }, text);
  const ticks = [0, 50, 100].flatMap((percent) => [
    label(acrossAt(percent), 319, `${percent} %`),
    label(46, downAt(percent) + 4, `${percent} %`, "end"),
    line("forecast-grid", [percent, 0], [percent, 100]),
    line("forecast-grid", [0, percent], [100, percent]),
  ]);
  const points = groups.flatMap(({ count, mean, share }) => {
    const size = 4 + 2 * Math.sqrt(count);
    const circle = drawn("circle", { cx: acrossAt(mean), cy: downAt(share), r: size });
    const apart = share > 90 ? size + 15 : -size - 5;
    return [circle, label(acrossAt(mean), downAt(share) + apart, `${count}×`)];
  });
  const says = `Calibration. ${pictureWords(groups)}. On the slanted line both are equal.`;
  return drawn(
    "svg",
    { class: "forecast-picture", viewBox: "0 0 360 345", role: "img", "aria-label": says },
    ...ticks,
    line("forecast-even", [0, 0], [100, 100]),
    ...points,
    label(acrossAt(50), 339, "what you said (mean of the group)"),
    label(2, 14, "what came out yes", "start"),
  );
}

const CALIBRATION =
  "Each circle is a group of your forecasts. On the slanted line, what you said and what " +
  "came true agree; above it you were too low, below it too high. With so few questions a " +
  "single one moves a circle far.";

/** Picture and table; nothing where no forecast counts. */
export function calibrationView(rows: ScoredQuestion[]): HTMLElement | null {
  const groups = calibrationGroups(countingPairs(rows, ({ percent }) => percent));
  if (!groups.length) return null;
  const table = {
    columns: ["You said", "Forecasts", "Their mean", "Came out yes"],
    rows: groups.map(({ low, high, count, mean, share }) => [
      `${low} to ${high} %`,
      String(count),
      percentage(mean),
      percentage(share),
    ]),
  };
  return element(
    "details",
    { open: true },
    element("summary", {}, "Calibration: what you said, and what came true"),
    element("p", {}, CALIBRATION),
    calibrationPicture(groups),
    tableView(table, "Calibration"),
  );
}
