import { type Pooled, unpacker } from "./pool.ts";

// Text that nobody reads by accident in the source of a page: it hides, it does not protect.

/** What `seal` in `seal.py` was given; the caller knows what that was. */
export function unsealed<Content>(text: string): Content {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  let state = bytes.length;
  const plain = bytes.map((byte) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return byte ^ (state >>> 24);
  });
  const content: Content | Pooled = JSON.parse(new TextDecoder().decode(plain));
  return isPooled(content) ? unpacker(content.pool)(content.states) as Content : content;
}

/** Whether what repeats itself stands in it once: nothing else that is sealed has a pool. */
const isPooled = (content: unknown): content is Pooled =>
  typeof content === "object" && content !== null && "pool" in content && "states" in content;
