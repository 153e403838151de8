import { button, type ChosenFile, element, freshId, pickFiles, textArea } from "../core/dom.ts";
import { statusLine } from "../core/form.ts";
import { tableView } from "../core/table.ts";
import { counted } from "../core/wording.ts";
import { joinedMembers, type Member, membersIn } from "./class_import.ts";
import { classRows, classSummary, classTable } from "./rules.ts";
import type { ForecastSpec, KeptForecasts, Outcome } from "../core/protocol.ts";

// The forecasts of many people: files that others saved, or rows that are pasted.

/** The class file: it lasts as long as the page. */
export interface Shared {
  members: Member[];
}

const COLLECT =
  "Collect the files that others saved, and load them all at once. They stay on this " +
  "computer and are not kept when you leave the page. Names are used only to find a file " +
  "that is there twice.";

const SAMPLE =
  "Alone? Five rules stand in for a class: always 50 %, always the base rate (50 % where there " +
  "is none), always 20 %, always 80 %, and always the middle of “almost no chance”. Nobody made " +
  "these forecasts.";
const SAMPLE_ADDED = "Five rules are in the class file now. They are nobody's forecasts.";

/** A class of stated rules: what each says of every question. */
function ruleMembers({ questions, bands }: ForecastSpec): Member[] {
  const [least] = bands;
  const low = least ? (least.low + least.high) / 2 : 3;
  const rules: [string, (base: number | null) => number][] = [
    ["Rule: always 50 %", () => 50],
    ["Rule: the base rate", (base) => base ?? 50],
    ["Rule: always 20 %", () => 20],
    ["Rule: always 80 %", () => 80],
    ["Rule: almost no chance", () => low],
  ];
  return rules.map(([name, says]) => ({
    name,
    locked: name,
    percents: Object.fromEntries(
      questions.map(({ id, base }) => [id, says(base?.percent ?? null)]),
    ),
  }));
}

/** Takes files and rows in, and shows the class beside the reader. */
export function classPanel(
  spec: ForecastSpec,
  work: () => KeptForecasts,
  shared: Shared,
  answers: Outcome[] | null,
  changed: () => void,
): HTMLElement {
  const statusMessage = statusLine();
  statusMessage.dir = "auto"; // names of people and of files stand in it
  const result = element("div", {});
  const empty = () => {
    shared.members = [];
    statusMessage.textContent = "The class file is empty again.";
    show();
  };
  const show = () => {
    const { members } = shared;
    result.replaceChildren(...members.length ? resultView(spec, work(), members, answers) : []);
    if (members.length) result.append(element("p", {}, button("Empty the class file", empty)));
    changed();
  };
  const take = (files: ChosenFile[]) => {
    statusMessage.textContent = takeFiles(files, spec, shared);
    show();
  };
  const sample = () => {
    shared.members = joinedMembers(shared.members, ruleMembers(spec)).members;
    statusMessage.textContent = SAMPLE_ADDED;
    show();
  };
  show();
  return element(
    "details",
    { open: shared.members.length > 0 },
    element("summary", {}, "Class file: pool the forecasts of many people"),
    element("p", {}, COLLECT),
    element("p", {}, button("Add a sample class of rules", sample), ` ${SAMPLE}`),
    ...inputs(take),
    statusMessage,
    result,
  );
}

/** Takes the members in files into the class file, and says how many; bad files are named. */
function takeFiles(files: ChosenFile[], spec: ForecastSpec, shared: Shared): string {
  const bad: string[] = [];
  let good = 0;
  for (const { name, text } of files) {
    const { members, problem } = membersIn(text, spec);
    if (!members) {
      bad.push(`${name} (${problem})`);
      continue;
    }
    const joined = joinedMembers(shared.members, members);
    shared.members = joined.members;
    const there = (one: string) => `${name} (the forecasts of ${one} were there already)`;
    bad.push(...joined.twice.map(there));
    if (joined.twice.length < members.length) good += 1;
  }
  const added = `${counted(good, "file was", "files were")} added.`;
  return `${added}${bad.length ? ` Left out: ${bad.join("; ")}.` : ""}`;
}

function resultView(
  spec: ForecastSpec,
  work: KeptForecasts,
  members: Member[],
  answers: Outcome[] | null,
): HTMLElement[] {
  const rows = classRows(spec.questions, members);
  const summary = classSummary(spec.questions, rows, members, work, answers);
  return [
    element("p", { class: "face-text" }, summary),
    tableView(classTable(rows, work, answers), "Class"),
  ];
}

function inputs(take: (files: ChosenFile[]) => void): HTMLElement[] {
  const pasted = textArea({ id: freshId("pasted"), rows: 3, spellcheck: "false" });
  const addPasted = () => take([{ name: "What you pasted", text: pasted.value }]);
  const accept = ".json,.csv,application/json,text/csv";
  const paste = "Or paste rows from a table with the columns name, id and percent";
  return [
    element("p", {}, pickFiles("Load files of others", accept, take)),
    element("p", { class: "face-field" }, element("label", { for: pasted.id }, paste), pasted),
    element("p", {}, button("Add these rows", addPasted)),
  ];
}
