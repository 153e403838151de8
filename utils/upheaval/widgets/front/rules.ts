// The rules of all faces in one module, for tests that run them in a browser.

export * as address from "./address.ts";
export * as coding from "./coding_rules.ts";
export * as explorer from "./explorer_rules.ts";
export * as facets from "./facets.ts";
export * as forecast from "./forecast_rules.ts";
export * as grid from "./grid_rules.ts";
export * as marking from "./marking.ts";
export * as members from "./members.ts";
export * as memo from "./memo_rules.ts";
export * as prepared from "./prepared_rules.ts";
export * as rows from "./rows.ts";
export * as scores from "./scores.ts";
export * as unpack from "./unpack.ts";
export * as weigh from "./weigh_rules.ts";
export * as work from "./work_rules.ts";
