import { numbersIn, read } from "./columns.ts";
import type { Payload } from "./protocol.ts";
import { decoded } from "./word_codes.ts";

// The way back of `pack.py`.

/** Whether this browser can open what is packed (all since the spring of 2023 can). */
export const canUnpack = (): boolean => "DecompressionStream" in globalThis;

/** The states of a chart by their keys. What they share is one object. */
export type States = (key: string) => Payload;

/** `DIGITS` of `pack.py`. */
const DIGITS =
  "!#%()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz|~";
const VALUES = new Uint8Array(128);
for (const [value, digit] of [...DIGITS].entries()) VALUES[digit.charCodeAt(0)] = value;

/** The bytes of a text in base 85: four of five digits; of fewer at its end, one less. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const fives = Math.ceil(text.length / 5);
  const missing = fives * 5 - text.length;
  const filled = text + DIGITS[84].repeat(missing);
  const bytes = new DataView(new ArrayBuffer(fives * 4));
  for (let five = 0; five < fives; five++) {
    let number = 0;
    for (let at = five * 5; at < five * 5 + 5; at++) {
      number = number * 85 + VALUES[filled.charCodeAt(at)];
    }
    bytes.setUint32(five * 4, number);
  }
  return new Uint8Array(bytes.buffer, 0, fives * 4 - missing);
}

async function value(text: string): Promise<unknown> {
  const packed = new Blob([bytesOf(text)]).stream();
  const plain = packed.pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(plain).arrayBuffer());
  const { numbers, end } = numbersIn(bytes);
  return read(numbers, decoded(bytes.subarray(end)));
}

/** The states of a chart, of what was packed for it. */
export const statesOf = (packed: object): States => (key) =>
  (packed as Record<string, Payload>)[key];

/** All that `pack` in `pack.py` was given. */
export async function unpacked(text: string): Promise<object> {
  return await value(text) as object;
}
