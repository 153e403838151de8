// What is told while Python is loaded into a page.

/** What a page loads of Python, as `python.json` beside it says. */
export interface Plan {
  /** Differs where any file does. */
  key: string;
  /** The folder of Pyodide, and its list of packages, from where the plan is. */
  folder: string;
  lock: string;
  /** The packages to begin with, and Python's environment. */
  packages: string[];
  env: Record<string, string>;
  /** Every file by its address: how many bytes it has, and what it is for. */
  files: Record<string, [bytes: number, label: string]>;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** How far the loading is: what comes in, how much of how much, and what is next. */
export function loadingLine(loaded: number, total: number, label: string): string {
  const bytes = `${megabytes(Math.min(loaded, total))} of ${megabytes(total)} MB`;
  return `Loading ${label}: ${bytes}. Then Python starts, which takes some seconds.`;
}

/** Counts what comes in of the files of a plan. */
export class Count {
  readonly total: number;
  #loaded = 0;

  constructor(files: Plan["files"], private readonly told: (line: string) => void) {
    this.total = Object.values(files).reduce((sum, [bytes]) => sum + bytes, 0);
  }

  /** More has come of what is called `label`. */
  add(bytes: number, label: string): void {
    this.#loaded += bytes;
    this.told(loadingLine(this.#loaded, this.total, label));
  }

  /** The same answer; what is read of it is counted. */
  of(answer: Response, label: string): Response {
    if (!answer.body) return answer;
    const counted = answer.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform: (part, out) => {
          this.add(part.length, label);
          out.enqueue(part);
        },
      }),
    );
    const { status, statusText, headers } = answer;
    return new Response(counted, { status, statusText, headers });
  }
}
