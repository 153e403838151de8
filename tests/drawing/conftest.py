"""The explorers of the lessons, made once for all tests of the drawing."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

import lessons
from upheaval.widgets import Explorer


@pytest.fixture(scope="session")
def explorers_of() -> Callable[[str], list[Explorer]]:
    """``explorers_of("03")``: every explorer of a lesson, as its cells make them."""
    return functools.cache(_explorers)


def _explorers(number: str) -> list[Explorer]:
    found: list[Explorer] = []
    original = Explorer.__init__

    def noted(self: Explorer, *positional: Any, **named: Any) -> None:
        original(self, *positional, **named)
        found.append(self)

    lesson = next(one for one in lessons.every() if one.number == number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACE_MODE", "page")
        patch.chdir(lessons.NOTEBOOKS)
        patch.setattr(Explorer, "__init__", noted)
        names: dict[str, Any] = {}
        for cell in lesson.code:
            lessons.run(cell.source, names)
    return found
