import assert from "node:assert/strict";
import { openLarge } from "./wall.ts";

// The large view without a browser: what it listens to, and what is left when it has gone.

/** As much of an element as the large view asks for. */
class FakeElement extends EventTarget {
  parent: FakeElement | null = null;
  children: FakeElement[] = [];
  hidden = false;
  textContent = "";
  scrollTop = 0;
  clientHeight = 0;
  scrollHeight = 0;
  isRoot = false;

  get isConnected(): boolean {
    return this.isRoot || (this.parent?.isConnected ?? false);
  }
  style = { setProperty() {} };
  setAttribute() {}
  querySelector() {
    return null;
  }
  querySelectorAll() {
    return [];
  }
  focus() {}
  showModal() {}
  append(...more: FakeElement[]) {
    for (const one of more.filter((one) => one instanceof FakeElement)) {
      one.remove();
      one.parent = this;
      this.children.push(one);
    }
  }
  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((one) => one !== this);
    this.parent = null;
  }
  before(other: FakeElement) {
    this.parent?.append(other);
  }
  after(other: FakeElement) {
    this.parent?.append(other);
  }
  replaceWith(other: FakeElement) {
    this.parent?.append(other);
    this.remove();
  }
  close() {
    this.dispatchEvent(new Event("close"));
  }
}

/** A page with a chart in a cell, and how many listeners are left at its window and document. */
function page() {
  const left = new Map<string, number>();
  const count = (by: number) => (type: string) => left.set(type, (left.get(type) ?? 0) + by);
  const observers: { call: () => void; watched: unknown[] }[] = [];
  class FakeObserver {
    readonly #mine: { call: () => void; watched: unknown[] };
    constructor(call: (entries: unknown[]) => void) {
      this.#mine = { call: () => call([]), watched: [] };
      observers.push(this.#mine);
    }
    observe(one: unknown) {
      this.#mine.watched.push(one);
    }
    disconnect() {
      this.#mine.watched = [];
    }
  }
  const made: FakeElement[] = [];
  const create = () => {
    made.push(new FakeElement());
    return made[made.length - 1];
  };
  const listeners = { addEventListener: count(1), removeEventListener: count(-1) };
  Object.assign(globalThis, {
    ...listeners,
    HTMLElement: FakeElement,
    ResizeObserver: FakeObserver,
    innerWidth: 1280,
    document: {
      ...listeners,
      createElement: create,
      createComment: create,
      activeElement: null,
      fullscreenEnabled: true,
      fullscreenElement: null,
      exitFullscreen: () => Promise.resolve(),
    },
  });
  Object.assign(FakeElement.prototype, { requestFullscreen: () => Promise.resolve() });
  const [body, cell, chart] = [create(), create(), create()];
  body.isRoot = true;
  body.append(cell);
  cell.append(chart);
  const leftOver = () => [...left].filter(([, many]) => many !== 0).map(([type]) => type);
  const watched = () => observers.flatMap((one) => one.watched).length;
  const resized = () => observers.forEach(({ call, watched }) => watched.length && call());
  return { cell, chart, leftOver, watched, resized };
}

const opened = (chart: FakeElement, fits: (number | null)[] = []) =>
  openLarge({
    content: chart as unknown as HTMLElement,
    label: () => "A chart",
    fit: (width) => fits.push(width),
  });

Deno.test("a large view that is closed leaves no listener, and its chart where it was", () => {
  const { cell, chart, leftOver, watched } = page();
  const fits: (number | null)[] = [];
  const end = opened(chart, fits);
  assert.ok(leftOver().length && watched(), "it listens while it is open");
  assert.notEqual(chart.parent, cell);
  end();
  end();
  assert.deepEqual([leftOver(), watched(), fits], [[], 0, [1280, null]]);
  assert.deepEqual(cell.children, [chart]);
});

Deno.test("a cell that runs again while its chart is large leaves no listener", () => {
  const { cell, chart, leftOver, watched, resized } = page();
  const fits: (number | null)[] = [];
  opened(chart, fits);
  cell.remove(); // the output is taken out of the page: no close event comes
  resized();
  assert.deepEqual([leftOver(), watched()], [[], 0]);
  resized();
  assert.deepEqual(fits, [1280, null], "it is told once that it has ended");
});
