"""The table of contents of a page that is one file, and the anchors that it leads to."""

from __future__ import annotations

import html as html_text
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..lessons.blocks import escaped
from . import parts

_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


@dataclass
class Heading:
    """A heading: its words, the anchor that it has, and the headings below it."""

    text: str
    anchor: str
    below: list[Heading] = field(default_factory=list)


def of(sources: Iterable[str]) -> list[Heading]:
    """The headings of a page in their order, from the Markdown of its cells; each has an anchor."""
    found: list[Heading] = []
    taken: set[str] = set()
    for level, text in (one for source in sources for one in parts.headings(source)):
        heading = Heading(text, _free(parts.name_of(text) or "part", taken))
        (found[-1].below if level == 3 and found else found).append(heading)
    return found


def _free(name: str, taken: set[str]) -> str:
    """A name that no heading before has: with a number, where one has it."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}-{number}"
    taken.add(free)
    return free


def anchored(html: str, to_come: list[Heading]) -> str:
    """HTML of a cell with its anchor on each heading; those ``to_come`` are taken from the list.

    A heading that the list does not have (an empty one, a line of text with dashes below it) has
    no anchor.
    """

    def one(found: re.Match[str]) -> str:
        words = _letters(html_text.unescape(re.sub(r"<[^>]*>", "", found[2])))
        for at, heading in enumerate(to_come):
            if _letters(_plain(heading.text)) == words:
                del to_come[: at + 1]
                return f'<h{found[1]} id="{heading.anchor}">{found[2]}</h{found[1]}>'
        return found[0]

    return _HEADING.sub(one, html)


def in_order(headings: Iterable[Heading]) -> Iterator[Heading]:
    """Headings, and behind each those below it: the order of the page."""
    for one in headings:
        yield one
        yield from in_order(one.below)


def _letters(text: str) -> str:
    """A heading's letters and digits, which Markdown and HTML have alike."""
    return re.sub(r"\W+", "", text)


def markup(headings: Iterable[Heading]) -> str:
    """The list that leads to all headings, in HTML."""
    items = "".join(
        f'<li><a href="#{one.anchor}">{escaped(_plain(one.text))}</a>'
        f"{markup(one.below) if one.below else ''}</li>"
        for one in headings
    )
    return f"<ul>{items}</ul>" if items else ""


def _plain(text: str) -> str:
    """A heading without the marks of Markdown; of a link its words alone."""
    return re.sub(r"[*_`]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text))
