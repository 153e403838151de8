// What goes over the wire between a widget's face and who answers it, and what each kind knows of
// itself.

// -- a chart --

/** One cell of a table. */
export type Cell = string | number | boolean | null;

/** Rows under named columns. */
export interface Table {
  columns: string[];
  rows: Cell[][];
}

/** A source: its id in the table of sources, its text, its address. */
export interface Reference {
  id: string;
  text: string;
  url: string;
}

/** A source of something a reader keeps: text and an address. */
export type Link = Pick<Reference, "text" | "url">;

/** Which columns of a chart's table make a list, and the label of the rows with a note. */
export interface ListColumns {
  when?: string;
  status?: string;
  title?: string;
  body?: string;
  note?: string;
  highlights?: string;
}

/** One trace of plotly.js; `ids` are numbers of rows where a filter may take marks away. */
export interface Trace {
  type?: string;
  mode?: string;
  ids?: string[];
  marker?: { size?: number | number[]; [property: string]: unknown };
  [property: string]: unknown;
}

/**
 * A shape or an annotation. Its name says what it belongs to: `row:3`, `at:control`, or nothing.
 */
export interface LayoutItem {
  name?: string;
  line?: object;
  [property: string]: unknown;
}

/** The layout of plotly.js, as far as it is looked into here. */
export interface Layout {
  height?: number;
  width?: number;
  font?: object;
  hoverlabel?: object;
  shapes?: LayoutItem[];
  annotations?: LayoutItem[];
  [property: string]: unknown;
}

/** What plotly.js draws. */
export interface Figure {
  data: Trace[];
  layout: Layout;
}

/** A cell that a filter looks at: one value, or several. */
export type FilterCell = string | string[];

/** The texts of a title or a description, for no row, one row and more. */
export interface Templates {
  none: string;
  one: string;
  many: string;
}

/**
 * What is needed to filter a chart's rows, as its author gives it; `upheaval/row_filters.py` says
 * what each part means.
 */
export interface RowRules {
  columns: Record<string, (FilterCell | [string, string])[]>;
  when: string[];
  labels: Record<string, Record<string, string>>;
  total: number;
  span?: string | null;
  templates: { title: Templates; description: Templates };
}

/** The same on its way to the reader, with the numbers of each row's sources. */
export interface RowFilters extends RowRules {
  references: number[][];
}

/** How a chart changes where its box is narrow. */
export interface Mobile {
  marks?: number;
  labels?: boolean;
  layout?: Layout;
}

/** A row as evidence: `known` is the ISO day by which it was public. */
export type RowEvidence = [
  id: string,
  kind: string,
  known: string,
  status: string,
  sources: number[],
];

/** A chart with all that stands around it: `Chart.payload` in Python. */
export interface Payload {
  name: string;
  figure: Figure;
  title: string;
  subtitle: string;
  description: string;
  table: Table;
  references: Reference[];
  asOf: string;
  cite: string;
  listColumns: ListColumns;
  legend: [sign: string, text: string][];
  mobile: Mobile;
  empty: boolean;
  /** The ISO day by which all of it was public, where it is not the day of the data. */
  known?: string;
  /** Drawn to mislead, on purpose: it is no evidence. */
  misleading?: boolean;
  /** What each row is as evidence, where rows are rows of the collection. */
  rowEvidence?: RowEvidence[];
  rowFilters?: RowFilters;
  /** Numbers of the rows that filters left; only after filtering. */
  visibleRows?: number[];
}

/** A filter with the reader's choice in it. */
export interface Filter {
  name: string;
  column: string;
  rule: "contains" | "lte";
  value: string | null;
  label: string;
}

/** What can be done with plotly.js; all that is used of it. */
export interface Plotly {
  react(box: HTMLElement, data: Trace[], layout: Layout, config: object): Promise<unknown>;
  relayout(box: HTMLElement, change: Partial<Layout>): Promise<unknown>;
  purge(box: HTMLElement): void;
  toImage(
    figure: Figure & { config: object },
    options: { format: "svg"; width: number; height: number; imageDataOnly: true },
  ): Promise<string>;
  Fx: {
    hover(
      box: HTMLElement,
      points: { curveNumber: number; pointNumber: number }[],
      subplot: string,
    ): void;
    unhover(box: HTMLElement): void;
  };
}

/** A box that plotly.js has drawn in: it reports clicks, and holds what is drawn. */
export interface PlotBox extends HTMLDivElement {
  data?: Trace[];
  layout?: Layout;
  on?(name: "plotly_click", notify: (event: { points: { id?: string }[] }) => void): void;
}

// -- what a face knows of itself: its spec --

/** A control of an explorer; one with a column only selects rows. */
export interface Control {
  name: string;
  label: string;
  kind: "dropdown" | "radio" | "stepper";
  /** The labels of the options, as a reader sees them. */
  options: string[];
  /** What an address calls the options. */
  ids: string[];
  start: number;
  column?: string;
  rule?: Filter["rule"];
  values?: (string | null)[];
  /** Labels that older addresses hold, where they are not those of today, and the ids they mean. */
  legacyLabels?: Record<string, string>;
}

/** The reader's choices: the number of an option for each control. */
export type Selection = Record<string, number>;

/** What a kernel answers to a choice: a chart, or a sentence that says why there is none. */
export interface ExplorerState {
  stateKey: string;
  payload?: Payload;
  problem?: string;
}

export interface ExplorerSpec {
  kind: "explorer";
  name: string;
  controls: Control[];
  /** The ISO day of the memo that evidence is kept for: what is later is said to be. */
  memoDay?: string;
}

/** What every check knows of itself; each kind adds its own (`check/choice/input.ts` and so on). */
export interface CheckSpec {
  kind: "check";
  /** The kind of check: its name in `check/kinds.ts`. */
  type: string;
  storageKey: string;
  /** The right answers and all reasons, under a seal. */
  answerKey: string;
  question: string;
  hints: string[];
}

/** The answers to a check, once their seal is off; each kind adds its own. */
export interface AnswerKey {
  type: string;
}

export interface PromptSpec {
  kind: "prompts";
  type: "predict" | "write" | "again";
  storageKey: string;
  question: string;
  options?: string[];
  fields?: { name: string; label: string }[];
}

/** A part of the collection, as a reader's progress lists it. */
export interface Part {
  name: string;
  title: string;
  checks: string[];
  url: string;
}

export interface PortfolioSpec {
  kind: "portfolio";
  question: string;
  about: string;
  parts?: Part[];
}

/** Something with a name for programs and a label for people. */
export interface LabelledSpec {
  name: string;
  label: string;
}

export interface ScaleSpec extends LabelledSpec {
  low: number;
  high: number;
  labels: Record<string, string>;
}

export interface CellSpec {
  codes: Record<string, number>;
  says: string;
  evidence: string;
  reason: string;
}

export interface RowSpec extends LabelledSpec {
  cells: Record<string, CellSpec>;
}

export interface CodingSpec {
  kind: "coding";
  storageKey: string;
  question: string;
  least: number;
  scales: ScaleSpec[];
  columns: LabelledSpec[];
  rows: RowSpec[];
}

export type Mark = "CC" | "C" | "N" | "I" | "II";
export type Level = "low" | "medium" | "high";

export interface MatrixRow {
  id: string;
  text: string;
  about?: string;
  reason?: string;
  credibility: Level;
  relevance: Level;
}

export interface MatrixColumn {
  id: string;
  name: string;
  text: string;
}

/** A mark with its word and its sign. */
export interface MarkSpec {
  mark: Mark;
  word: string;
  sign: string;
}

export interface MatrixSpec {
  kind: "matrix";
  storageKey: string;
  question: string;
  advice: string;
  nouns: { row: string; column: string };
  rows: MatrixRow[];
  columns: MatrixColumn[];
  marks: MarkSpec[];
  worked: Record<string, Record<string, Mark>>;
}

export type Weights = Record<string, number>;
/** option → criterion → the lowest and the highest rating. */
export type Ratings = Record<string, Record<string, [low: number, high: number]>>;

/** What options are weighed by. */
export interface Criterion {
  id: string;
  label: string;
}

/** What is weighed. */
export interface WeighedOption {
  id: string;
  title: string;
}

/** Weights to start from. */
export interface WeightsPreset {
  label: string;
  weights: Weights;
}

export interface WeightsSpec {
  kind: "weights";
  storageKey: string;
  question: string;
  start: Weights;
  criteria: Criterion[];
  options: WeighedOption[];
  ratings: Ratings;
  presets: WeightsPreset[];
}

/** A word for a likelihood, and the percentages it stands for. */
export interface Band {
  term: string;
  low: number;
  high: number;
}

export interface BaseRate {
  percent: number;
  phrase: string;
  limits: string;
}

/** What a reader may see of a question before the end. */
export interface AskedQuestion {
  id: string;
  text: string;
  rule: string;
  closes: string;
  known: string;
  links: Link[];
  base: BaseRate | null;
}

/** How a question ended: sealed until the reader asks. */
export interface Outcome {
  outcome: boolean;
  happened: string;
  why: string;
  links: Link[];
}

export interface ForecastSpec {
  kind: "forecast";
  storageKey: string;
  question: string;
  about: string;
  hints: string[];
  questions: AskedQuestion[];
  bands: Band[];
  sealed: string;
}

export interface MemoFieldSpec extends LabelledSpec {
  help?: string;
  start?: string;
  head?: boolean;
  rows?: number;
  options?: string[];
}

/** Words for a likelihood, and the percentages they stand for. */
export interface TermBand {
  terms: string[];
  low: number;
  high: number;
}

export interface MemoRules {
  order: string[];
  options: string[];
  day: string;
  likelihood: TermBand[];
  confidence: string[];
  prose: string[];
  status: Record<string, string[]>;
  least: { cited: number; kinds: number; counter: number; flashpoint: number; words: number };
  most: { words: number };
  texts: Record<string, { good: string; bad: string }>;
}

/**
 * A row that can be evidence: id, kind, day it was public, title, status, numbers of its sources.
 */
export type PickerRow = [
  id: string,
  kind: string,
  known: string,
  title: string,
  status: string,
  sources: number[],
];

/** What can be evidence, and all its sources; all rows since the ISO day, some from before. */
export interface Picker {
  since?: string;
  rows: PickerRow[];
  sources: [text: string, url: string][];
}

/** Texts to start from. */
export interface MemoPreset {
  label: string;
  fields: Record<string, string>;
}

export interface MemoSpec extends Picker {
  kind: "memo";
  storageKey: string;
  question: string;
  title: string;
  foot: string;
  file: string;
  fields: MemoFieldSpec[];
  presets: MemoPreset[];
  rules: MemoRules;
  hints: string[];
}

/** A finished memo: to be read, so nothing is kept. */
export interface SampleSpec {
  kind: "memo";
  question: string;
  sample: KeptMemo;
  rules: MemoRules;
}

// -- what is kept --
// A file that somebody edited, or an older version, may have written it: what is read is looked at
// before it is used.

/** All that a reader wrote, by storage key. */
export type KeptWork = Record<string, unknown>;

/** The last answer to a check. */
export interface Attempt {
  answer: unknown;
  right: boolean;
  tries: number;
}

/** A code that a reader contests. */
export interface Change {
  scale: string;
  row: string;
  column: string;
  code: number;
  reason: string;
}

/** What a reader contests; `drafts` are reasons that were typed and do not count yet. */
export interface KeptCoding {
  changes: Change[];
  drafts?: Change[];
}

/** A filled grid. */
export interface KeptMatrix {
  marks: Record<string, Record<string, Mark>>;
  left: string[];
  weights: Record<string, Partial<Record<"credibility" | "relevance", Level>>>;
  weighted: boolean;
}

/** One forecast in per cent. */
export interface KeptForecast {
  percent: number | null;
  reason: string;
  known: boolean;
}

export interface KeptForecasts {
  name: string;
  forecasts: Record<string, KeptForecast>;
  locked: string | null;
  revealed: string | null;
}

/** A piece of evidence in a memo. */
export interface Evidence {
  id: string;
  kind: string;
  title: string;
  status: string;
  known: string;
  sources: Link[];
}

/** What an explorer hands on as evidence. */
export interface Finding {
  id: string;
  kind: string;
  title: string;
  text?: string;
  status?: string;
  asOf: string;
  /** The ISO day by which it was public. */
  known?: string;
  sources?: Link[];
}

export interface KeptMemo {
  fields: Record<string, string>;
  evidence: Evidence[];
}

export interface KeptWeights {
  from: string;
  weights: Weights;
}

// -- who answers --

/** One rule of a check of several, with its own verdict. */
export interface RuleVerdict {
  ok: boolean;
  text: string;
}

/** What is said of an answer; `right` is null where there was none to mark. */
export interface Verdict {
  right: boolean | null;
  text: string;
  rules: RuleVerdict[];
}

/** Stop listening. */
export type Stop = () => void;

/**
 * Who answers a face: a kernel or the page itself. Promises of texts are sentences for the reader.
 */
export interface Backend {
  /** plotly.js, once it is there. */
  plotly(): Promise<Plotly>;
  /** The choices as they are now. */
  selection(): Selection;
  select(selection: Selection): void;
  onSelection(notify: (selection: Selection) => void): Stop;
  /** The state of that key if it is here already. */
  cached(stateKey: string): Payload | undefined;
  /** The states that a reader may want next; `arrived` is called when one of them has come. */
  prefetch(stateKeys: string[], arrived: () => void): void;
  /** The state of that key; fails with a sentence. */
  request(stateKey: string): Promise<Payload>;
  /**
   * The address of a choice for others to open; where they could not, only what stands in it behind
   * `#`, and nothing where a choice is in no address.
   */
  address(selection: Selection): string;
  /** Says which rows filters have left on show, once they are painted; nobody answers. */
  tellVisible(selection: Selection, rows: number[]): void;
  /** What is kept under this widget's storage key. */
  value(): unknown;
  /** What is kept under another storage key. */
  linked(storageKey: string): unknown;
  all(): KeptWork;
  keep(value: unknown): Promise<string>;
  merge(work: KeptWork, mine: boolean): Promise<string>;
  clear(): Promise<string>;
  addEvidence(item: Finding): Promise<string>;
  removeEvidence(ids: string[]): Promise<string>;
  /** Calls `notify` at every change; `cleared` says that all work is gone. */
  onChange(notify: (cleared: boolean) => void): Stop;
}

/** Makes a face of one kind in an element; gives back what takes it down. */
export type Builder<Spec> = (el: HTMLElement, spec: Spec, backend: Backend) => Stop;
