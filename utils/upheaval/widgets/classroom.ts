import type { ClassData } from "./classroom/data.ts";
import { ClassPage } from "./classroom/page_view.ts";
import { watchPrinting } from "./core/on_paper.ts";

// The page of a class: it reads what stands in it, and what is dropped on it. Nothing is sent.

const main = document.querySelector("main");
const told = document.querySelector("#class-data")?.textContent;
if (main && told) {
  new ClassPage(JSON.parse(told) as ClassData).show(main);
  watchPrinting();
  document.documentElement.setAttribute("data-faces", "");
}
