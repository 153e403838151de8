"""Portfolio: all that a reader wrote, as one file to keep, to hand in, or to take elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..core import storage
from ..core.all_work import AllWork
from ..core.protocol import Writing

#: Labels by group ("rows"), then by the name that is kept.
Labels = dict[str, dict[str, str]]


def writing_of(spec: Mapping[str, Any]) -> Writing | None:
    """What a prompt with this ``spec`` lets a reader write; nothing where it only shows again."""
    if spec["type"] == "again":
        return None
    fields = {one["name"]: one["label"] for one in spec.get("fields", ())}
    return {
        "key": spec["storageKey"],
        "kind": spec["type"],
        "question": spec["question"],
        "labels": {"fields": fields} if fields else {},
    }


@dataclass(frozen=True)
class Part:
    """A part of a collection: number that keys begin with, title, checks by name, place.

    ``hood`` are checks that need a kernel, and count apart; ``writings`` what can be written there.
    """

    name: str
    title: str
    checks: tuple[str, ...]
    url: str = ""
    hood: tuple[str, ...] = ()
    writings: Sequence[Writing] = ()


class Portfolio(AllWork):
    """All that the reader wrote: what there is, a button that saves it, and one that loads a file.

    With ``parts`` it also shows how far the reader is in each of them, and what was written there
    as text, to read and to print.
    """

    face = "portfolio"

    def __init__(self, question: str = "My work", parts: Sequence[Part] = ()):
        listed = {"parts": [asdict(one) for one in parts]} if parts else {}
        super().__init__(question=question, head=storage.head(), **listed)
        self.observe(self._load, "selected")

    def _on_message(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        super()._on_message(_widget, message, _buffers)
        if answer := storage.on_evidence(message):
            self.send(answer)

    def _load(self, change: dict[str, Any]) -> None:
        sent = change["new"]
        if not sent:
            return
        try:
            message = (
                storage.store.clear()
                if sent.get("clear")
                else storage.store.merge(
                    sent["work"], mine=bool(sent["mine"]), era=sent.get("era", self.state["era"])
                )
            )
        except ValueError as error:
            message = str(error)
        self.state = {**self._state(), "statusMessage": message, "turn": sent.get("turn")}

    def to_text(self) -> str:
        """What it is for, in words."""
        return (
            f"{self.spec['question']}\nWhat you write is kept in the file my_work.json, and sent"
            " nowhere."
        )
