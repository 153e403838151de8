import { findApi, Report } from "./core/course.ts";
import { element } from "./core/dom.ts";

// What makes a page a lesson of a course platform (SCORM 2004). Where no platform is found, the
// page is as it is without this script.

const TELLS =
  "Your course platform is told that you opened this page and that you reached its end, and" +
  " nothing else. What you answer and write stays with you.";
const DEAF =
  "Your course platform could not be told of this page. Everything works; tell your teacher that" +
  " you were here.";

function begin(): void {
  const api = findApi(window);
  if (!api) return;
  const report = new Report(api);
  const note = element("p", { class: "page-course", role: "status" });
  document.querySelector("main")?.prepend(note);
  note.textContent = report.begun() ? TELLS : DEAF;
  const end = document.querySelector(".page-foot");
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    if (!report.ended()) note.textContent = DEAF;
  });
  if (end) watch.observe(end);
  addEventListener("pagehide", () => report.left());
}

// Charts and questions first: before they are there, the page is short and its end in sight.
if (document.readyState === "complete") begin();
else addEventListener("load", begin);
