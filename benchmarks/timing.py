"""How the benchmarks measure: from a reader's input to the frame that shows the new chart."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "utils"), str(ROOT / "tests")]

from playwright.sync_api import Page  # noqa: E402  (the folders above have to be on the path first)

from browser.drive import free_port  # noqa: E402
from browser.find import chromium  # noqa: E402

# Finds elements inside of web components too: Panel and marimo put theirs there.
_DEEP = """
  const deep = (selector, root = document) => {
    const found = [...root.querySelectorAll(selector)];
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) found.push(...deep(selector, one.shadowRoot));
    }
    return found;
  };
"""

# The clock starts with the browser's own input event. The chart counts as new when its marks are
# others than before (or there is none) in an animation frame, and the clock stops when that frame
# has been laid out and painted: a message posted from a frame arrives after it. The chart is looked
# up anew only when it has been replaced, so that looking costs nothing that could be measured.
WATCH = (
    "() => {"
    + _DEEP
    + """
  let box = null;
  const marks = () => {
    if (!box?.isConnected || !box.checkVisibility()) {
      box = deep('.js-plotly-plot').find((one) => one.checkVisibility());
    }
    const points = box ? box.querySelectorAll('.scatterlayer .point') : [];
    const position = (point) => point?.getAttribute('transform') ?? '';
    return `${points.length} ${position(points[0])} ${position(points[points.length - 1])}`;
  };
  window.clock = { now: null };
  document.addEventListener('input', () => {
    const start = performance.now(), before = marks();
    window.clock.now = null;
    const look = () => {
      const now = marks();
      if (now === before || now.startsWith('0 ')) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.clock.now = performance.now() - start; };
      port2.postMessage(0);
    };
    requestAnimationFrame(look);
  }, true);
}"""
)

# What a reader does in a page, done by the page itself: lists go through their options, one list
# after another, with a pause after each step.
_MOVE = (
    "(lists) => {"
    + _DEEP
    + """
  const step = (list, option) => new Promise((done) => {
    list.selectedIndex = option;
    list.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    list.dispatchEvent(new Event('change', { bubbles: true }));
    const look = () => {
      if (window.clock.now === null) setTimeout(look, 5);
      else setTimeout(() => done(window.clock.now), 200);
    };
    look();
  });
  const run = async () => {
    const took = {};
    for (const [name, { selector, options }] of Object.entries(lists)) {
      took[name] = [];
      for (const option of options) took[name].push(await step(deep(selector)[0], option));
    }
    document.title = `measured ${JSON.stringify(took)}`;
  };
  const drawn = () => deep('.js-plotly-plot .main-svg').length > 0;
  const ready = () => (drawn() ? setTimeout(run, 1500) : setTimeout(ready, 50));
  ready();
}"""
)

# The clock starts with the navigation. A chart counts as seen when it has been laid out and
# painted.
SEEN = (
    "(() => {"
    + _DEEP
    + """
  const look = () => {
    const plot = deep('.js-plotly-plot .main-svg')[0];
    // Rows with marks are a chart, too: lesson 09 begins with them.
    const drawn = plot?.querySelector('.point, .trace') ?? deep('.face-rows .face-track')[0];
    if (!drawn) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { document.title = `measured ${performance.now()}`; };
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
})();"""
)

_POLICY = re.compile(r'<meta\s[^>]*http-equiv="Content-Security-Policy"[^>]*>')


def watch(page: Page) -> None:
    """Start to time every input in `page`."""
    page.evaluate(WATCH)


def timed(page: Page, act: Callable[[], object]) -> float:
    """Milliseconds from the input that `act` makes to the painted chart."""
    page.evaluate("() => { window.clock.now = null; }")
    act()
    page.wait_for_function("() => window.clock.now !== null", timeout=60_000)
    return float(page.evaluate("() => window.clock.now"))


def moving(**lists: tuple[str, list[int]]) -> str:
    """A script with which a page times itself: each list, by its CSS selector, goes through
    `options`; the page then reports the milliseconds of all steps by name.
    """
    named = {
        name: {"selector": selector, "options": options}
        for name, (selector, options) in lists.items()
    }
    return f"({WATCH})(); ({_MOVE})({json.dumps(named)});"


def carrying(page: str, script: str) -> str:
    """The HTML `page` with one more script, which its Content-Security-Policy lets run."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowing = f"script-src 'sha256-{digest}' "
    allowed = _POLICY.sub(lambda found: found[0].replace("script-src ", allowing, 1), page, count=1)
    return f"{allowed}<script>{script}</script>"


def add_script(path: Path, script: str) -> None:
    """Put one more script into the HTML file `path`."""
    path.write_text(carrying(path.read_text(encoding="utf-8"), script), encoding="utf-8")


def _up(ask: Callable[[str], str]) -> None:
    """Wait until a browser answers."""
    deadline = time.monotonic() + 60
    while True:
        try:
            ask("version")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@contextmanager
def running_browser() -> Iterator[Callable[[Path], Any]]:
    """A browser that is up, with a new profile, which reaches nothing but files and this computer;
    gives a function that opens a page and comes back with what it measured.

    The page reports in its title ("measured ..."), which the browser lists. So no debugger is
    attached to it, as none is at a reader's: with one, plotly.js alone takes half a second longer
    to start.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        port = free_port()
        command = [
            str(chromium()),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--user-data-dir={profile}",
            "--window-size=1300,1300",
            f"--remote-debugging-port={port}",
            "about:blank",
        ]
        browser = subprocess.Popen(command, stderr=subprocess.DEVNULL)

        def ask(what: str, method: str = "GET") -> str:
            request = urllib.request.Request(f"http://127.0.0.1:{port}/json/{what}", method=method)
            with urllib.request.urlopen(request, timeout=10) as answer:
                return str(answer.read().decode())

        def opened(path: Path) -> Any:
            tab = json.loads(ask(f"new?{path.as_uri()}", "PUT"))["id"]
            title, deadline = "", time.monotonic() + 120
            while not title.startswith("measured "):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{path.name} reports nothing")
                time.sleep(0.5)
                title = next(one["title"] for one in json.loads(ask("list")) if one["id"] == tab)
            ask(f"close/{tab}")
            time.sleep(0.5)
            return json.loads(html.unescape(title.removeprefix("measured ")))

        try:
            _up(ask)
            time.sleep(4)  # it has to be at rest: its start is not what is measured
            yield opened
        finally:
            browser.kill()
            browser.wait()
