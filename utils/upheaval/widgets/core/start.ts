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
  let stop = built(build, el, spec, backend);
  // A chart keeps nothing, and the list of all work says itself what became of it.
  if ((spec as { storageKey?: string }).storageKey === undefined) return stop;
  const unlisten = backend.onChange((cleared) => {
    if (!cleared) return;
    stop();
    stop = built(build, el, spec, backend);
  });
  return () => {
    unlisten();
    stop();
  };
}
