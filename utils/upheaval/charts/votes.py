"""Votes in the General Assembly on the war: who votes like whom."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .. import stories
from ..facts.wording import listed
from ..methods import voting
from . import draw
from .draw import Bar, Chart, Group, Line, Row, Rows, Scale, capital, chosen, theme

#: The states compared, and which of them the phrase "axis" means.
STATES = ("RUS", "PRK", "CHN", "IRN", "BLR", "VEN", "IND", "BRA", "USA", "KOR", "JPN")
FOUR = ("RUS", "PRK", "CHN", "IRN")
ABSENCES = {"drop": "Left out", "as_abstention": "Counted as abstentions"}


@dataclass(frozen=True)
class Measure:
    """A way to count agreement: label, phrase of a subtitle, field of `voting.Matrix`, heading."""

    label: str
    phrase: str
    field: str
    heading: str


MEASURES = {
    "share": Measure(
        "Equal votes", "share of equal votes", "share", heading="Share of equal votes"
    ),
    "score": Measure(
        "Half a point for an abstention",
        "a point for equal votes, half where one abstains",
        "score",
        heading="With half points",
    ),
}
#: With fewer roll calls than this a pair is not ranked.
ENOUGH = 6
#: Headings of the table that what is drawn comes from.
_STATE, _COMPARED, _EQUAL = "State", "Roll calls compared", "Equal votes"
_OTHER = "Outside the four"
SCALE = Scale(1, [(0, "0"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %"), (1, "100 %")])

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "few": "Too few roll calls to say with whom {state} votes",
    "title": "{state} votes most like {most}; {beside}",
    "alike": "{state} votes alike with all others ({same} of {compared} equal)",
    "equal in": "{states} ({same} of {compared} equal)",
    "beside": "with {states}",
    "several": "{count} others",
    "one beside": "{state} {same} of {compared}",
    "subtitle": "{phrase} among these {states} states; {calls} UN roll calls on Ukraine since"
    " 2014; absences {absent}",
    "states": "By {phrase}, each over the number of roll calls given: {states}. {count} states are"
    " compared with {state}.",
    "state": "{state} {share} over {compared}",
    "state alone": "{state}, nothing to compare",
    "nothing": "{same} of {compared}: nothing to compare",
    "equal": "{same} of {compared} equal",
    "thin": "{same} of {compared} equal, too few to rank",
    "four": "the four: Russia, China, Iran and North Korea",
    "others": "states outside the four",
}


absent_options = draw.offer(ABSENCES)
measure_options = draw.offer(MEASURES)


def state_options() -> list[tuple[str, str]]:
    """(label, value) of every state."""
    names = draw.short_names()
    return [(names[state], state) for state in STATES]


def agreement(
    roll_calls: pd.DataFrame, country: str = "RUS", absent: str = "drop", measure: str = "share"
) -> Chart:
    """How alike one state and the others vote, highest first, with the number of votes compared.

    ``roll_calls`` is the table ``roll_calls``; ``country`` a code of `STATES`, ``absent`` a key of
    `ABSENCES`, ``measure`` one of `MEASURES`. Pairs with fewer than `ENOUGH` roll calls stand last,
    without a bar. Raises ``ValueError`` for a state without votes and ``KeyError`` for another
    measure.
    """
    how = chosen(MEASURES, measure, "measure")
    missing = chosen(ABSENCES, absent, "way to treat absences")
    cast = roll_calls[roll_calls["country_iso3"].isin(STATES)]
    rows = ranked(cast, country, absent, how)
    name = with_article(draw.short_names()[country])
    return Chart(
        None,
        rows=_rows(rows, how),
        title=_title(rows, name, country),
        subtitle=TEXTS["subtitle"].format(
            phrase=capital(how.phrase),
            states=len(rows) + 1,
            calls=roll_calls["resolution"].nunique(),
            absent=missing.lower(),
        ),
        description=_description(rows, name, how.phrase),
        table=draw.table(rows, _COLUMNS),
        sources=[one for cell in cast["sources"] for one in cell],
        name=f"votes-{country.lower()}",
        legend=[("■", TEXTS["four"]), ("□", TEXTS["others"])],
    )


def ranked(cast: pd.DataFrame, country: str, absent: str, how: Measure) -> list[Row]:
    """Each of the other `STATES` beside ``country``, in the order drawn: those most alike first.

    ``cast`` is the part of the table ``roll_calls`` with their votes, ``absent`` a key of
    `ABSENCES`. A row has ``state``, ``label``, ``value`` (the measure), ``same`` of ``compared``
    roll calls, ``left_out`` and ``thin`` (too few to rank). Raises ``ValueError`` for a state
    without votes.
    """
    matrix = voting.agreement_matrix(cast, list(dict.fromkeys([country, *STATES])), absent)
    calls, names, rows = cast["resolution"].nunique(), draw.short_names(), []
    for state in STATES:
        if state != country:
            found = {name: getattr(matrix, name).at[country, state] for name in matrix._fields}
            compared = int(found["compared"])
            more = {
                "state": state,
                "label": names[state],
                "value": found[how.field],
                "same": round(found["share"] * compared) if compared else 0,
                "left_out": calls - compared,
                "thin": compared < ENOUGH,
            }
            rows.append({**found, **more, "compared": compared})
    return sorted(
        rows,
        key=lambda row: (row["thin"], -row["value"] if row["compared"] else 1, row["label"]),
    )


def _rows(rows: list[Row], how: Measure) -> Rows:
    """A state a line: its bar is filled for the four; none where too little was compared."""

    def track(row: Row) -> list[Bar]:
        look = (theme.BLUE, "bar") if row["state"] in FOUR else (theme.GREY, "outline")
        return [] if row["thin"] or not row["value"] else [Bar(0, round(row["value"], 3), *look)]

    lines = [
        Line(
            at,
            row["label"],
            TEXTS[_how_much(row)].format(**row),
            track=track(row),
        )
        for at, row in enumerate(rows)
    ]
    of = {"title": _STATE, "text": (_EQUAL, _COMPARED), "track": how.heading, "outline": _OTHER}
    return Rows([Group("", lines)], scale=SCALE, of=of)


def _how_much(row: Row) -> str:
    return ("thin" if row["thin"] else "equal") if row["compared"] else "nothing"


# -- words -----------------------------------------------------------------------------------------
def with_article(name: str) -> str:
    """A state as it stands in a sentence: "the United States"."""
    return f"the {name}" if name == "United States" else name


def _percent(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")


def _title(rows: list[Row], name: str, country: str) -> str:
    """Whose votes are most alike, and beside them those of the four, or Russia's."""
    ranked = [row for row in rows if not row["thin"]]
    if not ranked:
        return TEXTS["few"].format(state=capital(name))
    most = [row for row in ranked if row["value"] == ranked[0]["value"]]
    if len(most) == len(ranked):
        return TEXTS["alike"].format(**most[0] | {"state": capital(name)})
    others = FOUR if country in FOUR else FOUR[:1]
    beside = [row for row in ranked if row["state"] in others and row not in most]
    first = TEXTS["equal in"].format(**most[0] | {"states": _named(most)})
    each = [
        TEXTS["one beside"].format(**row | {"state": with_article(row["label"])}) for row in beside
    ]
    least = [row for row in ranked if row["value"] == ranked[-1]["value"]]
    told = [", ".join(each)]
    if not beside:
        names = (_named(least), TEXTS["several"].format(count=len(least)))
        told = [TEXTS["one beside"].format(**least[0] | {"state": one}) for one in names]
    return stories.first_fitting(
        [
            TEXTS["title"].format(
                state=capital(name), most=first, beside=TEXTS["beside"].format(states=one)
            )
            for one in told
        ]
    )


def _named(rows: list[Row]) -> str:
    return listed([with_article(row["label"]) for row in rows])


def _description(rows: list[Row], name: str, phrase: str) -> str:
    each = [
        TEXTS["state" if row["compared"] else "state alone"].format(
            state=row["label"], share=_percent(row["value"]), compared=row["compared"]
        )
        for row in rows
    ]
    return TEXTS["states"].format(
        count=len(rows), state=name, phrase=phrase, states="; ".join(each)
    )


_COLUMNS: draw.Columns = {
    _STATE: "label",
    _OTHER: lambda row: "no" if row["state"] in FOUR else "yes",
    _COMPARED: lambda row: row["compared"],
    "Left out": lambda row: row["left_out"],
    _EQUAL: lambda row: row["same"],
    **{
        one.heading: draw.number(one.field, lambda share: round(share, 3))
        for one in MEASURES.values()
    },
}
