// All rules in one module, for tests that run them: whatever has a `_test.ts` beside it.

export * as address from "./core/address.ts";
export * as check from "./check/rules.ts";
export * as checkOptions from "./check/options.ts";
export * as classImport from "./forecast/class_import.ts";
export * as coding from "./coding/rules.ts";
export * as evidence from "./core/evidence.ts";
export * as explorer from "./explorer/rules.ts";
export * as forecast from "./forecast/rules.ts";
export * as language from "./memo/language.ts";
export * as matrix from "./matrix/rules.ts";
export * as memo from "./memo/rules.ts";
export * as numbers from "./core/numbers.ts";
export * as picture from "./explorer/picture_rules.ts";
export * as portfolio from "./portfolio/rules.ts";
export * as prepared from "./explorer/prepared_rules.ts";
export * as rowFilters from "./explorer/row_filters.ts";
export * as scores from "./forecast/scores.ts";
export * as seal from "./core/seal.ts";
export * as share from "./explorer/share_rules.ts";
export * as table from "./core/table.ts";
export * as unpack from "./core/unpack.ts";
export * as walk from "./explorer/walk_rules.ts";
export * as weights from "./weights/rules.ts";
