"""Calibration: how sure a reader was of the checks so far, and how often they were right."""

from __future__ import annotations

from typing import Literal, TypedDict

from ..core.all_work import AllWork

#: What it shows before anything was said, and where no script runs.
NOTHING = (
    "Beside each check you can say how sure you are. What you said of your first answers, and how"
    " often they were right, is shown here. It is no mark."
)


class CalibrationSpec(TypedDict):
    """What the face is told: ``CalibrationSpec`` in ``view.ts``."""

    kind: Literal["calibration"]
    question: str


class Calibration(AllWork):
    """How often first answers were right, among those a reader was sure of, and guessed.

    ``question`` stands above it. It keeps nothing.
    """

    face = "calibration"

    def __init__(self, question: str):
        super().__init__(question=question)

    def to_text(self) -> str:
        """What it is for, in words."""
        return f"{self.spec['question']}\n{NOTHING}"
