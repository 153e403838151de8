// An era is what was written in one place between two clearings: "<place>/<moment>-<word>", as
// `Store.era` has it. What belongs to an era that is over is never kept: it was another reader's.

/** On a hub all readers have one origin: what one of them wrote stays with their own address. */
export const HERE = typeof location === "undefined"
  ? ""
  : location.pathname.replace(/\/(lab|notebooks|tree|doc|voila)(\/.*)?$/, "");

/** The place (a folder of work) of an era. */
export const placeOf = (era: string): string => era.split("/", 1)[0];

/** When an era began, in milliseconds; 0 where nothing was cleared before. */
export const beginOf = (era: string): number => Number(/\/(\d{1,15})-/.exec(era)?.[1] ?? 0);

/** Whether `era` is over where it is `now`. */
export const isOver = (era: string, now: string): boolean =>
  placeOf(era) !== placeOf(now) || beginOf(era) < beginOf(now);

/** What parts of this browser tell each other: that all was cleared, or what was kept. */
export type News = { era: string } | { kept: string };

/** Between all faces of one place in this browser, whatever kernel, tab or window they are of. */
export class Wire {
  #item: string;
  #channel: BroadcastChannel | null = null;
  #look: () => void;

  /**
   * `hear` is called with what others tell, `look` when the reader comes back to a page that may
   * have missed it.
   */
  constructor(place: string, hear: (news: News) => void = () => {}, look = () => {}) {
    this.#item = `upheaval-era${HERE}/${place}`;
    this.#look = () => {
      if (document.visibilityState === "visible") look();
    };
    if (!place) return; // a kernel of an earlier version tells none
    try {
      this.#channel = new BroadcastChannel(this.#item);
      this.#channel.onmessage = ({ data }) => hear(data as News);
    } catch {
      // an old browser, or a frame that may not: the kernel says it, when it is asked
    }
    addEventListener("visibilitychange", this.#look);
  }

  /** The era by the last clearing that this browser knows of. */
  get era(): string | null {
    try {
      return localStorage.getItem(this.#item);
    } catch {
      return null;
    }
  }

  tell(news: News): void {
    if ("era" in news) {
      try {
        localStorage.setItem(this.#item, news.era);
      } catch {
        // no room, or not allowed: who is awake hears it
      }
    }
    this.#channel?.postMessage(news);
  }

  stop(): void {
    this.#channel?.close();
    removeEventListener("visibilitychange", this.#look);
  }
}
