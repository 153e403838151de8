"""Questions from earlier lessons: which ones a lesson begins with, and all that can come back.

A lesson's words hold them under ``come_back``. They ask for what a reader keeps without the chart
in sight, so none is a copy of a check. By `drawn`, a lesson begins with two of the lesson before,
and with one of the lesson before that.
"""

from __future__ import annotations

from ..widgets.comeback import ComeBack, Returning
from . import build, words
from .blocks import escaped

#: The section of the words, and what the names in it begin with.
SECTION, PREFIX = "come_back", "back-"
#: The first lesson that begins with questions from earlier ones.
FIRST = "02"
#: How many questions a lesson has at least.
LEAST = 5
#: Under which storage key its rounds are kept.
KEY = "back"


def names(number: str) -> list[str]:
    """The names of a lesson's questions that come back, in order; none where it has no such."""
    return list(words.load(number).content.get(SECTION) or {})


def drawn(number: str) -> list[str]:
    """The questions that lesson ``number`` begins with, as ``03.back-floor``.

    Two of the lesson before, its first and second, and the third of the lesson before that: so none
    is asked twice, and a lesson is met again after one lesson and after two.
    """
    if number < FIRST:
        return []
    before, older = (f"{int(number) - back:02}" for back in (1, 2))
    return [
        *(f"{before}.{name}" for name in names(before)[:2]),
        *(f"{older}.{name}" for name in names(older)[2:3]),
    ]


def opening() -> str:
    """The Markdown of the part that begins with these questions, but for the line of its time."""
    said = words.shared()
    return f"## {said['what_did_you_keep']}\n\n{said['from_memory']}"


def content() -> dict[str, str]:
    """The page of all of them: its ``title`` and ``intro`` in words, the ``questions`` and ``why``
    after these days as HTML.
    """
    said = words.shared()
    reasons = ("come_back_spaced", "come_back_equal", "come_back_doubted")
    why = "".join(f"<p>{escaped(said[one])}</p>" for one in reasons)
    fold = f"<details><summary>{escaped(said['come_back_fold'])}</summary>{why}</details>"
    return {
        "title": said["come_back_title"],
        "intro": said["come_back_intro"],
        "questions": dealer().to_html(),
        "why": f'<div class="face lesson">{fold}</div>',
    }


def dealer() -> ComeBack:
    """All questions that come back, dealt after days and weeks."""
    lessons = [
        Returning(
            number,
            f"{number} · {words.load(number).content['title']}",
            [build.come_back(number, name) for name in names(number)],
        )
        for number in words.numbers()
    ]
    there = [one for one in lessons if one.checks]
    return ComeBack(KEY, words.shared()["come_back_question"], there)
