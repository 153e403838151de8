/**
 * The whole number that stands in `bytes` at a place (LEB128: seven bits a byte, the low ones
 * first), and the place behind it. It may be larger than what fits the operators on bits.
 */
export function numberAt(bytes: Uint8Array, at: number): [number: number, end: number] {
  let number = 0;
  for (let unit = 1;; unit *= 128) {
    const byte = bytes[at++];
    number += (byte & 127) * unit;
    if (byte === undefined) {
      throw new RangeError("The data end too early. Download the page again.");
    }
    if (byte < 128) return [number, at];
  }
}
