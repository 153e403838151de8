// What a page and its worker, in which Python runs, say to each other.

/** Run a cell: its text in the notebook, and as the reader has it. */
export interface Wish {
  id: number;
  /** The folder of the lessons with Python in the browser, as an absolute address. */
  base: string;
  notebook: string;
  source: string;
  code: string;
}

/** What came of a cell: outputs as form and content, and what went wrong. */
export interface Result {
  outputs: [form: string, content: unknown][];
  error: { said: string; trace: string } | null;
}

/** A line on how far it is; or a result; or why there is none. */
export type Word =
  | { line: string }
  | { id: number; result: Result }
  | { id: number; failed: string };
