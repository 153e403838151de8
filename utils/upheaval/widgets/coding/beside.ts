import { besideBox } from "../core/beside.ts";
import { element } from "../core/dom.ts";
import type { Change, CodingSpec } from "../core/protocol.ts";
import { rowHead } from "../core/table.ts";
import { byName, sameCode, signed } from "./rules.ts";

// A coding that was loaded while the reader has one: it stands beside the reader's own, and nothing
// of it comes in unless the reader says so.

/** One code that at least one of the two contests. */
export interface Compared {
  at: Pick<Change, "scale" | "row" | "column">;
  mine: number;
  theirs: number;
}

/** The codes that either of two codings changed, with the code of each. */
export function compared(spec: CodingSpec, mine: Change[], theirs: Change[]): Compared[] {
  const all = [...mine, ...theirs.filter((one) => !mine.some((other) => sameCode(one, other)))];
  return all.map((at) => {
    const before = byName(spec.rows, at.row).cells[at.column].codes[at.scale];
    const codeIn = (changes: Change[]) => changes.find((one) => sameCode(one, at))?.code ?? before;
    return { at, mine: codeIn(mine), theirs: codeIn(theirs) };
  });
}

/** What can be done with a coding that stands beside the reader's. */
export interface Acts {
  add(): void;
  replace(): void;
  close(): void;
}

/** Both codings, code by code, and what can be done with the one that was loaded. */
export function besideView(
  spec: CodingSpec,
  mine: Change[],
  { who, changes: theirs }: { who: string; changes: Change[] },
  acts: Acts,
): HTMLElement {
  const codes = compared(spec, mine, theirs);
  const same = codes.filter((one) => one.mine === one.theirs).length;
  const rows = codes.map(({ at, ...code }) => {
    const row = byName(spec.rows, at.row).label;
    const place = `${row} × ${byName(spec.columns, at.column).label}`;
    const reason = theirs.find((one) => sameCode(one, at))?.reason ?? "";
    return [
      rowHead(`${place}, ${byName(spec.scales, at.scale).label.toLowerCase()}`),
      element("td", { class: "face-number" }, signed(code.mine)),
      element("td", { class: "face-number" }, signed(code.theirs)),
      element("td", { dir: "auto" }, reason),
    ];
  });
  const head = ["Code", "Yours", "Theirs", "Their reason"];
  const told = `Of ${codes.length} codes that one of you changed, ${same} are the same.`;
  return besideBox(who, told, { name: "both codings", head, rows }, [
    ["Add theirs where I changed nothing", acts.add],
    ["Take all of theirs instead of mine", acts.replace],
    ["Put it away", acts.close],
  ]);
}
