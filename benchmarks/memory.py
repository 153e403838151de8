"""What a kernel holds in memory after each lesson, beside one that only imported pandas and plotly.

python benchmarks/memory.py
"""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

from results import Column, Table, render
from timing import ROOT

# isort: split
import nbformat
import psutil
from nbclient import NotebookClient

from browser.drive import LESSONS

BARE = "import pandas\nimport plotly.express"


def held(notebook: nbformat.NotebookNode, folder: Path) -> float:
    """MB of a kernel's process when every cell of `notebook` has run in it, in `folder`."""
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    client.skip_cells_with_tag = "skip-execution"
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        process = psutil.Process(client.km.provisioner.process.pid)
        return float(process.memory_info().rss) / 1e6


def measure(quick: bool = False) -> Table:
    """Run every lesson live, in a kernel of its own; to try it, only the first."""
    os.environ["FACE_MODE"] = "live"
    table = Table("a kernel that ran", [Column("MB")])
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BARE)])
    table.add("`import pandas, plotly.express`", held(bare, ROOT / "notebooks"))
    for path in LESSONS[: 1 if quick else None]:
        notebook = nbformat.read(path, as_version=4)
        table.add(f"lesson {path.stem[:2]}", held(notebook, ROOT / "notebooks"))
    del os.environ["FACE_MODE"]
    return table


if __name__ == "__main__":
    print(render(asdict(measure())))
