"""What a lesson weighs and how long it takes: page, build, nbval, clone.

python benchmarks/weight.py
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from timing import ROOT, machine

# isort: split
from plotly.offline import get_plotlyjs

from browser.drive import LESSONS
from test_notebooks import nbval
from upheaval.publish import page as publisher


def size(folder: Path) -> int:
    """Bytes of all files in `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def lesson(notebook: Path, folder: Path) -> str:
    """One row of the table."""
    start = time.perf_counter()
    path = publisher.build(notebook, out=folder)
    built = time.perf_counter() - start
    weight = (path.stat().st_size - len(get_plotlyjs().encode())) / 1000
    _, wall, work = nbval(notebook)
    return f"| {notebook.stem} | {weight:.0f} | {built:.1f} | {wall:.1f} ({work:.1f} at work) |"


def main() -> None:
    """Measure and print the tables."""
    print(
        f"{machine()}\n\n| lesson | page without plotly.js, kB | build, s | nbval, s |\n| --- | ---"
        " | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as name:
        for notebook in LESSONS:
            print(lesson(notebook, Path(name)), flush=True)
        clone = Path(name) / "clone"
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(clone)], check=True)
        print(
            f"\nA clone: {size(clone) / 1e6:.1f} MB, of which history"
            f" {size(clone / '.git') / 1e6:.1f} MB."
        )


if __name__ == "__main__":
    main()
