import "./core/storage_bootstrap.ts";
import { check } from "./check/view.ts";
import { coding } from "./coding/view.ts";
import { explorer } from "./explorer/view.ts";
import { startPage } from "./page_start.ts";
import { portfolio } from "./portfolio/view.ts";
import { prompts } from "./prompts/view.ts";

// A page with a coding to contest, and beside it what nearly every lesson has.

startPage({ check, coding, explorer, portfolio, prompts });
