// What a lesson tells the course platform that shows it: that it was opened, and that its end was
// reached. "IEEE 1484.11.2", as SCORM 2004 (4th edition) has it. No score, no answer, no text.

/** What a platform puts where a lesson can find it, under the name `API_1484_11`. */
export interface CourseApi {
  Initialize(nothing: ""): unknown;
  GetValue(name: string): unknown;
  SetValue(name: string, value: string): unknown;
  Commit(nothing: ""): unknown;
  Terminate(nothing: ""): unknown;
}

/** As much of a window as the search asks for; what is of another origin may refuse all of it. */
export interface Frame {
  API_1484_11?: CourseApi | null;
  parent?: Frame | null;
  opener?: Frame | null;
}

/** A platform's frames are a few deep; a chain that is longer than this has no end. */
const DEEPEST = 100;

function allowed<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined; // a window of another origin
  }
}

/** A window, and those that it stands in, from the inside out. */
function around(frame: Frame): Frame[] {
  const found: Frame[] = [];
  for (let at: Frame | null | undefined = frame; at && !found.includes(at);) {
    const here: Frame = at;
    found.push(here);
    if (found.length === DEEPEST) break;
    at = allowed(() => here.parent);
  }
  return found;
}

/** The platform's interface: in this window or one around it, or around one that opened it. */
export function findApi(own: Frame): CourseApi | null {
  const frames = around(own);
  const openers = frames.flatMap((frame) => {
    const opener = allowed(() => frame.opener);
    return opener ? around(opener) : [];
  });
  for (const frame of [...frames, ...openers]) {
    const api = allowed(() => frame.API_1484_11);
    if (api) return api;
  }
  return null;
}

const COMPLETION = "cmi.completion_status";

/** Tells a platform how far a reader is. Each call gives whether the platform has taken it. */
export class Report {
  #api: CourseApi;
  #open = false;

  constructor(api: CourseApi) {
    this.#api = api;
  }

  /** The lesson was opened. What was finished before stays finished. */
  begun(): boolean {
    this.#open = this.#done(() => this.#api.Initialize(""));
    if (!this.#open) return false;
    // Without it, the next visit would begin anew, and take back that the end was reached.
    const kept = this.#done(() => this.#api.SetValue("cmi.exit", "suspend"));
    const before = allowed(() => this.#api.GetValue(COMPLETION));
    return before === "completed" ? kept : this.#told("incomplete") && kept;
  }

  /** The end of the lesson was reached. */
  ended(): boolean {
    return this.#open && this.#told("completed");
  }

  /** The lesson is left: nothing can be told after this. */
  left(): void {
    if (this.#open) this.#done(() => this.#api.Terminate(""));
    this.#open = false;
  }

  #told(status: string): boolean {
    const set = this.#done(() => this.#api.SetValue(COMPLETION, status));
    // At once, since a phone may end a page without a word.
    return set && this.#done(() => this.#api.Commit(""));
  }

  #done(call: () => unknown): boolean {
    return String(allowed(call)) === "true";
  }
}
