"""Portfolio: all that a reader wrote, as one file to keep, to hand in, or to take elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..core import storage
from ..core.base import BaseWidget


@dataclass(frozen=True)
class Part:
    """A part of a collection: number that keys begin with, title, checks by name, place."""

    name: str
    title: str
    checks: tuple[str, ...]
    url: str = ""


class Portfolio(BaseWidget):
    """All that the reader wrote: what there is, a button that saves it, and one that loads a file.

    With ``parts`` it also shows how far the reader is in each of them.
    """

    face = "portfolio"

    def __init__(self, question: str = "My work", parts: Sequence[Part] = ()):
        listed = {"parts": [asdict(one) for one in parts]} if parts else {}
        super().__init__(
            spec={"question": question, "about": storage.HEAD, **listed},
            selected={},
            state={"all": storage.store.all()},
        )
        self.observe(self._load, "selected")
        storage.store.observe(self._stored)
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        if answer := storage.on_evidence(message):
            self.send(answer)

    def _load(self, change: dict[str, Any]) -> None:
        sent = change["new"]
        message = (
            storage.store.clear()
            if sent.get("clear")
            else storage.store.merge(sent["work"], mine=bool(sent["mine"]))
        )
        self.state = {
            "all": storage.store.all(),
            "statusMessage": message,
            "turn": sent.get("turn"),
        }

    def _stored(self, _keys: set[str], _cleared: bool) -> None:
        if self.state.get("all") != storage.store.all():
            self.state = {"all": storage.store.all()}

    def to_text(self) -> str:
        """What it is for, in words."""
        return (
            f"{self.spec['question']}\nWhat you write is kept in the file my_work.json, and sent"
            " nowhere."
        )
