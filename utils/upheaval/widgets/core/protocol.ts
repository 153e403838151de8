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

/** What is needed to tell what is new and what changed: `upheaval/stories.py` says what it is. */
export interface Story {
  noun: string;
  headlines: string[];
  names: Record<string, string>;
  leading: number[];
  phases: Record<string, number>;
  status: string;
  signs: Record<string, string>;
  denials: Record<string, [day: string, who: string, before: boolean][]>;
  objects: Record<string, string>;
  silent: number[];
  public: Record<string, string>;
  vague: Record<string, string>;
  signed?: boolean;
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
  story?: Story;
  of?: Record<string, Record<string, string>>;
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

/**
 * What a source says of a row: a sentence, its English where it is in another language, its
 * publisher and day, its address; all empty where no sentence was read.
 */
export type RowSays = [sentence: string, english: string, page: string, url: string];

/**
 * A sign in a row: what it looks like, its colour ("blue", "orange", "green", "purple", "grey"),
 * and its words for whoever hears it.
 */
export type RowMark = [sign: string, colour: string, text: string];

/**
 * What stands on a row's scale, from and to as parts of its width: a sign (then both are one), or
 * a "bar", an "outline", a "range", an "open" end; and its colour.
 */
export type RowTrack = [from: number, to: number, look: string, colour: string];

/** A row drawn as HTML; `Line` in `charts/draw/rows.py` says what each field means. */
export interface RowLine {
  at: number | null;
  title: string;
  text: string;
  note: string;
  sign?: RowMark;
  cells?: (RowMark | null)[];
  /** What stands beside the sign of each cell, whose ground is fuller the larger it is. */
  numbers?: (number | null)[];
  units?: [mark: RowMark, count: number][];
  track?: RowTrack[];
  chosen?: [string, string | null];
}

/** Rows under a heading, which may be empty, with a scale of their own or without. */
export interface RowGroup {
  title: string;
  lines: RowLine[];
  ticks?: [at: number, label: string][];
  unit?: string;
}

/** What of a chart is a list or a table: HTML, in the place of a figure. */
export interface MarkedRows {
  columns: [title: string, text: string, note: string][];
  ticks: [at: number, label: string][];
  unit: string;
  /** A number that a line through all tracks marks, as a part of their width. */
  goal?: number;
  /** The signs under columns have their words beside them, where there is room. */
  worded?: boolean;
  groups: RowGroup[];
}

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
  /** The colour of a sign of the legend, where it has one only. */
  tones?: Record<string, string>;
  mobile: Mobile;
  empty: boolean;
  markedRows?: MarkedRows;
  /** The ISO day by which all of it was public, where it is not the day of the data. */
  known?: string;
  /** Drawn to mislead, on purpose: it is no evidence. */
  misleading?: boolean;
  /** What each row is as evidence, where rows are rows of the collection. */
  rowEvidence?: RowEvidence[];
  /** What a source says of each row; null of a row that no sentence is looked for. */
  rowSays?: (RowSays | null)[];
  rowFilters?: RowFilters;
  /** What is new and what changed since the last stop of a stepper. */
  news?: string;
  /** The colours of signs in the legend, named as those of a row's. */
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
  /** The option before the one chosen, where options are days. */
  earlier?: [string | null, string];
}

/** What can be done with plotly.js; all that is used of it. */
export interface Plotly {
  react(box: HTMLElement, data: Trace[], layout: Layout, config: object): Promise<unknown>;
  relayout(box: HTMLElement, change: Partial<Layout>): Promise<unknown>;
  purge(box: HTMLElement): void;
  toImage(
    figure: Figure & { config: object },
    options: {
      format: "svg" | "png";
      width: number;
      height: number;
      scale?: number;
      imageDataOnly: true;
    },
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

/** A step of a tour: what of a chart's controls is not at its start, a sentence, a question. */
export interface TourStep {
  state: Selection;
  says: string;
  asks: string;
}

/** What a kernel answers to a choice: a chart, or a sentence that says why there is none. */
export interface ExplorerState {
  stateKey: string;
  payload?: Payload;
  problem?: string;
  /** That of what is kept as evidence (`era.ts`); with a kernel only. */
  era?: string;
  /** What is kept under the keys that the chart shows something of; with a kernel only. */
  linked?: Record<string, unknown>;
}

export interface ExplorerSpec {
  kind: "explorer";
  name: string;
  controls: Control[];
  /** The ISO day of the memo that evidence is kept for: what is later is said to be. */
  memoDay?: string;
  /** Steps that lead through the chart first; the first is the chart as it begins. */
  tour?: TourStep[];
  /** A guess of the reader's that stands on this chart. */
  ghost?: GhostSpec;
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

/** What came of a prediction, and which of its options that is. */
export interface Came {
  text: string[];
  /** What could be predicted, and which of it came true; empty where nothing can be compared. */
  options: string[];
  right: string[];
  /** Said where the reader predicted what came, or something else. */
  same: string;
  other: string;
  /** Words on a fold around it; empty where it lies open. */
  folded: string;
  /** Of a prediction on a scale: that scale, and the number that came. */
  scale?: GuessScale;
  at?: number;
}

/**
 * A scale on which a guess is set: numbers from `low` to `high`. `ends` part its options, which
 * rise or fall with it.
 */
export interface GuessScale {
  low: number;
  high: number;
  step: number;
  /** What a number counts, and what one counts. */
  unit: string;
  one?: string;
  ends: number[];
  ticks: number[];
  /** What the last stop means, where it is no number ("never"), and its name on the scale. */
  most?: string;
  end?: string;
}

/** Where a guess stands on a chart, as a ghost: the reader's own, and no data. */
export interface GhostSpec {
  storageKey: string;
  scale: GuessScale;
  options: string[];
  /** Along "x" or up "y", or on the track of the row with the title `row`. */
  axis: "x" | "y" | "track";
  row?: string;
  /** Where 0 stands: a day as ISO text, or a number; and how far on each 1 is. */
  zero: string | number;
  per: number;
  /** The choices for which the chart has this axis; those that are not named may be any. */
  state: Selection;
}

export interface PromptSpec {
  kind: "prompts";
  type: "predict" | "write" | "again";
  storageKey: string;
  question: string;
  options?: string[];
  /** Of a prediction that is set on a scale. */
  scale?: GuessScale;
  fields?: { name: string; label: string }[];
  came?: Came;
}

/** Something to write: its storage key, its kind, and labels for the names that are kept. */
export interface Writing {
  key: string;
  kind: string;
  question: string;
  labels: Record<string, Record<string, string>>;
}

/** A part of the collection, as a reader's progress lists it. */
export interface Part {
  name: string;
  title: string;
  checks: string[];
  url: string;
  /** Checks that need a kernel: they count apart. */
  hood: string[];
  writings: Writing[];
}

/** What every file begins with that a reader saves: the mark of our files, our version. */
export interface FileHead {
  about: string;
  version: string;
}

export interface PortfolioSpec {
  kind: "portfolio";
  question: string;
  head: FileHead;
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
  head: FileHead;
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
  /** Rows of one origin stand or fall together. */
  origin?: string;
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
  head: FileHead;
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

/** How a question ended: sealed until the reader asks. `outcome` is null while it is open. */
export interface Outcome {
  outcome: boolean | null;
  happened: string;
  why: string;
  links: Link[];
}

export interface ForecastSpec {
  kind: "forecast";
  storageKey: string;
  question: string;
  head: FileHead;
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
  rivals: string[];
  attributes: string[];
  status: Record<string, string[]>;
  least: { cited: number; kinds: number; counter: number; flashpoint: number; words: number };
  most: { words: number };
  texts: Record<string, Record<string, string>>;
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

/** What a memo prints of a row: a sentence, its English, its publisher and day. */
export type SaysInMemo = [sentence: string, english: string, page: string];

/** What can be evidence, and all its sources; all rows since the ISO day, some from before. */
export interface Picker {
  since?: string;
  rows: PickerRow[];
  sources: [text: string, url: string][];
  /** What a source says of a row, by its id. */
  says: Record<string, SaysInMemo>;
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
  head: FileHead;
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

/**
 * A change of what is kept, `at` names of parts in one another: another value (`to`), what of a
 * list is to `take` out and to `add` or renew, or, with neither, a part that is gone.
 */
export interface Edit {
  at: string[];
  to?: unknown;
  take?: unknown[];
  add?: unknown[];
}

/** The last answer to a check. An earlier version kept neither its day nor how sure one was. */
export interface Attempt {
  answer: unknown;
  right: boolean;
  tries: number;
  /** The reader's own day of it, as ISO text. */
  day?: string;
  /** How sure they were of their first answer, where they said so. */
  sure?: Sureness;
}

/** How sure a reader said to be (a word of `core/sure.ts`), and whether that answer was right. */
export interface Sureness {
  said: string;
  right: boolean;
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
  /** What a source says of it; of a row that was kept under a chart. */
  says?: SaysInMemo;
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
  /** What a source says of it, where the chart knows: it goes with the row wherever it is kept. */
  says?: SaysInMemo;
}

export interface KeptMemo {
  fields: Record<string, string>;
  evidence: Evidence[];
}

export interface KeptWeights {
  from: string;
  weights: Weights;
  ratings?: Record<string, Record<string, MovedRating>>;
}

/** A rating that a reader moved. */
export interface MovedRating {
  low: number;
  high: number;
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
  /** The step of the tour to begin with; null where it begins folded. */
  tourStep(): number | null;
  /** Takes a choice; `step` is the step of the tour that is open, if one is. */
  select(selection: Selection, step?: number | null): void;
  /** Calls `notify` with choices made elsewhere; `step` where they say how the tour stands. */
  onSelection(notify: (selection: Selection, step?: number | null) => void): Stop;
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
  /** Hands over the drawing of a choice (PNG in base64), where somebody saves it. */
  tellPicture?(selection: Selection, picture: string): void;
  /** What is kept under this widget's storage key. */
  value(): unknown;
  /** What is kept under another storage key. */
  linked(storageKey: string): unknown;
  all(): KeptWork;
  /**
   * Keeps `value`: of it only `edits`, if they are given and something is kept. `began` is when the
   * reader began what holds nothing older (milliseconds): it outlives a clearing from before that
   * this face has not heard of.
   */
  keep(value: unknown, edits?: Edit[], began?: number): Promise<string>;
  merge(work: KeptWork, mine: boolean): Promise<string>;
  clear(): Promise<string>;
  addEvidence(items: Finding[], began?: number): Promise<string>;
  removeEvidence(ids: string[]): Promise<string>;
  /** Calls `notify` at every change; `cleared` says that all work is gone. */
  onChange(notify: (cleared: boolean) => void): Stop;
}

/** Makes a face of one kind in an element; gives back what takes it down. */
export type Builder<Spec> = (el: HTMLElement, spec: Spec, backend: Backend) => Stop;
