import assert from "node:assert/strict";
import { checksDone, isCheck, workCounts, workInWords } from "./rules.ts";

const check = (right: boolean) => ({ answer: 1, right, tries: 1 });

Deno.test("an answer to a check is told from everything else", () => {
  assert.ok(isCheck(check(false)));
  for (const one of [null, undefined, "x", [], { right: true }, { right: 1, answer: 1 }]) {
    assert.ok(!isCheck(one));
  }
  assert.deepEqual(workCounts([check(true), check(false), "x"]), { right: 1, open: 1, other: 1 });
});

Deno.test("checks under the hood count apart", () => {
  const part = { checks: ["02.a", "02.b"], hood: ["02.tweak"] };
  assert.equal(checksDone(part, {}), "0 of 2, and 0 of 1 under the hood");
  const core = { "02.a": check(true), "02.b": check(true) };
  assert.equal(checksDone(part, core), "✓ 2 of 2, and 0 of 1 under the hood");
  assert.equal(
    checksDone(part, { "02.a": check(false), "02.tweak": check(true) }),
    "0 of 2, and 1 of 1 under the hood",
  );
  assert.equal(checksDone({ checks: ["02.a"], hood: [] }, core), "✓ 1 of 1");
  assert.equal(checksDone({ checks: [], hood: [] }, core), "–");
});

Deno.test("what is kept is counted in words", () => {
  const nothing = " Nothing of it was sent anywhere.";
  const kept = {
    name: "Ann",
    "02.a": check(true),
    "02.b": check(false),
    "10.p": "x",
    evidence: [],
  };
  assert.equal(
    workInWords(kept),
    "You have written 2 things; 1 of the 2 checks that you answered is right, in lessons 02, 10." +
      nothing,
  );
  assert.equal(
    workInWords(kept, { written: 1, toWrite: 5, pieces: 2 }),
    "You have written 1 of 5 things; 1 of the 2 checks that you answered is right, in lessons " +
      `02, 10. In your basket: 2 pieces of evidence.${nothing}`,
  );
  assert.equal(
    workInWords({ "02.a": check(false) }),
    `0 of the one check that you answered are right, in lesson 02.${nothing}`,
  );
  assert.equal(workInWords({ back: {}, evidence: [] }), workInWords({ evidence: [] }));
  assert.equal(workInWords({ evidence: [] }), `You have written one thing.${nothing}`);
  assert.match(
    workInWords({ evidence: [] }, { written: 0, toWrite: 5, pieces: 1 }),
    /^You have written 0 of 5 things\. In your basket: 1 piece of evidence\./,
  );
});
