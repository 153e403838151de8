import assert from "node:assert/strict";
import { type CourseApi, findApi, type Frame, Report } from "./course.ts";

/** A platform that writes down what it is told; it refuses the calls named. */
class Platform implements CourseApi {
  said: string[] = [];
  constructor(public status = "unknown", private refuses: string[] = []) {}
  #answer(call: string, ...told: string[]): string {
    this.said.push([call, ...told].join(" "));
    return String(!this.refuses.includes(call));
  }
  Initialize(nothing: ""): unknown {
    return this.#answer("Initialize", ...(nothing ? [nothing] : []));
  }
  GetValue(name: string): unknown {
    return name === "cmi.completion_status" ? this.status : "";
  }
  SetValue(name: string, value: string): unknown {
    const answer = this.#answer("SetValue", name, value);
    if (answer === "true" && name === "cmi.completion_status") this.status = value;
    return answer;
  }
  Commit(): unknown {
    return this.#answer("Commit");
  }
  Terminate(): unknown {
    return this.#answer("Terminate");
  }
}

/** A window that nothing may look into, but for what is above it: one of another origin. */
function foreign(parent?: Frame): Frame {
  return {
    get API_1484_11(): CourseApi {
      throw new DOMException("Blocked a frame", "SecurityError");
    },
    parent,
  };
}

Deno.test("the interface is found around, above a foreign frame, and at the opener", () => {
  const api = new Platform();
  assert.equal(findApi({ parent: { parent: { API_1484_11: api } } }), api);
  assert.equal(findApi({ parent: foreign({ API_1484_11: api }) }), api);
  assert.equal(findApi({ opener: { parent: { API_1484_11: api } } }), api);
  assert.equal(findApi({ parent: { opener: { API_1484_11: api } } }), api);
  assert.equal(findApi({ API_1484_11: api, parent: { API_1484_11: new Platform() } }), api);
});

Deno.test("where there is none, nothing is found, and the search ends", () => {
  const top: Frame = { opener: null };
  top.parent = top;
  assert.equal(findApi({ parent: top }), null);
  assert.equal(findApi(foreign(foreign(top))), null);
  const refusing: Frame = {
    get opener(): Frame {
      throw new DOMException("", "SecurityError");
    },
  };
  assert.equal(findApi(refusing), null);
});

Deno.test("a platform is told that the lesson is open, then done, and nothing else", () => {
  const api = new Platform();
  const report = new Report(api);
  assert.ok(report.begun() && report.ended());
  report.left();
  report.left();
  assert.deepEqual(api.said, [
    "Initialize",
    "SetValue cmi.exit suspend",
    "SetValue cmi.completion_status incomplete",
    "Commit",
    "SetValue cmi.completion_status completed",
    "Commit",
    "Terminate",
  ]);
});

Deno.test("what was finished on an earlier day stays finished", () => {
  const api = new Platform("completed");
  assert.ok(new Report(api).begun());
  assert.equal(api.status, "completed");
});

Deno.test("a refusal is known, and a platform that did not begin is asked for nothing", () => {
  const asleep = new Platform("unknown", ["Initialize"]);
  const report = new Report(asleep);
  assert.ok(!report.begun() && !report.ended());
  report.left();
  assert.deepEqual(asleep.said, ["Initialize"]);
  for (const refused of ["SetValue", "Commit"]) {
    const other = new Report(new Platform("unknown", [refused]));
    assert.ok(!other.begun() && !other.ended(), refused);
  }
  const broken = new Report({} as CourseApi);
  assert.ok(!broken.begun());
});
