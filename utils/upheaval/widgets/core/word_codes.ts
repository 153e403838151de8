import { numberAt } from "./leb128.ts";

// The way back of `word_codes.py`.

const END = 0;
const CHARACTER = 1;
const FIRST = 128;
const SHORT = 110;

/** The words of an address are parted by spaces there, as those of its title are. */
const swapped = (text: string) =>
  text.startsWith("http") ? text.replace(/[- ]/g, (one) => one === "-" ? " " : "-") : text;

/** The texts that `coded` in `word_codes.py` was given. */
export function decoded(data: Uint8Array): string[] {
  const [length, start] = numberAt(data, 0);
  let at = start + length;
  const words = new TextDecoder().decode(data.subarray(start, at)).split("\n");
  const texts: string[] = [];
  let text = "";
  while (at < data.length) {
    const byte = data[at++];
    if (byte === END) {
      texts.push(swapped(text));
      text = "";
    } else if (byte === CHARACTER) {
      text += String.fromCodePoint(data[at] * 65536 + data[at + 1] * 256 + data[at + 2]);
      at += 3;
    } else if (byte < FIRST) text += String.fromCharCode(byte);
    else if (byte < FIRST + SHORT) text += words[byte - FIRST];
    else text += words[SHORT + (byte - FIRST - SHORT) * 256 + data[at++]];
  }
  return texts;
}
