"""The frames of frameworks for teaching: in the words of each lesson, and on the page of them."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest

from lessons import NOTEBOOKS, Lesson, every
from upheaval.__main__ import main
from upheaval.lessons import frames, schema, timing, words
from upheaval.publish import sources

each_lesson = pytest.mark.parametrize("one", every(), ids=repr)


@each_lesson
def test_every_part_that_serves_a_frame_is_a_heading_of_the_lesson(one: Lesson) -> None:
    prose = "\n\n".join(cell.source for cell in one.cells if cell.kind == "markdown")
    headings = {timing.part(name) for name in re.findall(r"(?m)^#{2,3} (.+)$", prose)}
    served = list(frames.of(one.about))
    assert {part for _, part, _ in served} <= headings
    assert len({(frame, part) for frame, part, _ in served}) == len(served), "twice the same"
    assert {frame.framework for frame, _, _ in served} == {frames.C3, frames.ACRL}


def test_every_frame_of_the_list_is_served_somewhere() -> None:
    served = {one["code"] for lesson in every() for one in lesson.about["frames"]}
    assert served == frames.every().keys()


def test_the_page_is_what_the_words_make() -> None:
    made = frames.page([lesson.about for lesson in every()])
    assert frames.PAGE.read_text(encoding="utf-8") == made, "python start.py refresh makes it anew"
    for lesson in every():
        assert f"## {lesson.number} {lesson.about['title']}\n" in made


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "D3.33"}, "Did you mean “D3.3”?"),
        ({"part": "Read on"}, "Read"),
        ({"how": ""}, "It needs a text."),
        ({"why": "so"}, "There is none here."),
    ],
)
def test_what_is_wrong_with_a_frame_is_told(change: dict[str, str], said: str) -> None:
    read = words.load("02")
    content = copy.deepcopy(read.content)
    content["frames"][0] |= change
    found = schema.problems(words.Words("02", read.path, content, read.lines))
    assert len(found) == 1 and said in str(found[0]) and "frames" in str(found[0])


def test_refresh_makes_the_page_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sources, "refresh", lambda _: False)
    monkeypatch.setattr(frames, "write", lambda: True)
    assert main(["refresh", str(NOTEBOOKS / "02_a_timeline.ipynb")]) == 0
    assert "frames.md: made anew" in capsys.readouterr().out
    monkeypatch.undo()
    page = tmp_path / "frames.md"
    assert frames.write(page) and page.read_text("utf-8") == frames.PAGE.read_text("utf-8")
    assert not frames.write(page)
    assert not frames.write(tmp_path / "missing" / "frames.md"), "a student's collection"
