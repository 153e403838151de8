"""Find what students handed in: files in a folder and in ZIPs, however a platform named them.

Nothing is unpacked to disk, no link is followed, and what is too large is left out. What cannot be
read is named in a sentence, and stops nothing.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from .. import os_errors

#: Bytes. The longest work that a student can write in all lessons is far below the first.
LARGEST_FILE = 8_000_000
LARGEST_ZIP = 1_000_000_000
ALL_TOGETHER = 300_000_000
#: Files in all, ZIPs in one another, and entries of one ZIP.
MOST_FILES = 5_000
DEEPEST = 4
MOST_ENTRIES = 50_000

#: Files that may hold work; a page only if a memo was saved as one.
TEXTS = {".json", ".csv", ".html", ".htm"}
PAGES = {".html", ".htm"}
#: What stands in a page that holds a file of work: `webPage` in ``widgets/memo/export.ts``.
HELD = '<template class="my-work">'
#: What the page of a class begins with: one that was made before is no file of a student.
OURS = '<meta name="upheaval" content="class">'
#: What systems leave beside files; nobody handed it in.
LITTER = {"thumbs.db", "desktop.ini", ".ds_store"}
#: As many files of other kinds are named one by one.
NAMED = 6


def limits() -> dict[str, int]:
    """What is read at most, for the page that reads what is dropped on it (``ReadingLimits``)."""
    return {
        "largestFile": LARGEST_FILE,
        "largestZip": LARGEST_ZIP,
        "allTogether": ALL_TOGETHER,
        "mostFiles": MOST_FILES,
        "deepest": DEEPEST,
        "mostEntries": MOST_ENTRIES,
    }


@dataclass(frozen=True)
class File:
    """A file that may hold work: where it was found, when it was changed (ISO text), its text."""

    place: str
    changed: str
    text: str


@dataclass
class Found:
    """What a folder holds: files, and a sentence on each thing that could not be read."""

    files: list[File] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    #: Files of other kinds, by their places.
    others: list[str] = field(default_factory=list)
    size: int = 0

    def is_full(self) -> bool:
        """Whether as much was read as may be; the first time that is told among the problems."""
        full = len(self.files) >= MOST_FILES or self.size >= ALL_TOGETHER
        if full and (told := _told_full()) not in self.problems:
            self.problems.append(told)
        return full


def read(folder: Path) -> Found:
    """What stands in ``folder``, which may be a ZIP itself, and in all that it holds.

    Raises ``OSError`` where the folder itself cannot be read.
    """
    found = Found()
    if folder.is_file():
        _read_file(found, folder, folder.name)
    else:
        os.listdir(folder)  # os.walk passes by a folder that may not be read
        for path, place in _walk(found, folder):
            if found.is_full():
                break
            _read_file(found, path, place)
    if found.others:
        found.problems.append(_told_others(found.others))
    return found


def _told_full() -> str:
    return (
        f"More than {MOST_FILES} files, or more than {ALL_TOGETHER // 1_000_000} MB: the rest was"
        " left out. Read one class at a time."
    )


def _told_others(places: list[str]) -> str:
    first, count = ", ".join(places[:NAMED]), len(places)
    more = f" and {count - NAMED} more" if count > NAMED else ""
    was, it = ("is no file", "it") if count == 1 else ("are no files", "them")
    return f"{first}{more} {was} of answers (these end in .json): left out, look at {it} yourself."


def _walk(found: Found, folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file below ``folder`` with its place in it, sorted; links are named only."""

    def unread(error: OSError) -> None:
        name = Path(os.fsdecode(error.filename or "")).name
        found.problems.append(f"{name} was left out: {os_errors.reason(error)}.")

    for where, folders, names in os.walk(folder, onerror=unread):
        inside = Path(where)
        folders[:] = sorted(name for name in folders if not _is_litter(name))
        for name in [one for one in folders if _is_link(inside / one)]:
            folders.remove(name)
            found.problems.append(_linked((inside / name).relative_to(folder).as_posix()))
        for name in sorted(names):
            path = inside / name
            place = path.relative_to(folder).as_posix()
            if _is_litter(name):
                continue
            if _is_link(path):
                found.problems.append(_linked(place))
            else:
                yield path, place


def _is_litter(name: str) -> bool:
    return name.lower() in LITTER or name.startswith(("._", "__MACOSX", ".my_work", ".git"))


def _is_link(path: Path) -> bool:
    # A junction of Windows leads elsewhere as a link does; Python knows it from 3.12.
    return path.is_symlink() or bool(getattr(path, "is_junction", bool)())


def _linked(place: str) -> str:
    return f"{place} was left out: it is a link to another place, and links are not followed."


def _read_file(found: Found, path: Path, place: str) -> None:
    """Read one file of the disk into what was ``found``."""
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            found.problems.append(f"{_shown(place)} was left out: it is no ordinary file.")
            return
        changed = datetime.fromtimestamp(told.st_mtime, UTC).isoformat(timespec="seconds")
        with path.open("rb") as file:
            _take(found, place, changed, file, told.st_size, 0)
    except OSError as error:
        found.problems.append(f"{_shown(place)} was left out: {os_errors.reason(error)}.")


def _take(found: Found, place: str, changed: str, file: IO[bytes], size: int, depth: int) -> None:
    """Take what ``file`` holds, a ZIP or a text, ``size`` bytes as far as is known."""
    ending = _ending(place)
    if ending == ".zip":
        _take_zip(found, place, file, size, depth)
        return
    if ending not in TEXTS:
        found.others.append(_shown(place))
        return
    # What a ZIP says of its sizes may be a lie, so no more than that is ever unpacked.
    content = file.read(LARGEST_FILE + 1) if size <= LARGEST_FILE else None
    if content is None or len(content) > LARGEST_FILE:
        most = f"{LARGEST_FILE // 1_000_000} MB"
        found.problems.append(
            f"{_shown(place)} was left out: it is larger than {most}, and no work of ours is."
        )
        return
    found.size += len(content)
    text = _decoded(content, ending)
    if ending in PAGES and OURS in (text or "")[:500]:
        return
    if ending in PAGES and HELD not in (text or ""):
        found.others.append(_shown(place))
    elif text is None:
        found.problems.append(
            f"{_shown(place)} was left out: it is no text, or it was damaged on its way."
        )
    else:
        found.files.append(File(_shown(place), changed, text))


def _ending(place: str) -> str:
    """The ending of a file's name; some programs put .txt behind the one that it had."""
    name = PurePosixPath(place)
    inner = PurePosixPath(name.stem).suffix.lower()
    return ".json" if (name.suffix.lower(), inner) == (".txt", ".json") else name.suffix.lower()


def _decoded(content: bytes, ending: str) -> str | None:
    """The text in ``content``; a table may come from an older Excel."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", *(["cp1252"] * (ending == ".csv"))]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _shown(place: str) -> str:
    """A place without signs that would change how a line is shown; half letters are marked."""
    plain = place.encode("utf-8", "backslashreplace").decode()
    return "".join(one if one.isprintable() else "?" for one in plain)


# -- ZIPs ------------------------------------------------------------------------------------------
def _take_zip(found: Found, place: str, file: IO[bytes], size: int, depth: int) -> None:
    """Take what stands in a ZIP, and in ZIPs in it."""
    if depth >= DEEPEST:
        found.problems.append(
            f"{_shown(place)} was left out: more than {DEEPEST} ZIPs in one another."
        )
        return
    if size > LARGEST_ZIP:
        found.problems.append(f"{_shown(place)} was left out: it is too large.")
        return
    try:
        with zipfile.ZipFile(file) as opened:
            entries = opened.infolist()
            if len(entries) > MOST_ENTRIES:
                found.problems.append(
                    f"{_shown(place)} was left out: it holds more than {MOST_ENTRIES} files."
                )
                return
            if not any(_names_in(entry) for entry in entries):
                found.problems.append(f"{_shown(place)} was left out: there is no file in it.")
            for entry in sorted(entries, key=lambda one: one.filename):
                if found.is_full():
                    return
                _take_entry(found, place, opened, entry, depth)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        found.problems.append(
            f"{_shown(place)} was left out: it is no ZIP that can be opened, or it was damaged on"
            " its way."
        )


def _names_in(entry: zipfile.ZipInfo) -> list[str]:
    """The folders and the name of a file in a ZIP; nothing of a folder, and of litter."""
    names = [name for name in entry.filename.replace("\\", "/").split("/") if name not in ("", ".")]
    return [] if entry.is_dir() or any(_is_litter(name) for name in names) else names


def _take_entry(
    found: Found, place: str, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int
) -> None:
    """Take one entry of a ZIP."""
    if not (names := _names_in(entry)):
        return
    inside = f"{place}/{'/'.join(names)}"
    if stat.S_ISLNK(entry.external_attr >> 16):
        found.problems.append(_linked(_shown(inside)))
        return
    try:
        changed = datetime(*entry.date_time).isoformat()
    except ValueError:  # a ZIP may name a day that is none
        changed = ""
    try:
        with opened.open(entry) as file:
            nested = PurePosixPath(inside).suffix.lower() == ".zip"
            source = _in_memory(file, entry) if nested else file
            if source is None:
                found.problems.append(f"{_shown(inside)} was left out: unpacked it is too large.")
                return
            _take(found, inside, changed, source, entry.file_size, depth + 1)
    except RuntimeError:  # so says zipfile where a password is asked for
        found.problems.append(f"{_shown(inside)} was left out: it has a password.")
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error):
        found.problems.append(f"{_shown(inside)} was left out: it was damaged on its way.")


def _in_memory(file: IO[bytes], entry: zipfile.ZipInfo) -> IO[bytes] | None:
    """A ZIP in a ZIP, which has to be read whole; nothing where it would not fit."""
    most = ALL_TOGETHER // 4
    if entry.file_size > most:
        return None
    content = file.read(most + 1)
    return None if len(content) > most else io.BytesIO(content)
