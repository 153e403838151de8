"""Every title of every recorded state, lesson by lesson: short, whole, and in words that were said.

The record (`tests/net/recorded/words`) has each computed state of every chart, each option of each
filter, and pairs of options by lot; `tests/net` holds it to what the lessons say today.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from upheaval.doctor import ROOT
from upheaval.phrases import LONGEST

LESSONS = tuple(f"{number:02}" for number in range(13))
#: Letters of a subtitle: two lines of a laptop, four of a phone.
SUBTITLE = 120


class Said(NamedTuple):
    """A title or subtitle, the chart that has it, and the first state in which it has."""

    chart: str
    state: str
    text: str


@functools.cache
def recorded(lesson: str, which: str) -> tuple[Said, ...]:
    """All texts of a kind (``title`` or ``subtitle``) that the charts of a lesson show."""
    return tuple(_read(lesson, which))


def _read(lesson: str, which: str) -> Iterator[Said]:
    path = ROOT / "tests/net/recorded/words" / f"{lesson}.txt"
    chart = state = ""
    seen: set[tuple[str, str]] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            chart, state = line.removeprefix("=== ") if line.startswith("=== chart") else "", ""
        elif line.startswith("--- "):
            state = line.removeprefix("--- ")
        elif chart and line.startswith(f"  {which}: "):
            text = line.removeprefix(f"  {which}: ")
            if (chart, text) not in seen:
                seen.add((chart, text))
                yield Said(chart, state, text)


each_lesson = pytest.mark.parametrize("lesson", LESSONS)


@each_lesson
def test_every_title_and_subtitle_is_short_enough_to_be_read(lesson: str) -> None:
    titles, subtitles = recorded(lesson, "title"), recorded(lesson, "subtitle")
    long = [one for one in titles if len(one.text) > LONGEST]
    long += [one for one in subtitles if len(one.text) > SUBTITLE]
    assert titles and subtitles and not long, "\n".join(map(str, long))


@each_lesson
def test_no_title_is_cut_within_a_sentence(lesson: str) -> None:
    """What is left out of words that somebody said is told by […], after a whole sentence."""
    cut = [
        one
        for one in recorded(lesson, "title")
        if "…" in re.sub(r"[.!?] \[…\]”", "", one.text) or re.search(r"[{}]|\bnan\b", one.text)
    ]
    assert not cut, "\n".join(map(str, cut))


#: Words that a title has no use for: one could "defend" soldiers; what is coded does not "decide".
_UNWANTED = re.compile(
    r"could defend|\bmiddling\b|go down|laws or judgement|newly tied|most in full"
)


@each_lesson
def test_no_title_has_words_that_misled_readers(lesson: str) -> None:
    found = [one for one in recorded(lesson, "title") if _UNWANTED.search(one.text)]
    assert not found, "\n".join(map(str, found))


#: One thing told as many: "1 missiles", "in 1 of 52 months, last in", "1 missile, most in"; and
#: all of a thing told as a part of it: "2 of 2", "21 of the 21".
_COUNTED = re.compile(
    r"(?<![\d.,–])1 (?!(?:of|km|million|billion|times|yes|no|as)\b)[a-z]+s\b(?! of one)"
    r"|\bin 1 of\b|\b1 \w+, most in\b|(?<![\d.,])(\d+) of (?:the )?\1\b(?! equal)"
)


@pytest.mark.parametrize("which", ("title", "description"))
@each_lesson
def test_one_is_not_told_as_many_and_all_not_as_a_part(lesson: str, which: str) -> None:
    found = [
        f"{one.text} [{told[0]}]"
        for one in recorded(lesson, which)
        if (told := _COUNTED.search(one.text))
    ]
    assert not found, "\n".join(found)
