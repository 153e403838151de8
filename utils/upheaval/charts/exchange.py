"""The exchange: what Pyongyang and Moscow give one another, how much, and how well it is known."""

from __future__ import annotations

import functools

import pandas as pd

from . import draw
from .draw import Chart, Group, Line, Row, Rows, chosen, theme
from .exchange_glance import glance
from .exchange_rows import (
    COLUMNS,
    DENIED_BY,
    FROM,
    HOW_MUCH,
    ITEM,
    LANES,
    LAST_COLUMNS,
    LEVELS,
    SAID_BY,
    SIDES,
    STATUS,
    claimants,
    denied,
    deniers,
    from_side,
    people,
    quantity,
    rows_of,
)
from .exchange_words import AS_OF, TEXTS, description_of, news_of, subtitle_of, title_of

_LEVEL_WORDS = {
    "confirmed": "confirmed only",
    "claimed": "and what one side claims",
    "disputed": "and what is disputed",
    "reported": "and what is only reported",
    "speculated": "all, also what is speculated",
}

level_options = draw.offer(
    {level: f"{theme.STATUS[level].sign} {_LEVEL_WORDS[level]}" for level in LEVELS}
)
lane_options = draw.offer(LANES, first="All kinds, at a glance")
as_of_options = functools.partial(draw.as_of_options, AS_OF)

_COLUMNS: draw.Columns = {
    FROM: lambda row: SIDES[row["giver"]],
    "Kind": lambda row: LANES[row["lane"]][0],
    ITEM: "item",
    **COLUMNS,
    DENIED_BY: deniers,
    **LAST_COLUMNS,
}


def flows(
    items: pd.DataFrame,
    level: str = "speculated",
    lane: str | None = None,
    known: str | None = None,
) -> Chart:
    """What each side gives: one mark an item, from Pyongyang on the left, from Moscow on the right.

    ``items`` is (rows of) the table ``exchange``; ``level`` is the weakest status shown (all
    stronger ones with it, in the order of `LEVELS`); ``lane`` is a key of `LANES` and gives every
    item of that kind a line of its own with its quantity in its own unit, which no axis could hold
    together; ``known`` is a day, after which nothing counts. Raises ``KeyError`` for an unknown
    lane or level.
    """
    if lane is not None:
        chosen(LANES, lane, "kind of thing")
    chosen(dict.fromkeys(LEVELS), level, "status")
    public = [row for row in rows_of(items, known) if lane is None or row["lane"] == lane]
    visible = [row for row in public if row["rank"] <= LEVELS.index(level)]
    counts = {giver: (from_side(giver, visible), from_side(giver, public)) for giver in SIDES}
    dots = [("·", TEXTS["weaker"])] if len(visible) < len(public) and not lane else []
    title = title_of(level, lane, known, counts, visible, {row["lane"] for row in public})
    return Chart(
        None if lane else glance(public if visible else [], LEVELS.index(level)),
        rows=_lines(visible) if lane else None,
        title=title,
        subtitle=subtitle_of(lane, known),
        description=description_of(counts, visible, lane, title),
        table=draw.table(visible, _COLUMNS),
        **draw.provenance("exchange", visible, known=known or ""),
        news="" if known else news_of(items, public),
        name=f"exchange-{lane or 'all'}",
        list_columns={
            "when": "When",
            "status": STATUS,
            "title": ITEM,
            "body": HOW_MUCH,
            "note": "Note",
        },
        legend=[*theme.statuses(row["status"] for row in visible), *dots],
        mobile={"labels": False, "marks": 0.8},
    )


# -- one lane --------------------------------------------------------------------------------------
def _lines(visible: list[Row]) -> Rows:
    """A line an item: its status, its quantity, who says so and who denies it."""
    groups = []
    for giver, name in SIDES.items():
        lines = [
            Line(
                number,
                row["item"],
                text=quantity(row),
                note="; ".join(_voices(row)),
                sign=theme.status(row["status"]),
            )
            for number, row in enumerate(visible)
            if row["giver"] == giver
        ]
        groups += [Group(TEXTS["group"].format(side=name), lines)] if lines else []
    of = {
        "title": ITEM,
        "text": HOW_MUCH,
        "note": (SAID_BY, DENIED_BY),
        "sign": STATUS,
        "group": FROM,
    }
    return Rows(groups, of=of)


def _voices(row: Row) -> list[str]:
    said = TEXTS["voice"].format(who=people(claimants(row)) or TEXTS["press"])
    return [said, *filter(None, [denied(row)])]
