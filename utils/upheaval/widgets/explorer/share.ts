import { button, copyText, element, link, pictureToTake, Saver, textToTake } from "../core/dom.ts";
import { type Picture, pictureOf, pixelsOf, pngOf } from "./picture.ts";
import type { Backend, Control, Payload, Selection } from "../core/protocol.ts";
import type { Plotter } from "./plot.ts";
import { chosen, citation, foot } from "./share_rules.ts";

// A chart for elsewhere: a citation, the address of this very state, and a picture.

const NO_COPY = "Your browser does not let this page copy it.";
const NO_PICTURE = "No picture could be made:";

/** The first heading of the lesson around a face, without the sign that links to it. */
function lessonAround(el: HTMLElement): string {
  const heading = (el.closest(".jp-Notebook") ?? document).querySelector("h1");
  return heading?.firstChild?.textContent?.trim() ?? "";
}

/** What can be done with a picture; `make` gives it when it is asked for. */
function pictureButtons(payload: Payload, make: () => Promise<Picture>): HTMLElement {
  const { name, title } = payload;
  const saver = new Saver();
  const status = element("span", { role: "status" });
  const notify = (text: string) => {
    status.textContent = ` ${text}`;
  };
  const act = (label: string, work: () => Promise<string>) =>
    button(label, () => {
      notify("");
      saver.clear();
      work().then(notify, (problem) => notify(`${NO_PICTURE} ${problem}.`));
    });
  const file = `${name}.svg`;
  const saveSvg = async () => {
    saver.save(file, "image/svg+xml", (await make()).svg);
    return "";
  };
  const savePng = async () => {
    const pixels = await pixelsOf(await make());
    saver.savePicture(`${name}.png`, await pngOf(pixels), pixels.toDataURL(), title);
    return "";
  };
  // A promise goes in: some browsers let a page copy only while the button is being pressed.
  const copy = async (
    type: string,
    content: Promise<Blob>,
    instead: () => Promise<HTMLElement[]>,
  ) => {
    try {
      await navigator.clipboard.write([new ClipboardItem({ [type]: content })]);
      return "Copied.";
    } catch {
      saver.show(NO_COPY, await instead());
      return "";
    }
  };
  const copyPng = () => {
    const pixels = make().then(pixelsOf);
    const instead = async () => pictureToTake((await pixels).toDataURL(), title);
    return copy("image/png", pixels.then(pngOf), instead);
  };
  const copySvg = () => {
    const made = make();
    const content = made.then(({ svg }) => new Blob([svg], { type: "text/plain" }));
    return copy("text/plain", content, async () => textToTake(file, (await made).svg));
  };
  const buttons = [
    act("Save picture (PNG)", savePng),
    act("Copy picture", copyPng),
    act("Save drawing (SVG)", saveSvg),
    act("Copy drawing", copySvg),
  ];
  const spaced = buttons.flatMap((one) => [one, " "]);
  return element("div", {}, element("p", {}, ...spaced, status), saver.node);
}

/** The address of a chart as it is now, or what leads there in a page that is a file. */
function addressView(address: string): HTMLElement | null {
  if (!address) return null;
  if (!address.startsWith("#")) {
    return element("p", {}, "Link to this state: ", link(address, address));
  }
  const how = "This page has no address that others can open. In their copy of it, this behind " +
    "the address leads here: ";
  return element("p", {}, how, element("span", { class: "face-address" }, address));
}

/** All of it for a chart in its explorer `el`. */
export function shareView(
  payload: Payload,
  el: HTMLElement,
  controls: Control[],
  selection: Selection,
  backend: Backend,
  plot: Plotter | null,
): HTMLElement {
  const address = backend.address(selection);
  const about = {
    lesson: lessonAround(el),
    choices: chosen(controls, selection),
    address: address.startsWith("#") ? "" : address,
  };
  const cited = element("p", { class: "face-cite" }, citation(payload, about));
  const leads = addressView(address);
  const status = element("span", { role: "status" });
  const copy = (label: string, shown: HTMLElement) =>
    button(label, () => {
      copyText(shown.textContent ?? "", shown, "Copied.").then((text) => {
        status.textContent = ` ${text}`;
      });
    });
  const leading = leads?.lastElementChild;
  const make = async () => {
    if (!plot) throw "the chart is not drawn yet";
    const { title, subtitle, legend } = payload;
    const key = legend.map(([sign, text]) => `${sign} ${text}`);
    const texts = { title, subtitle, legend: key, foot: foot(payload, about) };
    return pictureOf(await plot.picture(payload), texts);
  };
  return element(
    "div",
    {},
    cited,
    leads,
    element(
      "p",
      {},
      copy("Copy this citation", cited),
      " ",
      leading instanceof HTMLElement ? copy("Copy link", leading) : null,
      status,
    ),
    payload.empty ? null : pictureButtons(payload, make),
  );
}
