"""Tables that went through a spreadsheet program, written again as the collection writes them.

`plan` says for each file what would change and writes nothing; `write` makes the change and keeps
the old file beside the new one, so that nothing is lost.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import plain_text, tables
from .files import Change
from .month_names import MONTHS
from .problems import Problem
from .spreadsheets import BY_CONTEXT

KEPT = ".before-mend"
"""What the name of a kept file ends in; a number follows where one is there already."""
_ENCODINGS = (
    *("cp1252", "cp1250", "cp1251", "cp949", "cp932", "mac_roman", "mac_cyrillic", "cp1254"),
    *("gb18030", "cp950", "koi8_u", "cp1253", "cp1257", "cp1255", "cp1256", "cp850", "cp866"),
)
"""Encodings of spreadsheets in the countries of the readers; of two that read alike the first."""
_ASIAN = ("cp949", "cp932", "gb18030", "cp950")
_BROKEN_SHARE = 0.2
"""Of the lines with letters beyond ASCII, how many may still hold what no language puts together.

Above it no encoding that is known fits, and none is offered.
"""


@dataclass(frozen=True)
class Mending:
    """What would become of one file: its `path`, the `changes`, and the new `text`.

    `held` names cells that are in doubt in a way that only the file as it is shows: 4,000 among
    numbers such as 3,5. Such a file is not written until a person has settled them.
    """

    path: Path
    changes: tuple[Change, ...]
    text: str
    held: tuple[Problem, ...] = ()

    def lines(self) -> Iterator[str]:
        """The changes as lines to print; offers say that a person should look."""
        yield f"{self.path.name}:"
        for change in self.changes:
            look = "" if change.sure else "  (likely, please look)"
            yield f"  {change}{look}"
        if self.held:
            yield "  It is left as it is: settle first what is in doubt below, then mend again."


def plan(folder: Path | str | None = None) -> list[Mending]:
    """What can be put back in the tables of a data folder; nothing is written. Raises DataProblem.

    A file that is as it should be, or that nothing is known about, is not among them.
    """
    home = tables.located(folder)
    found = []
    for name in tables.names(home):
        mending = _mending(tables.resource(name, home), home)
        if mending:
            found.append(mending)
    return found


def _mending(entry: dict[str, Any], home: Path) -> Mending | None:
    path = home / entry["path"]
    try:
        before = path.read_bytes()
    except OSError:
        return None
    sheet = tables.sheet_of(entry, home, encoding=_encoding(before, home))
    if not sheet.changes or not sheet.header or not sheet.rows:
        return None
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([sheet.header, *(cells for _, cells in sheet.rows)])
    held = tuple(doubt for doubt in sheet.doubts if BY_CONTEXT in doubt.found)
    return Mending(path, tuple(sheet.changes), out.getvalue(), held)


def write(mending: Mending) -> Path:
    """Write a mended file, whole or not at all, and return where the old one is kept.

    Raises OSError when the folder cannot be written; the old file is then as it was.
    """
    path = mending.path
    kept = _free(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(mending.text)
        os.chmod(temporary, path.stat().st_mode & 0o777)
        kept.write_bytes(path.read_bytes())
        os.replace(temporary, path)
    except BaseException:
        if os.path.exists(temporary):  # or the new file is in place, and the old one only in `kept`
            for half in (kept, Path(temporary)):
                with contextlib.suppress(OSError):
                    half.unlink()
        raise
    return kept


def _free(path: Path) -> Path:
    """A name for the old file that nothing has yet."""
    kept = path.with_name(path.name + KEPT)
    number = 2
    while kept.exists():
        kept = path.with_name(f"{path.name}{KEPT}-{number}")
        number += 1
    return kept


def _encoding(data: bytes, home: Path) -> str:
    """The encoding in which a file reads best; `utf-8` where it is that, nothing if none fits."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        letters = _letters(home)
        best = min(_ENCODINGS, key=lambda name: _strangeness(data, name, letters))
        return "" if _is_broken(data.decode(best, errors="replace")) else best
    return "utf-8"


def _is_broken(text: str) -> bool:
    """Whether a text that was read by a guess is still one that a wrong encoding has made."""
    lines = [line for line in text.splitlines() if not line.isascii()]
    wrong = sum(bool(plain_text.misread(line)) for line in lines)
    return wrong > len(lines) * _BROKEN_SHARE


def _letters(home: Path) -> set[str]:
    """The letters beyond ASCII that the other tables of the folder hold."""
    found: set[str] = set()
    for path in home.glob("*.csv"):
        try:
            found |= {letter for letter in path.read_text(encoding="utf-8") if letter > "\x7f"}
        except (OSError, UnicodeDecodeError):
            continue
    return found


def _strangeness(data: bytes, encoding: str, letters: set[str]) -> float:
    """How unlikely a text is in an encoding: letters new to the collection, and out of place.

    Bytes that are no letter there count most. A capital after a small letter, a sign inside a word
    and two scripts in one word are out of place. Names of months that appear decide.
    """
    text = data.decode(encoding, errors="replace")
    strange = 0.0
    foreign = 0
    for place, letter in enumerate(text):
        if letter <= "\x7f":
            continue
        foreign += 1
        around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
        kind = unicodedata.category(letter)
        strange += 0 if letter in letters else 1
        # In these six Turkish differs; read as cp1252 they are Icelandic, which is rare.
        strange += 0.5 * (encoding == "cp1252" and letter in "ÐÝÞðýþ")
        strange += 9 if letter == "\ufffd" or kind in ("Cc", "Co", "Cn") else 0
        strange += 2 * (kind == "Lu" and any(one.islower() for one in around[:1]))
        strange += 2 * (kind[0] == "S" and around.isalpha() and len(around) == 2)
        strange += 2 * any(one.isascii() and one.isalpha() for one in around) * _apart(letter)
    known = sum(word.casefold() in MONTHS for word in re.findall(r"[^\W\d_]+", text))
    return strange * (1.5 if encoding in _ASIAN else 1.0) / max(foreign, 1) - known


def _apart(letter: str) -> bool:
    """Whether a letter belongs to a script that shares no word with Latin letters."""
    return letter.isalpha() and not unicodedata.name(letter, "LATIN").startswith("LATIN")
