import { element } from "../core/dom.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import type { Builder } from "../core/protocol.ts";
import { calibrationPicture } from "./picture.ts";

// How sure a reader was of all checks so far, and how often right.

/** What Python sends. */
export interface CalibrationSpec {
  kind: "calibration";
  question: string;
}

/** Builds the picture in `el`. */
export const calibration: Builder<CalibrationSpec> = (el, spec, backend) => {
  const stage = element("div", { class: "face-calibration" });
  const show = () => stage.replaceChildren(...calibrationPicture(backend.all()));
  show();
  el.replaceChildren(element("p", { class: "face-question" }, spec.question), stage);
  return backend.onChange(show);
};

export default { render: (context: LiveContext) => renderLive(calibration, context) };
