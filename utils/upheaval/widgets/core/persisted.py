"""PersistedWidget: the base of every widget that keeps what its reader does."""

from __future__ import annotations

from typing import Any

from . import storage
from .base import BaseWidget
from .edits import edited

Json = Any


class PersistedWidget(BaseWidget):
    """A widget that keeps what its reader does under ``storage_key``, as plain JSON.

    ``linked_keys`` are further storage keys that the widget may read and keep. Further keywords are
    the spec.
    """

    linked_keys: tuple[str, ...] = ()

    def __init__(self, storage_key: str, **spec: Json):
        self.storage_key = storage_key
        super().__init__(spec={"storageKey": storage_key, **spec}, selected={}, state=self._state())
        self.observe(self._keep, "selected")
        storage.store.observe(self._stored)
        self.on_msg(lambda _widget, message, _buffers: storage.on_news(message))

    @property
    def value(self) -> Json:
        """What is kept, or ``None``. Assigning keeps something else."""
        return storage.store.get(self.storage_key)

    @value.setter
    def value(self, value: Json) -> None:
        storage.store.put(self.storage_key, self.validate(value))

    def validate(self, value: Json) -> Json:
        """What to keep of ``value``, which the face sent.

        Raise ``ValueError`` with a sentence to keep nothing.
        """
        return value

    def answer_lines(self) -> list[str]:
        """What is kept, in words; a value that this version does not know is left out."""
        value = self.value
        if value is None:
            return []
        try:
            return self.answer_in_words(value)
        except (LookupError, TypeError, ValueError, AttributeError):
            # A file that somebody edited may hold anything here.
            return ["What was kept for this part could not be read."]

    def answer_in_words(self, value: Json) -> list[str]:
        """Lines that say what ``value``, which is kept, holds. May raise for an odd value."""
        return [f"Your answer: {value}"]

    def combined(self, kept: Json, sent: dict[str, Json]) -> Json:
        """What to keep where ``kept`` is there and the face ``sent`` a value, or edits of it.

        Raises ``ValueError`` as `validate` does.
        """
        if "edits" in sent and self._is_valid(kept):
            return self.validate(edited(kept, sent["edits"]))
        return self.validate(sent["value"])  # nothing is there, or something odd

    def _is_valid(self, kept: Json) -> bool:
        try:
            self.validate(kept)
        except ValueError:
            return False
        return kept is not None

    def _state(self) -> dict[str, Json]:
        state = {"value": self.value, "era": storage.store.era}
        return state | (
            {"linked": {key: storage.store.get(key) for key in self.linked_keys}}
            if self.linked_keys
            else {}
        )

    def _keep(self, change: dict[str, Any]) -> None:
        sent = change["new"]
        if "value" not in sent:
            return
        try:
            message = self._kept(sent)
        except ValueError as error:
            message = str(error)
        self.state = {**self._state(), "statusMessage": message, "turn": sent.get("turn")}

    def _kept(self, sent: dict[str, Json]) -> str:
        """Keep what the face `sent`; a sentence on where, or ``ValueError`` with one on why not."""
        storage_key = sent.get("storageKey") or self.storage_key
        # What comes without an era is of the one that the face was told last.
        era, began = sent.get("era", self.state["era"]), sent.get("began") or 0
        if storage_key == self.storage_key:
            return storage.store.update(
                storage_key, lambda kept: self.combined(kept, sent), era, began
            )
        if storage_key not in self.linked_keys:
            raise ValueError(f"This part does not keep “{storage_key}”. Run its cell again.")
        return storage.store.update(storage_key, lambda _kept: sent["value"], era, began)

    def _stored(self, keys: set[str], cleared: bool) -> None:
        state = self._state()
        if cleared:  # also what was typed and not kept yet has to go: it was another reader's
            self.selected, self.state = {}, state
        elif keys & {self.storage_key, *self.linked_keys} and any(
            self.state.get(part) != state[part] for part in state
        ):
            self.state = state
