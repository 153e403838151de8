"""A copy of the data folder to break, and the tools to break it with."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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


@pytest.fixture(autouse=True, scope="session")
def tables_read_once() -> Iterator[None]:
    """What no test has changed is not read anew: the same bytes give the same table, or schema."""
    packages: dict[bytes, dict[str, Any]] = {}
    load = tables._load_package

    def load_once(path: Path) -> dict[str, Any]:
        if not path.is_file():
            return load(path)
        text = path.read_bytes()
        if text not in packages:
            packages[text] = load(path)
        return packages[text]

    known: dict[tuple[str, bytes], tables.Table] = {}
    parse = tables.parse

    def parse_once(entry: dict[str, Any], home: Path) -> tables.Table:
        path = home / entry["path"]
        if not path.is_file():
            return parse(entry, home)
        key = json.dumps(entry), path.read_bytes()
        if key not in known:
            known[key] = parse(entry, home)
        return replace(known[key], problems=list(known[key].problems))  # readers add to them

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_load_package", load_once)
        patch.setattr(tables, "parse", parse_once)
        yield


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the collection's data in a folder with a space and letters of another script in its
    path.
    """
    path = tmp_path / "мои data"
    shutil.copytree(tables.folder(), path)
    return Copy(path)
