export { input } from "./input.ts";
export { mark } from "./rules.ts";
