"""The options of a check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One answer: its ``text``, ``why`` for those who chose it, and whether it is ``right``."""

    text: str
    why: str
    right: bool = False
