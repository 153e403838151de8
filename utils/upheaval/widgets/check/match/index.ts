export { input } from "../selection/input.ts";
export { mark } from "./rules.ts";
