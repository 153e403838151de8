"""AllWork: the base of every widget that shows all that a reader keeps."""

from __future__ import annotations

from typing import Any

from . import storage
from .base import BaseWidget


class AllWork(BaseWidget):
    """A widget whose ``state`` has all that is kept, under ``all``, and follows it."""

    def __init__(self, **spec: Any):
        super().__init__(spec=spec, selected={}, state=self._state())
        storage.store.observe(self._stored)
        self.on_msg(self._on_message)

    @staticmethod
    def _state() -> dict[str, Any]:
        return {"all": storage.store.all(), "era": storage.store.era}

    def _on_message(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        storage.on_news(message)

    def _stored(self, _keys: set[str], cleared: bool) -> None:
        if cleared:  # a file that was loaded was another reader's
            self.selected = {}
        state = self._state()
        if any(self.state.get(part) != state[part] for part in state):
            self.state = state
