// Numbers as people write them.

const SUFFIX: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
};
const GROUPED = /^[1-9][0-9]{0,2}(?:[,.' \u2019\u00a0\u202f_][0-9]{3})+$/;
const WHOLE = /[1-9][0-9]{0,2}(?:[,.' \u2019\u00a0\u202f_][0-9]{3})+(?![0-9])/.source;
const TIMES = /(?:[ \t\r\n]*(k|thousand|mn|million|m|bn|billion)(?![a-z]))?/.source;
const NUMBER = new RegExp(`(${WHOLE}|[0-9]+(?:[.,][0-9]+)?)${TIMES}`, "g");

function asciiDigit(digit: string): string {
  // Unicode keeps the ten digits of a script in a row: count back to its zero.
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

function valueOf(digits: string): number {
  return Number(GROUPED.test(digits) ? digits.replace(/[^0-9]/g, "") : digits.replace(",", "."));
}

/** The number or range in a text as [low, high], or null. */
export function readNumber(text: unknown): [low: number, high: number] | null {
  if (text === null || text === undefined || typeof text === "boolean") return null;
  const ascii = String(text).normalize("NFKC").toLowerCase().replace(/\p{Nd}/gu, asciiDigit);
  if (ascii.includes("\u2044")) return null;
  const found = [...ascii.matchAll(NUMBER)];
  if (found.length < 1 || found.length > 2) return null;
  const sizes = found.map((one) => SUFFIX[one[2]] ?? 1);
  if (found.length === 2 && !found[0][2] && valueOf(found[0][1]) < 1000) sizes[0] = sizes[1];
  const values = found.map((one, index) => valueOf(one[1]) * sizes[index]);
  if (/^[ \t\r\n]*[-\u2212][0-9]/.test(ascii)) values[0] = -values[0];
  return [Math.min(...values), Math.max(...values)];
}
