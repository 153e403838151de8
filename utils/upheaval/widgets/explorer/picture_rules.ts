// How texts stand in a picture: lines as long as there is room.

/** How wide a text is. */
export type Measure = (text: string) => number;

/**
 * Joins `pieces` to lines of at most `room`. A piece that is wider alone is parted at its blanks,
 * and a word that is wider (an address) after any letter.
 */
export function lines(pieces: string[], gap: string, room: number, width: Measure): string[] {
  const made: string[] = [];
  let line = "";
  const close = () => {
    if (line) made.push(line);
    line = "";
  };
  for (const piece of pieces) {
    const longer = line ? line + gap + piece : piece;
    if (width(longer) <= room) {
      line = longer;
      continue;
    }
    close();
    const words = piece.split(" ");
    const parts = width(piece) <= room || [...piece].length < 2
      ? [piece]
      : words.length > 1
      ? lines(words, " ", room, width)
      : lines([...piece], "", room, width);
    line = parts.pop() ?? "";
    made.push(...parts);
  }
  close();
  return made;
}

/** The same number of lines, as equal in length as can be. */
export function balanced(pieces: string[], gap: string, room: number, width: Measure): string[] {
  const widest = lines(pieces, gap, room, width);
  let best = widest;
  for (let less = room; less > room / 2; less -= 10) {
    const made = lines(pieces, gap, less, width);
    if (made.length > widest.length) break;
    best = made;
  }
  return best;
}
