"""Every vote of eleven states on the war in the General Assembly: one look, before any share."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import listed
from . import draw
from .draw import Chart, Column, Group, Line, Mark, Rows, capital, theme
from .votes import FOUR, MEASURES, STATES, ranked, with_article

Row = dict[str, Any]

#: What a state did in a roll call: value of the table ``roll_calls``, and how it is drawn.
VOTES = {
    "yes": Mark(*theme.HOLDS, theme.BLUE, "yes"),
    "no": Mark(*theme.FAILS, theme.ORANGE, "no"),
    "abstain": Mark(*theme.OPEN, theme.PURPLE, "abstain"),
    "absent": Mark(*theme.UNTOLD, theme.GREY, "absent"),
}
#: Headings of the table that what is drawn comes from.
_ROLL_CALL, _DATE, _RESOLUTION, _WHO = "Roll call", "Date", "Resolution", "Who voted how"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "yes": "voted yes in {many}",
    "no": "voted no in {many}",
    "yes too": "yes in {many}",
    "no too": "no in {many}",
    "abstain": "abstained in {many}",
    "absent": "was absent in {many}",
    "all": "all {calls} roll calls",
    "some": "{count} of {calls} roll calls",
    "title": "{state} {did}; the same vote: {beside}",
    "title alone": "{state} {did}",
    "part": "{same} of {compared}",
    "whole": "all {compared}",
    "only": "the one both cast",
    "subtitle": "{calls} UN roll calls on Ukraine since 2014; {states} states by likeness to"
    " {state}, with equal votes of all both cast",
    "none": "No roll call",
    "choose": "No roll call is in the table. Choose another table.",
    "one": "{each}. One roll call is shown.",
    "many": "{each}. {count} roll calls are shown.",
    "own": "{state}: {votes}",
    "other": "{state}: {votes} (the same as {own}: {told})",
    "nothing": "{state}: {votes} (nothing to compare)",
    "camp": "{vote}: {states}",
}


def every_vote(roll_calls: pd.DataFrame, resolutions: pd.DataFrame, country: str = "RUS") -> Chart:
    """How each of `STATES` voted in each roll call: a line a resolution, a column a state.

    ``roll_calls`` is the table of this name (``resolution``, ``country_iso3``, ``vote``,
    ``sources``), ``resolutions`` the one that it points to (``id``, ``date``, ``title``). The state
    ``country`` stands first, the others in the order of `votes.ranked`: by the share of equal votes
    where both voted, which stands at the head of each column. Raises ``ValueError`` for a state
    without votes.
    """
    names = draw.short_names()
    cast = roll_calls[roll_calls["country_iso3"].isin(STATES)]
    others = ranked(cast, country, "drop", MEASURES["share"])
    states = [country, *(row["state"] for row in others)]
    calls = _calls(cast, resolutions)
    head = [{"state": country, "own": True}, *others]
    for row in head:
        row["name"] = names[row["state"]]
        row["votes"] = Counter(call["votes"][row["state"]] for call in calls)
    return Chart(
        None,
        rows=_rows(calls, head),
        title=_title(head, len(calls)),
        subtitle=TEXTS["subtitle"].format(
            states=len(states), calls=len(calls), state=with_article(names[country])
        ),
        description=_description(head, len(calls)),
        table=_table(calls, head),
        sources=[call["sources"] for call in calls],
        name=f"roll-calls-{country.lower()}",
        list_columns={"when": _DATE, "title": _RESOLUTION, "body": _WHO},
        legend=_used(calls),
    )


def _calls(cast: pd.DataFrame, resolutions: pd.DataFrame) -> list[Row]:
    """Each resolution in order of its day, with the vote of every state; who has none is absent."""
    by_call = {str(one): rows for one, rows in cast.groupby("resolution")}
    found = []
    for row in tables.records(resolutions.sort_values(["date", "id"], kind="stable")):
        votes = by_call.get(row["id"], cast[:0])
        said = dict(zip(votes["country_iso3"], votes["vote"], strict=True))
        pages = [*row["sources"], *(page for cell in votes["sources"] for page in cell)]
        call = {"votes": {state: said.get(state, "absent") for state in STATES}}
        found.append({**row, **call, "sources": tuple(dict.fromkeys(pages))})
    return found


def _used(calls: list[Row]) -> list[Mark]:
    cast = {vote for call in calls for vote in call["votes"].values()}
    return [mark for vote, mark in VOTES.items() if vote in cast]


def _rows(calls: list[Row], head: list[Row]) -> Rows:
    """A resolution a line, with a sign and a word for the vote of each state."""
    lines = [
        Line(
            at,
            f"{tables.spell(call['date'])}, {call['id'].removeprefix('A/RES/')}",
            call["title"],
            cells=[VOTES[call["votes"][row["state"]]] for row in head],
        )
        for at, call in enumerate(calls)
    ]
    return Rows(
        [Group("", lines)],
        columns=[Column(row["name"], note=_same(row)) for row in head],
        of={"title": _DATE, "text": _RESOLUTION, "cells": [row["name"] for row in head]},
        worded=True,
    )


def _same(row: Row) -> str:
    """How many votes are equal to those of the first state; nothing at that state itself."""
    if "own" in row or not row["compared"]:
        return ""
    return TEXTS["part"].format(**row)


def _told(row: Row) -> str:
    """The same in a sentence, where all is no part of itself."""
    if row["compared"] == row["same"]:
        return TEXTS["only" if row["same"] == 1 else "whole"].format(**row)
    return TEXTS["part"].format(**row)


# -- words -----------------------------------------------------------------------------------------
def _title(head: list[Row], calls: int) -> str:
    """What the first state did, most often first, and how often the four, or Russia, did so too."""
    if not calls:
        return TEXTS["none"]
    own, *others = head
    wanted = FOUR if own["state"] in FOUR else FOUR[:1]
    beside = [row for row in others if row["state"] in wanted and row["compared"]]
    words = {"state": capital(with_article(own["name"])), "did": _did(own["votes"], calls)}
    if not beside:
        return TEXTS["title alone"].format(**words)
    each = {row["state"]: f"{with_article(row['name'])} {_told(row)}" for row in beside}
    russia = each.get(FOUR[0], "")
    return stories.first_fitting(
        [
            TEXTS["title"].format(beside=", ".join(each.values()), **words),
            TEXTS["title"].format(beside=russia or next(iter(each.values())), **words),
            TEXTS["title alone"].format(**words),
        ]
    )


def _did(votes: Counter[str], calls: int) -> str:
    """What a state did, in words: "abstained in 9 of 11 roll calls and voted no in 2"."""
    said: list[str] = []
    before: set[str] = set()
    for vote, count in votes.most_common():
        many = TEXTS["all" if count == calls else "some"].format(count=count, calls=calls)
        voted = vote in ("yes", "no") and bool(before & {"yes", "no"})  # "voted" is said once
        text = TEXTS[f"{vote} too" if voted else vote]
        before.add(vote)
        said.append(text.format(many=str(count) if said else many))
    return listed(said)


def _description(head: list[Row], calls: int) -> str:
    if not calls:
        return TEXTS["choose"]
    own = with_article(head[0]["name"])
    each = []
    for row in head:
        votes = [f"{VOTES[vote].meaning} {count}" for vote, count in row["votes"].most_common()]
        which = "own" if "own" in row else "other" if row["compared"] else "nothing"
        words = {"own": own, "state": row["name"], "votes": ", ".join(votes)}
        told = _told(row) if which == "other" else ""
        each.append(TEXTS[which].format(told=told, **words))
    return TEXTS["one" if calls == 1 else "many"].format(count=calls, each="; ".join(each))


def _table(calls: list[Row], head: list[Row]) -> pd.DataFrame:
    def camps(call: Row) -> str:
        """The states by what they did."""
        found = {
            vote: [row["name"] for row in head if call["votes"][row["state"]] == vote]
            for vote in VOTES
        }
        return "; ".join(
            TEXTS["camp"].format(vote=VOTES[vote].meaning, states=", ".join(states))
            for vote, states in found.items()
            if states
        )

    return pd.DataFrame(
        {
            _DATE: [tables.spell(call["date"]) for call in calls],
            _RESOLUTION: [call["title"] for call in calls],
            _ROLL_CALL: [call["id"] for call in calls],
            **{
                row["name"]: [VOTES[call["votes"][row["state"]]].meaning for call in calls]
                for row in head
            },
            _WHO: [capital(camps(call)) for call in calls],
        }
    )
