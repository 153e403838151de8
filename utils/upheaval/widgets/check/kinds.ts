// Every kind of check, by the `type` that its spec and its answer key have: one line a kind.

export * as choice from "./choice/index.ts";
export * as match from "./match/index.ts";
export * as number from "./number/index.ts";
export * as selection from "./selection/index.ts";
export * as select_all from "./select_all/index.ts";
