"""Files that belong to a reader: where they are, and how they are written so nothing is lost."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ... import os_errors

Result = TypeVar("Result")

#: The folder, beside ``notebooks``, of a student's own copies of the lessons.
MY_LESSONS = "my_lessons"
#: Pauses, in seconds, before a file is tried again that a sync or a virus scanner holds.
PAUSES = (0.05, 0.1, 0.2)


class HeldError(PermissionError):
    """Another program holds the file, or it is write-protected; its folder can be written."""


def work_folder() -> Path:
    """Where kernels keep what a reader writes: in ``notebooks``, also beside a student's copies."""
    here = Path.cwd()
    notebooks = here.parent / "notebooks"
    return notebooks if here.name == MY_LESSONS and notebooks.is_dir() else here


def patiently(act: Callable[[], Result]) -> Result:
    """`act`, again after short pauses while another program holds a file."""
    for pause in PAUSES:
        try:
            return act()
        except PermissionError:
            time.sleep(pause)
    return act()


def set_aside(path: Path, word: str) -> Path | None:
    """Give `path` another name, which says why; returns it, or ``None`` where it cannot."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")):
        number += 1
    if not os.access(path.parent, os.W_OK):
        return None
    try:
        return patiently(lambda: path.rename(aside))
    except OSError:
        return None


def write_whole(path: Path, content: str | bytes, private: bool = False) -> None:
    """Write `content` whole or not at all, so that a crash never leaves half a file.

    ``private`` lets nobody else read it. Raises ``HeldError`` where only the file cannot be
    replaced, else ``OSError``.
    """
    half = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.tmp")
    # Half a letter (a lone surrogate, from a text that was cut) would otherwise cost the whole
    # answer.
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    mode = 0o600 if private else 0o666
    try:
        with (
            os_errors.naming(path),
            open(half, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file,
        ):
            file.write(data)
        try:
            patiently(lambda: os.replace(half, path))
        except PermissionError as error:
            raise HeldError(*error.args) from error
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink()
        raise
