"""A file that is wrong as a whole is read where that is beyond doubt, and else told once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from upheaval.facts import tables

ENTRY = tables.resource("places")
TEXT = (tables.folder() / ENTRY["path"]).read_text(encoding="utf-8")
ROWS = list(csv.reader(io.StringIO(TEXT, newline="")))
NAMES = ROWS[0]


def written(rows: list[list[str]], separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def named(change: Callable[[str], str]) -> bytes:
    """The table with the names of its columns changed."""
    return written([[change(name) for name in NAMES], *ROWS[1:]])


def numbered(name: str, first: int, place: int = 0) -> bytes:
    """The table with a column in which a program has counted the rows, as pandas and R do."""
    counted = [name, *(str(number) for number in range(first, first + len(ROWS) - 1))]
    return written(
        [[*row[:place], one, *row[place:]] for one, row in zip(counted, ROWS, strict=True)]
    )


def parsed(data: bytes, folder: Path) -> tables.Table:
    (folder / ENTRY["path"]).write_bytes(data)
    return tables.parse(ENTRY, folder)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-32-le"),
        TEXT.encode("utf-32-be"),
        b"\xef\xbb\xbf" * 2 + TEXT.encode(),
        "ï»¿".encode() + TEXT.encode(),
        TEXT.encode() + b"\x1a",
        TEXT.encode() + b"\0" * 512,
        written(ROWS, "~"),
        written(ROWS, ":"),
        named(str.upper),
        named(lambda name: name.replace("_", " ").title()),
        named(lambda name: f"\u200b{name}"),
        named(lambda name: f"'{name}"),
        written([NAMES, *ROWS]),
        written([*ROWS[:3], NAMES, *ROWS[3:]]),
        numbered("", 0),
        numbered("", 1),
        numbered("Unnamed: 0", 0),
        numbered("", 1, place=len(NAMES)),
    ],
)
def test_what_is_beyond_doubt_is_read(data: bytes, tmp_path: Path) -> None:
    table = parsed(data, tmp_path)
    assert not table.problems, table.problems
    pd.testing.assert_frame_equal(table.frame, tables.read("places"))
    assert table.changes, "what was put back is named"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04" + bytes(range(256)), "a workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "an old workbook of Excel"),
        (b"<!DOCTYPE html><title>Sign in</title>", "a web page"),
        (b'[{"id": "x"}]', "JSON"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS"),
        (written(ROWS[1:]), "in the place of the names of the columns"),
        (written([*ROWS[1:], NAMES]), f"They stand in line {len(ROWS)}"),
        (b"# saved by me\n" + TEXT.encode(), "They stand in line 2"),
        (written([list(column) for column in zip(*ROWS, strict=True)]), "in the place of"),
        (named(lambda name: "nаme" if name == "name" else name), "in plain letters"),
        (named(lambda name: "id" if name == "name" else name), '"id" twice'),
        (TEXT.encode().replace(b"\n", b"\n<<<<<<< HEAD\n", 1), "line 2: found the mark of a merge"),
        (written([[f"{cell} " for cell in row] for row in ROWS]), "Take out the spaces around it."),
        (written([*ROWS, ["Total", *["?"] * (len(NAMES) - 1)]]), "or is it no row?"),
        (written([NAMES, ["", *ROWS[1][:-1]], *ROWS[2:]]), "Have the cells of this row moved"),
    ],
)
def test_one_cause_of_a_whole_file_is_told_once(data: bytes, told: str, tmp_path: Path) -> None:
    table = parsed(data, tmp_path)
    assert len(table.problems) == 1, table.problems
    assert told in str(table.problems[0])
    assert len(str(table.problems[0])) < 1500 and str(table.problems[0]).isprintable()


def test_a_cell_that_is_no_id_is_cut_in_a_message(tmp_path: Path) -> None:
    (problem,) = parsed(TEXT.encode() + b"x" * 900 + b"\n", tmp_path).problems
    assert len(problem.row) < 120


@pytest.mark.parametrize("data", [numbered("", 2), numbered("count", 0)])
def test_a_column_that_counts_something_else_is_told(data: bytes, tmp_path: Path) -> None:
    (problem,) = parsed(data, tmp_path).problems
    assert "column" in problem.found
