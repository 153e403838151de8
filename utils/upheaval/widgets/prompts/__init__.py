"""Prompts: what a reader predicts or writes, and what was predicted, shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.persisted import PersistedWidget

Json = Any


class _Prompt(PersistedWidget):
    """A question whose answer is kept."""

    face = "prompts"

    def __init__(self, prompt: str, storage_key: str, question: str, **spec: Json):
        super().__init__(storage_key, type=prompt, question=question, **spec)


class Predict(_Prompt):
    """A guess made before seeing anything: one of ``options``. See `RecallPrediction`."""

    def __init__(self, storage_key: str, question: str, options: Sequence[str]):
        super().__init__("predict", storage_key, question, options=list(options))

    def to_text(self) -> str:
        """The question and what it offers, in words."""
        return f"{self.spec['question']}\n" + "\n".join(f"– {one}" for one in self.spec["options"])


class FreeResponse(_Prompt):
    """Free text in one or more labelled fields (``prompts``: name to label)."""

    def __init__(self, storage_key: str, question: str, prompts: Mapping[str, str]):
        super().__init__(
            "write",
            storage_key,
            question,
            fields=[{"name": name, "label": label} for name, label in prompts.items()],
        )

    def to_text(self) -> str:
        """The question and what it offers, in words."""
        return f"{self.spec['question']}\n" + "\n".join(
            f"– {one['label']}" for one in self.spec["fields"]
        )


class RecallPrediction(_Prompt):
    """What was predicted under ``storage_key``, shown again beside ``question``."""

    def __init__(self, storage_key: str, question: str):
        super().__init__("again", storage_key, question)
