import { button, download, element, freshId, hints, labelled } from "../core/dom.ts";
import { follow } from "../core/follow.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { basketView, evidenceAdded, listView, picker } from "./evidence.ts";
import { fieldView, writeMarker } from "./fields.ts";
import { lint, markers, renumbered } from "./rules.ts";
import { preview, printed } from "./preview.ts";
import { findingsView, type SampleSpec, sampleView } from "./sample.ts";
import { markdown, webPage } from "./export.ts";
import type { Builder, Evidence, Finding, KeptMemo, MemoSpec } from "../core/protocol.ts";

// A memo: fields, evidence with numbers to cite it by, a check that gives reasons, and the memo as
// it will look.

const PAUSE = 800; // milliseconds after the last letter until the memo is kept

const desk: Builder<MemoSpec> = (el, spec, backend) => {
  const statusMessage = element("p", { class: "face-status", role: "status" });
  const fields = spec.fields.map(fieldView);
  const list = element("ol", { class: "memo-rows" });
  const basket = element("div", {});
  const sheet = element("article", {
    class: "memo-sheet",
    "aria-label": "The memo as it will look",
  });
  const verdict = element("div", { class: "face-verdict" });
  const summary = element("p", { class: "memo-summary", role: "status" });
  let evidence: Evidence[] = [];
  let last = fields.find((field) => field.spec.rows);
  let checked = false;
  let waiting: ReturnType<typeof setTimeout> | null = null;
  let shown = "";

  const now = (): KeptMemo => ({
    fields: Object.fromEntries(fields.map((field) => [field.spec.name, field.box.value])),
    evidence,
  });
  const marks = () => {
    const results = lint(now(), spec.rules);
    const met = results.filter(({ ok }) => ok).length;
    summary.textContent = met === results.length
      ? `All ${met} rules are met. Now let a person read it.`
      : `${met} of ${results.length} rules are met. Look at the lines with ✗.`;
    verdict.replaceChildren(findingsView(results));
  };
  const look = () => {
    sheet.replaceChildren(...preview(now(), spec));
    if (checked) marks();
  };
  const stopWaiting = () => {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
  };
  const save = () => {
    stopWaiting();
    return steps.sending(() => backend.keep(now())).then((text) => {
      statusMessage.textContent = text;
    });
  };
  const change = () => {
    show();
    stopWaiting();
    waiting = setTimeout(save, PAUSE);
  };
  const cite = (number: number) => {
    if (last) writeMarker(last.box, number);
    show();
    save();
  };
  const add = (item: Evidence) => {
    const there = evidence.findIndex(({ id }) => id === item.id);
    if (there >= 0) {
      statusMessage.textContent = `This is in your list already, as [${there + 1}].`;
      return;
    }
    evidence = [...evidence, item];
    show();
    save().then(() => {
      statusMessage.textContent = `Added as [${evidence.length}]. ${statusMessage.textContent}`;
    });
  };
  const remove = (index: number) => {
    evidence = evidence.filter((_, at) => at !== index);
    for (const field of fields) {
      if (!field.spec.options) field.box.value = renumbered(field.box.value, index + 1);
    }
    show();
    save();
  };
  // The list stays as it is while nothing in it changes: a button that is replaced under the
  // pointer loses its click.
  const show = () => {
    const used = new Set(fields.flatMap((field) => markers(field.box.value)));
    const kept = (backend.linked("evidence") ?? []) as Finding[];
    const drawn = JSON.stringify([evidence, [...used].sort(), kept]);
    look();
    if (drawn === shown) return;
    shown = drawn;
    list.replaceChildren(...listView(evidence, used, cite, remove));
    const found = kept.map(evidenceAdded).filter(({ id }) =>
      !evidence.some((one) => one.id === id)
    );
    basket.replaceChildren(...basketView(found, add));
  };
  const refill = (kept: unknown) => {
    if (waiting !== null) return; // what is being written here is kept in a moment
    const value = kept as Partial<KeptMemo> | null;
    evidence = value?.evidence ?? [];
    for (const field of fields) {
      field.box.value = value?.fields?.[field.spec.name] ?? field.spec.start ?? "";
    }
    show();
  };

  const role = () => {
    const found = spec.presets.find(({ label }) => label === presets.value);
    for (const field of fields) {
      const text = found?.fields[field.spec.name];
      if (text !== undefined) field.box.value = text;
    }
    look();
    save();
  };
  const presets = element(
    "select",
    { id: freshId("memo"), name: "memo-role", onchange: role },
    new Option("– choose –", ""),
    ...spec.presets.map(({ label }) => new Option(label, label)),
  );
  for (const field of fields) {
    field.box.addEventListener(field.spec.options ? "change" : "input", change);
    field.box.addEventListener("change", () => {
      show();
      save();
    });
    if (field.spec.rows) {
      field.box.addEventListener("focus", () => {
        last = field;
      });
    }
  }
  const copy = () => {
    const selected = () => {
      getSelection()?.selectAllChildren(sheet);
      statusMessage.textContent = "Selected: press Ctrl+C (on a Mac: Command+C).";
    };
    const copied = () => {
      statusMessage.textContent = "Copied as Markdown.";
    };
    // A page from disk may have no clipboard, whatever the types say.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const written = clipboard?.writeText(markdown(now(), spec)) ?? Promise.reject();
    written.then(copied, selected);
  };
  const saveText = () =>
    download(`${spec.file}.md`, "text/markdown;charset=utf-8", markdown(now(), spec));
  const savePage = () =>
    download(`${spec.file}.html`, "text/html;charset=utf-8", webPage(now(), spec));
  const leave = () => {
    if (waiting !== null) save();
  };
  addEventListener("pagehide", leave);
  const steps = follow(backend, refill);
  const unlisten = backend.onChange(show); // the basket may have changed
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    checked = true;
    marks();
    save();
  };
  const nodes = (head: boolean) =>
    fields.filter((field) => Boolean(field.spec.head) === head).map(({ node }) => node);
  const advice = "Your list. “Cite” writes the number where you last wrote.";
  el.replaceChildren(element(
    "form",
    { class: "face-memo", onsubmit: submit },
    element(
      "fieldset",
      {},
      element("legend", {}, spec.question),
      labelled("Take a role", presets),
      ...nodes(true),
    ),
    element(
      "fieldset",
      {},
      element("legend", {}, "Evidence"),
      element("p", {}, advice),
      list,
      basket,
      picker(spec, add),
    ),
    element("fieldset", {}, element("legend", {}, "The text"), ...nodes(false)),
    element(
      "p",
      { class: "memo-buttons" },
      element("button", { type: "submit" }, "Check my memo"),
      " ",
      button("Save as Markdown", saveText),
      " ",
      button("Save as web page", savePage),
      " ",
      button("Copy", copy),
      " ",
      button("Print", () => printed(preview(now(), spec))),
    ),
    statusMessage,
    summary,
    verdict,
    ...hints(spec.hints),
    sheet,
  ));
  return () => {
    steps.stop();
    unlisten();
    removeEventListener("pagehide", leave);
    leave();
  };
};

/** Builds a memo in `el`: one to write, or a finished one to read. */
export const memo: Builder<MemoSpec | SampleSpec> = (el, spec, backend) => {
  if (!("sample" in spec)) return desk(el, spec, backend);
  el.replaceChildren(sampleView(spec));
  return () => {};
};

export default { render: (context: LiveContext) => renderLive(memo, context) };
