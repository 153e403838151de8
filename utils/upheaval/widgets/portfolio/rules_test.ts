import assert from "node:assert/strict";
import { counted, isCheck, workCounts, workIn } from "./rules.ts";

const check = (right: boolean) => ({ answer: 1, right, tries: 1 });

Deno.test("a file of ours is read, any other is named", () => {
  assert.deepEqual(workIn('{"about": "ours", "work": {"02.p": "x"}}', "ours").work, {
    "02.p": "x",
  });
  assert.match(workIn("{", "ours").problem ?? "", /no JSON file/);
  for (const text of ["null", "3", "[]", "{}", '{"about": "ours", "work": []}', '{"work": {}}']) {
    assert.match(workIn(text, "ours").problem ?? "", /not saved by this collection/, text);
  }
});

Deno.test("an answer to a check is told from everything else", () => {
  assert.ok(isCheck(check(false)));
  for (const one of [null, undefined, "x", [], { right: true }, { right: 1, answer: 1 }]) {
    assert.ok(!isCheck(one));
  }
  assert.deepEqual(workCounts([check(true), check(false), "x"]), { right: 1, open: 1, other: 1 });
});

Deno.test("what is kept is counted in words", () => {
  const nothing = " Nothing of it was sent anywhere.";
  assert.equal(
    counted({ "02.a": check(true), "02.b": check(false), "10.p": "x", evidence: [] }),
    "You have written 2 things; 1 of the 2 checks that you answered is right, in lessons 02, 10." +
      nothing,
  );
  assert.equal(
    counted({ "02.a": check(false) }),
    `0 of the one check that you answered are right, in lesson 02.${nothing}`,
  );
  assert.equal(counted({ evidence: [] }), `You have written one thing.${nothing}`);
});
