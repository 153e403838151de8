// Stands in a page's head: hides the line that says that no scripts run here (`.face-asleep`)
// before anything is painted. Where the faces' own script does not begin (a browser that is too old
// for it, a site without its files) the line comes back.
const root = document.documentElement;
root.setAttribute("data-scripts", "");
addEventListener("load", () => {
  if (!root.hasAttribute("data-faces")) return root.removeAttribute("data-scripts");
  // A server may refuse the page's own styles, by which it is hidden until here.
  for (const line of document.querySelectorAll<HTMLElement>(".face-asleep")) line.hidden = true;
});
