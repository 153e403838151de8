"""The field's own tool, frictionless, takes the package, the schema and all rows as we do."""

from __future__ import annotations

from typing import Any

import frictionless
import pandas as pd
import pytest

from upheaval.facts import package, tables

pytestmark = pytest.mark.thorough

PATH = tables.folder() / package.NAME


@pytest.fixture(scope="module")
def theirs() -> Any:
    return frictionless.Package(str(PATH))


def test_frictionless_finds_package_schema_and_rows_valid(theirs: Any) -> None:
    report = theirs.validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert {task.name for task in report.tasks} == set(tables.names())


def plain(cell: Any) -> Any:
    """A cell of either side: no value is None, a list is a list, a day is a date, numbers equal."""
    if isinstance(cell, tuple | list):
        return list(cell)
    if cell is None or pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else cell


@pytest.mark.parametrize("name", tables.names())
def test_a_table_that_frictionless_loads_is_ours(theirs: Any, name: str) -> None:
    rows = theirs.get_resource(name).read_rows()
    ours = tables.read(name)
    assert len(rows) == len(ours)
    for row, mine in zip(rows, tables.records(ours), strict=True):
        for column, cell in mine.items():
            loaded = plain(row[column])
            loaded = [] if loaded is None and isinstance(cell, tuple) else loaded
            loaded = float(loaded) if isinstance(cell, float) and loaded is not None else loaded
            assert loaded == plain(cell), (name, row["id"], column)
