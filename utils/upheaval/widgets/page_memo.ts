import "./core/storage_bootstrap.ts";
import { check } from "./check/view.ts";
import { explorer } from "./explorer/view.ts";
import { memo } from "./memo/view.ts";
import { startPage } from "./page_start.ts";
import { portfolio } from "./portfolio/view.ts";
import { prompts } from "./prompts/view.ts";
import { weights } from "./weights/view.ts";

// A page with weights and a memo, and beside them what nearly every lesson has.

startPage({ check, explorer, memo, portfolio, prompts, weights });
