"""Prompts: what a reader predicts or writes, and what was predicted, shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ..core.persisted import PersistedWidget
from ..core.protocol import PromptSpec


class _Prompt(PersistedWidget):
    """A question whose answer is kept."""

    face = "prompts"

    def __init__(self, spec: PromptSpec):
        super().__init__(spec["storageKey"], **spec)


def _spec(
    prompt: Literal["predict", "write", "again"], storage_key: str, question: str
) -> PromptSpec:
    """What every kind of prompt tells its face."""
    return {"kind": "prompts", "storageKey": storage_key, "type": prompt, "question": question}


class Predict(_Prompt):
    """A guess made before seeing anything: one of ``options``. See `RecallPrediction`."""

    def __init__(self, storage_key: str, question: str, options: Sequence[str]):
        super().__init__({**_spec("predict", storage_key, question), "options": list(options)})

    def to_text(self) -> str:
        """The question and what it offers, in words."""
        return f"{self.spec['question']}\n" + "\n".join(f"– {one}" for one in self.spec["options"])


class FreeResponse(_Prompt):
    """Free text in one or more labelled fields (``prompts``: name to label)."""

    def __init__(self, storage_key: str, question: str, prompts: Mapping[str, str]):
        fields = [{"name": name, "label": label} for name, label in prompts.items()]
        super().__init__({**_spec("write", storage_key, question), "fields": fields})

    def question_in_words(self) -> str:
        """The question alone: each field stands with its answer."""
        return str(self.spec["question"])

    def answer_in_words(self, value: Mapping[str, str]) -> list[str]:
        """What was written in each field."""
        return [f"{one['label']} {value.get(one['name'], '')}" for one in self.spec["fields"]]

    def to_text(self) -> str:
        """The question and what it offers, in words."""
        return f"{self.spec['question']}\n" + "\n".join(
            f"– {one['label']}" for one in self.spec["fields"]
        )


class RecallPrediction(_Prompt):
    """What was predicted under ``storage_key``, shown again beside ``question``."""

    def __init__(self, storage_key: str, question: str):
        super().__init__(_spec("again", storage_key, question))

    def answer_in_words(self, value: str) -> list[str]:
        """What was predicted."""
        return [f"You predicted: “{value}”"]
