import {
  button,
  type Child,
  download,
  element,
  freshId,
  hints,
  labelled,
  link,
} from "../core/dom.ts";
import { follow } from "../core/follow.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { dayIn, lint, markers, renumbered, spelled, titled } from "./rules.ts";
import { findingsView, type SampleSpec, sampleView } from "./sample.ts";
import { about, filledFields, markdown, references, webPage } from "./export.ts";
import type {
  Builder,
  Evidence,
  Finding,
  KeptMemo,
  MemoFieldSpec,
  MemoSpec,
  PickerRow,
} from "../core/protocol.ts";

// A memo: fields, evidence with numbers to cite it by, a check that gives reasons, and the memo as
// it will look.

const SHOWN = 6; // rows of a search on the page at once
const PAUSE = 800; // milliseconds after the last letter until the memo is kept

// -- evidence --

/** A row of the picker as a piece of evidence. */
function evidenceOf(row: PickerRow, sources: MemoSpec["sources"]): Evidence {
  const [id, kind, known, title, status, indices] = row;
  const cited = indices.map((index) => ({ text: sources[index][0], url: sources[index][1] }));
  return { id, kind, title, status, known, sources: cited };
}

/**
 * What an explorer gathered, as a piece of evidence: the day stands in its title, or is that of its
 * data.
 */
function evidenceAdded({ id, kind, title, status, asOf, sources }: Finding): Evidence {
  const known = kind === "chart" ? dayIn(asOf) : dayIn(title) || dayIn(asOf);
  const word = (status ?? "").split(" ").pop() ?? "";
  return { id, kind, title, status: word, known, sources: sources ?? [] };
}

function matching(rows: PickerRow[], query: string, kind: string, until: string): PickerRow[] {
  const wanted = query.toLowerCase().split(/[ \t]+/).filter(Boolean);
  return rows.filter(([, one, known, title, status]) => {
    if ((kind && one !== kind) || (until && known > until)) return false;
    const text = `${title} ${one} ${status} ${spelled(known)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function countWords(count: number): string {
  if (count > SHOWN) {
    return `${count} rows; the latest ${SHOWN} are shown. Add a word to find fewer.`;
  }
  if (!count) return "No row has these words. Use fewer of them, or another kind.";
  return `${count} row${count > 1 ? "s" : ""}.`;
}

/** A piece of evidence with a button that adds it to the list. */
function offered(item: Evidence, add: (item: Evidence) => void): HTMLElement {
  return element(
    "li",
    {},
    element(
      "span",
      {},
      `${item.title} `,
      element("span", { class: "face-subtitle" }, `(${about(item)})`),
    ),
    " ",
    element("button", {
      type: "button",
      "aria-label": `Add: ${item.title}`,
      onclick: () => add(item),
    }, "Add"),
  );
}

function picker(spec: MemoSpec, add: (item: Evidence) => void): HTMLElement {
  const query = element("input", {
    type: "text",
    id: freshId("memo"),
    autocomplete: "off",
    spellcheck: "false",
  });
  const kinds = [...new Set(spec.rows.map(([, kind]) => kind))];
  const kind = element(
    "select",
    { id: freshId("memo"), name: "kind" },
    new Option("any kind", ""),
    ...kinds.map((one) => new Option(one, one)),
  );
  const limit = element("input", { type: "checkbox", checked: true });
  const count = element("p", { class: "face-status", role: "status" });
  const list = element("ul", { class: "memo-rows" });
  const show = () => {
    const until = limit.checked ? spec.rules.day : "";
    const found = matching(spec.rows, query.value, kind.value, until);
    count.textContent = countWords(found.length);
    const latest = found.slice(-SHOWN).reverse();
    list.replaceChildren(...latest.map((row) => offered(evidenceOf(row, spec.sources), add)));
  };
  query.addEventListener("input", show);
  for (const box of [kind, limit]) box.addEventListener("change", show);
  show();
  const day = spelled(spec.rules.day);
  return element(
    "details",
    { class: "memo-picker", open: true },
    element("summary", {}, "Find evidence in the tables"),
    element(
      "div",
      { class: "face-controls" },
      labelled("Words to look for", query),
      labelled("Kind", kind),
    ),
    element(
      "label",
      { class: "face-option" },
      limit,
      element("span", {}, `only what was public by ${day}`),
    ),
    count,
    list,
  );
}

/** What the reader kept in other lessons and has not taken yet. */
function basketView(found: Evidence[], add: (item: Evidence) => void): HTMLElement[] {
  if (!found.length) {
    const empty = "Your basket is empty, or all of it is in your list. Under every chart of the " +
      "lessons, “Save and cite” can keep a row as evidence.";
    return [element("p", { class: "face-subtitle" }, empty)];
  }
  return [
    element("p", {}, "From your basket, kept in other lessons:"),
    element("ul", { class: "memo-rows" }, ...found.map((item) => offered(item, add))),
  ];
}

// -- preview --

function referencesView(memo: KeptMemo, fields: MemoFieldSpec[]): HTMLElement[] {
  const cited = references(memo, fields);
  if (!cited.length) return [];
  const items = cited.map(({ number, item }) => {
    const sources = item.sources.flatMap(({ text, url }, at): Child[] => [
      at ? "; " : "",
      link(text, url),
    ]);
    return element("li", { value: number }, `${item.title} (${about(item)}). `, ...sources);
  });
  return [
    element("p", { class: "memo-heading" }, "References"),
    element("ol", {}, ...items),
  ];
}

function preview(memo: KeptMemo, spec: MemoSpec): HTMLElement[] {
  const { head, body } = filledFields(memo, spec.fields);
  const lines = (text: string) =>
    text.trim().split(/(?:\r?\n)+/).map((line) => element("p", {}, line));
  const above = head.flatMap(({ name, label }) => [
    element("dt", {}, label),
    element("dd", {}, memo.fields[name]),
  ]);
  return [
    element("p", { class: "face-title" }, spec.title),
    element("dl", {}, ...above),
    ...body.flatMap(({ name, label }) => [
      element("p", { class: "memo-heading" }, label),
      ...lines(memo.fields[name]),
    ]),
    ...referencesView(memo, spec.fields),
    element("p", { class: "face-subtitle" }, spec.foot),
  ];
}

// A page of its own for the printer: everything else is hidden while it prints.
function printed(nodes: HTMLElement[]): void {
  const paper = element("div", { class: "face memo-paper" }, ...nodes);
  const root = document.documentElement;
  document.body.append(paper);
  root.setAttribute("data-memo-print", "");
  addEventListener("afterprint", () => {
    paper.remove();
    root.removeAttribute("data-memo-print");
  }, { once: true });
  print();
}

// -- fields --

type Box = HTMLSelectElement | HTMLTextAreaElement | HTMLInputElement;

/** A field of the memo on the page. */
interface Field {
  spec: MemoFieldSpec;
  box: Box;
  node: HTMLElement;
}

function boxOf({ name, options, rows }: MemoFieldSpec, id: string): Box {
  if (options) {
    return element(
      "select",
      { id, name: `memo-${name}` },
      new Option("– choose –", ""),
      ...options.map((one) => new Option(one, one)),
    );
  }
  if (rows) return element("textarea", { id, rows });
  return element("input", { id, type: "text", autocomplete: "off" });
}

function fieldView(spec: MemoFieldSpec): Field {
  const id = freshId("memo");
  const box = boxOf(spec, id);
  const help = spec.help
    ? element("span", { class: "face-subtitle", id: `${id}-help` }, spec.help)
    : null;
  if (help) box.setAttribute("aria-describedby", help.id);
  const label = element("label", { for: id }, spec.label);
  return { spec, box, node: element("span", { class: "face-field" }, label, help, box) };
}

/** Writes the marker of a piece of evidence where the reader last wrote. */
function writeMarker(box: Box, number: number): void {
  if (box instanceof HTMLSelectElement) return;
  const at = box.selectionEnd ?? box.value.length;
  const gap = at && !/[ \n[]$/.test(box.value.slice(0, at)) ? " " : "";
  box.setRangeText(`${gap}[${number}]`, at, at, "end");
  box.focus();
}

/** The reader's list, each with its number. */
function listView(
  evidence: Evidence[],
  used: Set<number>,
  cite: (number: number) => void,
  remove: (index: number) => void,
): HTMLElement[] {
  if (!evidence.length) return [element("li", {}, element("span", {}, "Nothing yet."))];
  return evidence.map((item, at) => {
    const number = at + 1;
    const uncited = used.has(number) ? "" : "; not cited yet";
    const act = (name: string, label: string, onclick: () => void) =>
      element("button", { type: "button", "aria-label": name, onclick }, label);
    return element(
      "li",
      {},
      element(
        "span",
        {},
        `${titled(item, at)} `,
        element("span", { class: "face-subtitle" }, `(${about(item)}${uncited})`),
      ),
      " ",
      act(`Cite [${number}] where you last wrote`, `Cite [${number}]`, () => cite(number)),
      " ",
      act(`Remove [${number}] ${item.title}`, "Remove", () => remove(at)),
    );
  });
}

// -- the whole --

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
