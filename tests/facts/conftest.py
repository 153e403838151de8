"""A copy of the data folder to break, and the tools to break it with."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from upheaval.facts import tables


@dataclass
class Copy:
    """A copy of the data folder at `path`."""

    path: Path

    def file(self, table: str) -> Path:
        """The file of a table."""
        return self.path / f"{table}.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table as text."""
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def save(self, table: str, rows: list[dict[str, str]]) -> None:
        """Write rows of text back, with the columns of the first."""
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change(self, table: str, wanted: Callable[[dict[str, str]], bool], **cells: str) -> str:
        """Set cells in the first row that is `wanted`, and return its id."""
        rows = self.rows(table)
        row = next(row for row in rows if wanted(row))
        row.update(cells)
        self.save(table, rows)
        return row["id"]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the collection's data in a folder with a space and letters of another script in its
    path.
    """
    path = tmp_path / "мои data"
    shutil.copytree(tables.folder(), path)
    return Copy(path)
