import {
  byName,
  changeRows,
  coded,
  figure,
  fits,
  HEAD,
  loaded,
  markdown,
  problem,
  sameCode,
  signed,
  summary,
} from "./rules.ts";
import {
  button,
  type ChosenFile,
  download,
  element,
  freshId,
  labelled,
  pickFile,
} from "../core/dom.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import { asCsv, scrolling } from "../core/table.ts";
import type { Builder, Change, CodedRow, CodingSpec, Labelled, Scale } from "../core/protocol.ts";

// Codes that a reader may contest.

/** Where a code stands: what the lists say. */
type Position = Pick<Change, "scale" | "row" | "column">;

function options(id: string, from: Labelled[]): HTMLSelectElement {
  const box = element("select", { id: freshId(id) });
  from.forEach(({ name, label }) => box.add(new Option(label, name)));
  return box;
}

const worded = ({ labels }: Scale, code: number) =>
  `${signed(code)}${labels[code] ? ` ${labels[code]}` : ""}`;

/** The means of each column, before and with the reader's changes. */
function meansView(spec: CodingSpec, scale: Scale, changes: Change[]): HTMLElement {
  const columns = spec.columns.map(({ name }) => name);
  const now = summary(columns, coded(spec, changes, scale.name));
  const before = summary(columns, coded(spec, [], scale.name));
  const head = [
    "",
    "Codes",
    "Mean in the table",
    "Mean with your changes",
    `Mean where all have a code (${now.common})`,
  ];
  const rows = now.means.map(({ column, mean, count, shared }, at) => {
    const was = before.means[at].mean;
    const changed = `✎ ${figure(mean)}`;
    const cells = [
      String(count),
      figure(was),
      mean !== was ? element("strong", {}, changed) : figure(mean),
      figure(shared),
    ];
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, byName(spec.columns, column).label),
      ...cells.map((inside) => element("td", { class: "face-number" }, inside)),
    );
  });
  return scrolling(
    `Means, ${scale.label}`,
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...head.map((text) => text ? element("th", { scope: "col" }, text) : element("td", {})),
        ),
      ),
      element("tbody", {}, ...rows),
    ),
  );
}

/** What the codes on a scale say, in a sentence or three. */
function summaryText(spec: CodingSpec, scale: Scale, changes: Change[]): string {
  const columns = spec.columns.map(({ name }) => name);
  const { means, agree, widest, apart } = summary(columns, coded(spec, changes, scale.name));
  const changed = changes.filter((change) => change.scale === scale.name).length;
  const names = (rows: string[]) => rows.map((row) => byName(spec.rows, row).label).join("; ");
  const total = means.reduce((sum, { count }) => sum + count, 0);
  const agreeing = agree.length
    ? `The columns agree on ${agree.length} of ${spec.rows.length}: ${names(agree)}.`
    : `The columns agree on none of ${spec.rows.length}.`;
  const points = `${widest} point${widest === 1 ? "" : "s"}`;
  const far = widest ? ` Widest apart (${points}): ${names(apart)}.` : "";
  return `${scale.label}: you changed ${changed || "none"} of ${total} codes. ${agreeing}${far}`;
}

/** What the table and its authors say of one code. */
function cardView(spec: CodingSpec, scale: Scale, position: Position): HTMLElement[] {
  const cell = byName(spec.rows, position.row).cells[position.column];
  if (!cell) {
    const column = byName(spec.columns, position.column).label;
    const row = byName(spec.rows, position.row).label;
    const none = `No code here: ${column} has no position on “${row}” in the table.`;
    return [element("p", {}, `${none} Choose another column.`)];
  }
  return [
    element("p", {}, element("strong", {}, cell.says)),
    element("p", {}, cell.evidence),
    element(
      "p",
      {},
      `The code in the table: ${worded(scale, cell.codes[position.scale])}. `,
      element("em", {}, cell.reason),
    ),
  ];
}

/** All codes on a scale; a click on one looks at it. */
function gridView(
  spec: CodingSpec,
  now: Position,
  changes: Change[],
  look: (position: Position) => void,
): HTMLElement {
  const codes = coded(spec, [], now.scale);
  const cellOf = (row: CodedRow, column: Labelled) => {
    if (!Object.hasOwn(codes[row.name], column.name)) return element("td", {}, "–");
    const position = { scale: now.scale, row: row.name, column: column.name };
    const change = changes.find((one) => sameCode(one, position));
    const code = signed(codes[row.name][column.name]);
    const text = change ? `${code} → ${signed(change.code)} ✎` : code;
    // The lists above reach every cell by keyboard; a tab stop for each would be in the way.
    const cell = element("button", {
      type: "button",
      tabindex: -1,
      class: "coding-cell",
      "aria-pressed": String(sameCode(position, now)),
      "aria-label": `${row.label} × ${column.label}: ${text}${change ? ", changed" : ""}`,
      onclick: () => look(position),
    }, text);
    return element("td", {}, cell);
  };
  const head = spec.columns.map(({ label }) => element("th", { scope: "col" }, label));
  const rows = spec.rows.map((row) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, row.label),
      ...spec.columns.map((column) => cellOf(row, column)),
    )
  );
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, element("td", {}), ...head)),
    element("tbody", {}, ...rows),
  );
}

/** The reader's changes, each with a way back. */
function changesView(
  spec: CodingSpec,
  changes: Change[],
  keep: (changes: Change[]) => void,
): HTMLElement {
  if (!changes.length) {
    return element("p", { class: "face-status" }, "You have changed no code yet.");
  }
  const items = changeRows(spec, changes).map(([row, column, scale, before, code, reason], at) => {
    const name = `${row} × ${column}, ${scale.toLowerCase()}`;
    const others = changes.filter((other) => !sameCode(other, changes[at]));
    return element(
      "li",
      {},
      element("strong", {}, `${name}: ${signed(before)} → ${signed(code)}. `),
      reason,
      " ",
      element("button", {
        type: "button",
        "aria-label": `Take back: ${name}`,
        onclick: () => keep(others),
      }, "Take back"),
    );
  });
  return element("ul", { class: "coding-changes" }, ...items);
}

/** Buttons that save the changes as files. */
function saveButtons(spec: CodingSpec, changes: () => Change[]): HTMLElement[] {
  const json = () => {
    const rows = changeRows(spec, changes());
    const content = {
      about: spec.question,
      coding: spec.storageKey,
      changes: changes().map((change, at) => ({ ...change, before: rows[at][3] })),
    };
    download("my_coding.json", "application/json", `${JSON.stringify(content, null, 2)}\n`);
  };
  const text = () =>
    download("my_coding.md", "text/markdown;charset=utf-8", markdown(spec, changes()));
  const csv = () => {
    const table = { columns: HEAD, rows: changeRows(spec, changes()) };
    download("my_coding.csv", "text/csv;charset=utf-8", asCsv(table));
  };
  return Object.entries({ JSON: json, Markdown: text, CSV: csv })
    .map(([name, act]) => button(`Save my changes (${name})`, act));
}

/** Builds a coding in `el`. */
export const coding: Builder<CodingSpec> = (el, spec, backend) => {
  let changes: Change[] = [];
  const read = () => {
    const kept = (backend.value() as { changes?: unknown } | null | undefined)?.changes;
    changes = Array.isArray(kept) ? kept.filter((change) => fits(spec, change)) : [];
  };
  const scaleBox = options("scale", spec.scales);
  const rowBox = options("row", spec.rows);
  const columnBox = options("column", spec.columns);
  const codeBox = options("code", []);
  const reason = element("textarea", { id: freshId("reason"), rows: 2 });
  const card = element("div", { class: "coding-card" });
  const statusMessage = element("p", { class: "face-status", role: "status" });
  const says = element("p", { class: "face-text", role: "status" });
  const means = element("div", {});
  const grid = element("div", { class: "face-scroll", tabindex: 0, role: "group" });
  const list = element("div", {});
  const editor = element("div", { class: "coding-editor" });

  const scale = () => byName(spec.scales, scaleBox.value);
  const position = (): Position => ({
    scale: scaleBox.value,
    row: rowBox.value,
    column: columnBox.value,
  });
  const keep = (next: Change[]) =>
    backend.keep({ changes: next }).then((text) => {
      statusMessage.textContent = text;
    });

  const showCell = () => {
    const where = position();
    const cell = byName(spec.rows, where.row).cells[where.column];
    editor.hidden = !cell;
    card.replaceChildren(...cardView(spec, scale(), where));
    if (!cell) return;
    const ours = cell.codes[where.scale];
    codeBox.replaceChildren();
    for (let code = scale().high; code >= scale().low; code -= 1) {
      const mark = code === ours ? " (as in the table)" : "";
      codeBox.add(new Option(`${worded(scale(), code)}${mark}`, String(code)));
    }
    const change = changes.find((one) => sameCode(one, where));
    codeBox.value = String(change?.code ?? ours);
    reason.value = change?.reason ?? "";
  };
  const look = (where: Position) => {
    scaleBox.value = where.scale;
    rowBox.value = where.row;
    columnBox.value = where.column;
    showAll();
    showCell();
  };
  const showGrid = () => {
    grid.setAttribute("aria-label", `All codes, ${scale().label}`);
    grid.replaceChildren(gridView(spec, position(), changes, look));
  };
  const showAll = () => {
    says.textContent = summaryText(spec, scale(), changes);
    means.replaceChildren(meansView(spec, scale(), changes));
    showGrid();
    list.replaceChildren(changesView(spec, changes, keep));
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const change = { ...position(), code: Number(codeBox.value), reason: reason.value.trim() };
    const wrong = problem(spec, change);
    if (wrong) {
      statusMessage.textContent = wrong;
      return;
    }
    keep([...changes.filter((other) => !sameCode(other, change)), change]);
  };
  const resetRow = () => {
    const left = changes.filter(({ row }) => row !== rowBox.value);
    if (left.length === changes.length) {
      statusMessage.textContent = "You have changed no code in this row.";
      return;
    }
    keep(left);
  };
  const load = (file: ChosenFile) => {
    const found = loaded(spec, file.text);
    if (found.changes === undefined) {
      const { problem } = found;
      statusMessage.textContent =
        `${file.name} was not loaded: ${problem}. Nothing here has changed.`;
      return;
    }
    const { changes: more, left } = found;
    const others = changes.filter((change) => !more.some((other) => sameCode(change, other)));
    backend.keep({ changes: [...others, ...more] }).then((where) => {
      const came = `${more.length} change${more.length === 1 ? "" : "s"} from ${file.name} ${
        more.length === 1 ? "was" : "were"
      } loaded.`;
      const out = left
        ? ` ${left} did not fit this table and ${left === 1 ? "was" : "were"} left out.`
        : "";
      statusMessage.textContent = `${came}${out} ${where}`;
    });
  };

  scaleBox.addEventListener("change", () => {
    showAll();
    showCell();
  });
  for (const box of [rowBox, columnBox]) {
    box.addEventListener("change", () => {
      showGrid();
      showCell();
    });
  }
  editor.append(
    labelled("Your code", codeBox),
    element(
      "span",
      { class: "face-field" },
      element("label", { for: reason.id }, `Your reason (at least ${spec.least} words)`),
      reason,
    ),
    element("button", { type: "submit" }, "Keep this change"),
    " ",
    button("Reset this row", resetRow),
  );
  read();
  showAll();
  showCell();
  const part = (text: string) => element("p", { class: "face-question coding-part" }, text);
  el.replaceChildren(element(
    "form",
    { class: "face-coding", onsubmit: submit },
    element(
      "fieldset",
      {},
      element("legend", {}, spec.question),
      element(
        "div",
        { class: "face-controls" },
        labelled("Scale", scaleBox),
        labelled("Row", rowBox),
        labelled("Column", columnBox),
      ),
      card,
      editor,
      statusMessage,
      says,
      means,
      part("All codes"),
      grid,
      part("Your changes"),
      list,
      element(
        "p",
        { class: "coding-save" },
        ...saveButtons(spec, () => changes),
        pickFile("Load changes (JSON)", ".json,application/json", load),
      ),
    ),
  ));
  return backend.onChange(() => {
    read();
    showAll();
    if (document.activeElement !== reason && document.activeElement !== codeBox) showCell();
  });
};

export default { render: (context: LiveContext) => renderLive(coding, context) };
