"""Four options on 27 November 2024: for and against, how they serve aims, what came of them."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import (
    Cell,
    Fact,
    Fixed,
    Greatest,
    Mapped,
    Part,
    Position,
    decoration,
    encode,
    encode_layout,
)
from ..facts import citations, tables
from ..facts import evidence as facts
from ..facts.addresses import anchor
from ..facts.wording import listed
from ..methods import estimates, weighing
from .estimates import MEASURES

Row = dict[str, Any]
# Traces are plain dictionaries: plotly.py checks them once, and not for each copy.
Trace = dict[str, Any]

#: The day of the decision. What became public later is hindsight.
DECISION = "2024-11-27"
HANDOVER = "2025-01-20"

#: The aims that options are rated by: key in the tables, words for people.
AIMS = {
    "hold": "Ukraine holds its ground",
    "widen": "The war does not widen",
    "spare": "Money and stocks are spared",
    "exchange": "The exchange gets dearer",
    "korea": "The Korean peninsula stays safe",
    "end": "The killing ends soon",
}
_BRIEFLY = {
    "hold": "Ukraine holds",
    "widen": "no wider war",
    "spare": "stocks spared",
    "exchange": "dearer exchange",
    "korea": "safe Korea",
    "end": "quick end",
}
EQUAL = "equal"
MIDDLE_WEIGHT = 3

ADMINISTRATIONS = {"biden": "Biden administration", "trump-2": "Trump administration"}
_MARKS = {
    "biden": theme.Mark("circle", "●", theme.BLUE, "Biden administration"),
    "trump-2": theme.Mark("square-open", "□", theme.ORANGE, "Trump administration"),
}
_LEADS = theme.Mark("circle", "●", theme.BLUE, "first")
_FOLLOWS = theme.Mark("circle-open", "○", theme.GREY, "follows")

#: The headings of the tables that the drawings show.
_OPTION, _MIDDLE, _RANGE, _RATING = "Option", "Middle", "Range", "Rating"
_SPEAKS, _STATUS, _WHAT = "Speaks, public since", "Status", "What"
_DATE, _WHO, _NEAREST = "Date", "Who", "Nearest to"
_DAY: tuple[Part, Part] = ("middle", "text")
#: Where the middle and the ends of a range stand in the table: of options, and of ratings.
_OF_SCORES = (Cell(_MIDDLE), Cell(_RANGE, "low"), Cell(_RANGE, "high"))
_OF_RATINGS = (Cell(_RATING, "mean"), Cell(_RATING, "low"), Cell(_RATING, "high"))

_STEPS = ("no", "one", "two", "three", "four", "five")
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
#: Tables whose rows a memo can cite.
TABLES = ("events", "estimates", "quotes", "exchange", "policies", "aid_packages")
_CAMPS = {
    "biden": "Biden administration",
    "trump-campaign": "Trump campaign",
    "trump-2": "Trump administration",
}

#: How many sources of a row go with it into a memo.
PICKED_SOURCES = 2

# Pixels and characters.
LINE, HEAD, GAP = 17, 28, 12
TEXT = 38
ROW = 58


# -- rows of all tables in one form ----------------------------------------------------------------
def evidence_rows(frames: Mapping[str, pd.DataFrame], speakers: pd.DataFrame) -> pd.DataFrame:
    """The rows of several tables in one form, in order of time: what a memo can cite.

    ``frames`` maps names of tables (of `events`, `estimates`, `quotes`, `exchange`, `policies`,
    `aid_packages`) to their rows; ``speakers`` is that table. The columns are ``ref``
    ("events/atacms-permission"), ``kind``, ``known`` (the ISO day by which it was public), ``when``
    (the same in words, as exactly as it is known), ``title``, ``text``, ``status`` (as it stood on
    `DECISION` where it was known by then) and ``sources``. Raises ``KeyError`` for a table of
    another name.
    """
    names = speakers.set_index("id")["name"]
    makers = {
        "events": _event,
        "estimates": _estimate,
        "quotes": lambda row: _quote(row, names),
        "exchange": _item,
        "policies": _policy,
        "aid_packages": _package,
    }
    found: list[Row] = []
    for name, frame in frames.items():
        column = "period" if name == "exchange" else "date"
        then = (
            tables.as_of(frame, DECISION, column)["status"]
            if "status" in frame
            else pd.Series(dtype=object)
        )
        reported = _first_reported(frame)
        known = tables.span(reported)["end"].fillna(tables.span(frame[column])["end"])
        for index, row in zip(frame.index, tables.records(frame), strict=True):
            if pd.isna(known[index]):
                continue
            status = then.get(index, row.get("status", ""))
            said = row["first_reported"] if pd.notna(reported[index]) else row[column]
            found.append(
                {
                    "ref": f"{name}/{row['id']}",
                    "kind": facts.KINDS[name],
                    "known": f"{known[index]:%Y-%m-%d}",
                    "when": tables.spell(said),
                    **makers[name](row),
                    "status": status if isinstance(status, str) else "",
                    "sources": row["sources"],
                }
            )
    rows = pd.DataFrame(
        found, columns=["ref", "kind", "known", "when", "title", "text", "status", "sources"]
    )
    return rows.sort_values(["known", "ref"], kind="stable").reset_index(drop=True)


def _first_reported(frame: pd.DataFrame) -> pd.Series:
    """The column, or one without values where the table has none."""
    return (
        frame["first_reported"]
        if "first_reported" in frame
        else pd.Series(index=frame.index, dtype=object)
    )


def _event(row: Row) -> Row:
    return {"title": row["title"], "text": row["description"]}


def _estimate(row: Row) -> Row:
    said = estimates.interval(row).text
    what = (
        MEASURES[row["measure"]][1]
        if row["measure"] in MEASURES
        else row["measure"].replace("_", " ")
    )
    return {"title": f"{row['estimator']}: {said} {what}", "text": row["as_of_note"]}


def _quote(row: Row, names: pd.Series) -> Row:
    cut = _short(row["text"], 110)
    whole = (
        f"“{row['text']}” ({row['role_at_time']})" if cut != row["text"] else row["role_at_time"]
    )
    return {"title": f"{names[row['speaker']]}: “{cut}”", "text": whole}


def _item(row: Row) -> Row:
    said = estimates.interval(row, "quantity_low", "quantity_high", None)
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    side = {"PRK": "From Pyongyang", "RUS": "From Moscow"}[row["giver"]]
    return {"title": f"{side}: {row['item']}", "text": f"{said.text} {unit}".strip()}


def _policy(row: Row) -> Row:
    return {"title": f"{_CAMPS[row['administration']]}: {_short(row['position'], 110)}", "text": ""}


def _package(row: Row) -> Row:
    return {
        "title": f"U.S. package of ${row['amount_usd_millions']:,} million",
        "text": _short(row["notable_items"], 110),
    }


def _short(text: str, length: int) -> str:
    """`text`, cut after a word with an ellipsis where it is longer."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def bands(terms: pd.DataFrame) -> list[Row]:
    """The bands of the table probability_words with all forms of their words, for a memo's rules.

    The directive prints "almost certain(ly)" and "probable (probably)" for two forms each.
    """

    def forms(cell: str) -> list[str]:
        base, bracket, rest = cell.partition("(")
        inside = rest.rstrip(")")
        return (
            [base.strip(), inside if base.endswith(" ") else base + inside] if bracket else [cell]
        )

    return [
        {
            "terms": [*forms(row["term"]), *forms(row["other_term"])],
            "low": row["low_pct"],
            "high": row["high_pct"],
        }
        for row in tables.records(terms.sort_values("order"))
    ]


def cited(options: pd.DataFrame) -> set[str]:
    """The names of all rows that the sheets of options argue with; ``options`` is that table."""
    columns = ("evidence_for", "evidence_against", "backers")
    return {ref for column in columns for cell in options[column] for ref in cell}


def picker(
    rows: pd.DataFrame,
    since: str = "2022-02-24",
    until: str = "9999",
    also: Collection[str] = (),
) -> dict[str, Any]:
    """What a memo offers as evidence: `evidence_rows` known in a time, with sources once each.

    ``since`` and ``until`` are ISO days; rows whose ``ref`` is in ``also`` are offered from before
    ``since``, too. Gives ``{"since": day, "sources": [[text, address], …], "rows": [[ref,
    kind, known, title, status, [number of a source, …]], …]}`` as plain JSON; a row brings two
    sources, which is what a reference in a memo needs: the first of those that were public on
    `DECISION`, or when the row was, if that was later.
    """
    early = rows["ref"].isin(list(also)) & (rows["known"] < since)
    offered = rows[rows["known"].between(since, until) | early]
    picked = [
        (citations.public_by(ids, max(known, DECISION)) or ids)[:PICKED_SOURCES]
        for ids, known in offered[["sources", "known"]].itertuples(index=False, name=None)
    ]
    ids = list(dict.fromkeys(one for cell in picked for one in cell))
    position = {one: number for number, one in enumerate(ids)}
    return {
        "since": since,
        "sources": [[one["text"], one["url"]] for one in citations.entries(ids)],
        "rows": [
            [row.ref, row.kind, row.known, row.title, row.status, [position[one] for one in cell]]
            for row, cell in zip(tables.tuples(offered), picked, strict=True)
        ],
    }


# -- how the options serve the aims ----------------------------------------------------------------
def weights_of(roles: pd.DataFrame, who: str) -> dict[str, int]:
    """The weights of a role by its id, or of everything alike for `EQUAL`.

    Raises ``KeyError`` for an unknown role.
    """
    if who == EQUAL:
        return dict.fromkeys(AIMS, MIDDLE_WEIGHT)
    row = {role["id"]: role for role in tables.records(roles)}[who]
    return {aim: int(row[aim]) for aim in AIMS}


def role_options(roles: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every role, and all aims alike first."""
    ordered = roles.sort_values("order")
    return [("Every aim counts alike", EQUAL), *zip(ordered["title"], ordered["id"], strict=True)]


def without_options() -> list[tuple[str, str | None]]:
    """(label, value) of every aim that can be left out, and nothing first."""
    return [("Nothing", None), *((label, aim) for aim, label in AIMS.items())]


def aim_options() -> list[tuple[str, str]]:
    """(label, value) of every aim."""
    return [(label, aim) for aim, label in AIMS.items()]


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
        AIMS[without]
        weights[without] = 0
    ordered = options.sort_values("order")
    titles = dict(zip(ordered["id"], ordered["title"], strict=True))
    by_option = {one.option: one for one in weighing.scores(ratings, weights)}
    scores = [by_option[option] for option in titles]
    first = weighing.leaders(ratings, weights)
    switch = weighing.switches(ratings, weights)
    name = "".join(f"{title}: " for title in roles.loc[roles["id"] == who, "title"])
    table = _lead_table(scores, first, titles)
    return Chart(
        _lead_figure(scores, first, titles, _OF_SCORES),
        title=_lead_title(name, first, switch, weights, titles, without),
        subtitle=_weights_text(weights),
        description=_lead_description(scores, first, switch, weights, titles),
        table=table,
        sources=_sources(ordered["sources"], roles.loc[roles["id"] == who, "sources"]),
        name="lead",
        list_columns={"title": "Option", "status": "Place", "body": "Range"},
        legend=[
            (one.sign, one.meaning)
            for one in (_LEADS, _FOLLOWS)
            if one is _LEADS or len(first) < len(scores)
        ],
    )


def _lead_table(
    scores: list[weighing.Score], first: Sequence[str], titles: Mapping[str, str]
) -> pd.DataFrame:
    """The options with their place and scores."""
    return pd.DataFrame(
        [
            [
                titles[one.option],
                "first" if one.option in first else "follows",
                f"{one.middle:.2f}",
                f"{one.low:.2f} to {one.high:.2f}",
            ]
            for one in scores
        ],
        columns=[_OPTION, "Place", _MIDDLE, _RANGE],
    )


def _lead_figure(
    scores: list[weighing.Score],
    first: tuple[str, ...],
    titles: Mapping[str, str],
    says: tuple[Cell, Cell, Cell],
) -> go.Figure:
    """Ranges with their middles; ``says`` is where the table has middle, lowest and highest."""
    rows = range(len(scores))
    middle, low, high = says
    labels = {
        "type": "scatter",
        "mode": "text",
        "x": [0.75] * len(scores),
        "y": [at - 0.34 for at in rows],
        "text": [
            f"<b>{theme.escape_html(titles[one.option])}</b>  {one.middle:.1f}" for one in scores
        ],
        "textposition": "middle right",
        "textfont": {"size": 14},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "meta": encode(rows, {"x": Fixed(0.75), "y": Position(offset=-0.34), "text": middle}),
    }
    ranges = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"width": 4, "color": theme.GREY},
        "x": [end for one in scores for end in (round(one.low, 2), round(one.high, 2), None)],
        "y": [at for row in rows for at in (row, row, None)],
        "meta": encode(
            [one for row in rows for one in (row, row, None)],
            {"x": [low, high, None] * len(scores), "y": Position()},
        ),
    }
    return _scale([labels, ranges, *_middles(scores, first, middle)], len(scores))


def _middles(scores: list[weighing.Score], first: tuple[str, ...], middle: Cell) -> list[Trace]:
    """The middle of each range: filled where the option leads."""
    traces: list[Trace] = []
    for mark, leads in ((_LEADS, True), (_FOLLOWS, False)):
        at = [row for row, one in enumerate(scores) if (one.option in first) is leads]
        if at:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [round(scores[row].middle, 2) for row in at],
                    "y": at,
                    "ids": [str(row) for row in at],
                    "hovertemplate": "%{x:.2f}<extra></extra>",
                    "marker": {
                        "symbol": mark.symbol,
                        "size": 15,
                        "color": mark.colour,
                        "line": {"width": 3, "color": mark.colour},
                    },
                    "meta": encode(
                        at,
                        {
                            "x": middle,
                            "y": Position(),
                            "marker.symbol": Greatest(
                                middle.column, middle.part, _LEADS.symbol, _FOLLOWS.symbol
                            ),
                        },
                    ),
                }
            )
    return traces


def _scale(traces: list[Trace], rows: int) -> go.Figure:
    """Ranges on the scale of ratings, one row each, from above."""
    return theme.figure(
        *traces,
        height=rows * ROW + 56,
        showlegend=False,
        margin={"l": 10, "r": 16, "t": 4, "b": 48, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [0.7, 5.3],
            "tickvals": [1, 2, 3, 4, 5],
            "ticktext": ["1 badly", "2", "3", "4", "5 well"],
            "title": {"text": "how well it serves the aims", "standoff": 8},
        },
        yaxis=theme.row_axis(rows - 0.55, top=-0.65),
    )


def _lead_title(
    name: str,
    first: tuple[str, ...],
    switch: list[weighing.Switch],
    weights: Mapping[str, int],
    titles: Mapping[str, str],
    without: str | None,
) -> str:
    left_out = f" without “{AIMS[without]}”" if without else ""
    if len(first) == len(titles):
        return (
            f"{name}All {_COUNTS[len(titles)]} options are level{left_out}: nobody has said yet"
            " what matters more"
        )
    lead = (
        f"{_quoted_names(titles[one] for one in first)}"
        f" {'leads' if len(first) == 1 else 'are level'}{left_out}"
    )
    if not switch:
        return f"{name}{lead}, and no single weight would change that"
    return f"{name}{lead}; one weight changed by {_steps(switch[0], weights)} would change that"


def _lead_description(
    scores: list[weighing.Score],
    first: tuple[str, ...],
    switch: list[weighing.Switch],
    weights: Mapping[str, int],
    titles: Mapping[str, str],
) -> str:
    ranked = sorted(scores, key=lambda one: -one.middle)
    middles = ", ".join(f"{titles[one.option]} {one.middle:.2f}" for one in ranked)
    top = max(scores, key=lambda one: one.middle)
    others = [one for one in scores if one.option not in first]
    over = sum(one.high >= top.low for one in others)
    ranges = f" The range of {_COUNTS[over]} of the others reaches the leader's." if others else ""
    change = " No change of one weight alone gives another lead."
    if switch:
        one = switch[0]
        change = (
            f" The smallest change that gives another lead: “{AIMS[one.criterion]}” from"
            f" {weights[one.criterion]} to {one.weight}, and"
            f" {_quoted_names(titles[name] for name in one.leaders)}"
            f" {'leads' if len(one.leaders) == 1 else 'are level'}."
        )
        change += (
            f" There are {len(switch)} such changes."
            if len(switch) > 1
            else " It is the only one of that size."
        )
    return f"{len(scores)} options, in the middle of their ranges: {middles}.{ranges}{change}"


def _weights_text(weights: Mapping[str, int]) -> str:
    parts = ", ".join(f"{_BRIEFLY[aim]} {weight}" for aim, weight in weights.items())
    return f"Mean of ratings from 1 to 5, by weights from 0 to 5 (values, not facts): {parts}"


def _steps(switch: weighing.Switch, weights: Mapping[str, int]) -> str:
    size = abs(switch.weight - weights[switch.criterion])
    return f"{_STEPS[size]} step{'s' if size > 1 else ''}"


def _quoted_names(names: Iterable[str]) -> str:
    return listed([f"“{name}”" for name in names])


def rated(options: pd.DataFrame, ratings: pd.DataFrame, aim: str = "hold") -> Chart:
    """How well each option serves one aim, as ranges with the reasons.

    Raises ``KeyError`` for an unknown aim.
    """
    label = AIMS[aim]
    ordered = options.sort_values("order")
    titles = dict(zip(ordered["id"], ordered["title"], strict=True))
    by_option = {row["option"]: row for row in tables.records(ratings[ratings["criterion"] == aim])}
    rows = [(titles[option], by_option[option]) for option in titles]
    best = max(row["low"] + row["high"] for _, row in rows)
    first = [title for title, row in rows if row["low"] + row["high"] == best]
    scores = [
        weighing.Score(title, float(row["low"]), (row["low"] + row["high"]) / 2, float(row["high"]))
        for title, row in rows
    ]
    table = pd.DataFrame(
        [[title, f"{row['low']} to {row['high']}", row["reason"]] for title, row in rows],
        columns=[_OPTION, _RATING, "Reason"],
    )
    spread = ", ".join(f"{title} {row['low']} to {row['high']}" for title, row in rows)
    return Chart(
        _lead_figure(scores, tuple(first), {title: title for title, _ in rows}, _OF_RATINGS),
        title=f"{label}: we rate {_quoted_names(first)} highest, and the reasons can be contested",
        subtitle=(
            "Our rating of each option for this aim, from 1 (serves it badly) to 5 (serves it"
            " well), as a range"
        ),
        description=f"{len(rows)} options are rated for the aim “{label}”: {spread}.",
        table=table,
        sources=_sources(ordered["sources"]),
        name="rated",
        list_columns={"title": "Option", "when": "Rating", "body": "Reason"},
        legend=[(_LEADS.sign, "highest middle"), (_FOLLOWS.sign, "lower")],
    )


def _sources(*columns: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(one for column in columns for cell in column for one in cell))


# -- what speaks for and against -------------------------------------------------------------------
def option_options(options: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every option."""
    ordered = options.sort_values("order")
    return list(zip(ordered["title"], ordered["id"], strict=True))


def for_and_against(options: pd.DataFrame, rows: pd.DataFrame, option: str) -> Chart:
    """The evidence for and against one option, as it stood on `DECISION`.

    ``options`` is that table and ``rows`` comes from `evidence_rows`. Raises ``KeyError`` for an
    unknown option or for evidence that is not among the rows.
    """
    row = options.set_index("id").loc[option]
    by_ref = rows.set_index("ref", drop=False)
    sides = [("For", row["evidence_for"]), ("Against", row["evidence_against"])]
    found = [(side, by_ref.loc[ref]) for side, refs in sides for ref in refs]
    table = _evidence_table(found)
    kinds = Counter(one["kind"] for _, one in found)
    tally = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    statuses = [one["status"] for _, one in found]
    counts = {side: len(refs) for side, refs in sides}
    return Chart(
        _sides_figure(found),
        title=(
            f"“{row['title']}”: {_COUNTS[counts['For']]} things speak for it,"
            f" {_COUNTS[counts['Against']]} against"
        ),
        subtitle=(
            f"Evidence public by {tables.spell(DECISION)}; we chose it, and the rows do not weigh"
            " alike"
        ),
        description=(
            f"{len(found)} pieces of evidence: {counts['For']} for and {counts['Against']} against."
            f" By kind: {tally}. {_how_sure(statuses)}"
        ),
        table=table,
        sources=_sources([one["sources"] for _, one in found]),
        refs=[one["ref"] for _, one in found],
        name="evidence",
        list_columns={
            "when": "Speaks, public since",
            "status": "Status",
            "title": "What",
            "body": "More",
        },
        legend=[
            *((mark.sign, word) for word, mark in theme.STATUS.items() if word in set(statuses)),
            *([("⬡", "a statement: its speaker stands for it")] if "" in statuses else []),
        ],
        as_of=tables.spell(DECISION),
        mobile={"labels": False},
    )


def _how_sure(statuses: list[str]) -> str:
    """How many of the pieces are less than confirmed."""
    weak = sum(status not in ("", "confirmed") for status in statuses)
    if not weak:
        return "The events and numbers among them are confirmed."
    verb = "is" if weak == 1 else "are"
    return f"{_COUNTS[weak].capitalize()} of them {verb} less than confirmed."


def _evidence_table(found: list[tuple[str, pd.Series]]) -> pd.DataFrame:
    """The evidence for, then the evidence against."""
    return pd.DataFrame(
        [
            [f"{side}, {one['when']}", _marked(one["status"]), one["title"], one["text"]]
            for side, one in found
        ],
        columns=[_SPEAKS, _STATUS, _WHAT, "More"],
    )


def _marked(status: str) -> str:
    return f"{theme.STATUS[status].sign} {status}" if status in theme.STATUS else "⬡ a statement"


def _sides_figure(found: list[tuple[str, pd.Series]]) -> go.Figure:
    """For above, against below: one line an item, and on a wide screen when it became public."""
    y, heads, items, days = 0, [], [], []
    firsts: list[int] = []
    marks_of: dict[str, list[tuple[int, int]]] = {}
    side = ""
    for number, (here, row) in enumerate(found):
        if here != side:
            heads.append((y + 14, f"<b>{here}</b>"))
            firsts.append(number)
            side, y = here, y + HEAD
        text = theme.wrapped(row["title"], TEXT)
        items.append((y, text))
        days.append((y, f"{row['when']}<br>{row['kind']}"))
        marks_of.setdefault(row["status"], []).append((number, y + 9))
        y += LINE * max(2, text.count("<br>") + 1) + GAP
    marks = [_side_marks(status, at) for status, at in marks_of.items()]
    every = range(len(found))
    texts = [
        _column(heads, 0.0, "middle right", firsts, 14 - HEAD, Cell(_SPEAKS, "text")),
        _column(items, 0.05, "bottom right", every, 0, Cell(_WHAT, "words")),
        _column(days, 0.6, "bottom right", every, 0, Cell(_SPEAKS, "text"), wide=True),
    ]
    return theme.figure(
        *texts,
        *marks,
        height=y + 8,
        showlegend=False,
        margin={"l": 8, "r": 6, "t": 4, "b": 4, "autoexpand": False},
        xaxis={**theme.BARE_AXIS, "range": [-0.01, 1]},
        yaxis={**theme.BARE_AXIS, "range": [y, 0]},
    )


def _side_marks(status: str, at: list[tuple[int, int]]) -> Trace:
    mark = theme.STATUS.get(status, theme.Mark("hexagon-open", "⬡", theme.PURPLE, "a statement"))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0.02] * len(at),
        "y": [y for _, y in at],
        "ids": [str(number) for number, _ in at],
        "hoverinfo": "none",
        "cliponaxis": False,
        "marker": {
            "symbol": mark.symbol,
            "color": mark.colour,
            "size": 11,
            "line": {"width": 2, "color": mark.colour},
        },
        "meta": encode(
            [number for number, _ in at],
            {
                "x": Fixed(0.02),
                "y": Position(offset=9),
                "marker.symbol": Mapped(_STATUS, {_marked(status): mark.symbol}),
            },
        ),
    }


def _column(
    points: list[tuple[int, str]],
    x: float,
    position: str,
    rows: Sequence[int],
    below: int,
    says: Cell,
    wide: bool = False,
) -> Trace:
    """Words below one another; a phone drops ``wide`` ones: it drops texts that have ids.

    They are those of ``rows``, so far ``below`` its first line, and ``says`` is the cell they show.
    """
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x] * len(points),
        "y": [y for y, _ in points],
        "text": [text for _, text in points],
        "textposition": position,
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "cliponaxis": False,
        **({"ids": [str(number) for number in range(len(points))]} if wide else {}),
        "meta": encode(rows, {"x": Fixed(x), "y": Position(offset=below), "text": says}),
    }


# -- what came of it -------------------------------------------------------------------------------
def who_options() -> list[tuple[str, str | None]]:
    """(label, value) of each administration, and both first."""
    return [("Both", None), *((label, name) for name, label in ADMINISTRATIONS.items())]


def aftermath(
    acts: pd.DataFrame, events: pd.DataFrame, options: pd.DataFrame, who: str | None = None
) -> Chart:
    """What each administration did after `DECISION`, in lanes by the option it comes nearest to.

    ``acts``, ``events`` and ``options`` are the tables option_acts, events and options; ``who`` is
    a key of `ADMINISTRATIONS`, or None for both. Raises ``KeyError`` for an unknown one, or for an
    act whose event is missing.
    """
    if who is not None:
        ADMINISTRATIONS[who]
    by_id = events.set_index("id")
    chosen = [
        {**act, "date": by_id.at[act["event"], "date"], "title": by_id.at[act["event"], "title"]}
        for act in tables.records(acts)
        if who in (None, act["administration"])
    ]
    chosen.sort(key=lambda act: act["date"])
    ordered = options.sort_values("order")
    titles = dict(zip(ordered["id"], ordered["title"], strict=True))
    counts = {
        name: Counter(act["option"] for act in chosen if act["administration"] == name)
        for name in ADMINISTRATIONS
        if who in (None, name)
    }
    return Chart(
        _lanes(chosen, titles),
        title=_aftermath_title(counts, titles),
        subtitle=(
            f"Acts after {tables.spell(DECISION)} by the option they come nearest to; the choice of"
            " acts and the coding are ours"
        ),
        description=_aftermath_description(chosen, counts, titles),
        table=_aftermath_table(chosen, titles),
        sources=_sources([act["sources"] for act in chosen]),
        refs=facts.refs("events", (act["event"] for act in chosen)),
        name="aftermath",
        list_columns={
            "when": "Date",
            "status": "Who",
            "title": "What",
            "body": "Nearest to",
            "note": "Why",
        },
        legend=[
            (_MARKS[name].sign, label)
            for name, label in ADMINISTRATIONS.items()
            if who in (None, name)
        ],
    )


def _aftermath_table(chosen: list[Row], titles: Mapping[str, str]) -> pd.DataFrame:
    """The acts, with the option that each comes nearest to."""
    return pd.DataFrame(
        [
            [
                tables.spell(act["date"]),
                act["title"],
                _marked_act(act),
                titles[act["option"]],
                act["reason"],
            ]
            for act in chosen
        ],
        columns=[_DATE, _WHAT, _WHO, _NEAREST, "Why"],
    )


def _marked_act(act: Row) -> str:
    return f"{_MARKS[act['administration']].sign} {ADMINISTRATIONS[act['administration']]}"


def _aftermath_title(counts: Mapping[str, Counter[str]], titles: Mapping[str, str]) -> str:
    parts = []
    for name, count in counts.items():
        most = [titles[option] for option in titles if count[option] == max(count.values())]
        parts.append(f"{ADMINISTRATIONS[name]}: most acts near {_quoted_names(most)}")
    return "; ".join(parts)


def _aftermath_description(
    chosen: list[Row], counts: Mapping[str, Counter[str]], titles: Mapping[str, str]
) -> str:
    parts = []
    for name, count in counts.items():
        near = ", ".join(f"{titles[option]} {count[option] or 'none'}" for option in titles)
        parts.append(f"{ADMINISTRATIONS[name]}: {near}.")
    return f"{len(chosen)} acts. {' '.join(parts)}"


def _lanes(acts: list[Row], titles: Mapping[str, str]) -> go.Figure:
    lane = {option: index for index, option in enumerate(titles)}
    lanes = range(len(titles))
    stacks: Counter[tuple[str, str]] = Counter()
    traces: list[Trace] = []
    heights = []
    for act in acts:  # two acts of a month would hide one another
        month = (act["option"], act["date"][:7])
        heights.append(lane[act["option"]] + 0.08 + 0.17 * stacks[month])
        stacks[month] += 1
    for name, mark in _MARKS.items():
        here = [number for number, act in enumerate(acts) if act["administration"] == name]
        if here:
            traces.append(_acts(acts, here, heights, mark))
    day, named = (Fact("events", "trump-inaugurated", "date", part) for part in _DAY)
    return theme.figure(
        _lane_names(titles),
        *traces,
        height=len(titles) * 64 + 60,
        showlegend=False,
        margin={"l": 10, "r": 12, "t": 4, "b": 48, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "type": "date",
            "range": ["2024-11-20", "2025-11-10"],
            "dtick": "M3",
            "tick0": "2025-01-01",
            "tickformat": "%b<br>%Y",
        },
        yaxis=theme.row_axis(
            len(titles) - 0.35, top=-0.5, lines=[at - 0.42 for at in lane.values()]
        ),
        meta=encode_layout([{"x0": day, "x1": day} for _ in lanes], [{"x": day, "text": named}]),
        shapes=_handover_lines(lanes),
        annotations=_handover_label(),
    )


def _acts(acts: list[Row], here: list[int], heights: list[float], mark: theme.Mark) -> Trace:
    """The acts of one administration, by day."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [acts[one]["date"] for one in here],
        "y": [heights[one] for one in here],
        "ids": [str(one) for one in here],
        "marker": {
            "symbol": mark.symbol,
            "size": 12,
            "color": mark.colour,
            "line": {"width": 2, "color": mark.colour},
        },
        "hovertext": [theme.wrapped(acts[one]["title"]) for one in here],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": encode(
            here,
            {
                "x": Cell(_DATE, "start"),
                "y": Position("any", group=_NEAREST, headed=True),
                "hovertext": Cell(_WHAT, "words"),
                "marker.symbol": Mapped(_WHO, {mark.sign: mark.symbol}),
            },
        ),
    }


def _handover_label() -> list[Trace]:
    """The name of that day, at the bottom."""
    return [
        {
            "x": HANDOVER,
            "y": 0,
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": "left",
            "xshift": 4,
            "text": "20 January 2025",
            "showarrow": False,
            "font": {"size": 12},
        }
    ]


def _handover_lines(lanes: Iterable[int]) -> list[Trace]:
    """The day of the handover, a line in each lane."""
    return [
        {
            "name": "at:handover",
            "type": "line",
            "x0": HANDOVER,
            "x1": HANDOVER,
            "y0": at - 0.06,
            "y1": at + 0.5,
            "line": {"dash": "dash", "width": 1.5},
        }
        for at in lanes
    ]


def _lane_names(titles: Mapping[str, str]) -> Trace:
    """The title of each option, above its lane."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [DECISION] * len(titles),
        "y": [at - 0.24 for at in range(len(titles))],
        "text": [f"<b>{theme.escape_html(title)}</b>" for title in titles.values()],
        "textposition": "middle right",
        "textfont": {"size": 14},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "meta": decoration("names of the lanes"),
    }


# -- sheets to read and print ----------------------------------------------------------------------
def option_sheets(options: pd.DataFrame, rows: pd.DataFrame) -> tuple[str, str]:
    """The options as cards, all alike, and as text: what, costs, risks, who backed the like.

    ``rows`` comes from `evidence_rows`. Raises ``KeyError`` for a backer that is not among the
    rows.
    """
    by_ref = rows.set_index("ref", drop=False)
    markup, text = [], []
    for row in tables.records(options.sort_values("order")):
        backers = [by_ref.loc[ref] for ref in row["backers"]]
        said = "".join(f"<li>{_safe(one['title'])} ({_safe(one['when'])})</li>" for one in backers)
        parts = "".join(
            f"<p><strong>{label}.</strong> {_safe(row[column])}</p>"
            for column, label in _SHEET.items()
        )
        markup.append(
            f'<article class="lesson-card"><h3>{_safe(row["title"])}</h3>{parts}<p><strong>Who'
            " backed "
            f'something like it in public.</strong></p><ul>{said}</ul><p class="face-subtitle">'
            f"{_links(row['sources'])}</p></article>"
        )
        text.append(
            "\n".join(
                [
                    row["title"],
                    *(f"{label}. {row[column]}" for column, label in _SHEET.items()),
                    *(f"- {one['title']}" for one in backers),
                ]
            )
        )
    return f'<div class="lesson-cards">{"".join(markup)}</div>', "\n\n".join(text)


_SHEET = {
    "what": "What",
    "costs": "Costs",
    "risks": "Risks",
    "would_change": "What would make its supporters think again",
}


def role_sheets(roles: pd.DataFrame) -> tuple[str, str]:
    """The roles as cards and text, all alike: who, to whom, public words, our reading of it."""
    markup, text = [], []
    for row in tables.records(roles.sort_values("order")):
        weights = ", ".join(f"{AIMS[aim]} {row[aim]}" for aim in AIMS)
        reading = f"Our reading in weights from 0 to 5: {weights}. {row['weights_reason']}"
        markup.append(
            f'<article class="lesson-card"><h3>{_safe(row["title"])}</h3><p>{_safe(row["who"])}. '
            f"The memo goes to: {_safe(row['reports_to'])}.</p><p><strong>Said in public to"
            " matter.</strong> "
            f"{_safe(row['cares_about'])}</p><p><strong>Not a fact.</strong> {_safe(reading)}</p>"
            f'<p class="face-subtitle">{_links(row["sources"])}</p></article>'
        )
        text.append(
            f"{row['title']} ({row['who']}, to"
            f" {row['reports_to']})\n{row['cares_about']}\n{reading}"
        )
    return f'<div class="lesson-cards">{"".join(markup)}</div>', "\n\n".join(text)


def _safe(text: object) -> str:
    return html.escape(str(text))


def _links(sources: Iterable[str]) -> str:
    return "; ".join(anchor(*citations.link(one)) for one in sources)
