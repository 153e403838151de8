import { button, copyText, element, link, pictureToTake, Saver, textToTake } from "../core/dom.ts";
import { type PaperLook, paperLook } from "./paper_look.ts";
import { type Drawing, type Picture, pictureOf, pictureWidth, pixelsOf, pngOf } from "./picture.ts";
import type { Backend, Control, Payload, Selection } from "../core/protocol.ts";
import type { Plotter } from "./plot.ts";
import { rowsDrawing } from "./rows_picture.ts";
import { chosen, citation, foot } from "./share_rules.ts";

// A chart for elsewhere: a citation, the address of this very state, and a picture.

const NO_COPY = "Your browser does not let this page copy it.";
const NO_PICTURE = "No picture could be made here: try another browser.";
const NO_PNG =
  "This page may make no PNG. “Save drawing (SVG)” and “Copy drawing” work here: an SVG " +
  "is a picture too, for a document or a slide.";

/** The first heading of the lesson around a face, without the sign that links to it. */
function lessonAround(el: HTMLElement): string {
  const heading = (el.closest(".jp-Notebook") ?? document).querySelector("h1");
  return heading?.firstChild?.textContent?.trim() ?? "";
}

/** A chart as a picture, and the ways in which a reader can have it. */
class PictureView {
  readonly node: HTMLElement;
  #saver = new Saver();
  #status = element("span", { role: "status" });
  #name: string;
  #title: string;
  #make: () => Promise<Picture>;

  /** `make` gives the picture when it is asked for. */
  constructor({ name, title }: Payload, make: () => Promise<Picture>) {
    this.#name = name;
    this.#title = title;
    this.#make = make;
    const buttons = [
      this.#button("Save picture (PNG)", () => this.#savePng()),
      this.#button("Copy picture", () => this.#copyPng()),
      this.#button("Save drawing (SVG)", () => this.#saveSvg()),
      this.#button("Copy drawing", () => this.#copySvg()),
    ];
    const spaced = buttons.flatMap((one) => [one, " "]);
    this.node = element("div", {}, element("p", {}, ...spaced, this.#status), this.#saver.node);
  }

  #button(label: string, work: () => Promise<string>): HTMLButtonElement {
    const notify = (text: string) => {
      this.#status.textContent = ` ${text}`;
    };
    return button(label, () => {
      notify("");
      this.#saver.clear();
      work().then(notify, (why) => notify(why === NO_PNG ? NO_PNG : NO_PICTURE));
    });
  }

  /** The picture as pixels; where the page's own rules forbid that, a drawing can still be had. */
  async #pixels(): Promise<HTMLCanvasElement> {
    const picture = await this.#make();
    return await pixelsOf(picture).catch(() => Promise.reject(NO_PNG));
  }

  async #savePng(): Promise<string> {
    const pixels = await this.#pixels();
    const file = await pngOf(pixels);
    this.#saver.savePicture(`${this.#name}.png`, file, pixels.toDataURL(), this.#title);
    return "";
  }

  async #saveSvg(): Promise<string> {
    this.#saver.save(`${this.#name}.svg`, "image/svg+xml", (await this.#make()).svg);
    return "";
  }

  #copyPng(): Promise<string> {
    const pixels = this.#pixels();
    const instead = async () => pictureToTake((await pixels).toDataURL(), this.#title);
    return this.#copy("image/png", pixels.then(pngOf), instead);
  }

  #copySvg(): Promise<string> {
    const made = this.#make();
    const content = made.then(({ svg }) => new Blob([svg], { type: "text/plain" }));
    const instead = async () => textToTake(`${this.#name}.svg`, (await made).svg);
    return this.#copy("text/plain", content, instead);
  }

  // A promise goes in: some browsers let a page copy only while the button is being pressed.
  async #copy(
    type: string,
    content: Promise<Blob>,
    instead: () => Promise<HTMLElement[]>,
  ): Promise<string> {
    try {
      await navigator.clipboard.write([new ClipboardItem({ [type]: content })]);
      return "Copied.";
    } catch {
      this.#saver.show(NO_COPY, await instead());
      return "";
    }
  }
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

/** The drawing of a chart: of its rows, which need no plotly.js, or of its figure. */
async function drawingOf(
  payload: Payload,
  el: HTMLElement,
  look: PaperLook,
  plot: Plotter | null,
): Promise<Drawing> {
  const { markedRows } = payload;
  if (markedRows) return rowsDrawing(markedRows, pictureWidth(el.clientWidth), look);
  if (!plot) throw "the chart is not drawn yet";
  return await plot.picture(payload);
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
    const { title, subtitle, legend, tones = {} } = payload;
    const texts = { title, subtitle, legend, tones, foot: foot(payload, about) };
    const look = paperLook(el);
    return pictureOf(await drawingOf(payload, el, look, plot), texts, look);
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
    payload.empty ? null : new PictureView(payload, make).node,
  );
}
