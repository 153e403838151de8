import { type Cell, neededFor, sourceOf } from "./cells.ts";
import { Count, type Plan } from "./progress.ts";
import type { Result, Wish, Word } from "./protocol.ts";

// Python for cells of a page, in a worker, so that the page stays awake. What it loads is kept by
// the browser under the key of its plan, whatever the server says of keeping.

/** As much of Pyodide as is called. */
interface Pyodide {
  pyimport(name: string): { run(code: string): string };
}
interface Runtime {
  loadPyodide(options: object): Promise<Pyodide>;
}

const say = (word: Word) => postMessage(word);
const KEPT = "upheaval-python-";

/** The files kept under this key, if the browser keeps any; those of earlier plans are dropped. */
async function keptFiles(key: string): Promise<Cache | null> {
  try {
    for (const name of await caches.keys()) {
      if (name.startsWith(KEPT) && name !== KEPT + key) await caches.delete(name);
    }
    return await caches.open(KEPT + key);
  } catch {
    return null; // a private window, or an address without https
  }
}

/** Answers for the files of the plan from what is kept, and counts them; others pass. */
async function countFetches(plan: Plan, base: string): Promise<void> {
  const kept = await keptFiles(plan.key);
  const files = new Map(
    Object.entries(plan.files).map(([name, told]) => [new URL(name, base).href, told]),
  );
  const count = new Count(plan.files, (line) => say({ line }));
  const plain = globalThis.fetch;
  globalThis.fetch = async (asked: RequestInfo | URL, options?: RequestInit) => {
    const address = asked instanceof Request ? asked.url : new URL(asked, base).href;
    const told = files.get(address);
    if (!told) return plain(asked, options);
    const there = await kept?.match(address);
    const answer = there ?? await plain(asked, options);
    if (!there && answer.ok) kept?.put(address, answer.clone()).catch(() => {}); // storage is full
    return count.of(answer, told[1]);
  };
}

async function start({ base, notebook }: Wish): Promise<Lesson> {
  say({ line: "Looking for Python." });
  const plan: Plan = await (await fetch(new URL("python.json", base))).json();
  const cells: Cell[] = (await (await fetch(new URL(`files/notebooks/${notebook}`, base))).json())
    .cells;
  await countFetches(plan, base);
  const folder = new URL(plan.folder, base).href;
  const { loadPyodide }: Runtime = await import(`${folder}pyodide.mjs`);
  const lockFileURL = new URL(plan.lock, base).href;
  const { packages, env } = plan;
  const python = await loadPyodide({ indexURL: folder, lockFileURL, packages, env });
  say({ line: "Python starts. Then the cells above run, and then yours." });
  return new Lesson(cells, python);
}

/** A lesson and its Python: every cell above runs once, with nothing shown. */
class Lesson {
  readonly #done = new Set<number>();
  readonly #cells: Cell[];
  readonly #run: (code: string) => string;

  constructor(cells: Cell[], python: Pyodide) {
    this.#cells = cells;
    const module = python.pyimport("upheaval.lessons.page_cells");
    this.#run = (code) => module.run(code);
  }

  run({ source, code }: Wish): Result {
    const needed = neededFor(source, this.#cells);
    const own = needed?.pop();
    for (const at of needed ?? []) {
      if (!this.#done.has(at)) this.#run(sourceOf(this.#cells[at]));
      this.#done.add(at);
    }
    say({ line: "Running." });
    const result: Result = JSON.parse(this.#run(code));
    if (own !== undefined) this.#done.add(own);
    return result;
  }
}

let lesson: Promise<Lesson> | undefined;

addEventListener("message", async ({ data }: MessageEvent<Wish>) => {
  try {
    const ready = await (lesson ??= start(data));
    say({ id: data.id, result: ready.run(data) });
  } catch (error) {
    lesson = undefined; // what was not there may be there the next time
    say({ id: data.id, failed: String(error) });
  }
});
