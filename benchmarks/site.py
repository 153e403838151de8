"""How long the site takes: to build cold, again, and after one edited row; and from opening a page
to the first chart.

    python benchmarks/site.py

Beside it in the same run: the same thirteen notebooks by plain `jupyter nbconvert --to html
--execute`, and a page that plotly itself writes of the same first chart.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from timing import machine, running_browser, summary

# isort: split
from browser.drive import LESSONS
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.publish import site

ROUNDS = 5
# The clock starts with the navigation. A chart counts as seen when it has been laid out and
# painted: a message posted from the frame that first has it arrives after that frame. The page
# tells by its title, which the browser lists.
_SEEN = """;(() => {
  const look = () => {
    const plot = document.querySelector('.js-plotly-plot .main-svg');
    if (!plot || !plot.querySelector('.point, .trace')) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { document.title = `told ${performance.now()}`; };
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
})();"""


def seconds(act: Callable[[], object]) -> float:
    """How long `act` takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def first_chart(path: Path) -> list[float]:
    """Milliseconds from opening `path` in a new tab to its first chart, several times in one new
    profile.
    """
    with running_browser() as open_page:
        return [float(open_page(path)) for _ in range(ROUNDS)]


def builds(folder: Path) -> list[tuple[str, float]]:
    """The site built cold, again, and after one row of one table was edited; and nbconvert."""
    out, cache = folder / "site", folder / "cache"
    table = Path(os.environ["UPHEAVAL_DATA"]) / "estimates.csv"

    def edited() -> None:
        text = table.read_text(encoding="utf-8")
        head, row, rest = text.split("\n", 2)
        table.write_text(
            "\n".join([head, f"{row} Edited.", rest]), encoding="utf-8"
        )  # the last column is a note
        site.build(out, cache=cache)

    command = [
        sys.executable,
        "-m",
        "jupyter",
        "nbconvert",
        "--to",
        "html",
        "--execute",
        "--log-level=ERROR",
        "--output-dir",
        str(folder / "plain"),
        *map(str, LESSONS),
    ]
    return [
        ("both editions, cold", seconds(lambda: site.build(out, cache=cache))),
        ("both editions, nothing changed", seconds(lambda: site.build(out, cache=cache))),
        ("both editions, one row of `estimates` edited", seconds(edited)),
        (
            "plain nbconvert of the thirteen notebooks, one edition",
            seconds(lambda: subprocess.run(command, check=True)),
        ),
    ]


def main() -> None:
    """Measure and print the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(tables.folder(), folder / "data")
        os.environ["UPHEAVAL_DATA"] = str(folder / "data")
        print(f"{machine()}\n\n| build | seconds |\n| --- | --- |", flush=True)
        for what, took in builds(folder):
            print(f"| {what} | {took:.0f} |", flush=True)
        peer = folder / "plotly.html"
        timeline.swimlanes(tables.read("events"), "2024").figure.write_html(peer)
        peer.write_text(
            peer.read_text(encoding="utf-8") + f"<script>{_SEEN}</script>", encoding="utf-8"
        )
        student = folder / "site" / "student"
        with (student / "_static" / "face.js").open("a", encoding="utf-8") as face:
            face.write(_SEEN)
        print(
            "\n| opened from disk, to the first chart | ms, median (range) |\n| --- | --- |",
            flush=True,
        )
        for path in [student / "index.html", *sorted((student / "lessons").glob("*.html")), peer]:
            what = "a page that plotly writes of the timeline" if path == peer else path.stem
            print(f"| {what} | {summary(first_chart(path))} |", flush=True)


if __name__ == "__main__":
    main()
