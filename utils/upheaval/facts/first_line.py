"""The names of the columns in the first line of a table: known, put back, or told as one thing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from .plain_text import visible
from .problems import Problem, quoted

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]|^ï»¿")
_KINDS = (
    (b"PK\x03\x04", "a workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old workbook of Excel"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"SQLite format", "a database"),
    (b"version https://git-lfs", "a pointer of Git LFS, and not the file itself"),
)
_PAGE = re.compile(rb"\s*(<!doctype html|<html|<\?xml)", re.IGNORECASE)
_JSON = re.compile(rb"\s*(\{\s*[\"}]|\[\s*[\[{\"\]])")


def other_kind(data: bytes) -> str:
    """What a file is whose bytes begin as those of no table; empty where they may be one."""
    for start, what in _KINDS:
        if data.startswith(start):
            return what
    if _PAGE.match(data):
        return "a web page"
    return "JSON" if _JSON.match(data) else ""


#: Letters that may stand around a column's name: quotation marks, spaces and unseen characters.
_AROUND = 20


def put_back(header: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The names of a first line as the schema has them, where only their form is another.

    `Date Precision`, `'date` and names with characters that nobody sees are such forms.
    """
    known = {_plain(name): name for name in columns}
    found = [name if name in columns else known.get(_plain(name), name) for name in header]
    return found if len(set(found)) == len(set(header)) else list(header)


def is_one(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether a line names every column, in whatever form and order."""
    longest = max(map(len, columns)) + _AROUND  # a row of the table has a longer cell: almost all
    if len(cells) < len(columns) or max(map(len, cells)) > longest:
        return False
    return set(columns) <= set(put_back(cells, columns))


def _plain(name: str) -> str:
    name = _UNSEEN.sub("", name).strip().strip("'’`\"“”").casefold()
    return re.sub(r"[\s_-]+", "_", name)


def faults(
    file: str, header: Sequence[str], columns: Sequence[str], below: int = 0
) -> Iterator[Problem]:
    """Every column once, none besides; their order is free. One problem, however many are wrong.

    `below` is the line in which the names stand instead, if any.
    """
    all_of_them = f"The columns of {file} are: {', '.join(columns)}."
    missing = [name for name in columns if name not in header]
    twice = [name for name in columns if header.count(name) > 1]
    others = [name for name in dict.fromkeys(header) if name not in columns]
    if len(missing) > len(columns) / 2:
        found = f"{quoted(', '.join(header))} in the place of the names of the columns"
        expected = "Put that line back as the first one, and nothing above it."
        if below:
            expected = f"They stand in line {below}: that line should be the first."
        yield Problem(file, "line 1", "", found, f"{expected} {all_of_them}")
    elif len(missing) == 1 and (twice or others):
        # One name was written over: another one, known or not, stands in its place.
        instead = (others or twice)[0]
        found = f"no such column in line 1, but {quoted(instead)}{'' if others else ' twice'}"
        near = difflib.get_close_matches(missing[0], [visible(one) for one in others], n=1)
        expected = "Write its name there, in plain letters." if near else "It should be there once."
        yield Problem(file, "line 1", missing[0], found, f"{expected} {all_of_them}")
    elif missing:
        found = "no such column in line 1"
        if len(missing) > 1:
            found += f", and neither {', '.join(missing[1:])}"
        once = "It" if len(missing) == 1 else "Each"
        if others:
            found += f"; but {', '.join(map(quoted, others))}"
        yield Problem(
            file, "line 1", missing[0], found, f"{once} should be there once. {all_of_them}"
        )
    elif twice:
        found = f"this column {header.count(twice[0])} times"
        if len(twice) > 1:
            found += f", and {', '.join(twice[1:])} more than once, too"
        yield Problem(file, "line 1", twice[0], found, f"It should be there once. {all_of_them}")
    elif others:
        found = "a column that the schema does not know" if others[0] else "a column without a name"
        if len(others) > 1:
            found += f", and {len(others) - 1} more: {', '.join(map(quoted, others[1:]))}"
        expected = f"Take it out, or describe it in datapackage.json. {all_of_them}"
        yield Problem(file, "line 1", others[0], found, expected)
