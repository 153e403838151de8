"""What a reader writes: kept in one readable file beside the notebooks (live) or in the browser (a page).

Nothing is sent anywhere. `Store` never writes over a file that it did not write, and never loses one it cannot read.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .face import Face

Json = Any

FILE = "my_work.json"
HEAD = "What I wrote in this collection of notebooks. You may read it, copy it, move it or delete it."


class Store:
    """Answers by key (``"02.predict"``), in ``folder`` (by default the folder the kernel runs in).

    A folder that cannot be written keeps the answers in memory; `message` then says so.
    """

    def __init__(self, folder: Path | None = None):
        self.folder = folder or Path.cwd()
        self.message = ""
        self._memory: dict[str, Json] = {}
        self._observers: list[Callable[[str], None]] = []

    def get(self, key: str) -> Json:
        """What was kept under `key`, or ``None``."""
        return self._read().get(key)

    def put(self, key: str, value: Json) -> str:
        """Keep `value` under `key`; give back a sentence that says where it is."""
        self._memory = {**self._read(), key: value}
        path = self.path()
        try:
            _write(path, {"about": HEAD, "format": 1, "work": self._memory})
            told = f"Kept in {path.name}, in the folder of this notebook."
        except OSError:
            told = ("This folder cannot be written, so your answer is kept only until you close the notebook. "
                    "Copy it if you need it.")
        told, self.message = f"{self.message} {told}".strip(), ""
        for observer in self._observers:
            observer(key)
        return told

    def observe(self, observer: Callable[[str], None]) -> None:
        """Call `observer` with the key whenever something is kept."""
        self._observers.append(observer)

    def path(self) -> Path:
        """The file: the first of ``my_work.json``, ``my_work_2.json`` … that is ours, or free."""
        number = 1
        while True:
            path = self.folder / (FILE if number == 1 else FILE.replace(".json", f"_{number}.json"))
            if not path.exists() or _ours(path) is not None:
                return path
            if _damaged(path):
                self._set_aside(path)
                return path
            number += 1

    def _set_aside(self, path: Path) -> None:
        number = 1
        while (aside := path.with_name(f"{path.stem}.damaged-{number}.json")).exists():
            number += 1
        try:
            path.rename(aside)
            self.message = f"{path.name} could not be read. It is now {aside.name}, unchanged; a new file was begun."
        except OSError:
            self.message = f"{path.name} could not be read."

    def _read(self) -> dict[str, Json]:
        try:
            return {**self._memory, **(_ours(self.path()) or {})}
        except OSError:
            return dict(self._memory)


def _ours(path: Path) -> dict[str, Json] | None:
    """The work in `path` if this module wrote it, else ``None``."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return None
    known = isinstance(content, dict) and content.get("about") == HEAD and isinstance(content.get("work"), dict)
    return content["work"] if known else None


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
        # Half a letter (a lone surrogate, from a text that was cut) would otherwise cost the whole answer.
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


store = Store()


class _Note(Face):
    """A face that keeps what a reader chooses or writes under ``key``."""

    def __init__(self, kind: str, key: str, question: str, **spec: Json):
        self.key = key
        super().__init__(spec={"kind": "note", "type": kind, "key": key, "question": question, **spec}, chosen={},
                         state={"value": store.get(key)})
        self.observe(self._wrote, "chosen")
        store.observe(self._kept)

    def _wrote(self, change: dict[str, Any]) -> None:
        told = store.put(self.key, change["new"]["value"])
        self.state = {"value": change["new"]["value"], "told": told, "turn": change["new"].get("turn")}

    def _kept(self, key: str) -> None:
        if key == self.key and store.get(key) != self.state.get("value"):
            self.state = {"value": store.get(key)}

    def plain(self) -> str:
        """The question and what it offers, in words."""
        return self.spec["question"]


class Predict(_Note):
    """A guess made before seeing anything: one of ``options``. `Again` shows it later."""

    def __init__(self, key: str, question: str, options: Sequence[str]):
        super().__init__("predict", key, question, options=list(options))

    def plain(self) -> str:
        """The question and what it offers, in words."""
        return f"{self.spec['question']}\n" + "\n".join(f"– {one}" for one in self.spec["options"])


class Write(_Note):
    """Free text in one or more labelled fields (``prompts``: name to label)."""

    def __init__(self, key: str, question: str, prompts: Mapping[str, str]):
        super().__init__("write", key, question, fields=[{"name": name, "label": label}
                                                        for name, label in prompts.items()])

    def plain(self) -> str:
        """The question and what it offers, in words."""
        return f"{self.spec['question']}\n" + "\n".join(f"– {one['label']}" for one in self.spec["fields"])


class Again(_Note):
    """What was predicted under ``key``, shown again beside ``question``."""

    def __init__(self, key: str, question: str):
        super().__init__("again", key, question)
