import "./core/storage_bootstrap.ts";
import { calibration } from "./calibration/view.ts";
import { check } from "./check/view.ts";
import { coding } from "./coding/view.ts";
import { comeback } from "./comeback/view.ts";
import { explorer } from "./explorer/view.ts";
import { forecast } from "./forecast/view.ts";
import { matrix } from "./matrix/view.ts";
import { memo } from "./memo/view.ts";
import { prompts } from "./prompts/view.ts";
import { weights } from "./weights/view.ts";
import { portfolio } from "./portfolio/view.ts";
import type { Builder } from "./core/protocol.ts";
import { startPage } from "./page_start.ts";

// A page with faces of any kind.

const BUILDERS: Record<string, Builder<never>> = {
  calibration,
  check,
  coding,
  comeback,
  explorer,
  forecast,
  matrix,
  memo,
  portfolio,
  prompts,
  weights,
};

startPage(BUILDERS);
