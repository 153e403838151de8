"""What a reader writes: kept in a file beside the notebooks (live) or in the browser (a page).

Nothing is sent anywhere. `Store` never writes over a file that it did not write, and never loses
one it cannot read.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from ... import __version__
from .file_lock import FileLock
from .files import PAUSES, HeldError, patiently, set_aside, work_folder, write_whole
from .protocol import FileHead

Json = Any

FILE = "my_work.json"
HEAD = (
    "What I wrote in this collection of notebooks. You may read it, copy it, move it or delete it."
)
#: The form that is written, and the newest that is read.
FORMAT = 1
#: The storage key of the name or sign that a reader may give: it stands in all files they save.
SIGN = "name"
#: There while a kernel reads, changes and replaces the file.
LOCK = ".my_work.lock"
#: Says which clearing was the last in this folder, by a word that no other clearing has.
CLEARED = ".my_work.cleared"
#: Said of an answer from a part that still showed what another notebook had cleared.
CLEARED_ELSEWHERE = (
    "Not kept: all work was cleared in another notebook, and this part still showed some of it. It"
    " is empty now: answer again."
)
#: Said after a clearing, where it is so.
IN_NOTEBOOKS = (
    " Notebooks here that were saved still show answers: open each, run all its cells, and save it."
)
#: Levels of lists and dicts in an answer. JSON of 1,000 levels can be written and not read again.
DEEPEST = 100
#: How a file begins that was written here, and what stands in one that is nested deeper than that.
LAYOUT, TOO_FAR_IN = '{\n  "about": ', "\n" + "  " * (DEEPEST + 2)
#: What a killed kernel leaves behind, and the age in seconds from which nobody still writes it.
LEFTOVER = re.compile(r"\.my_work(_\d+)?-\w+\.tmp")
LEFT_AFTER = 60.0


def head() -> FileHead:
    """What every file begins with that a reader saves."""
    return {"about": HEAD, "version": __version__}


class Store:
    """Answers by storage key (``"02.predict"``), in ``folder`` (by default where the kernel runs,
    or `work_folder` for a student's copy of a lesson).

    The file is the truth: other kernels write to it too, so it is read, changed and replaced under
    a lock. What could not be written is kept in memory, apart, and tried again with each answer;
    `message` holds what is to be told.

    **When work is forgotten.** A clearing sets the file aside as ``my_work.before-N.json`` and
    leaves a mark, `CLEARED`, with a word of its own. A kernel that finds another word than it last
    saw forgets what it has in memory and tells its observers that all is gone; it keeps what is
    answered from then on. What lies between two clearings is an *era*; what is to be kept says of
    which era it is, and if that is over it is not kept: a part that slept through the clearing, or
    an answer that waited for a kernel, would bring back what another reader wrote. Only this mark
    means a clearing. A file that is merely gone was moved,
    renamed or deleted by its reader, or is on its way through a sync: what was in it is not brought
    back by this kernel, but what never reached it stays in memory; and when the file is there
    again, all of it is read again. So is a file that a reader gave its old name back after a
    clearing. A mark that is gone says nothing.

    No method raises, whatever is in the folder and whatever value is to be kept; but `update`
    raises what its ``change`` does, and an ``era`` that is over is a ``ValueError``.
    """

    def __init__(self, folder: Path | None = None):
        self.folder = folder or work_folder()
        self._notebooks = {self.folder, Path.cwd()}
        elsewhere = folder is None and self.folder != Path.cwd()
        self._where = f"folder {self.folder.name}" if elsewhere else "folder of this notebook"
        self.message = ""
        self._lock = FileLock(self.folder / LOCK)
        self._unsaved: dict[str, Json] = {}
        self._last: dict[str, Json] = {}  # as it was when last seen, for a file that gets damaged
        self._mark: str | None = None  # of the last clearing; None before the first look
        self._place = _place(self.folder)
        self._mine: Path | None = None  # the file, once it was read or written
        self._seen: tuple[int, int, int] | None = None  # the file as `follow` saw it last
        self._closed: set[Path] = set()  # what could not be read, for all patience
        self._observers: list[Callable[[set[str], bool], None]] = []

    @property
    def era(self) -> str:
        """What lies between two clearings in one place: ``"<place>/<moment>-<word>"``."""
        if self._mark is None:
            self.look()
        return f"{self._place}/{self._mark}"

    def get(self, storage_key: str) -> Json:
        """What was kept under `storage_key`, or ``None``."""
        return self.all().get(storage_key)

    def all(self) -> dict[str, Json]:
        """Everything that is kept."""
        self.look()
        return self._read()

    def put(self, storage_key: str, value: Json) -> str:
        """Keep `value` under `storage_key`; give back a sentence that says where it is."""
        return self._keep(lambda _here: {storage_key: value})

    def update(
        self,
        storage_key: str,
        change: Callable[[Json], Json],
        era: str | None = None,
        began: float = 0,
    ) -> str:
        """Keep what `change` makes of what is kept under `storage_key` (``None`` if nothing is).

        No other kernel writes between the two. ``era`` is that in which it was written, or its last
        part ``began`` (milliseconds since 1970): a ``ValueError`` if that is over.
        """
        return self._keep(lambda here: {storage_key: change(here.get(storage_key))}, era, began)

    def merge(self, work: dict[str, Json], *, mine: bool, era: str | None = None) -> str:
        """Keep all of `work` as well.

        Where both have an answer, ``mine`` says that the one here stays. ``era`` as for `update`.
        """
        return self._keep(
            lambda here: {key: one for key, one in work.items() if not (mine and key in here)}, era
        )

    def clear(self) -> str:
        """Begin anew, for another reader at this computer.

        The file is set aside under another name, never deleted.
        """
        with self._lock:
            gone = self._forget_if_cleared()
            before = set(self._read()) | (gone or set())
            path = self.path()
            aside = set_aside(path, "before") if os.path.exists(path) else None
            if cleared := not os.path.exists(path):
                self._mark, before_mark = _mark_cleared(self.folder), self._mark
                if self._mark == before_mark:  # no mark can be left here: only this kernel knows
                    self._place = _place(self.folder, secrets.token_hex(4))
                self._unsaved, self._last = {}, {}
                # Half a file holds answers, too. Where nobody else is inside, nobody writes one.
                _remove_leftovers(self.folder, 0 if self._lock.held else LEFT_AFTER)
        if cleared or gone is not None:
            self._notify(before, cleared=True)
        if not cleared:
            return (
                f"{path.name} cannot be moved: another program holds it, or this folder cannot be"
                " written. So nothing was cleared."
            )
        from ... import saving  # only here: a kernel that just writes needs nothing but this folder

        message = f"Cleared. What was there is in {aside.name}." if aside else "Cleared."
        shown = any(saving.has_answers(one) for one in self._notebooks)
        return message + (IN_NOTEBOOKS if shown else "")

    def observe(self, observer: Callable[[set[str], bool], None]) -> None:
        """Call `observer` with the keys whenever something is kept, and whether all is gone."""
        self._observers.append(observer)

    def look(self) -> None:
        """Notice that another kernel has cleared the work; then the observers are told."""
        gone = self._forget_if_cleared()
        if gone is not None:
            self._notify(gone, cleared=True)

    def follow(self) -> None:
        """Notice what other kernels did here; then the observers are told."""
        self.look()
        try:
            found = os.stat(self._mine or self.folder / FILE)
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
        except OSError:
            return
        if seen != self._seen:  # every face asks, and each that is told reads
            self._seen = seen
            self._notify(set(self._read()))

    def path(self) -> Path:
        """The file: the first of ``my_work.json``, ``my_work_2.json`` … that is ours, or free."""
        return self._find()[0]

    def _notify(self, keys: set[str], *, cleared: bool = False) -> None:
        for observer in self._observers:
            observer(keys, cleared)

    def _forget_if_cleared(self) -> set[str] | None:
        """The keys of what is forgotten, for another kernel cleared it; ``None`` if none did."""
        known, mark = self._mark, _cleared_mark(self.folder)
        self._mark = mark or known or ""
        if known is None or self._mark == known:
            return None
        keys = set(self._last)
        self._unsaved, self._last = {}, {}
        return keys

    # -- writing -----------------------------------------------------------------------------------
    def _keep(
        self,
        change: Callable[[dict[str, Json]], dict[str, Json]],
        era: str | None = None,
        began: float = 0,
    ) -> str:
        gone = None
        try:
            with self._lock:
                gone = self._forget_if_cleared()
                if era is not None and self._is_over(era, began):
                    raise ValueError(CLEARED_ELSEWHERE)
                path, found = self._find(thorough=True)
                asked = change(self._last if found is None else found | self._unsaved)
                entries = {key: value for key, value in asked.items() if _is_json(value)}
                message = self._save(path, found, entries) if entries or not asked else ""
        finally:
            if gone is not None:
                self._notify(gone, cleared=True)
        if len(entries) < len(asked):
            message += " Not kept: this is nothing that a file of answers can hold."
        message, self.message = f"{self.message} {message.strip()}".strip(), ""
        self._notify(set(entries))
        return message

    def _is_over(self, era: str, began: float) -> bool:
        """Whether a clearing has ended `era`, and what `began` then or later was not before it."""
        place, _, mark = era.partition("/")
        cleared = _moment(self._mark or "")
        return place != self._place or (_moment(mark) < cleared and not began > cleared)

    def _save(self, path: Path, found: dict[str, Json] | None, entries: dict[str, Json]) -> str:
        """Write `entries`, and what waits in memory, to `path`, beside what was `found` there.

        Where there is no room for all, the largest wait: one answer must not stop all others.
        """
        waiting = self._unsaved | entries
        self._unsaved, self._last = waiting, (self._last if found is None else found) | waiting
        if found is None:
            return _not_kept(path, HeldError())
        _remove_leftovers(self.folder, LEFT_AFTER)
        smallest = sorted(waiting, key=lambda key: len(json.dumps(waiting[key])))
        problem: OSError | None = None
        for count in range(len(smallest), 0 if entries else -1, -1):
            try:
                _write(path, found | {key: waiting[key] for key in smallest[:count]})
            except OSError as error:
                problem = problem or error
                if _refused(error):
                    break
            else:
                self._mine, self._unsaved = path, {key: waiting[key] for key in smallest[count:]}
                break
        if problem and (not entries or entries.keys() & self._unsaved.keys()):
            return _not_kept(path, problem)
        return f"Kept in {path.name}, in the {self._where}." + (
            " An earlier answer has no room there: copy it if you need it." if self._unsaved else ""
        )

    # -- reading -----------------------------------------------------------------------------------
    def _read(self) -> dict[str, Json]:
        found = self._find()[1]
        if found is not None:
            self._last = found | self._unsaved
        return dict(self._last)

    def _find(self, *, thorough: bool = False) -> tuple[Path, dict[str, Json] | None]:
        """The file and the work in it; ``None`` where ours cannot be read just now.

        Every face reads often, so only who writes is ``thorough``.
        """
        number = 1
        while True:
            path = self.folder / (FILE if number == 1 else FILE.replace(".json", f"_{number}.json"))
            kind, work = self._examine(path, thorough)
            if kind == "damaged":
                kind, work = self._begin_anew(path)
            if kind == "ours":
                self._mine = path
            if kind in ("ours", "free"):
                return path, work
            if kind == "closed" and path == self._mine:
                return path, None
            number += 1

    def _examine(self, path: Path, thorough: bool) -> tuple[Kind, dict[str, Json]]:
        """`_examine`, with patience for a file that another program holds."""
        kind, work = _examine(path, thorough)
        for pause in PAUSES:
            if kind != "closed" or path in self._closed or not os.path.isfile(path):
                break
            time.sleep(pause)
            kind, work = _examine(path, thorough)
        (self._closed.add if kind == "closed" else self._closed.discard)(path)
        return kind, work

    def _begin_anew(self, path: Path) -> tuple[Kind, dict[str, Json]]:
        """Set the damaged file aside; what this kernel remembers of it is written next."""
        with self._lock:
            kind, work = _examine(path, thorough=True)
            if kind != "damaged":  # another kernel was quicker
                return kind, work
            aside = set_aside(path, "damaged")
            self._unsaved = work | self._last | self._unsaved
            self.message = f"{path.name} could not be read." + (
                f" It is now {aside.name}, unchanged; a new file was begun." if aside else ""
            )
        return ("free" if aside else "foreign"), {}


# -- the file --------------------------------------------------------------------------------------
Kind = Literal["free", "ours", "damaged", "foreign", "closed"]


def _examine(path: Path, thorough: bool) -> tuple[Kind, dict[str, Json]]:
    """Whose `path` is, and the work in it.

    ``damaged`` is no JSON at all (torn by a full disk, a merge or an editor), or too deep to be
    written again: then the work is what can be; ``closed`` cannot be read.
    """
    try:
        # An editor on Windows may have put a mark before the first letter.
        text = path.read_text(encoding="utf-8-sig")
        content = _parsed(text)
    except (ValueError, RecursionError):
        return "damaged", {}
    except OSError:
        return ("closed" if os.path.lexists(path) and os.path.exists(path) else "free"), {}
    work = content.get("work") if isinstance(content, dict) else None
    if not isinstance(work, dict) or content.get("about") != HEAD:
        return "foreign", {}
    if _is_newer(content.get("format")):
        return "foreign", {}  # a later version reads it: written anew here, it would lose its form
    if not thorough and text.startswith(LAYOUT) and TOO_FAR_IN not in text:
        return "ours", work
    shallow = {key: one for key, one in work.items() if _is_shallow(one)}
    return ("ours" if len(shallow) == len(work) else "damaged"), shallow


def _is_newer(form: Json) -> bool:
    return isinstance(form, int | float) and form > FORMAT


def _parsed(text: str) -> Json:
    """JSON, in which a number that Python cannot hold stands as its text."""
    try:
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError:
        raise
    except ValueError:  # more digits than Python turns into a number
        return json.loads(text, parse_constant=str, parse_int=_number)


def _number(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:
        return digits


def _is_shallow(value: Json) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            part
            for one in level
            if isinstance(one, dict | list | tuple)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return True
    return False


def _is_json(value: Json) -> bool:
    """Whether a file can hold `value`, and give it back."""
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return _is_shallow(value)


def _write(path: Path, work: dict[str, Json]) -> None:
    """Write whole or not at all; raises as `write_whole` does."""
    saved = datetime.now(UTC).isoformat(timespec="seconds")
    content = {
        "about": HEAD,
        "format": FORMAT,
        "saved": saved,
        "version": __version__,
        "work": work,
    }
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=2), private=True)


def _refused(error: OSError) -> bool:
    """Whether less of it would not be written either."""
    refusals = (PermissionError, FileNotFoundError, NotADirectoryError)
    return isinstance(error, refusals) or error.errno == errno.EROFS


def _not_kept(path: Path, problem: OSError) -> str:
    if isinstance(problem, HeldError):
        why = (
            f"Another program holds {path.name} (a sync, a virus scanner), or it cannot be written"
        )
    elif problem.errno in (errno.ENOSPC, errno.EDQUOT):
        why = f"The disk is full and {path.name} cannot be written"
    elif _refused(problem):
        why = "This folder cannot be written"
    else:
        why = f"{path.name} cannot be written ({problem.strerror or 'the computer refuses it'})"
    return (
        f"{why}, so your answer is kept only until you close the notebook. Copy it if you need it."
    )


def _remove_leftovers(folder: Path, age: float) -> None:
    """Remove what killed kernels left half-written in `folder`, if it is older than `age`."""
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if LEFTOVER.fullmatch(one.name):
                with contextlib.suppress(OSError):
                    if time.time() - one.stat(follow_symlinks=False).st_mtime >= age:
                        os.unlink(one.path)


def _cleared_mark(folder: Path) -> str:
    """The word of the last clearing in `folder`, or an empty text."""
    try:
        return (folder / CLEARED).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _mark_cleared(folder: Path) -> str:
    """Leave a new word in `folder`, which begins with the moment (milliseconds since 1970), later
    than that of the last; returns the word that stands there.
    """
    moment = max(int(time.time() * 1000), _moment(_cleared_mark(folder)) + 1)
    word = f"{moment}-{secrets.token_hex(4)}"
    with contextlib.suppress(OSError):
        patiently(lambda: (folder / CLEARED).write_text(word, encoding="ascii"))
    return _cleared_mark(folder)


def _moment(mark: str) -> int:
    """When a mark was left; 0 where there is none, or one without a moment."""
    found = re.match(r"(\d{1,15})-", mark)
    return int(found[1]) if found else 0


def _place(folder: Path, word: str = "") -> str:
    """A name for a folder that tells nothing of it, and a `word` that is to make it another."""
    return hashlib.sha256(f"{os.path.realpath(folder)}{word}".encode(errors="replace")).hexdigest()[
        :12
    ]


store = Store()


#: Where findings are kept that a reader wants to use as evidence.
EVIDENCE = "evidence"


def remove_evidence(ids: list[str], era: str | None = None) -> str:
    """Take findings out of what is kept as evidence, by their ids; what is no finding stays.

    ``era`` as for `Store.update`.
    """
    gone = {one for one in ids if isinstance(one, str)}

    def left(kept: Json) -> Json:
        if not isinstance(kept, list | None):
            return kept
        return [one for one in kept or [] if _id_of(one) not in gone]

    return store.update(EVIDENCE, left, era)


def _id_of(finding: Json) -> str | None:
    """The id of what may be a finding."""
    found = finding.get("id") if isinstance(finding, dict) else None
    return found if isinstance(found, str) else None


def on_evidence(message: dict[str, Json]) -> dict[str, Json] | None:
    """The answer to a face that adds or removes evidence; ``None`` to any other message."""
    era, began = message.get("era"), message.get("began") or 0
    if "addEvidence" not in message and "removeEvidence" not in message:
        return None
    try:
        if "addEvidence" in message:
            told = add_evidence(message["addEvidence"], era, began)
        else:
            told = remove_evidence(message["removeEvidence"], era)
    except ValueError as error:
        told = str(error)
    return {"evidenceAdded": told}


def on_news(message: dict[str, Json]) -> None:
    """Look what other kernels did, where a face has heard that they did something."""
    if "look" in message:
        store.follow()


def add_evidence(items: list[dict[str, Json]], era: str | None = None, began: float = 0) -> str:
    """Keep findings as evidence, each once; ``era`` and ``began`` as for `Store.update`.

    A finding is ``{"id", "kind", "title", "text", "status", "asOf", "sources"}``.
    """

    ids = {_id_of(item) for item in items} - {None}

    def added(kept: Json) -> list[Json]:
        # A file that somebody edited may hold anything here: it stays, the findings come behind it.
        others = kept if isinstance(kept, list) else [] if kept is None else [kept]
        return [
            *(one for one in others if _id_of(one) not in ids),
            *items,
        ]

    return store.update(EVIDENCE, added, era, began)
