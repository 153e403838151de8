"""Which files the commands have made, and may make again: what is a reader's own is never replaced.

A name says nothing: a reader's essay may be called like a page. So each kind is known by what is in
it. `marked` puts a mark where the kind has none of itself.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Container
from pathlib import Path

from .. import os_errors
from ..widgets.core import files
from .execution import PageError, not_written

#: What a page says made it, in its head.
GENERATOR = "Axis of Upheaval: a teaching unit"
#: How a file of questions begins, whichever the lessons are.
CATEGORY = "$CATEGORY: Axis of Upheaval/"
#: Every file in a ZIP has this time, so that the same content makes the same bytes.
EPOCH = (2024, 11, 27, 0, 0, 0)
#: What the names of files end in that a new page may replace.
PAGES = {".html", ".htm"}
_PDF_MARK = b"\n% Axis of Upheaval: a teaching unit\n"
_MADE_BY = re.compile(
    rb'<meta (?=[^>]*name="generator")[^>]*content="%b"' % re.escape(GENERATOR).encode()
)
_HEAD = 4_000
"""How many bytes of a page are read: the address of what made it stands near its beginning."""


def marked(pdf: bytes) -> bytes:
    """A PDF that can be known again: a comment behind its end, which no reader shows."""
    return pdf + _PDF_MARK


def target_of(out: Path | str | None, name: str, endings: Container[str] = PAGES) -> Path:
    """The file to write: ``out``, or ``name`` in it where it is a folder (by default, the working).

    What is not there yet and has no ending becomes a folder, when the file is written. Looked at
    before anything runs. Only a file that ends in one of ``endings`` and was made by these commands
    may be replaced. Raises `PageError` for what is no place for the file.
    """
    out = Path(out) if out else Path.cwd()
    new = not out.suffix and not os.path.lexists(out)
    target = out / name if new or out.is_dir() else out
    if not new and not target.parent.is_dir():
        raise PageError(f"{target.parent} is no folder. Make it first, or name another place.")
    if target.is_dir():
        raise PageError(
            f"{target} is a folder, and the file would have its name. Give it another name, or"
            " name another place with --out."
        )
    if os.path.lexists(target) and not (target.is_file() and target.suffix in endings):
        raise PageError(
            f"{target} is there already and is of another kind, so it stays. Name a folder with"
            f" --out, or a file that ends in {Path(name).suffix}."
        )
    if target.suffix not in endings:
        raise PageError(
            f"{target} would be a file that no program opens as what it is. Name a folder with"
            f" --out, or a file that ends in {Path(name).suffix}."
        )
    keep_what_is_not_ours(target)
    if problem := os_errors.room_in(target.parent):
        raise not_written(target, problem)
    return target


def write(target: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, and its folder where there is none; raises ``OSError``."""
    make_folder(target.parent)
    files.write_whole(target, content)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, where there is none; raises ``OSError``."""
    with os_errors.naming(folder):
        folder.mkdir(parents=True, exist_ok=True)


def keep_what_is_not_ours(target: Path) -> None:
    """Raise `PageError` where ``target`` is there and none of these commands has made it."""
    if os.path.lexists(target) and not _is_ours(target):
        raise PageError(
            f"{target} is there already and was not made by this command, so it stays. Rename it,"
            " move it away, or name another place with --out."
        )


def _is_ours(path: Path) -> bool:
    try:
        if path.suffix == ".zip":
            return _is_our_zip(path)
        content = path.read_bytes()
    except (OSError, zipfile.BadZipFile):
        return False
    if path.suffix == ".pdf":
        return content.endswith(_PDF_MARK)
    if path.suffix == ".txt":
        return content.startswith(CATEGORY.encode())
    return bool(_MADE_BY.search(content[:_HEAD]))


def _is_our_zip(path: Path) -> bool:
    """Every file in a ZIP of ours has the same time, which is none of the clock's."""
    with zipfile.ZipFile(path) as found:
        times = {one.date_time for one in found.infolist()}
    return times == {EPOCH}
