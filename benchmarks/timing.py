"""How the benchmarks measure: from a reader's input to the frame that shows the new chart."""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "utils"), str(ROOT / "tests")]

from playwright.sync_api import Page  # noqa: E402  (the folders above have to be on the path first)

# The clock starts with the browser's own input event. The chart counts as new when its marks are others than before
# (or there is none) in an animation frame, and the clock stops when that frame has been laid out and painted: a message
# posted from a frame arrives after it.
_WATCH = """() => {
  const marks = () => {
    const box = [...document.querySelectorAll('.js-plotly-plot')].find((one) => one.checkVisibility());
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
    page.evaluate(_WATCH)


def timed(page: Page, act: Callable[[], object]) -> float:
    """Milliseconds from the input that `act` makes to the painted chart."""
    page.evaluate("() => { window.clock.now = null; }")
    act()
    page.wait_for_function("() => window.clock.now !== null", timeout=60_000)
    return float(page.evaluate("() => window.clock.now"))


def summary(values: list[float]) -> str:
    """Median and range of `values`, in the unit they have."""
    return f"{statistics.median(values):.0f} ({min(values):.0f} to {max(values):.0f})"


def machine() -> str:
    """What the figures were measured on."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}{load}"
