"""From opening a page in a new tab, from disk, to its first chart.

    python benchmarks/first_chart.py

Beside the pages of the site and the lessons as single files, in the same run: a page that plotly
itself writes of the timeline.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

from results import Column, Table, render
from timing import ROOT, SEEN, add_script, running_browser

# isort: split
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.publish import page as publisher
from upheaval.publish import site

OPENINGS = 5
#: Milliseconds that we want a page to need at most.
TARGET = 350
#: The lessons that are measured as single files too: a light one, and two with much in them.
SINGLE = ("02", "07", "11")


def opened(path: Path, openings: int) -> list[float]:
    """Milliseconds from opening `path` to its first chart, several times in one new profile."""
    add_script(path, SEEN)
    with running_browser() as open_page:
        return [float(open_page(path)) for _ in range(openings)]


def measure(quick: bool = False) -> Table:
    """Build the student edition, and open every page; to try it, only the first, once."""
    count = 1 if quick else OPENINGS
    columns = [Column("ms, median (range)"), Column("target, ms")]
    table = Table("opened from disk, to the first chart", columns)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site.build(folder / "site", cache=folder / "cache")
        student = folder / "site" / "student"
        table.add("the site's first page", opened(student / "index.html", count), TARGET)
        for path in sorted((student / "lessons").glob("*.html"))[: 1 if quick else None]:
            table.add(f"the site, lesson {path.stem[:2]}", opened(path, count), TARGET)
        for notebook in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")):
            if notebook.stem[:2] in SINGLE[: 1 if quick else None]:
                page = publisher.build(notebook, out=folder)
                table.add(f"one file, lesson {notebook.stem[:2]}", opened(page, count), TARGET)
        peer = folder / "plotly.html"
        timeline.swimlanes(tables.read("events"), "2024").figure.write_html(peer)
        table.add("a page that plotly itself writes of the timeline", opened(peer, count), None)
    return table


if __name__ == "__main__":
    print(render(asdict(measure())))
