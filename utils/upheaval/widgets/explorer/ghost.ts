import { type Guess, guessIn } from "../core/guess.ts";
import type {
  GhostSpec,
  Layout,
  LayoutItem,
  MarkedRows,
  Payload,
  RowTrack,
  Selection,
} from "../core/protocol.ts";

// A guess of the reader's on a chart: a ghost, hollow and dashed, named in the key as theirs. It is
// put on when a chart is painted, and stands in no payload: nothing takes it for data.

/** The sign of a ghost, in the key and where a row has a scale. */
export const SIGN = "◌";
const NAME = "your guess";
const DAY = 86_400_000; // milliseconds
/** The room that two names want beside one another on a phone, as a share of an axis. */
const NEAR = 0.5;

/** The numbers of an axis, days as milliseconds. */
const numberOf = (end: string | number): number =>
  typeof end === "number" ? end : Date.parse(`${end.slice(0, 10)}T00:00Z`);

/** Where a guess stands, in numbers of the axis. */
function along({ zero, per }: GhostSpec, guess: Guess): Guess {
  const step = typeof zero === "string" ? per * DAY : per;
  return [numberOf(zero) + guess[0] * step, numberOf(zero) + guess[1] * step];
}

/** The axis ("x", "x2") on which all of a guess has room. */
function axisOf(layout: Layout, { axis }: GhostSpec, [from, to]: Guess): string | undefined {
  const name = Object.keys(layout).find((key) => {
    if (!new RegExp(`^${axis}axis\\d*$`).test(key)) return false;
    const { range } = layout[key] as { range?: [string | number, string | number] };
    return range && numberOf(range[0]) <= from && to <= numberOf(range[1]);
  });
  return name?.replace("axis", "");
}

/** Whether another line has its words so near that a name would lie on them on a phone. */
function crowded(layout: Layout, axis: string, guess: Guess, width: number): boolean {
  return (layout.annotations ?? []).some((note) => {
    const at = note[axis[0]] as string | number | undefined;
    const own = (note[`${axis[0]}ref`] ?? axis) === axis && at !== undefined;
    return own && guess.some((end) => Math.abs(numberOf(at) - end) < width * NEAR);
  });
}

/** A line, or for several numbers a box, from end to end of the other axis; and its name. */
function itemsOf(
  axis: string,
  ends: (string | number)[],
  early: boolean,
  text: string,
): LayoutItem[] {
  const across = axis[0] === "x" ? "y" : "x";
  const [from, to] = ends;
  const shape = {
    name: "guess",
    type: from === to ? "line" : "rect",
    line: { dash: "dash", width: 2 },
    [`${axis[0]}ref`]: axis,
    [`${across}ref`]: "paper",
    [`${axis[0]}0`]: from,
    [`${axis[0]}1`]: to,
    [`${across}0`]: 0,
    [`${across}1`]: 1,
  };
  const upright = axis[0] === "x";
  const note = {
    name: "guess",
    text,
    showarrow: false,
    font: { size: 12 },
    [`${axis[0]}ref`]: axis,
    [`${across}ref`]: "paper",
    [axis[0]]: early ? from : to,
    [across]: upright ? 1 : 0,
    xanchor: upright && !early ? "right" : "left",
    yanchor: "bottom",
  };
  return [shape, note];
}

function onFigure(payload: Payload, spec: GhostSpec, guess: Guess): Payload | null {
  const { data, layout } = payload.figure;
  const at = along(spec, guess);
  const axis = axisOf(layout, spec, at);
  if (!axis) return null;
  const { range } = layout[axis.replace(/^[xy]/, "$&axis")] as { range: [string, string] };
  const [first, last] = range.map(numberOf);
  const early = at[0] + at[1] < first + last;
  const text = crowded(layout, axis, at, last - first) ? SIGN : `${SIGN} ${NAME}`;
  const days = typeof spec.zero === "string";
  const ends = at.map((one) => days ? new Date(one).toISOString().slice(0, 10) : one);
  const [shape, note] = itemsOf(axis, ends, early, text);
  const shapes = [...layout.shapes ?? [], shape];
  const annotations = [...layout.annotations ?? [], note];
  return { ...payload, figure: { data, layout: { ...layout, shapes, annotations } } };
}

function onRows(payload: Payload, spec: GhostSpec, guess: Guess): Payload | null {
  const rows = payload.markedRows as MarkedRows;
  const at = along(spec, guess);
  let found = false;
  const groups = rows.groups.map((group) => ({
    ...group,
    lines: group.lines.map((line) => {
      if (line.title !== spec.row) return line;
      found = true;
      const mark: RowTrack = [...at, at[0] === at[1] ? SIGN : "open", "grey"];
      return { ...line, track: [...line.track ?? [], mark] };
    }),
  }));
  return found ? { ...payload, markedRows: { ...rows, groups } } : null;
}

/** A chart with what is `kept` as a ghost on it: as it was where nothing is, or has no place. */
export function withGhost(
  payload: Payload,
  spec: GhostSpec | undefined,
  selection: Selection,
  kept: unknown,
): Payload {
  const guess = spec && guessIn(kept, spec.scale, spec.options);
  if (!guess || payload.empty) return payload;
  // "Never" stands at the end of its scale, and on no day.
  const placed = !spec.scale.most || kept !== spec.scale.most;
  const here = placed &&
    Object.entries(spec.state).every(([control, at]) => selection[control] === at);
  const put = spec.axis === "track" ? onRows : onFigure;
  const fits = spec.axis === "track" ? payload.markedRows : !payload.markedRows;
  const ghosted = here && fits ? put(payload, spec, guess) : null;
  const words = `${NAME}: ${kept}${ghosted ? "" : ", not in this picture"}`;
  return { ...(ghosted ?? payload), legend: [...payload.legend, [SIGN, words]] };
}
