"""How every figure looks: one plotly template, one palette, one set of marks for status.

Each colour keeps a contrast of at least 3:1 against both the light page (#ffffff) and the dark one
(#111318), so that a chart can follow the reader's theme without being computed again;
`tests/test_theme.py` works the ratios out. Text, grid lines and background are set by the face when
it paints, from the style of the page.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from ...facts.wording import STATUSES

PAPER = {"light": "#ffffff", "dark": "#111318"}

BLUE = "#2b7bb9"
ORANGE = "#c25e10"
GREEN = "#22895b"
PURPLE = "#9561c4"
GREY = "#737b87"
#: Series colours in the order in which a chart takes them; more than four series ask for another
#: chart.
PALETTE = (BLUE, ORANGE, GREEN, PURPLE)


@dataclass(frozen=True)
class Mark:
    """How a status is drawn: ``symbol`` is plotly's name, ``sign`` the same shape as text."""

    symbol: str
    sign: str
    colour: str
    meaning: str

    @property
    def signed(self) -> str:
        """Sign and meaning, as cells and labels have them: `● confirmed`."""
        return f"{self.sign} {self.meaning}"


#: Status is told by shape *and* word; colour only repeats it (blue and filled: nobody with standing
#: disagrees).
STATUS = {
    word: Mark(symbol, sign, colour, STATUSES[word])
    for word, symbol, sign, colour in (
        ("confirmed", "circle", "●", BLUE),
        ("claimed", "triangle-up-open", "△", ORANGE),
        ("disputed", "x-open", "✕", ORANGE),
        ("reported", "diamond-open", "◇", ORANGE),
        ("speculated", "circle-open", "○", GREY),
    )
}

#: The shapes of every other scale, as (plotly's symbol, the same as text): from what holds through
#: what does in part to what does not, what is open, and what cannot be told. The five signs of
#: status stand for status alone.
HOLDS = ("square", "■")
PARTLY = ("square-open-dot", "▣")
MIXED = ("triangle-down-open", "▽")
FAILS = ("triangle-down", "▼")
OPEN = ("square-open", "□")
UNTOLD = ("line-ew-open", "—")


def status(word: str) -> Mark | None:
    """How a status is drawn, with the word itself as its meaning; nothing for another word."""
    mark = STATUS.get(word)
    return replace(mark, meaning=word) if mark else None


def signed_status(word: str) -> str:
    """A status with its sign: `● confirmed`; empty for another word."""
    mark = status(word)
    return mark.signed if mark else ""


def statuses(words: Iterable[str]) -> list[Mark]:
    """How each status among the words is drawn, the strongest first: for a legend."""
    here = set(words)
    return [replace(mark, meaning=word) for word, mark in STATUS.items() if word in here]


#: How far something holds, where that is no status: wholly, in part, not at all.
DEGREES = (
    Mark(*HOLDS, BLUE, "wholly"),
    Mark(*PARTLY, BLUE, "in part"),
    Mark(*OPEN, BLUE, "not"),
)


FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"

TEMPLATE = go.layout.Template(
    layout=go.Layout(
        font={"family": FONT, "size": 14},
        colorway=PALETTE,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 12, "t": 8, "b": 36, "autoexpand": True},
        xaxis={
            "automargin": True,
            "ticks": "outside",
            "showgrid": True,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"automargin": True, "showgrid": True, "zeroline": False, "fixedrange": True},
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.0,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        hoverlabel={"align": "left", "font": {"family": FONT, "size": 13}},
        dragmode=False,
    )
)
# plotly trusts its default template; one that a figure brings along is checked anew each time,
# which took more than half of the time of a figure. So ours is the default, and a figure of a
# reader's own has the same look.
pio.templates["upheaval"] = TEMPLATE
pio.templates.default = "upheaval"


def figure(*traces: go.Trace | dict[str, Any], **layout: Any) -> go.Figure:
    """A figure in our look: `traces` on the template, with `layout` settings on top.

    A trace given as a plain dict (``{"type": "scatter", …}``) is checked by plotly once, an object
    of plotly's twice.
    """
    return go.Figure(data=list(traces), layout=layout)


def escape_html(text: object) -> str:
    """`text` as itself in a figure, where plotly would read ``<b>`` or ``<a href>`` as markup."""
    return html.escape(str(text), quote=False)


def hover(head: str, *lines: str) -> str:
    """The label of a mark under a pointer: its head in bold, then lines; all are markup already."""
    return "<br>".join([f"<b>{head}</b>", *lines])


def wrapped(text: str, width: int = 48) -> str:
    """`text` escaped (`escape_html`), in lines of about `width` characters, for a hover label."""
    lines, line = [], ""
    for word in str(text).split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join(escape_html(part) for part in [*lines, line])


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours ``#rrggbb``, from 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
