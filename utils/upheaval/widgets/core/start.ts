import { element } from "./dom.ts";
import type { Backend, Builder, Stop } from "./protocol.ts";

// Starts a face so that neither an odd kept value nor a clearing leaves it as it must not be.

const ODD = "What was kept for this part could not be read, so it begins anew. It stands in the " +
  "file of your work until you answer here.";

/** The same backend without what is kept now; what is kept from now on it tells. */
function withoutKept(backend: Backend): Backend {
  const odd = new Map<string, string>();
  const unlessOdd = (name: string, kept: unknown) => {
    const text = JSON.stringify(kept) ?? "";
    if (!odd.has(name)) odd.set(name, text);
    return odd.get(name) === text ? undefined : kept;
  };
  return {
    ...backend,
    value: () => unlessOdd("", backend.value()),
    linked: (key) => unlessOdd(key, backend.linked(key)),
  };
}

/** Builds a face; where what is kept cannot be shown, without it and with a sentence. */
function built<Spec>(build: Builder<Spec>, el: HTMLElement, spec: Spec, backend: Backend): Stop {
  try {
    return build(el, spec, backend);
  } catch (error) {
    const stop = build(el, spec, withoutKept(backend));
    console.warn("What was kept could not be shown:", error);
    el.append(element("p", { class: "face-message", role: "status" }, ODD));
    return stop;
  }
}

/** A face that stands: what it sends, until it is taken down. */
class Standing<Spec> {
  #stop: Stop;
  #down = false;
  /** When the reader began to write here. */
  #began: number | undefined;
  #unlisten: Stop;

  /** `say` is called with the answer to what was sent by a face that is down. */
  constructor(
    build: Builder<Spec>,
    el: HTMLElement,
    spec: Spec,
    backend: Backend,
    say: (late: string) => void,
  ) {
    const keep: Backend["keep"] = async (value, edits) => {
      // A box that is taken out of the page while one writes in it still says that it has changed.
      if (this.#down) return "";
      // What was written where something stood may hold some of it.
      const began = backend.value() === null || backend.value() === undefined
        ? this.#began ?? Date.now()
        : undefined;
      say("");
      const told = await backend.keep(value, edits, began);
      if (this.#down) say(told);
      return told;
    };
    const typed = () => {
      this.#began ??= Date.now();
    };
    el.addEventListener("input", typed);
    this.#unlisten = () => el.removeEventListener("input", typed);
    this.#stop = built(build, el, spec, { ...backend, keep });
  }

  /** Takes the face down; what was not kept yet is, unless it is `dropped`. */
  takeDown(dropped: boolean): void {
    this.#down = dropped;
    this.#unlisten();
    this.#stop();
  }
}

/**
 * Builds a face in `el`. When all work is cleared it is built anew: so nothing that the last reader
 * typed, ticked or opened stands in it any more.
 */
export function startFace<Spec>(
  build: Builder<Spec>,
  el: HTMLElement,
  spec: Spec,
  backend: Backend,
): Stop {
  // A chart keeps nothing, and the list of all work says itself what became of it.
  if ((spec as { storageKey?: string }).storageKey === undefined) {
    return built(build, el, spec, backend);
  }
  // What was sent before a clearing was heard of is answered to the face that stands after it.
  const line = element("p", { class: "face-message", role: "status" });
  const say = (late: string) => {
    line.textContent = late;
    if (late) el.append(line);
    else line.remove();
  };
  const standing = () => new Standing(build, el, spec, backend, say);
  let now = standing();
  const unlisten = backend.onChange((cleared) => {
    if (!cleared) return;
    now.takeDown(true);
    now = standing();
  });
  return () => {
    unlisten();
    now.takeDown(false);
  };
}
