"""Which frames of two frameworks for teaching a lesson serves, and the page that says so.

A lesson's words name them under ``frames``: a code of ``frames.yaml``, the part of the
lesson that serves it, and one sentence on how. `page` makes ``teaching/frames.md`` of all of them.

"The College, Career, and Civic Life (C3) Framework for Social Studies State Standards" (National
Council for the Social Studies, 2013), indicators for grades 9 to 12; "Framework for Information
Literacy for Higher Education" (Association of College and Research Libraries, 2016).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..widgets.core import files
from . import words

Json = Any

C3, ACRL = "C3", "ACRL"
#: Where the page stands that is made of the frames of all lessons.
PAGE = Path(__file__).resolve().parents[3] / "teaching" / "frames.md"


class Frame(NamedTuple):
    """A frame: the ``framework`` it is of, its ``code`` there, and what it is called there.

    C3's ``name`` is the heading that the indicator stands under; ACRL has names and no codes.
    """

    framework: str
    code: str
    name: str


@functools.cache
def every() -> dict[str, Frame]:
    """Every frame that a lesson may name, by the code that it names it with: ``frames.yaml``."""
    named = words.load("frames").content
    return {
        one: Frame(framework, f"{one}.9-12" if framework == C3 else "", name)
        for framework in (C3, ACRL)
        for one, name in (named.get(framework) or {}).items()
    }


_HEAD = """\
# Which frames each lesson serves

This page is made by `python start.py refresh` from the words of the lessons (`frames:` in
`notebooks/words/`). Do not edit it by hand.

- **C3**: National Council for the Social Studies, *The College, Career, and Civic Life (C3)
  Framework for Social Studies State Standards* (2013), indicators for grades 9 to 12. Beside each
  code stands the heading it is under.
- **ACRL**: Association of College and Research Libraries, *Framework for Information Literacy for
  Higher Education* (2016). Its six frames have names and no codes.

A frame stands here where one part of a lesson serves it. The codes were read on 30 November 2026 in
stored copies of public pages: tables of indicators (4mylearn.org), Connecticut's framework, which
repeats those of civics (kiddom.co), and public lesson plans that quote single ones; the headings of
Dimension 4 at the publisher's site (socialstudies.org), the names of the ACRL frames in guides of
university libraries. Neither framework was at hand as a whole, and most headings of Dimension 2 are
given as they are commonly cited: look a wording up before you quote it to somebody.
"""


def of(lesson: dict[str, Json]) -> Iterator[tuple[Frame, str, str]]:
    """Each frame that the words of a ``lesson`` name, with the part that serves it, and how."""
    for one in lesson.get("frames", ()):
        yield every()[one["code"]], one["part"], one["how"]


def page(lessons: Sequence[dict[str, Json]]) -> str:
    """The page on all frames, as Markdown: lesson by lesson, then frame by frame."""
    served: dict[Frame, list[str]] = {frame: [] for frame in every().values()}
    lines = [_HEAD]
    for lesson in lessons:
        number = lesson["lesson"]
        lines += [f"## {number} {lesson['title']}\n", "| frame | part of the lesson | how |"]
        lines += ["| --- | --- | --- |"]
        for frame, part, how in of(lesson):
            lines.append(f"| {_named(frame)} | *{part}* | {how} |")
            if number not in served[frame]:
                served[frame].append(number)
        lines.append("")
    lines += ["## Frame by frame\n", "| frame | lessons |", "| --- | --- |"]
    lines += [f"| {_named(frame)} | {', '.join(them)} |" for frame, them in served.items() if them]
    return "\n".join(lines) + "\n"


def _named(frame: Frame) -> str:
    return " ".join(filter(None, [frame.framework, frame.code])) + f": {frame.name}"


def write(path: Path = PAGE) -> bool:
    """Make the page anew; whether it has changed.

    A student's collection has no folder for it, and is left as it is.
    """
    if not path.parent.is_dir():
        return False
    text = page([words.load(number).content for number in words.numbers()])
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    files.write_whole(path, text)
    return True
