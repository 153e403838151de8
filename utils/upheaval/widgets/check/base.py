"""What checks of every kind have in common."""

from __future__ import annotations

import ast
import functools
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Self, cast

from ..core import legacy, protocol
from ..core.persisted import PersistedWidget
from ..core.seal import seal, unseal

Json = Any

#: A longer answer is refused, so that none can make the file of a reader's work unusable.
MOST_LETTERS = 2_000


def common(
    kind: str, name: str, question: str, hints: Iterable[str], answer_key: protocol.AnswerKey
) -> protocol.CheckSpec:
    """What the spec of every check begins with; its `kind` adds its own."""
    return {
        "kind": "check",
        "type": kind,
        "storageKey": name,
        "answerKey": seal(answer_key),
        "question": question,
        "hints": list(hints),
    }


#: What goes with an answer; the face has the words of the last one (``core/sure.ts``).
_NEEDED, _BESIDE = {"answer", "right", "tries"}, {"day", "sure"}
SURE = ("sure", "fairly", "guessing")


def is_attempt(value: Json) -> bool:
    """Whether ``value`` has the shape of an answer to a check; nothing is said of the answer."""
    if not isinstance(value, dict) or not _NEEDED <= set(value) <= _NEEDED | _BESIDE:
        return False
    sure = value.get("sure", {"said": SURE[0], "right": True})
    return (
        isinstance(value["right"], bool)
        and type(value["tries"]) is int
        and isinstance(value.get("day", ""), str)
        and len(value.get("day", "")) <= len("2026-02-28")
        and isinstance(sure, dict)
        and set(sure) == {"said", "right"}
        and sure["said"] in SURE
        and isinstance(sure["right"], bool)
    )


class BaseCheck(PersistedWidget):
    """A question with feedback, made of its whole spec.

    The face marks, with a kernel and in a page alike (``rules.ts``), by the answer key that goes
    along under a seal. The last answer is kept with the reader's work, under the check's name
    (which must be unique in the collection), as ``{"answer", "right", "tries"}``, with the ``day``
    of it and, where they said so, how ``sure`` they were of the first. It stands there
    again at the next visit, marked anew: whether it was right is told by the rows as they are then.
    An option is kept by its id; what an earlier version kept as a position is read by the face,
    with the frozen table of `legacy`.
    """

    face = "check"

    def __init__(self, spec: Mapping[str, Json]):
        own = {part: one for part, one in spec.items() if part not in ("kind", "storageKey")}
        super().__init__(spec["storageKey"], **own)

    @functools.cached_property
    def answer_key(self) -> dict[str, Json]:
        """The answers and their reasons, without their seal."""
        key: dict[str, Json] = unseal(self.spec["answerKey"])
        return key

    @classmethod
    def sealed(cls, text: str) -> Self:
        """The check of a cell in a student's copy, whose code stands under `seal` in ``text``.

        The code runs among the names of who calls, as it would without its seal; nobody reads the
        answers in it by accident. Raises what it raises, and ``ValueError`` where it makes no
        check.
        """
        code = unseal(text)
        if isinstance(code, dict) and "storageKey" in code:  # the copy of an earlier version
            if "options" in code:
                ids = [one["id"] for one in code["options"]]
                code["legacy"] = legacy.options(code["storageKey"], ids)
            return cls(code)
        made = _run(code, sys._getframe(1).f_globals) if isinstance(code, str) else None
        if not isinstance(made, cls):
            raise ValueError(
                "This copy was made by an earlier version of the collection. Get the notebook anew;"
                " what you answered is kept."
            )
        return made

    def validate(self, value: Json) -> protocol.Attempt:
        """The attempt as the face sends it. Raises ``ValueError`` where it is none."""
        if not is_attempt(value):
            raise ValueError(
                "Not kept: an answer comes with a verdict and the number of tries. Answer again."
            )
        if len(json.dumps(value["answer"])) > MOST_LETTERS:
            raise ValueError("Not kept: this answer is too long. A number or a few words will do.")
        return cast(protocol.Attempt, value)

    def answer_in_words(self, value: Json) -> list[str]:
        """The last answer, by the texts of its options, and how sure the reader was at first."""
        sure = value.get("sure")
        return [*self._answered(value), *([f"How sure at first: {sure['said']}"] if sure else [])]

    def _answered(self, value: Json) -> list[str]:
        answer, slots = value["answer"], self.spec.get("slots")
        if not isinstance(answer, list):
            return [f"Your answer: {self._option(answer)}"]
        chosen = [self._option(one) for one in answer]
        if not slots:
            return ["Your answer:", *(f"– {one}" for one in chosen)]
        pairs = zip(slots, chosen, strict=True)
        return ["Your answer:", *(f"– {slot}: {one}" for slot, one in pairs)]

    def _option(self, answer: Json) -> str:
        """The text of an option, kept by its id or, by an earlier version, by its position."""
        if "options" not in self.spec:
            return f"{answer} {self.spec.get('unit', '')}".strip()
        texts = {one["id"]: one["text"] for one in self.spec["options"]}
        earlier = self.spec["legacy"]
        key = earlier[answer]["id"] if isinstance(answer, int) else answer
        gone = {one["id"]: one.get("text", one["id"]) for one in earlier}
        return str(texts.get(key) or gone.get(key) or "nothing chosen")

    def to_text(self) -> str:
        """The question and its answers in words."""
        return f"{self.spec['question']}\n" + "\n".join(
            f"– {one['text']}" for one in self.spec.get("options", ())
        )


def _run(code: str, names: dict[str, Json]) -> Json:
    """The value of the last line of `code`, as a notebook gives it."""
    *body, last = ast.parse(code).body
    exec(compile(ast.Module(body, []), "<sealed check>", "exec"), names)
    assert isinstance(last, ast.Expr), "`editions` seals no other code"
    return eval(compile(ast.Expression(last.value), "<sealed check>", "eval"), names)
