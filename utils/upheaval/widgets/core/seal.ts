// Text that nobody reads by accident in the source of a page: it hides, it does not protect.

/** What `seal` in `seal.py` was given; the caller knows what that was. */
export function unsealed<Content>(text: string): Content {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  let state = bytes.length;
  const plain = bytes.map((byte) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return byte ^ (state >>> 24);
  });
  return JSON.parse(new TextDecoder().decode(plain));
}
