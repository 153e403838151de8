// Colours as the greys that a printer without colours makes of them, so that paper shows what was
// looked at. A filter of CSS would do it, too, but browsers then print pixels instead of lines.

/** The lightness of a colour, 0 to 255: the luma of Rec. ITU-R BT.601, as printers take it. */
function luma(red: number, green: number, blue: number): number {
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

const HEX = /(?<!&)#([0-9a-f]{6}|[0-9a-f]{3})\b/gi; // but for letters told by number: &#160;
const RGB = /rgb(a?)\(\s*(\d+),\s*(\d+),\s*(\d+)/g;

/** The text of an SVG without colours; an address within it (`url('#clip')`) stays. */
export function greyed(svg: string): string {
  const grey = (tone: number) => tone.toString(16).padStart(2, "0").repeat(3);
  return svg
    .replace(RGB, (_, alpha: string, ...parts: string[]) => {
      const tone = luma(Number(parts[0]), Number(parts[1]), Number(parts[2]));
      return `rgb${alpha}(${tone}, ${tone}, ${tone}`;
    })
    .replace(HEX, (_, digits: string) => {
      const whole = digits.length === 3 ? [...digits].map((one) => one + one).join("") : digits;
      const [red, green, blue] = [0, 2, 4].map((at) => parseInt(whole.slice(at, at + 2), 16));
      return `#${grey(luma(red, green, blue))}`;
    });
}
