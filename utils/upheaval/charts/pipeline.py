"""One table's pipeline: loaded, chosen, joined and counted, and what each step does to its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Beyond, Cell, Channel, Count, Fixed, Position, encode
from ..encoding import Row as Stands
from ..facts import evidence, tables
from ..methods import estimates as method
from .estimates import MEASURES

#: The steps, in order, and their words.
STEPS = {"load": "1 · Load", "choose": "2 · Choose", "join": "3 · Join", "count": "4 · Count"}
#: The two states that the soldiers belong to and went to: a count names them also where they say
#: nothing.
CONCERNED = ("PRK", "RUS")
NOBODY = "No government named"

#: One line of a drawing: its words, and what is drawn under it.
Line = tuple[str, method.Interval]
_COUNTS, _GOVERNMENT, _STATEMENTS = "Counts", "Government", "Statements"
_LOW, _HIGH, _BEST = "Lowest", "Highest", "Single number"
# Traces are plain dictionaries: plotly.py checks them once, and not for each copy.
Trace = dict[str, Any]

_ROW, _FOOT = 38, 30
# An open end is drawn this long, as a share of the scale: it says "on from here", not how far.
_OPEN = 0.12


def step_options() -> list[tuple[str, str]]:
    """(label, value) of the steps, in order."""
    return [(label, step) for step, label in STEPS.items()]


def pipeline(
    estimates: pd.DataFrame,
    countries: pd.DataFrame,
    measure: str = "deployed_in_russia",
    step: str = "load",
) -> Chart:
    """The table ``estimates`` after one of the `STEPS`, with the rows that are then left.

    ``load`` has every row; ``choose`` those of one ``measure`` (a key of
    `charts.estimates.MEASURES`); ``join`` one row for each of them and each government behind it,
    with its name from ``countries``; ``count`` one row a government, with the statements that it
    stands behind. Raises ``KeyError`` for an unknown measure or step.
    """
    noun = MEASURES[measure][1]
    draw: Callable[..., Chart] = {"load": _load, "choose": _choose, "join": _join, "count": _count}[
        step
    ]
    if step != "load" and not estimates["measure"].eq(measure).any():
        return _chart(
            _bars([], [], Count()),
            estimates[:0],
            step,
            title=f"No statement on {noun}",
            subtitle=f"Statements on {noun}",
            description=(
                f"None of the rows counts {noun}. Choose statements on something else, or go back"
                " to Load."
            ),
            table=_table(estimates[:0]),
        )
    return draw(estimates.sort_values("date", kind="stable"), countries.set_index("id"), measure)


def joined(estimates: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """One row for each statement and each government behind it (``government``, by ``names``).

    A statement without a claimant keeps its row; its government is missing.
    """
    return estimates.explode("claimant").join(names.rename("government"), on="claimant")


# -- the steps -------------------------------------------------------------------------------------
def _load(rows: pd.DataFrame, _countries: pd.DataFrame, measure: str) -> Chart:
    noun = MEASURES[measure][1]
    counts = {str(one): int(number) for one, number in rows["measure"].value_counts().items()}
    single = int(rows["best"].notna().sum())
    return _chart(
        _bars(
            [
                (f"{_measure(one)}: {number}", number, one == measure)
                for one, number in counts.items()
            ],
            [_where(rows["measure"] == one) for one in counts],
            Count(_COUNTS),
        ),
        rows,
        "load",
        refs=evidence.refs("estimates", rows["id"]),
        title=(
            f"{len(rows)} statements count {len(counts)} different things; {counts.get(measure, 0)}"
            f" count {noun}"
        ),
        subtitle=(
            "Rows of the table estimates by what they count; the bar of the measure chosen is blue"
        ),
        description=(
            f"{len(rows)} rows, one for each statement. {single} give a single number; the others"
            " give a lowest number, a highest one, or both."
        ),
        table=_table(rows, measure=True),
    )


def _choose(rows: pd.DataFrame, _countries: pd.DataFrame, measure: str) -> Chart:
    chosen, noun = rows[rows["measure"] == measure], MEASURES[measure][1]
    said = [method.interval(row) for row in tables.records(chosen)]
    kinds = Counter(one.kind for one in said)
    phrases = {
        "point": "a single number",
        "range": "a range",
        "floor": "a floor (at least)",
        "ceiling": "a ceiling (up to)",
    }
    parts = ", ".join(
        f"{kinds[kind]} with {phrase}" for kind, phrase in phrases.items() if kinds[kind]
    )
    lines = [
        (f"{_short(who)}: {one.text}", one)
        for who, one in zip(chosen["estimator"], said, strict=True)
    ]
    return _chart(
        _marks(lines),
        chosen,
        "choose",
        refs=evidence.refs("estimates", chosen["id"]),
        title=f"{len(chosen)} of {len(rows)} rows are left: statements on {noun}",
        subtitle=f"{noun[:1].upper()}{noun[1:]}, the first day at the top; ▷ at least, ◁ up to",
        description=f"{len(chosen)} rows: {parts}.",
        table=_table(chosen),
    )


def _join(rows: pd.DataFrame, countries: pd.DataFrame, measure: str) -> Chart:
    chosen = rows[rows["measure"] == measure]
    pairs, voices = joined(chosen, countries["short_name"]), chosen["claimant"].map(len)
    counts = pairs["government"].fillna(NOBODY).value_counts()
    bars = [
        (f"{one}: {number} of {len(pairs)} rows", number, one != NOBODY)
        for one, number in counts.items()
    ]
    named = {"one": (voices == 1).sum(), "several": (voices > 1).sum(), "none": (voices == 0).sum()}
    parts = ", ".join(f"{word} in {number}" for word, number in named.items() if number)
    grown = (
        f"now {_counted(len(pairs), 'row')}: one alone names {voices.max()} governments"
        if len(pairs) > len(chosen)
        else f"still {_counted(len(pairs), 'row')}"
        + (f", {named['none']} without a government" if named["none"] else "")
    )
    verb = "is" if len(chosen) == 1 else "are"
    return _chart(
        _bars(
            bars,
            [_where(pairs["government"].fillna(NOBODY) == one) for one in counts.index],
            Count(_GOVERNMENT),
        ),
        chosen,
        "join",
        refs=evidence.refs("estimates", pairs["id"]),
        title=f"After the join, {_counted(len(chosen), 'statement')} {verb} {grown}",
        subtitle=(
            f"Statements on {MEASURES[measure][1]}, joined with the table countries: rows by"
            " government"
        ),
        description=(
            f"{_counted(len(pairs), 'row')} from {_counted(len(chosen), 'statement')}. "
            f"Governments named: {parts}."
        ),
        table=_table(pairs).assign(
            **{
                "Code": pairs["claimant"].to_numpy(),
                _GOVERNMENT: pairs["government"].to_numpy(),
            }
        ),
    )


def _count(rows: pd.DataFrame, countries: pd.DataFrame, measure: str) -> Chart:
    chosen, noun = rows[rows["measure"] == measure], MEASURES[measure][1]
    total, codes = len(chosen), Counter(code for cell in chosen["claimant"] for code in cell)
    counts = dict(codes.most_common()) | {code: codes[code] for code in CONCERNED}
    named = {str(countries.at[code, "short_name"]): number for code, number in counts.items()}
    table = pd.DataFrame(
        [[one, number, f"{number / total:.0%}"] for one, number in named.items()],
        columns=[_GOVERNMENT, _STATEMENTS, f"Share of {total} statements"],
        dtype=object,
    )
    return _chart(
        _bars(
            [
                (f"{one}: {number or 'none'} of {total} statements", number, True)
                for one, number in named.items()
            ],
            range(len(named)),
            Cell(_STATEMENTS),
        ),
        chosen,
        "count",
        title=_finding(counts, countries, total, noun),
        subtitle=(
            f"Statements on {noun} by government; a statement of several counts for each of them"
        ),
        description=(
            f"{len(counts)} rows, one for each government. {_sum(sum(counts.values()), total)}"
        ),
        table=table,
    )


def _finding(counts: dict[str, int], countries: pd.DataFrame, total: int, noun: str) -> str:
    """Who speaks most, and how often the two states concerned do."""
    capital = {
        code: str(name)
        for code, name in countries["capital"].fillna(countries["short_name"]).items()
    }
    most = max(counts.values())
    first = [capital[code] for code, number in counts.items() if number == most]
    rest = [code for code in CONCERNED if counts[code] < most]
    if len(rest) == 2 and len({counts[code] for code in rest}) == 1:
        silent = f"{' and '.join(capital[code] for code in rest)} in {counts[rest[0]] or 'none'}"
    else:
        silent = ", ".join(f"{capital[code]} in {counts[code] or 'none'}" for code in rest)
    speaks = f"{' and '.join(first)} {'each speak' if len(first) > 1 else 'speaks'}"
    return f"{speaks} in {most} of {total} statements on {noun}" + (f"; {silent}" if silent else "")


def _sum(added: int, total: int) -> str:
    if added > total:
        return (
            f"The bars add up to {added}, more than the {total} statements: one can come from"
            " several governments."
        )
    if added < total:
        return (
            f"The bars add up to {added}, fewer than the {total} statements: some name no"
            " government."
        )
    return f"The bars add up to the {total} statements."


# -- drawing ---------------------------------------------------------------------------------------
def _chart(figure: go.Figure, rows: pd.DataFrame, step: str, **more: Any) -> Chart:
    return Chart(
        figure,
        sources=[one for cell in rows["sources"] for one in cell],
        name=f"road-{step}",
        **more,
    )


def _where(rows: pd.Series) -> list[int]:
    """The numbers of the rows that are True, counted from 0 as a table is drawn."""
    return [at for at, here in enumerate(rows) if here]


def _lines(
    texts: list[str],
    rows: Sequence[Stands],
    says: Channel,
    *traces: Trace,
    top: float,
    foot: int = 0,
    left: int = 4,
    **axis: Any,
) -> go.Figure:
    """Lines of text, each with something drawn under it on a scale from 0 to ``top``.

    ``rows`` are those of the table that each line stands for, and ``says`` is what its words are.
    """
    height = max(len(texts), 1) * _ROW
    labels = {
        "type": "scatter",
        "mode": "text",
        "x": [0] * len(texts),
        "hoverinfo": "skip",
        "cliponaxis": False,
        "y": [_ROW * index + 11 for index in range(len(texts))],
        "textposition": "middle right",
        "text": [theme.escape_html(one) for one in texts],
        "textfont": {"size": 12},
        "meta": encode(rows, {"x": Fixed(0), "y": Position("any", offset=11), "text": says}),
    }
    return theme.figure(
        labels,
        *traces,
        height=height + foot + 8,
        showlegend=False,
        bargap=0,
        margin={"l": left, "r": 4, "t": 4, "b": foot + 4, "autoexpand": False},
        xaxis={**theme.FIXED_AXIS, "range": [0, top], "zeroline": False, **axis},
        yaxis={**theme.FIXED_AXIS, "range": [height, 0], "visible": False},
    )


def _bars(rows: list[tuple[str, Any, bool]], stand: Sequence[Stands], length: Channel) -> go.Figure:
    """Horizontal bars under their words; ``True`` is drawn in the data's colour, ``False`` grey.

    ``stand`` are the rows of the table for each, and ``length`` is what its length says.
    """
    longest = max([1, *(int(number) for _, number, _ in rows)])
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [int(number) for _, number, _ in rows],
        "width": 11,
        "y": [_ROW * index + 26 for index in range(len(rows))],
        "hoverinfo": "skip",
        "marker": {"color": [theme.BLUE if in_colour else theme.GREY for *_, in_colour in rows]},
        "meta": encode(stand, {"x": length, "y": Position("any", offset=26)}),
    }
    texts = [text for text, *_ in rows]
    return _lines(texts, stand, length, bars, top=longest * 1.02, visible=False)


def _marks(lines: list[Line]) -> go.Figure:
    """A mark a statement: a point, a range between two points, or one end that is open."""
    top = 1.25 * max(
        [1.0, *(end for _, one in lines for end in (one.low, one.high) if end is not None)]
    )
    open_ends, solid = (_spans(lines, kinds, top) for kinds in (("floor", "ceiling"), ("range",)))
    traces = [trace for trace in (open_ends, solid, _points(lines, top)) if trace["x"]]
    return _lines(
        [text for text, _ in lines],
        range(len(lines)),
        Cell("Who", "text"),
        *traces,
        top=top,
        foot=_FOOT,
        left=10,  # room for the mark of an end that is open towards 0
        tickformat=",",
        nticks=4,
        tickfont={"size": 12},
        tickangle=0,
    )


def _ends(one: method.Interval, top: float) -> list[tuple[float, str]]:
    """Where a statement's marks stand, and their symbols; an open end is a triangle."""
    if one.kind == "floor" and one.low is not None:
        return [(one.low, "line-ns"), (one.low + _OPEN * top, "triangle-right")]
    if one.kind == "ceiling" and one.high is not None:
        return [(one.high, "line-ns"), (max(one.high - _OPEN * top, 0), "triangle-left")]
    return [(end, "circle") for end in dict.fromkeys((one.low, one.high)) if end is not None]


def _said(one: method.Interval) -> list[Channel]:
    """What the marks of `_ends` stand for."""
    if one.kind == "floor":
        return [Cell(_LOW), Beyond(_LOW, side="right")]
    if one.kind == "ceiling":
        return [Cell(_HIGH), Beyond(_HIGH, side="left")]
    if one.kind == "point":
        return [Cell(_BEST)]
    return [Cell(_LOW), Cell(_HIGH)]


def _points(lines: list[Line], top: float) -> Trace:
    ends = [(index, *end) for index, (_, one) in enumerate(lines) for end in _ends(one, top)]
    says = [said for _, one in lines if _ends(one, top) for said in _said(one)]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "x": [x for _, x, _ in ends],
        "y": [_ROW * index + 27 for index, *_ in ends],
        "marker": {
            "symbol": [symbol for *_, symbol in ends],
            "size": 11,
            "color": theme.BLUE,
            "line": {"width": 3, "color": theme.BLUE},
        },
        "meta": encode(
            [index for index, *_ in ends],
            {
                "x": says,
                "y": Position("any", offset=27),
                "marker.symbol": [Fixed(symbol) for *_, symbol in ends],
            },
        ),
    }


def _spans(lines: list[Line], kinds: tuple[str, ...], top: float) -> Trace:
    """The lines between a statement's two marks, dotted at an open end, blanks in between."""
    spans = [(index, _ends(one, top)) for index, (_, one) in enumerate(lines) if one.kind in kinds]
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [x for _, ends in spans for x in (ends[0][0], ends[1][0], None)],
        "y": [y for index, _ in spans for y in (_ROW * index + 27, _ROW * index + 27, None)],
        "meta": encode(
            [row for index, _ in spans for row in (index, index, None)],
            {
                "x": [one for index, _ in spans for one in (*_said(lines[index][1]), None)],
                "y": Position("any", offset=27),
            },
        ),
        "line": {
            "width": 2,
            "color": theme.BLUE,
            "dash": "solid" if kinds == ("range",) else "dot",
        },
    }


# -- words -----------------------------------------------------------------------------------------
def _measure(one: str) -> str:
    """What a measure counts, in words: a headline of the lessons, or the table's own word."""
    return (
        MEASURES[one][0]
        if one in MEASURES
        else one.replace("_", " ").capitalize().replace("kursk", "Kursk")
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _short(who: str, longest: int = 25) -> str:
    """A name that fits on a phone; the table has all of it."""
    who = who.replace("Department", "Dept.").replace("Ministry", "Min.")
    return who if len(who) <= longest else f"{who[:longest].rstrip()}…"


def _table(rows: pd.DataFrame, measure: bool = False) -> pd.DataFrame:
    cells = {
        "Date": [tables.spell(day) for day in rows["date"]],
        "Who": list(rows["estimator"]),
        **({_COUNTS: [_measure(one) for one in rows["measure"]]} if measure else {}),
        **{
            heading: [None if pd.isna(one) else int(one) for one in rows[column]]
            for heading, column in (
                (_LOW, "low"),
                (_HIGH, "high"),
                (_BEST, "best"),
            )
        },
    }
    return pd.DataFrame(cells, dtype=object)
