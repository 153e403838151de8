"""The minutes of a lesson: of each part, and their sum."""

from __future__ import annotations

import re

import pytest

from lessons import Lesson, every
from upheaval import lesson
from upheaval.lessons import timing

each_lesson = pytest.mark.parametrize("one", every(), ids=repr)
_TOLD = re.compile(r"(?m)^#{2,3} (.+)(?:\n\n\*(Core|More) · (\d+) minutes?\*)?$")


def told(one: Lesson) -> list[tuple[str, str, int]]:
    """The headings of a notebook, in order, with what a reader finds below each."""
    prose = "\n\n".join(cell.source for cell in one.cells if cell.kind == "markdown")
    return [(name, kind, int(least or 0)) for name, kind, least in _TOLD.findall(prose)]


@each_lesson
def test_the_minutes_under_the_headings_are_those_that_the_lesson_promises(one: Lesson) -> None:
    core = {timing.part(name): least for name, kind, least in told(one) if kind == "Core"}
    assert sum(core.values()) == sum(one.about["minutes"]), core
    assert "Predict" in core and ("Before you go" in core or one.number == "00")


@each_lesson
def test_each_part_says_its_minutes_once(one: Lesson) -> None:
    parts = {timing.part(name): (kind.lower(), least) for name, kind, least in told(one) if least}
    assert parts == {name: (kind, least) for name, (kind, least) in one.about["time"].items()}
    assert len(parts) == sum(1 for _, _, least in told(one) if least), "one name twice"


@each_lesson
def test_every_heading_has_minutes_or_parts_that_have(one: Lesson) -> None:
    prose = "\n\n".join(cell.source for cell in one.cells if cell.kind == "markdown")
    timed = {name for name, _, least in told(one) if least}
    for section in re.split(r"(?m)^## ", prose)[1:]:
        name, *parts = re.findall(r"(?m)\A.+$|(?<=^### ).+$", section)
        assert set(parts) <= timed, parts
        assert name in timed or parts or name == timing.SETS_UP, name


@pytest.mark.parametrize("number", ["01", "03"])
def test_the_beginning_of_a_lesson_says_what_may_be_left_out(number: str) -> None:
    text = lesson.begin(number).text
    more = sum(least for kind, least in lesson.about(number)["time"].values() if kind == "more")
    assert f"marked “More” take {more} minutes beyond that" in text


# -- below a heading -------------------------------------------------------------------------------
def test_a_line_is_written_once_mended_and_taken_away() -> None:
    time = {"Look": ("core", 9), "Talk": ("more", 1)}
    prose = "## Look\n\nMove it.\n\n### Set up\n\n## Talk: when?"
    right = "## Look\n\n*Core · 9 minutes*\n\nMove it.\n\n### Set up\n\n## Talk: when?\n\n"
    right += "*More · 1 minute*"
    assert timing.written(prose, time) == right
    assert timing.written(right, time) == right
    assert "*Core · 8 minutes*\n\nMove" in timing.written(right, {"Look": ("core", 8)})
    assert timing.written(right, {}) == prose
