"""A folder that a command makes anew as a whole: looked at first, replaced only when all is well.

Whoever reads in it meets the old one or the new one, and what is not ours is never replaced.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from .. import os_errors
from .site_content import ROOT, SiteError

#: Folders of the collection in which no site belongs.
_OWN = {"utils", "data", "notebooks", "my_lessons", "tests", "docs", "teaching", "benchmarks"}
_OWN |= {".git", ".venv", ".cache", ".github", ".ci"}
#: What file managers leave in any folder.
_DEBRIS = {".DS_Store", "Thumbs.db", "desktop.ini", ".directory"}


def look_first(out: Path, mark: str, holds: Iterable[str] = ()) -> None:
    """Before anything runs: can a site take the place ``out``? Raises `SiteError`.

    ``mark`` is the file by which a site of this kind is known, and ``holds`` what may stand beside
    it, but for what the mark itself names.
    """
    parts = out.relative_to(ROOT).parts if out.is_relative_to(ROOT) else ("elsewhere",)
    if os.path.ismount(out) or not parts or parts[0] in _OWN or ROOT.is_relative_to(out):
        raise SiteError(
            f"{out} cannot become a site: it belongs to the collection or to the computer. Name a"
            " folder of its own with --out."
        )
    old = out.with_name(f".{out.name}.old")
    if old.is_dir() and not out.exists():  # the computer stopped between the two renames
        with contextlib.suppress(OSError):
            old.rename(out)
    if problem := os_errors.room_in(out.parent):
        raise not_written(out, problem)
    if not out.exists():
        return
    if not out.is_dir() or _foreign(out, mark, holds):
        raise SiteError(
            f"{out} holds something that is no site of ours. Name another place with --out."
        )


def _foreign(out: Path, mark: str, holds: Iterable[str]) -> bool:
    """Does the folder hold anything that the command has not put there?"""
    try:
        there = {path.name for path in out.iterdir()} - _DEBRIS
        named = (out / mark).read_text(encoding="utf-8").split("\n") if mark in there else []
    except OSError as error:
        raise not_written(out, error) from error
    return bool(there) and not (mark in there and there <= {mark, *holds, *named})


@contextlib.contextmanager
def made_anew(out: Path, mark: str) -> Iterator[Path]:
    """A place for a site that becomes ``out`` at the end; of one that failed, nothing is left.

    The site is known by its ``mark``. Raises `SiteError` for what cannot be written.
    """
    fresh = out.with_name(f".{out.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        yield fresh
        write_mark(fresh, mark)
        replace(out, fresh)
    except OSError as error:
        raise not_written(out, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_mark(folder: Path, mark: str) -> None:
    """Say in the finished ``folder`` that all in it is ours, by name."""
    names = sorted(path.name for path in folder.iterdir())
    (folder / mark).write_text("\n".join(names), encoding="utf-8")


def not_written(out: Path, error: OSError) -> SiteError:
    """What is told where a site, or a file of it, could not be written."""
    place = os_errors.place(error, out)
    return SiteError(
        f"{place} could not be written: {os_errors.reason(error)}. {os_errors.way_out(error)}"
    )


def replace(out: Path, fresh: Path) -> None:
    """Put `fresh` in place of `out`: two renames, so that a reader hardly meets half a site."""
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
