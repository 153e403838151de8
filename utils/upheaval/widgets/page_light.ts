import "./core/storage_bootstrap.ts";
import { check } from "./check/view.ts";
import { explorer } from "./explorer/view.ts";
import { startPage } from "./page_start.ts";
import { portfolio } from "./portfolio/view.ts";
import { prompts } from "./prompts/view.ts";

// A page that has only what nearly every lesson has: it is lighter by a third of the script.

startPage({ check, explorer, portfolio, prompts });
