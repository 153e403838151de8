"""What a reader writes: kept in a file beside the notebooks (live) or in the browser (a page).

Nothing is sent anywhere. `Store` never writes over a file that it did not write, and never loses
one it cannot read.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = Any

FILE = "my_work.json"
HEAD = (
    "What I wrote in this collection of notebooks. You may read it, copy it, move it or delete it."
)


class Store:
    """Answers by storage key (``"02.predict"``), in ``folder`` (by default where the kernel runs).

    The file is the truth, for other kernels write to it too, and may clear it. What could not be
    written is kept in memory; `message` then says so.
    """

    def __init__(self, folder: Path | None = None):
        self.folder = folder or Path.cwd()
        self.message = ""
        self._unsaved: dict[str, Json] = {}
        self._last: dict[str, Json] = {}  # as it was when last seen, for a file that gets damaged
        self._observers: list[Callable[[set[str], bool], None]] = []

    def get(self, storage_key: str) -> Json:
        """What was kept under `storage_key`, or ``None``."""
        return self._read().get(storage_key)

    def all(self) -> dict[str, Json]:
        """Everything that is kept."""
        return self._read()

    def put(self, storage_key: str, value: Json) -> str:
        """Keep `value` under `storage_key`; give back a sentence that says where it is."""
        return self._keep({storage_key: value})

    def merge(self, work: dict[str, Json], *, mine: bool) -> str:
        """Keep all of `work` as well.

        Where both have an answer, ``mine`` says that the one here stays.
        """
        here = self._read()
        return self._keep({key: value for key, value in work.items() if not (mine and key in here)})

    def clear(self) -> str:
        """Begin anew, for another reader at this computer.

        The file is set aside under another name, never deleted.
        """
        before, path = self._read(), self.path()
        aside = _set_aside(path, "before") if path.exists() else None
        if path.exists():
            return "This folder cannot be written, so nothing was cleared."
        self._unsaved, self._last = {}, {}
        self._notify(set(before), cleared=True)
        return f"Cleared. What was there is in {aside.name}." if aside else "Cleared."

    def _notify(self, keys: set[str], *, cleared: bool = False) -> None:
        for observer in self._observers:
            observer(keys, cleared)

    def _keep(self, entries: dict[str, Json]) -> str:
        self._last = {**self._read(), **entries}
        path = self.path()
        try:
            _write(path, {"about": HEAD, "format": 1, "work": self._last})
            self._unsaved = {}
            message = f"Kept in {path.name}, in the folder of this notebook."
        except OSError:
            self._unsaved |= entries
            message = (
                "This folder cannot be written, so your answer is kept only until you close the"
                " notebook. Copy it if you need it."
            )
        message, self.message = f"{self.message} {message}".strip(), ""
        self._notify(set(entries))
        return message

    def observe(self, observer: Callable[[set[str], bool], None]) -> None:
        """Call `observer` with the keys whenever something is kept, and whether all is gone."""
        self._observers.append(observer)

    def path(self) -> Path:
        """The file: the first of ``my_work.json``, ``my_work_2.json`` … that is ours, or free."""
        number = 1
        while True:
            path = self.folder / (FILE if number == 1 else FILE.replace(".json", f"_{number}.json"))
            if not path.exists() or _ours(path) is not None:
                return path
            if _damaged(path):
                aside = _set_aside(path, "damaged")
                self._unsaved = {**self._last, **self._unsaved}
                self.message = f"{path.name} could not be read." + (
                    f" It is now {aside.name}, unchanged; a new file was begun." if aside else ""
                )
                return path
            number += 1

    def _read(self) -> dict[str, Json]:
        try:
            found = _ours(self.path()) or {}
        except OSError:
            found = {}
        self._last = {**found, **self._unsaved}
        return dict(self._last)


def _ours(path: Path) -> dict[str, Json] | None:
    """The work in `path` if this module wrote it, else ``None``."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return None
    known = (
        isinstance(content, dict)
        and content.get("about") == HEAD
        and isinstance(content.get("work"), dict)
    )
    return content["work"] if known else None


def _set_aside(path: Path, word: str) -> Path | None:
    """Give `path` another name, which says why; returns it, or ``None`` where it cannot."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.{word}-{number}.json")).exists():
        number += 1
    try:
        return path.rename(aside)
    except OSError:
        return None


def _damaged(path: Path) -> bool:
    """Whether `path` is no JSON at all: torn by a full disk, a merge or an editor."""
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return True
    except OSError:
        return False
    return False


def _write(path: Path, content: Json) -> None:
    """Write whole or not at all, so that a crash never leaves half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        # Half a letter (a lone surrogate, from a text that was cut) would otherwise cost the whole
        # answer.
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


store = Store()


#: Where findings are kept that a reader wants to use as evidence.
EVIDENCE = "evidence"


def add_evidence(item: dict[str, Json]) -> str:
    """Keep a finding as evidence, once.

    A finding is ``{"id", "kind", "title", "text", "status", "asOf", "sources"}``.
    """
    others = [one for one in store.get(EVIDENCE) or [] if one.get("id") != item.get("id")]
    return store.put(EVIDENCE, [*others, item])
