// Stands before JupyterLite's own service worker: Python's files are kept by the browser under the
// key of this build, whatever the server says of keeping, so that a second visit loads none anew.
// The pages of lessons that run code keep theirs in the same place (widgets/run/worker.ts).
{
  const KEPT = "upheaval-python-";
  const key = "{{ key }}";
  const host = "{{ host }}";
  const folder = new URL("static/pyodide/", self.location).href;

  const answer = async (request) => {
    const kept = await caches.open(KEPT + key);
    const there = await kept.match(request.url);
    if (there) return there;
    const fresh = await fetch(request);
    if (fresh.ok) kept.put(request.url, fresh.clone()).catch(() => {}); // storage is full
    return fresh;
  };
  const forget = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(KEPT) && name !== KEPT + key) await caches.delete(name);
    }
  };
  self.addEventListener("activate", (event) => event.waitUntil(forget()));
  self.addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    if (method !== "GET" || !(url.startsWith(folder) || url.startsWith(host))) return;
    event.stopImmediatePropagation();
    event.respondWith(answer(event.request));
  });
}
