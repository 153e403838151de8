// What options are called on paper, where a list of them stands once.

/** The letter of an option: A to Z, then AA and so on. */
export function letterOf(at: number): string {
  const last = String.fromCharCode(65 + at % 26);
  return at < 26 ? last : letterOf(Math.floor(at / 26) - 1) + last;
}
