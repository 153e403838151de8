"""How long the site takes: built cold, again, and after one edited row.

    python benchmarks/builds.py

Beside it in the same run: the same thirteen notebooks by plain `jupyter nbconvert --to html
--execute`, one edition.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from results import Column, Table, render
from timing import ROOT

# isort: split
from browser.drive import LESSONS
from upheaval.publish import site


def seconds(act: Callable[[], object]) -> float:
    """How long `act` takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


@contextmanager
def own_tables(folder: Path) -> Iterator[Path]:
    """A copy of the tables, which everything reads meanwhile in place of ours."""
    copied = shutil.copytree(ROOT / "data", folder / "data")
    before = os.environ.get("UPHEAVAL_DATA")
    os.environ["UPHEAVAL_DATA"] = str(copied)
    try:
        yield copied
    finally:
        del os.environ["UPHEAVAL_DATA"]
        if before is not None:
            os.environ["UPHEAVAL_DATA"] = before


def measure(quick: bool = False) -> Table:
    """Build the site as often as it takes; to try it, nbconvert converts one notebook only."""
    table = Table("build", [Column("seconds"), Column("target, seconds")])
    with tempfile.TemporaryDirectory() as name, own_tables(Path(name)) as copied:
        folder, estimates = Path(name), copied / "estimates.csv"
        out, cache = folder / "site", folder / "cache"

        def build() -> None:
            site.build(out, cache=cache)

        table.add("both editions, cold", seconds(build), 30)
        table.add("both editions, nothing changed", seconds(build), None)
        head, row, rest = estimates.read_text(encoding="utf-8").split("\n", 2)
        # The last column is a note.
        estimates.write_text("\n".join([head, f"{row} Edited.", rest]), encoding="utf-8")
        table.add("both editions, one row of `estimates` edited", seconds(build), 12)
        command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--execute"]
        command += [
            "--log-level=ERROR",
            "--output-dir",
            str(folder / "plain"),
            *map(str, LESSONS[: 1 if quick else None]),
        ]
        plain = seconds(lambda: subprocess.run(command, check=True))
        table.add("plain `jupyter nbconvert --execute`, one edition", plain, None)
    return table


if __name__ == "__main__":
    print(render(asdict(measure())))
