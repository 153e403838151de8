"""Prompts: what a reader predicts or writes, and what was predicted, shown again."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ... import saving
from ..core.persisted import PersistedWidget
from ..core.protocol import GuessScale, PromptSpec

Json = Any

#: What the two halves of a card are called, and what stands in the first without a prediction.
YOU_SAID = "You said"
IT_WAS = "It was"
NOTHING = "You made no prediction at the start of this lesson."


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
    """A guess made before seeing anything: one of ``options``. See `RecallPrediction`.

    With a ``scale`` (`GuessScale` in ``protocol.ts``) it is a number that the reader sets there,
    kept as a text that begins with it ("20 days later"); the options are what numbers mean, and
    what paper offers.
    """

    def __init__(
        self,
        storage_key: str,
        question: str,
        options: Sequence[str],
        scale: GuessScale | None = None,
    ):
        spec: PromptSpec = {**_spec("predict", storage_key, question), "options": list(options)}
        if scale:
            spec["scale"] = scale
        super().__init__(spec)

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


@dataclass(frozen=True)
class Outcome:
    """What came of a prediction: paragraphs of ``text``, and which ``options`` it made ``right``.

    ``same`` and ``other`` are said where the reader predicted one of those, or another. With
    ``folded``, the words on a fold, nobody sees the answer by chance. Of a prediction on a
    ``scale`` the number ``at`` came, and the card shows both there.
    """

    text: Sequence[str]
    options: Sequence[str] = ()
    right: Sequence[str] = ()
    same: str = "This is what you said."
    other: str = "You said something else."
    folded: str = ""
    scale: GuessScale | None = None
    at: float | None = None


class RecallPrediction(_Prompt):
    """A card: what was predicted under ``storage_key`` beside its ``outcome``, then a question."""

    def __init__(self, storage_key: str, question: str, outcome: Outcome | None = None):
        spec = _spec("again", storage_key, question)
        if outcome:
            spec["came"] = {
                "text": list(outcome.text),
                "options": list(outcome.options),
                "right": list(outcome.right),
                "same": outcome.same,
                "other": outcome.other,
                "folded": outcome.folded,
            }
            if outcome.scale and outcome.at is not None:
                spec["came"] |= {"scale": outcome.scale, "at": outcome.at}
        super().__init__(spec)

    def answer_lines(self) -> list[str]:
        """What was predicted and what came, in words; the second unless it is folded."""
        came = self.spec.get("came")
        lines = [f"{YOU_SAID}: {self._said()}"]
        if not came or came["folded"]:
            return lines
        return [*lines, f"{IT_WAS}: {came['text'][0]}", *came["text"][1:], *self._compared()]

    def to_text(self) -> str:
        """What came, and the question."""
        came = self.spec.get("came")
        told = [] if not came or came["folded"] else [f"{IT_WAS}: {came['text'][0]}"]
        return "\n".join([*told, *(came["text"][1:] if told else []), self.spec["question"]])

    def question_in_words(self) -> str:
        """The question that stands below the card."""
        return str(self.spec["question"])

    def saved_form(self) -> dict[str, Json]:
        """The card as it is now, for a front end without widgets."""
        lines = [*self.answer_lines(), self.spec["question"]]
        return {saving.HTML: self._card(), "text/plain": "\n".join(lines)}

    def _said(self) -> str:
        value = self.value
        return f"“{value}”" if isinstance(value, str | int | float) and value != "" else NOTHING

    def _compared(self) -> list[str]:
        """How the two halves go together; nothing where that cannot be said."""
        came = self.spec.get("came")
        if not came or not came["right"] or self.value not in came["options"]:
            return []
        return [came["same"] if self.value in came["right"] else came["other"]]

    def _card(self) -> str:
        """The card in HTML: what `view.ts` makes, for who runs no script."""
        came = self.spec.get("came")
        said = f"<dt>{YOU_SAID}</dt><dd>{_paragraphs([self._said()])}</dd>"
        was = f"<dt>{IT_WAS}</dt><dd>{_paragraphs(came['text'])}</dd>" if came else ""
        look = saving.ANSWER if self.value is not None else ""
        below = _paragraphs(self._compared())
        if came and came["folded"]:
            fold = html.escape(came["folded"])
            was = f"<details><summary>{fold}</summary><dl>{was}</dl>{below}</details>"
            halves = f"<dl>{said}</dl>{was}"
        else:
            halves = f"<dl>{said}{was}</dl>{below}"
        return f'<div class="{look}">{halves}{_paragraphs([self.spec["question"]])}</div>'


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)
