"""How the benchmarks measure: from a reader's input to the frame that shows the new chart."""

from __future__ import annotations

import html
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "utils"), str(ROOT / "tests")]

from playwright.sync_api import Page  # noqa: E402  (the folders above have to be on the path first)

from browser.drive import free_port  # noqa: E402
from browser.find import chromium  # noqa: E402

# The clock starts with the browser's own input event. The chart counts as new when its marks are
# others than before (or there is none) in an animation frame, and the clock stops when that frame
# has been laid out and painted: a message posted from a frame arrives after it.
WATCH = """() => {
  const marks = () => {
    const boxes = [...document.querySelectorAll('.js-plotly-plot')];
    const box = boxes.find((one) => one.checkVisibility());
    const points = box ? box.querySelectorAll('.scatterlayer .point') : [];
    const place = (point) => point?.getAttribute('transform') ?? '';
    return `${points.length} ${place(points[0])} ${place(points[points.length - 1])}`;
  };
  window.clock = { now: null };
  document.addEventListener('change', () => {
    const start = performance.now(), before = marks();
    window.clock.now = null;
    const look = () => {
      if (marks() === before || marks().startsWith('0 ')) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.clock.now = performance.now() - start; };
      port2.postMessage(0);
    };
    requestAnimationFrame(look);
  }, true);
}"""


def watch(page: Page) -> None:
    """Start to time every input in `page`."""
    page.evaluate(WATCH)


def timed(page: Page, act: Callable[[], object]) -> float:
    """Milliseconds from the input that `act` makes to the painted chart."""
    page.evaluate("() => { window.clock.now = null; }")
    act()
    page.wait_for_function("() => window.clock.now !== null", timeout=60_000)
    return float(page.evaluate("() => window.clock.now"))


@contextmanager
def running_browser() -> Iterator[Callable[[Path], str]]:
    """A browser that is up, with a new profile; gives a function that opens a page and comes back
    with what it tells.

    The page tells by its title ("told ..."), which the browser lists. So no debugger is attached to
    it, as none is at a reader's: with one, plotly.js alone takes half a second longer to start.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        port = free_port()
        command = [
            str(chromium()),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
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

        def opened(path: Path) -> str:
            tab = json.loads(ask(f"new?{path.as_uri()}", "PUT"))["id"]
            title, deadline = "", time.monotonic() + 60
            while not title.startswith("told "):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{path.name} tells nothing")
                time.sleep(0.5)
                title = next(one["title"] for one in json.loads(ask("list")) if one["id"] == tab)
            ask(f"close/{tab}")
            time.sleep(0.5)
            return html.unescape(title.removeprefix("told "))

        try:
            time.sleep(4)  # it has to be up and at rest: its start is not what is measured
            yield opened
        finally:
            browser.kill()
            browser.wait()


def summary(values: list[float]) -> str:
    """Median and range of `values`, in the unit they have."""
    return f"{statistics.median(values):.0f} ({min(values):.0f} to {max(values):.0f})"


def machine() -> str:
    """What the figures were measured on."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} processors, {platform.system()}, Python"
        f" {platform.python_version()}{load}"
    )
