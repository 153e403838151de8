"""What the computer answers when a file cannot be read or written, as a reader would say it."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PROTECTED = (
    "it is protected, or another program holds it (a sync, a virus scanner)",
    "Name another place, or close what uses it, then run the same command again.",
)
_FULL = ("the disk is full", "Free some space, then run the same command again.")
_IN_THE_WAY = (
    "a file or folder of another kind is in the way",
    "Name another place, or move away what is there.",
)
_WAYS_OUT = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EFBIG: (
        "no file may be so large here",
        "Name another place, or ask who runs this computer for a higher limit.",
    ),
    errno.EACCES: _PROTECTED,
    errno.EPERM: _PROTECTED,
    errno.EROFS: ("nothing can be written there", "Name another place."),
    errno.EBUSY: ("another program uses it", "Close what uses it, or name another place."),
    errno.ENOENT: ("it is not there", "Look at the name, then run the same command again."),
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTEMPTY: _IN_THE_WAY,
    errno.ELOOP: ("its links lead in a circle", "Name another place."),
    errno.ENAMETOOLONG: ("its name is too long", "Name a place with a shorter name."),
    errno.EMFILE: (
        "too many files are open",
        "Close other programs, then run the same command again.",
    ),
    errno.ENOMEM: (
        "there is not enough memory",
        "Close other programs, then run the same command again.",
    ),
}
#: What other programs say by its number, and mean as it is said here.
_SAID = (errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EMFILE, errno.ENOMEM)
_WAYS_OUT[errno.ENFILE] = _WAYS_OUT[errno.EMFILE]


def reason(error: OSError) -> str:
    """Why, as the end of a sentence without its full stop: "the disk is full"."""
    known = _WAYS_OUT.get(error.errno or 0)
    if known:
        return known[0]
    return f"the computer says “{error.strerror}”" if error.strerror else "the computer refuses it"


def way_out(error: OSError) -> str:
    """What to do next, as a sentence."""
    again = "Restart the program that uses it, or the computer, then run the same command again."
    return _WAYS_OUT.get(error.errno or 0, ("", again))[1]


def sentence(error: OSError) -> str:
    """What could not be used, why, and what to do next."""
    return f"{place(error, 'A file')} could not be used: {reason(error)}. {way_out(error)}"


#: What is wrong with where a file would go to, and never with where it came from.
_OF_TARGETS = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EROFS, errno.EFBIG)


def place(error: OSError, otherwise: object) -> str:
    """The file that an error is about, or `otherwise`; of two the one that was to be written."""
    named = error.filename
    if error.errno in _OF_TARGETS and isinstance(error.filename2, (str, bytes)):
        named = error.filename2
    return os.fsdecode(named) if isinstance(named, (str, bytes)) else str(otherwise)


@contextlib.contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Inside, an error of the computer says that it is about `path`: one of writing names nothing.

    So it does where a passing name of the file was meant, which no reader knows.
    """
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def told_by(text: str) -> OSError | None:
    """The error of the computer that another program has met, by what it said; else `None`."""
    for number in _SAID:
        if re.search(rf"\bErrno {number}\]|\(os error {number}\)", text):
            return OSError(number, "")
    return None


LEAST_MEMORY = 400
"""Megabytes that pandas takes, without which no command does anything."""
NEEDED_MEMORY = 1000
"""Megabytes that a program takes which runs a lesson's cells; on many processors it takes more."""


def memory_limit() -> int:
    """How many megabytes a program may take here, as `ulimit -v` says it; 0 where nothing does."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return 0 if soft == resource.RLIM_INFINITY else soft // 1_000_000


def short_of_memory(below: float = math.inf) -> str:
    """That programs get little memory here, and what to do, as a sentence; empty if they get all.

    Only a limit of fewer than `below` megabytes is told.
    """
    limit = memory_limit()
    if not 0 < limit < below:
        return ""
    return (
        f"A program may take {limit:,} MB of memory here (ulimit -v), and a lesson's cells need"
        f" {NEEDED_MEMORY:,} or more: ask who runs this computer for a higher limit."
    )


_NO_MEMORY = r"[Oo]ut of memory|[Cc]annot allocate|failed to map segment|MemoryError"


def of_memory(error: BaseException) -> bool:
    """Whether an error is one of memory, which a library or a cell may call otherwise."""
    return isinstance(error, MemoryError) or bool(re.search(_NO_MEMORY, str(error)))


def room_in(folder: Path) -> OSError | None:
    """Why no file can be made in `folder`, or in what would be made of it; ``None`` if one can.

    Tried, because the permission bits do not tell on every system. Nothing stays behind.
    """
    try:
        there = folder
        while not os.path.lexists(there) and there != there.parent:
            there = there.parent
        with naming(folder), tempfile.TemporaryFile(dir=str(there)) as file:
            file.write(b"a full disk takes a name and no letter")
            file.flush()
    except OSError as error:
        return error
    return None
