"""Four options on 27 November 2024, and how they serve what somebody may want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ..facts import tables
from ..facts.wording import fitting, listed
from ..methods import weighing
from .draw import Bar, Chart, Dot, Group, Line, Mark, Row, Rows, Scale, chosen, quoted, theme

#: The day of the decision. What became public later is hindsight.
DECISION = "2024-11-27"

#: The aims that options are rated by: key in the tables, words for people.
AIMS = {
    "hold": "Ukraine holds its ground",
    "widen": "The war does not widen",
    "spare": "Money and stocks are spared",
    "exchange": "The exchange gets dearer",
    "korea": "The Korean peninsula stays safe",
    "end": "The killing ends soon",
}
EQUAL = "equal"
MIDDLE_WEIGHT = 3

_LEADS = Mark("square", "■", theme.BLUE, "first")
_FOLLOWS = Mark("square-open", "□", theme.GREY, "follows")
_HIGHEST, _LOWER = replace(_LEADS, meaning="highest middle"), replace(_FOLLOWS, meaning="lower")
_OPTION, _PLACE, _MIDDLE, _RANGE, _RATING = "Option", "Place", "Middle", "Range", "Rating"
_THEN = "Then first"

#: What one option does that is first, and what several do: in a title, and in a sentence.
_VERBS = {False: ("leads", "leads"), True: ("level", "are level")}
COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "alike": "Every aim counts alike",
    "scale": "how well it serves the aims",
    "subtitle": "Mean of ratings from 1 to 5, by weights from 0 to 5 (values, not facts)",
    "weights": "Weights: {weights}. ",
    "level": "{name}All {count} options are level{without}: nobody has said yet what matters more",
    "lead": "{name}{leaders}{without}",
    "firm": "; no single weight would change that",
    "shaky": "; {steps} would change that",
    "left out": " without “{aim}”",
    "scores": "In the middle of their ranges: {middles}.{reach}{change} {count} options are"
    " compared.",
    "reach": " The range of {count} of the others reaches the leader's.",
    "no change": " No change of one weight alone gives another lead.",
    "change": " The smallest change that gives another lead: “{aim}” from {weight} to {other}, and"
    " {leaders}. {such}",
    "only": "It is the only one of that size.",
    "several": "There are {count} such changes.",
    "rated": "{aim}: we rate {best} highest",
    "range": "from the lowest to the highest mean",
    "rating": "Our ratings, from 1 (serves it badly) to 5 (serves it well), as ranges; each reason"
    " can be contested",
    "ratings": "For the aim “{aim}”: {ratings}. {count} options are rated.",
}


# -- choices for the controls ----------------------------------------------------------------------
def role_options(roles: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every role, and all aims alike first."""
    return [(TEXTS["alike"], EQUAL), *option_options(roles)]


def option_options(options: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every option."""
    ordered = options.sort_values("order")
    return list(zip(ordered["title"], ordered["id"], strict=True))


# -- how the options serve the aims ----------------------------------------------------------------
def weights_of(roles: pd.DataFrame, who: str) -> dict[str, int]:
    """The weights of a role by its id, or of everything alike for `EQUAL`.

    Raises ``KeyError`` for an unknown role.
    """
    by_id: dict[str, Row] = {EQUAL: dict.fromkeys(AIMS, MIDDLE_WEIGHT)}
    by_id |= {role["id"]: role for role in tables.records(roles)}
    row = chosen(by_id, who, "role")
    return {aim: int(row[aim]) for aim in AIMS}


def lead(
    options: pd.DataFrame,
    ratings: pd.DataFrame,
    roles: pd.DataFrame,
    who: str = EQUAL,
    without: str | None = None,
) -> Chart:
    """Which option leads with a role's weights, and how much of a change would give another lead.

    ``options``, ``ratings`` and ``roles`` are the tables options, option_ratings and roles; ``who``
    is the id of a role or `EQUAL`; ``without`` is an aim that is given no weight. Raises
    ``KeyError`` for an unknown role or aim.
    """
    weights = weights_of(roles, who)
    if without is not None:
        chosen(AIMS, without, "aim")
        # Gone and not 0: a change of one weight must not bring back what the reader left out.
        del weights[without]
    ordered = options.sort_values("order")
    titles = dict(zip(ordered["id"], ordered["title"], strict=True))
    by_option = {one.option: one for one in weighing.scores(ratings, weights)}
    scores = [by_option[option] for option in titles]
    first = weighing.leaders(ratings, weights)
    switch = weighing.switches(ratings, weights)
    role = roles[roles["id"] == who]
    places = [_LEADS if option in first else _FOLLOWS for option in titles]
    table = _lead_table(titles, scores, places)
    return Chart(
        None,
        rows=_rows(scores, places, table, _RANGE),
        title=fitting(
            _lead_title("".join(f"{one}: " for one in role["title"]), first, titles, without),
            _turn(switch, weights, len(first) == len(titles)),
        ),
        subtitle=TEXTS["subtitle"],
        description=TEXTS["weights"].format(
            weights=", ".join(f"{AIMS[aim]} {weight}" for aim, weight in weights.items())
        )
        + _lead_description(scores, first, switch, weights, titles),
        table=table,
        sources=sources_of(ordered["sources"], role["sources"]),
        name="lead",
        list_columns={"title": _OPTION, "status": _PLACE, "body": _RANGE},
        legend=[*(one for one in (_LEADS, _FOLLOWS) if one in places), ("┣━┫", TEXTS["range"])],
    )


def _lead_table(
    titles: Mapping[str, str], scores: Sequence[weighing.Score], places: Sequence[Mark]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _OPTION: list(titles.values()),
            _PLACE: [mark.meaning for mark in places],
            _MIDDLE: [f"{one.middle:.2f}" for one in scores],
            _RANGE: [f"{one.low:.2f} to {one.high:.2f}" for one in scores],
        }
    )


def turns(options: pd.DataFrame, ratings: pd.DataFrame, weights: Mapping[str, int]) -> pd.DataFrame:
    """The smallest changes of one weight that give another lead, in words: a row a change.

    ``options`` and ``ratings`` are the tables options and option_ratings. Raises ValueError as
    `weighing.scores` does.
    """
    titles = dict(zip(options["id"], options["title"], strict=True))
    found = weighing.switches(ratings, weights)
    return pd.DataFrame(
        {
            "Aim": [AIMS[one.criterion] for one in found],
            "From": [weights[one.criterion] for one in found],
            "To": [one.weight for one in found],
            _THEN: [listed([titles[each] for each in one.leaders]) for one in found],
        }
    )


def _rows(
    scores: Sequence[weighing.Score], places: Sequence[Mark], table: pd.DataFrame, heading: str
) -> Rows:
    """A line an option: its place, its middle, and its range, which stands under ``heading``."""
    lines = []
    for at, (one, mark, name) in enumerate(zip(scores, places, table[_OPTION], strict=True)):
        low, middle, high = (round(number, 2) for number in (one.low, one.middle, one.high))
        track: list[Bar | Dot] = [
            Bar(low, high, theme.GREY, "range", heading),
            Dot(middle, mark, _MIDDLE),
        ]
        lines.append(Line(at, name, f"{one.middle:.1f}", sign=mark, track=track))
    ticks = [(1, "1 badly"), (2, "2"), (3, "3"), (4, "4"), (5, "5 well")]
    scale = Scale(5.3, ticks, TEXTS["scale"], low=0.7)
    of = {"title": _OPTION, "text": _MIDDLE, "sign": _PLACE}
    return Rows([Group("", lines)], scale=scale, of=of)


def _lead_title(
    name: str, first: Sequence[str], titles: Mapping[str, str], without: str | None
) -> str:
    left_out = TEXTS["left out"].format(aim=AIMS[without]) if without else ""
    said = {"name": name, "without": left_out, "count": COUNTS[len(titles)]}
    if len(first) == len(titles):
        return TEXTS["level"].format(**said)
    leaders = f"{quoted(titles[one] for one in first)} {_VERBS[len(first) > 1][0]}"
    return TEXTS["lead"].format(leaders=leaders, **said)


def _turn(switch: list[weighing.Switch], weights: Mapping[str, int], level: bool) -> str:
    """How much of a change of one weight would give another lead."""
    if level or not switch:
        return "" if level else TEXTS["firm"]
    size = abs(switch[0].weight - weights[switch[0].criterion])
    return TEXTS["shaky"].format(steps=f"{COUNTS[size]} step{'s' if size > 1 else ''}")


def _leaders(first: Sequence[str], titles: Mapping[str, str]) -> str:
    return f"{quoted(titles[one] for one in first)} {_VERBS[len(first) > 1][1]}"


def _lead_description(
    scores: list[weighing.Score],
    first: Sequence[str],
    switch: list[weighing.Switch],
    weights: Mapping[str, int],
    titles: Mapping[str, str],
) -> str:
    ranked = sorted(scores, key=lambda one: -one.middle)
    others = [one for one in scores if one.option not in first]
    over = sum(one.high >= ranked[0].low for one in others)
    change = TEXTS["no change"]
    if switch:
        one = switch[0]
        change = TEXTS["change"].format(
            aim=AIMS[one.criterion],
            weight=weights[one.criterion],
            other=one.weight,
            leaders=_leaders(one.leaders, titles),
            such=TEXTS["several" if len(switch) > 1 else "only"].format(count=len(switch)),
        )
    return TEXTS["scores"].format(
        count=len(scores),
        middles=", ".join(f"{titles[one.option]} {one.middle:.2f}" for one in ranked),
        reach=TEXTS["reach"].format(count=COUNTS[over]) if others else "",
        change=change,
    )


def rated(options: pd.DataFrame, ratings: pd.DataFrame, aim: str = "hold") -> Chart:
    """How well each option serves one aim, as ranges with the reasons.

    Raises ``KeyError`` for an unknown aim.
    """
    label = chosen(AIMS, aim, "aim")
    ordered = options.sort_values("order")
    rows = tables.records(
        ratings[ratings["criterion"] == aim].set_index("option").loc[ordered["id"]]
    )
    scores = [
        weighing.Score(title, row["low"], (row["low"] + row["high"]) / 2, row["high"])
        for title, row in zip(ordered["title"], rows, strict=True)
    ]
    best = max(one.middle for one in scores)
    places = [_HIGHEST if one.middle == best else _LOWER for one in scores]
    spans = {one.option: f"{one.low:.0f} to {one.high:.0f}" for one in scores}
    table = pd.DataFrame(
        {
            _OPTION: list(spans),
            _RATING: list(spans.values()),
            "Reason": [row["reason"] for row in rows],
            _MIDDLE: [one.middle for one in scores],
            _PLACE: [mark.meaning for mark in places],
        }
    )
    return Chart(
        None,
        rows=_rows(scores, places, table, _RATING),
        title=TEXTS["rated"].format(
            aim=label, best=quoted(one.option for one in scores if one.middle == best)
        ),
        subtitle=TEXTS["rating"],
        description=TEXTS["ratings"].format(
            count=len(scores),
            aim=label,
            ratings=", ".join(f"{name} {span}" for name, span in spans.items()),
        ),
        table=table,
        sources=sources_of(ordered["sources"]),
        name="rated",
        list_columns={"title": _OPTION, "when": _RATING, "body": "Reason"},
        legend=[_HIGHEST, _LOWER],
    )


def sources_of(*columns: Iterable[tuple[str, ...]]) -> list[str]:
    """All sources in the cells of these columns, each once."""
    return list(dict.fromkeys(one for column in columns for cell in column for one in cell))
