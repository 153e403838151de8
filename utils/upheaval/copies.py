"""The student's own copies of the lessons, in the folder ``my_lessons``.

A copy is the student edition of a notebook: made without running anything, and from then on the
student's. A new version of the collection never touches the folder; `prepare`, at each start, adds
what is missing and renews what nobody has changed. Mostly there is nothing to write; then no more
is loaded than is imported here. Each copy says in its metadata what it was made of and how it was
given, so the folder can be moved or taken to another computer.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .doctor import COPIES
from .os_errors import reason
from .publish import editions

Json = dict[str, Any]

LESSONS = "[0-9][0-9]_*.ipynb"
#: What lets notebooks find the package, from this folder as from ``notebooks``.
FINDER = "upheaval.py"
AGAIN = "Take a whole copy of the collection; what is in your own folder stays yours."
#: What a file raises that is no notebook.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class CopyError(Exception):
    """No lesson can be brought; the message says why, and what to do."""


@dataclass
class Folder:
    """The student's `path`, and what the reader is told: one sentence for each kind of thing."""

    path: Path
    told: list[str] = field(default_factory=list)


# -- what a start does -----------------------------------------------------------------------------
def prepare(root: Path) -> Folder:
    """Add missing lessons of the collection in `root`, renew those that nobody has changed.

    Lessons that the student has changed stay, whatever is new. Raises `CopyError` where there is no
    place for any, or no lesson to copy.
    """
    folder = _folder(root)
    newer, unread, unwritten = [], [], []
    problem: OSError | None = None
    for source in lessons(root):
        copy = folder.path / source.name
        lesson = _lesson(source)
        try:
            if not _bring(lesson, copy):
                newer.append(copy)
        except UNREADABLE:
            unread.append(copy)
        except OSError as error:
            problem = problem or error
            unwritten.append(copy)
    if problem and not any(folder.path.glob(LESSONS)):
        raise CopyError(f"The lessons could not be put into {folder.path}: {reason(problem)}.")
    if folder.path.parent == root:
        _bring_finder(root, folder.path)
    if newer:
        stay = "it stays as you left it" if len(newer) == 1 else "they stay as you left them"
        folder.told.append(
            f"{_named(newer)} changed by you: {stay}, and a newer version is here. {_how(newer)}"
        )
    if unread:
        folder.told.append(f"{_named(unread)} no notebook that can be read. {_how(unread)}")
    if problem and not folder.told:
        folder.told.append(f"{_named(unwritten)} not brought up to date: {reason(problem)}.")
    return folder


def fresh(root: Path, numbers: Sequence[str]) -> list[str]:
    """Bring lessons anew, by their `numbers`; gives a sentence for each.

    The student's copy is kept beside the fresh one, under another name; what was written and
    answered in it is kept apart from notebooks anyway. Raises `CopyError` for a lesson that is not
    there and for a copy that cannot be moved or written; that copy is then as it was.
    """
    there = {source.name[:2]: source for source in lessons(root)}
    unknown = [number for number in numbers if number.zfill(2) not in there]
    if unknown:
        raise CopyError(
            f"There is no lesson {' and no lesson '.join(unknown)}; there are {', '.join(there)}."
        )
    folder = _folder(root)
    return folder.told + [_renew(there[one.zfill(2)], folder.path) for one in numbers]


def lessons(root: Path) -> list[Path]:
    """The notebooks that copies are made of, in order. Raises `CopyError` where there is none."""
    found = sorted((root / "notebooks").glob(LESSONS))
    if not found:
        raise CopyError(f"There are no lessons in {root / 'notebooks'}. {AGAIN}")
    return found


def holds_solutions(root: Path) -> bool:
    """Is the collection in `root` the instructor's, with what students do not get?"""
    return any(
        editions.tags(cell) & editions.INSTRUCTOR_TAGS
        for source in lessons(root)
        for cell in _lesson(source)["cells"]
    )


# -- the folder ------------------------------------------------------------------------------------
def _folder(root: Path) -> Folder:
    """Where the student's copies are, or can be: in the collection, or else in the home folder."""
    own, home = root / COPIES, Path(os.path.expanduser("~")) / COPIES
    if os.path.lexists(own) and not own.is_dir():
        raise CopyError(
            f"{own} is no folder that can be opened, and the folder of your lessons has that name."
            " Give it another name, then run the same command again."
        )
    if _possible(own):
        return Folder(own)
    if any(own.glob(LESSONS)):
        said = f"{own} cannot be written. Your lessons are as they were; JupyterLab can open them,"
        return Folder(own, [f"{said} and cannot save them there."])
    if _possible(home):
        said = f"{root} cannot be written, so your lessons and your answers are in {home}."
        return Folder(home, [said])
    raise CopyError(
        f"Neither {own} nor a home folder of yours ({home}) can be written, so there is no place"
        " for your lessons. Copy the whole collection into a folder of your own, and start it"
        " there."
    )


def _possible(folder: Path) -> bool:
    """Is there a folder, made if need be, in which a file can be made?"""
    try:
        if not folder.is_absolute():  # the home of a user of no name, as in a container
            return False
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=str(folder)):  # permission bits do not tell everywhere
            return True
    except OSError:
        return False


def _bring_finder(root: Path, folder: Path) -> None:
    """Let notebooks find the package from `folder`, also without `start.py`, which sets a path."""
    try:
        text = (root / "notebooks" / FINDER).read_text(encoding="utf-8")
        if not (folder / FINDER).exists() or (folder / FINDER).read_text("utf-8") != text:
            _write(folder / FINDER, text)
    except OSError:
        pass  # the lessons run without it, for whoever started them here


# -- a lesson --------------------------------------------------------------------------------------
def _bring(lesson: Json, copy: Path) -> bool:
    """Make or renew the `copy`; false where it stays behind `lesson`, for somebody changed it.

    Raises one of `UNREADABLE` for a copy that is no notebook, ``OSError`` where it cannot be read
    or written.
    """
    if not os.path.lexists(copy):
        _write(copy, _given(lesson))
        return True
    own = _read(copy)
    mark = editions.marked(own)
    if mark.get("of") == editions.made_of(lesson):
        return True
    if mark.get("as") != editions.fingerprint(own):
        return False
    _write(copy, _given(lesson, own))
    return True


def _renew(source: Path, folder: Path) -> str:
    copy, text = folder / source.name, _given(_lesson(source))
    try:
        if copy.is_file() and copy.read_bytes() == text.encode():
            return f"{copy} is fresh already: nobody has changed it."
        aside = _set_aside(copy) if os.path.lexists(copy) else None
        if not aside and os.path.lexists(copy):
            raise PermissionError(errno.EACCES, "it cannot be moved")
        try:
            _write(copy, text)
        except OSError:
            if aside:
                aside.rename(copy)
            raise
    except OSError as error:
        raise CopyError(f"{copy} is as it was: {reason(error)}.") from None
    if not aside:
        return f"Here it is: {copy}."
    return (
        f"{copy} is fresh. Your old copy is {aside.name}, beside it; your answers are kept. If the"
        " lesson is open in JupyterLab, close it without saving, then open it again."
    )


def _given(lesson: Json, own: Json | None = None) -> str:
    """The text of a fresh copy; cells as they were in the student's `own` keep their outputs."""
    given = editions.for_students(lesson)
    if own:
        before = {cell.get("id"): cell for cell in own["cells"]}
        for place, cell in enumerate(given["cells"]):
            old = before.get(cell["id"])
            if old and editions.content(old) == editions.content(cell):
                given["cells"][place] = old
        if "widgets" in own["metadata"]:
            given["metadata"]["widgets"] = own["metadata"]["widgets"]
    return json.dumps(given, ensure_ascii=False, indent=1) + "\n"


def _write(copy: Path, text: str) -> None:
    from .widgets.core import files

    files.write_whole(copy, text)


def _set_aside(copy: Path) -> Path | None:
    from .widgets.core import files

    return files.set_aside(copy, "mine")


def _lesson(source: Path) -> Json:
    """A notebook of the collection. Raises `CopyError` for one that cannot be read."""
    try:
        return _read(source)
    except (*UNREADABLE, OSError) as error:
        said = reason(error) if isinstance(error, OSError) else "it is no whole notebook"
        raise CopyError(f"{source} cannot be read: {said}. {AGAIN}") from None


def _read(path: Path) -> Json:
    """A notebook as JSON. Raises ``OSError``, and one of `UNREADABLE` for what is none."""
    notebook: Json = json.loads(path.read_text(encoding="utf-8-sig"))
    editions.marked(notebook), editions.fingerprint(notebook)  # or it is no whole one
    return notebook


# -- what is told ----------------------------------------------------------------------------------
def _named(copies: Sequence[Path]) -> str:
    *first, last = [f"{COPIES}/{copy.name}" for copy in copies]
    return f"{', '.join(first)} and {last} are" if first else f"{last} is"


def _how(copies: Sequence[Path]) -> str:
    numbers = " ".join(copy.name[:2] for copy in copies)
    return f"To get the new one and keep yours beside it: python start.py fresh {numbers}"
