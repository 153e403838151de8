import assert from "node:assert/strict";
import { LateEdits } from "./late_edits.ts";

const wrote = (before: unknown, to: string, at = "notice") => {
  const late = new LateEdits();
  late.note(before, [{ at: [at], to }], 0);
  return late;
};

Deno.test("what another tab writes over without having read it is put back", () => {
  const late = wrote({ notice: "", wonder: "" }, "Horses");
  assert.deepEqual(late.mended({ notice: "", wonder: "Who?" }, 10), {
    notice: "Horses",
    wonder: "Who?",
  });
});

Deno.test("what another reader wrote after it stays, and so does what is right", () => {
  const late = wrote({ notice: "" }, "Horses");
  for (const kept of [{ notice: "Horses went" }, { notice: "Horses" }]) {
    assert.equal(late.mended(kept, 10), kept);
  }
});

Deno.test("each value that it had while one typed on is an old one", () => {
  const late = wrote({ notice: "" }, "H");
  late.note({ notice: "H" }, [{ at: ["notice"], to: "Ho" }], 1);
  for (const notice of ["", "H"]) {
    assert.deepEqual(late.mended({ notice }, 2), { notice: "Ho" });
  }
});

Deno.test("two first answers at one moment are both there", () => {
  const late = wrote(null, "Horses");
  assert.deepEqual(late.mended({ notice: "", wonder: "Who?" }, 1), {
    notice: "Horses",
    wonder: "Who?",
  });
});

Deno.test("what was added to a list is in it", () => {
  const late = new LateEdits();
  late.note({ list: [] }, [{ at: ["list"], take: [], add: ["a"] }], 0);
  assert.deepEqual(late.mended({ list: ["b"] }, 1), { list: ["b", "a"] });
});

Deno.test("nothing comes back after a clearing, nor after a moment", () => {
  const late = wrote({ notice: "" }, "Horses");
  assert.equal(late.mended(null, 1), null);
  assert.equal(late.mended(undefined, 1), undefined);
  const kept = { notice: "" };
  assert.equal(late.mended(kept, 60_000), kept);
  const other = wrote({ notice: "" }, "Horses");
  other.forget();
  assert.equal(other.mended(kept, 1), kept);
});
