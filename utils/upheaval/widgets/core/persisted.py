"""PersistedWidget: the base of every widget that keeps what its reader does."""

from __future__ import annotations

from typing import Any

from . import storage
from .base import BaseWidget

Json = Any

#: Said of an answer from a part that still showed what another notebook had cleared.
CLEARED_ELSEWHERE = (
    "Not kept: all work was cleared in another notebook, and this part still showed some of it. It"
    " is empty now: answer again."
)


class PersistedWidget(BaseWidget):
    """A widget that keeps what its reader does under ``storage_key``, as plain JSON.

    ``linked_keys`` are further storage keys that the widget may read and keep. Further keywords are
    the spec.
    """

    linked_keys: tuple[str, ...] = ()

    def __init__(self, storage_key: str, **spec: Json):
        self.storage_key = storage_key
        self._clearings = 0
        super().__init__(spec={"storageKey": storage_key, **spec}, selected={}, state=self._state())
        self.observe(self._keep, "selected")
        storage.store.observe(self._stored)

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

    def _state(self) -> dict[str, Json]:
        state = {"value": self.value}
        return state | (
            {"linked": {key: storage.store.get(key) for key in self.linked_keys}}
            if self.linked_keys
            else {}
        )

    def _keep(self, change: dict[str, Any]) -> None:
        sent = change["new"]
        storage_key = sent.get("storageKey") or self.storage_key
        shown, clearings = self.state, self._clearings
        storage.store.look()  # another kernel may have cleared what the face still shows
        gone = self._clearings > clearings
        try:
            if storage_key != self.storage_key and storage_key not in self.linked_keys:
                raise ValueError(f"This part does not keep {storage_key!r}.")
            own = storage_key == self.storage_key
            earlier = shown.get("value") if own else shown["linked"].get(storage_key)
            if gone and earlier is not None:  # what is sent may hold what another reader wrote
                raise ValueError(CLEARED_ELSEWHERE)
            message = storage.store.put(
                storage_key, self.validate(sent["value"]) if own else sent["value"]
            )
        except ValueError as error:
            message = str(error)
        told = {"cleared": self._clearings} if self._clearings > clearings else {}
        self.state = {
            **self._state(),
            **told,
            "statusMessage": message,
            "turn": sent.get("turn"),
        }

    def _stored(self, keys: set[str], cleared: bool) -> None:
        state = self._state()
        if cleared:  # also what was typed and not kept yet has to go: it was another reader's
            self._clearings += 1
            self.state = {**state, "cleared": self._clearings}
        elif keys & {self.storage_key, *self.linked_keys} and any(
            self.state.get(part) != state[part] for part in state
        ):
            self.state = state
