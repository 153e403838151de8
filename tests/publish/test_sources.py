"""Refreshing a notebook keeps what tests compare and drops everything else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from upheaval.publish import page, sources

pytestmark = pytest.mark.thorough


def notebook(folder: Path, *cells: tuple[str, list[str]]) -> Path:
    made = [
        nbformat.v4.new_code_cell(
            source,
            id=f"cell-{index}",
            metadata={"tags": tags},
            execution_count=7,
            outputs=[nbformat.v4.new_output("stream", text="old")],
        )
        for index, (source, tags) in enumerate(cells)
    ]
    path = folder / "99_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata={"widgets": {"state": {}}}), path)
    return path


def test_compared_outputs_are_stored_anew_and_others_dropped(tmp_path: Path) -> None:
    path = notebook(tmp_path, ("print('new')", ["nbval-check-output"]), ("print('other')", []))
    assert sources.refresh(path) is True
    kept = nbformat.read(path, as_version=4)
    assert [cell.outputs for cell in kept.cells] == [
        [{"output_type": "stream", "name": "stdout", "text": "new\n"}],
        [],
    ]
    assert [cell.execution_count for cell in kept.cells] == [
        1,
        None,
    ], "nbval compares only with cells that were run"
    assert "widgets" not in kept.metadata and "execution" not in kept.cells[0].metadata
    assert sources.refresh(path) is False, "a second time there is nothing to write"


def test_a_notebook_that_fails_is_left_as_it_was(tmp_path: Path) -> None:
    path = notebook(tmp_path, ("1 / 0", ["nbval-check-output"]))
    before = path.read_bytes()
    with pytest.raises(page.PageError, match="cell 1"):
        sources.refresh(path)
    assert path.read_bytes() == before
