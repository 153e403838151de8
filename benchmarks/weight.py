"""What a lesson weighs and how long it takes: as one file, in the site, to build, under nbval.

python benchmarks/weight.py
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from results import Column, Table, render
from timing import ROOT

# isort: split
from browser.drive import LESSONS
from test_notebooks import nbval
from upheaval.publish import page as publisher
from upheaval.publish import site

#: At most: kB of a file, kB of a page of the site without what pages share, seconds under nbval.
TARGETS = (1600, 250, None, 8)


def size(folder: Path) -> int:
    """Bytes of all files in `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def clone(folder: Path) -> tuple[float, float]:
    """MB of a clone on the disk, and of the history in it, which is what travels."""
    copy = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(copy)], check=True)
    return size(copy) / 1e6, size(copy / ".git") / 1e6


def measure(quick: bool = False) -> Table:
    """Build and run every lesson, one after another; to try it, only the first."""
    columns = [Column("one file, kB"), Column("page of the site, kB")]
    columns += [Column("build, s", 1), Column("nbval, s", 1)]
    table = Table("lesson", columns)
    total = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site.build(folder / "site", cache=folder / "cache")
        for notebook in LESSONS[: 1 if quick else None]:
            start = time.perf_counter()
            path = publisher.build(notebook, out=folder)
            built = time.perf_counter() - start
            (of_site,) = (folder / "site" / "student" / "lessons").glob(
                f"{notebook.stem[:2]}*.html"
            )
            _, wall, _ = nbval(notebook)
            total = [total[0] + built, total[1] + wall]
            kilobytes = [one.stat().st_size / 1000 for one in (path, of_site)]
            table.add(notebook.stem, *kilobytes, built, wall)
        table.add("all", None, None, *total)
        table.add("target, each", *TARGETS)
        table.add("target, all under nbval", None, None, None, 60)
    return table


def measure_clone(quick: bool = False) -> Table:
    """Clone the repository, which is quick in any case."""
    table = Table("a clone", [Column("MB", 1), Column("target, MB")])
    with tempfile.TemporaryDirectory() as name:
        whole, history = clone(Path(name))
        table.add("what is fetched: the whole history, packed", history, 10)
        table.add("on the disk, with the files", whole, None)
    return table


if __name__ == "__main__":
    print(render(asdict(measure())), render(asdict(measure_clone())), sep="\n\n")
