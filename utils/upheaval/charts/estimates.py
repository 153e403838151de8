"""How many soldiers: published numbers as points, ranges, floors and ceilings, never two measures on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..facts import tables
from ..methods import estimates as method
from ..methods.estimates import DefensibleRange, Interval

#: Measures that the explorer offers: (words for a list, words after a number).
MEASURES = {
    "deployed_in_russia": ("In Russia", "soldiers in Russia"),
    "in_kursk": ("In the Kursk region", "soldiers in the Kursk region"),
    "planned_total": ("Planned or expected", "soldiers planned or expected"),
    "cumulative_sent": ("Sent in all", "soldiers sent in all"),
    "killed_and_wounded": ("Killed and wounded together", "soldiers killed or wounded"),
    "killed": ("Killed", "soldiers killed"),
    "wounded": ("Wounded", "soldiers wounded"),
}

#: Rows that count something else than their measure for all DPRK soldiers. They are drawn, and leave the range alone.
OTHER_COUNTS = {
    "hur-2024-12-14-casualties": "Russian and DPRK units together",
    "us-2024-12-27-week": "one week only",
    "dprk-2025-08-22-portraits": "only those shown in portraits",
    "dprk-2025-08-29-portraits": "only those shown in portraits",
    "dprk-2025-12-12-engineers-killed": "one regiment only",
}

#: Days for the as-of stepper; the last is everything known. 23 October 2024 is left to the reader: it is the task.
DAYS = ("2024-10-18", "2024-11-05", "2024-11-27", "2024-12-23", "2025-01-22", "2025-04-30", "2025-09-02", None)

#: December 2024: days on which a new number came out, and the end of the month, when it had been passed on.
DECEMBER = ("2024-12-14", "2024-12-18", "2024-12-19", "2024-12-23", "2024-12-27", "2024-12-31")
DECEMBER_MEASURES = ("killed", "wounded", "killed_and_wounded")
#: Pages that told the week's number in other words, by source, with the measure that their words name.
RETOLD = {"online-2024-kirbykilled": "killed", "cosmic-2024-kirbydied": "killed"}
RETOLD_OF = "us-2024-12-27-week"

#: The rows of the bug hunt, in the order in which the misleading drawing lines them up.
HUNT = ("us-2024-10-31-kursk", "nis-2024-11-20-kursk", "pentagon-2024-11-26-deployed", "umerov-2024-11-05-plan")
MISLEADING = "Deliberately misleading drawing for the bug hunt of lesson 03: do not use"

SIDES = {"ROK": "South Korea", "UKR": "Ukraine", "US": "United States"}
OTHERS = "Others"
_COLOURS = {"ROK": theme.BLUE, "UKR": theme.ORANGE, "US": theme.GREEN, OTHERS: theme.PURPLE}

#: Names short enough for a phone, with the capital where the table's name needs it; the table keeps the full name.
_SHORT = {
    "NIS": "Seoul’s NIS",
    "NIS source via Yonhap": "Seoul, via Yonhap",
    "HUR": "Kyiv’s HUR",
    "HUR (Budanov)": "Kyiv’s HUR",
    "ROK Joint Chiefs of Staff": "Seoul’s Joint Chiefs",
    "ROK Ministry of National Defense": "Seoul’s defence ministry",
    "ROK estimates (Yonhap)": "Seoul, via Yonhap",
    "Ukraine Ministry of Defence": "Kyiv’s defence ministry",
    "Ukraine Centre for Countering Disinformation": "Kyiv’s disinformation centre",
    "U.S. Department of Defense": "U.S. Defense Department",
    "DPRK state media, as counted by press": "DPRK portraits, press count",
    "KCNA (portraits shown)": "DPRK state media",
    "KCNA (Kim's speech)": "DPRK state media",
}

_KIND_WORDS = {"point": "one number", "range": "from–to", "floor": "at least", "ceiling": "up to"}
_KIND_SIGNS = {"point": "●", "range": "●─●", "floor": "┃─▷", "ceiling": "◁─┃"}

# Sizes in pixels, as in the timeline: a row is a line of text with its mark below.
_ROW, _HEAD, _TICKS = 46, 26, 34
_ARROW = 0.10  # an open end is drawn this long, as a share of the scale: it says "on from here", not how far
_ROOM = 1.18  # the scale ends this much beyond the highest number


# -- the explorer ------------------------------------------------------------------------------------------------------
def ranges(estimates: pd.DataFrame, measure: str = "deployed_in_russia", day: str | None = None,
           publishers: int = 1) -> Chart:
    """What was public about one measure by one day, one row an estimate, and the range that it leaves.

    ``estimates`` is (rows of) the table of that name; ``measure`` a key of `MEASURES`; ``day`` an ISO date (``None``:
    everything known); ``publishers`` the least number of independent publishers behind a row. The shaded band is
    `methods.estimates.defensible_range`: of each side only the last day's numbers, without `OTHER_COUNTS`. The chart
    is factored by ``side``. Raises ``KeyError`` for an unknown measure.
    """
    words = MEASURES[measure][1]
    public = _public(estimates[estimates["measure"] == measure], day)
    rows = public[public["publishers"] >= publishers].reset_index(drop=True)
    found = _range(rows, measure, day)
    rows = rows.assign(role=_roles(rows, found))
    scale = _scale(public)
    height = max(len(rows), 1) * _ROW + 8
    figure = theme.figure(
        *_drawn(rows, scale, [8 + _ROW * place for place in range(len(rows))]),
        height=height + _TICKS,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 0, "b": _TICKS, "autoexpand": False},
        xaxis={**_AXIS, "range": [0, scale]},
        yaxis={**_NO_AXIS, "range": [height, 0]},
        shapes=_band(found, scale),
    )
    when = tables.spell(day or tables.knowledge_as_of())
    return Chart(
        figure,
        subtitle=f"{words[:1].upper()}{words[1:]}: estimates public by {when}, in order of publication"
                 + ("; two independent publishers or more" if publishers > 1 else ""),
        table=_table(rows),
        sources=list(rows["sources"]),
        name=f"estimates-{measure.replace('_', '-')}",
        rows=_facets(rows, _finding(found, words, when, len(rows)), words, when, publishers),
        listing={"when": "Published", "status": "Status", "title": "Estimate", "body": "What exactly was counted"},
        key=_key(rows, found),
    )


def measure_options() -> list[tuple[str, str]]:
    """(label, value) of every measure."""
    return [(label, measure) for measure, (label, _) in MEASURES.items()]


def side_options() -> list[tuple[str, str | None]]:
    """(label, value) of the sides, all of them first."""
    return [("All sides", None), *((name, side) for side, name in SIDES.items()), (OTHERS, OTHERS)]


def day_options(days: Sequence[str | None] = DAYS) -> list[tuple[str, str | None]]:
    """(label, value) of the stops of an as-of stepper."""
    last = f"Everything known ({tables.spell(tables.knowledge_as_of())})"
    return [(tables.spell(day) if day else last, day) for day in days]


def publisher_options() -> list[tuple[str, int]]:
    """(label, value) of how many independent publishers a row needs."""
    return [("One is enough", 1), ("Two or more", 2)]


def voices(estimates: pd.DataFrame) -> pd.Series:
    """Who can replace whose number: the side, and for "independent" the estimator itself."""
    return estimates["estimator_side"].mask(estimates["estimator_side"] == "independent", estimates["estimator"])


def whole(estimates: pd.DataFrame) -> pd.DataFrame:
    """The estimates without those that count a part, or more than DPRK soldiers (`OTHER_COUNTS`)."""
    return estimates[~estimates["id"].isin(OTHER_COUNTS)]


# -- one week in December ----------------------------------------------------------------------------------------------
def december(estimates: pd.DataFrame, day: str = DECEMBER[-1], telling: str = "said") -> Chart:
    """December 2024 by measure, each on a scale of its own: what was said, or with how it was ``retold``.

    ``day`` is one of `DECEMBER`. A retelling is no estimate: it is marked ✕, and stands where its words put it.
    Raises ``ValueError`` when ``telling`` is neither ``said`` nor ``retold``.
    """
    if telling not in ("said", "retold"):
        raise ValueError(f"telling is {telling!r}; it may be 'said' or 'retold'")
    rows = _public(estimates[estimates["measure"].isin(DECEMBER_MEASURES)], day)
    rows = rows[tables.span(rows["date"])["start"] >= "2024-12-01"].assign(role="")
    if telling == "retold":
        rows = pd.concat([rows, _retold(estimates, day)])
    rows = rows.assign(role=[OTHER_COUNTS.get(name, role) for name, role in zip(rows["id"], rows["role"], strict=True)])
    rows = rows.reset_index(drop=True)
    when = tables.spell(day)
    said, wrong = rows[rows["role"] != "retold"], rows[rows["role"] == "retold"]
    return Chart(
        _panels(rows, DECEMBER_MEASURES),
        title=_december_title(said, wrong, when),
        subtitle=f"DPRK soldiers, 1 December 2024 to {when}; each measure on a scale of its own",
        description=_december_words(said, wrong, when, telling),
        table=_table(rows),
        sources=list(dict.fromkeys(one for ids in rows["sources"] for one in ids)),
        name=f"december-2024-{telling}",
        listing={"when": "Published", "status": "Status", "title": "Estimate", "body": "What exactly was counted"},
        key=_key(rows, None),
    )


def telling_options() -> list[tuple[str, str]]:
    """(label, value) of the two tellings."""
    return [("as it was said", "said"), ("and as it was retold", "retold")]


def _retold(estimates: pd.DataFrame, day: str) -> pd.DataFrame:
    """The retellings public by ``day``, in the columns of the table, with the measure that their words name."""
    original = estimates[estimates["id"] == RETOLD_OF]
    pages = tables.read("sources").set_index("id").loc[list(RETOLD)]
    known = tables.span(pages["date"])["end"] <= tables.span([day])["end"].iloc[0]
    return pd.concat(
        [original.assign(id=f"retold-{page.Index}", date=page.date, estimator=page.publisher, measure=RETOLD[page.Index],
                         as_of_note=page.note, sources=[(page.Index,)], role="retold", publishers=0, status="",
                         note="A retelling of the White House's number of 27 December 2024, and no estimate.")
         for page in pages[known].itertuples()] or [original.iloc[:0].assign(role="", publishers=0)])


def _december_title(said: pd.DataFrame, wrong: pd.DataFrame, when: str) -> str:
    if not wrong.empty:
        number = method.number(method.interval(wrong.iloc[0]).low)
        return f"A week’s {number} killed or wounded was retold as {number} killed: a mistake (✕)"
    both = whole(said[said["measure"] == "killed_and_wounded"])
    found = _range(both, "killed_and_wounded", None)
    if found is None:
        return f"{when}: no number yet for all DPRK soldiers killed or wounded"
    sides = both["estimator_side"].nunique()
    who = f"{sides} capitals disagree on" if sides > 1 else "one side alone speaks of"
    return f"{when}: {who} killed and wounded, {found.words}"


def _december_words(said: pd.DataFrame, wrong: pd.DataFrame, when: str, telling: str) -> str:
    counts = _listed(f"{MEASURES[measure][0].lower()} {count}" for measure in DECEMBER_MEASURES
                     if (count := int((said["measure"] == measure).sum())))
    total = len(said) + len(wrong)
    row, were = ("row is", "was") if total == 1 else ("rows are", "were")
    words = f"{total} {row} shown, {len(said)} of them estimates that {were} public by {when} ({counts})."
    other = int(said["id"].isin(OTHER_COUNTS).sum())
    if other:
        words += f" {other} of the estimates {'counts' if other == 1 else 'count'} something else than all DPRK soldiers."
    if len(wrong):
        words += f" {len(wrong)} are pages that retold the White House's number with a word it did not use."
    elif telling == "retold":
        words += " No retelling was found by then: the number that was retold came on 27 December 2024. Go to a later day."
    return words


# -- the bug hunt ------------------------------------------------------------------------------------------------------
def bug_hunt(estimates: pd.DataFrame, drawing: str = "misleading") -> Chart:
    """Four rows of the table, drawn to mislead (``misleading``, and labelled so everywhere) or ``honest``.

    Raises ``ValueError`` for another drawing, ``KeyError`` when a row of `HUNT` is missing.
    """
    if drawing not in ("misleading", "honest"):
        raise ValueError(f"drawing is {drawing!r}; it may be 'misleading' or 'honest'")
    rows = estimates.set_index("id", drop=False).loc[list(HUNT)].reset_index(drop=True)
    rows = rows.assign(publishers=method.independent(rows, tables.read("sources")), role="")
    table = _table(rows)
    sources = list(dict.fromkeys(one for ids in rows["sources"] for one in ids))
    measures = [measure for measure in MEASURES if (rows["measure"] == measure).any()]
    if drawing == "honest":
        return Chart(
            _panels(rows, measures),
            title=f"The same {len(rows)} rows answer {len(measures)} different questions",
            subtitle="DPRK soldiers by measure, October and November 2024; each measure on a scale of its own",
            description=f"{len(rows)} estimates are shown, on {len(measures)} scales that begin at zero. Floors and "
                        "ceilings have an open end, and a plan is called a plan. No trend can be read from them.",
            table=table, sources=sources, name="bug-hunt-honest", key=_key(rows, None))
    numbers = [method.interval(row).numbers[-1] for row in rows.to_dict("records")]
    table.insert(0, "Warning", MISLEADING)
    return Chart(
        _misleading_bars(rows, numbers),
        title=f"Deliberately misleading: “North Korean army doubles from {method.number(numbers[0])} to "
              f"{method.number(numbers[-1])}!”",
        subtitle="A drawing with faults built in, for the bug hunt: do not pass it on",
        description=f"{len(rows)} bars, deliberately misleading: they rise from {method.number(numbers[0])} to "
                    f"{method.number(numbers[-1])}, and the axis begins at {method.number(_cut(numbers))}. The table "
                    "says what each number really was.",
        table=table, sources=sources, name="deliberately-misleading-bug-hunt")


def hunt_options() -> list[tuple[str, str]]:
    """(label, value) of the two drawings."""
    return [("drawn to mislead", "misleading"), ("drawn honestly", "honest")]


def _cut(numbers: Sequence[float]) -> float:
    """Where the misleading axis begins: just under the lowest bar."""
    return float(int(min(numbers) * 0.9 / 1000) * 1000)


def _misleading_bars(rows: pd.DataFrame, numbers: Sequence[float]) -> go.Figure:
    bars = go.Bar(x=["A", "B", "C", "D"], y=list(numbers), marker={"color": theme.ORANGE}, cliponaxis=False,
                  text=[method.number(value) for value in numbers], textposition="outside", hoverinfo="skip")
    floor, top = _cut(numbers), max(numbers)
    return theme.figure(
        bars, height=330, showlegend=False,
        margin={"l": 58, "r": 8, "t": 20, "b": 30, "autoexpand": False},
        xaxis={"fixedrange": True, "automargin": False, "showgrid": False, "ticks": ""},
        yaxis={"range": [floor, top + (top - floor) * 0.08], "tickformat": ",d", "nticks": 6, "fixedrange": True,
               "automargin": False},
        annotations=[{"text": "<b>DELIBERATELY<br>MISLEADING</b>", "showarrow": False, "xref": "paper", "yref": "paper",
                      "x": 0.02, "y": 0.98, "xanchor": "left", "yanchor": "top", "textangle": 0, "align": "left",
                      "font": {"size": 20, "color": theme.GREY}}],
    )


# -- rows and ranges ---------------------------------------------------------------------------------------------------
def _public(rows: pd.DataFrame, day: str | None) -> pd.DataFrame:
    """The rows public by a day, in order of publication, with ``publishers``, how many independent ones carry each."""
    public = tables.as_of(rows, day, "date") if day else rows
    public = public.assign(publishers=method.independent(public, tables.read("sources")), _end=tables.span(public["date"])["end"])
    return public.sort_values(["_end", "id"], kind="stable").drop(columns="_end")


def _range(rows: pd.DataFrame, measure: str, day: str | None) -> DefensibleRange | None:
    """The range that rows of one measure leave; ``None`` when none of them counts all DPRK soldiers."""
    counted = whole(rows)
    if counted.empty:
        return None
    return method.defensible_range(counted.assign(voice=voices(counted)), measure, day or "2100", by="voice")


def _roles(rows: pd.DataFrame, found: DefensibleRange | None) -> list[str]:
    """For each row: "" (in the range), "replaced", or the words of `OTHER_COUNTS`."""
    replaced = set(found.replaced) if found else set()
    return [OTHER_COUNTS.get(name, "replaced" if name in replaced else "") for name in rows["id"]]


def _scale(rows: pd.DataFrame) -> float:
    """Where the scale ends: a little beyond the highest number of the rows. It always begins at zero."""
    numbers = [value for row in rows.to_dict("records") for value in method.interval(row).numbers]
    return max(numbers, default=1.0) * _ROOM


def _side(row: Any) -> str:
    return row.estimator_side if row.estimator_side in SIDES else OTHERS


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


# -- drawing -----------------------------------------------------------------------------------------------------------
_AXIS = {"tickformat": ",d", "nticks": 6, "fixedrange": True, "automargin": False, "side": "bottom"}
_NO_AXIS = {"showticklabels": False, "showgrid": False, "ticks": "", "fixedrange": True, "automargin": False}


def _drawn(rows: pd.DataFrame, scale: float, tops: Sequence[float], axis: str = "") -> list[go.Scatter]:
    """The traces of rows whose first pixel is in ``tops``, on the axes ``x`` and ``y`` followed by ``axis``."""
    if rows.empty:
        return []
    on = {"xaxis": f"x{axis}", "yaxis": f"y{axis}", "cliponaxis": False}
    groups: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    names: dict[str, list[Any]] = {"ids": [], "y": [], "text": []}
    values: dict[str, list[Any]] = {"ids": [], "x": [], "y": [], "text": [], "textposition": []}
    for row, top in zip(rows.itertuples(), tops, strict=True):
        said = method.interval(row._asdict())
        names["ids"].append(str(row.Index))
        names["y"].append(top + 9)
        names["text"].append(_label(row))
        x, position = _beside(said, scale)
        words = f"{said.words}, {row.role}" if row.role not in ("", "replaced", "retold") else said.words
        for name, value in zip(values, (str(row.Index), x, top + 30, f"{_GAP}{theme.plain(words)}{_GAP}", position), strict=True):
            values[name].append(value)
        for mark in _marks(said, scale, row.role):
            mark |= {"ids": str(row.Index), "y": top + 30, "hovertext": _hover(row, said)}
            groups.setdefault((_side(row), row.role == "replaced"), []).append(mark)
    traces = [_trace(marks, _COLOURS[side], pale, on) for (side, pale), marks in groups.items()]
    label = {"mode": "text", "textfont": {"size": 12}, "hoverinfo": "skip"}
    return [*traces, go.Scatter(**names, x=[0] * len(rows), textposition="middle right", **label, **on),
            go.Scatter(**values, **label, **on)]


_GAP = "\u00a0" * 3


def _trace(marks: list[dict[str, Any]], colour: str, pale: bool, on: dict[str, Any]) -> go.Scatter:
    if pale:
        colour = theme.GREY
    column = lambda name: [mark[name] for mark in marks]  # noqa: E731
    return go.Scatter(
        ids=column("ids"), x=column("x"), y=column("y"), mode="markers",
        marker={"symbol": column("symbol"), "size": column("size"), "color": colour,
                "line": {"width": 2, "color": colour}, "opacity": 0.55 if pale else 1},
        error_x={"type": "data", "symmetric": False, "array": column("plus"), "arrayminus": column("minus"), "width": 0,
                 "thickness": 1.5 if pale else 3, "color": colour},
        hovertext=column("hovertext"), hovertemplate="%{hovertext}<extra></extra>", **on)


def _marks(said: Interval, scale: float, role: str) -> list[dict[str, Any]]:
    """The marks of one row: places on the scale, symbols, and how far a line reaches to the left and right of each."""
    def mark(x: float | None, symbol: str, size: int = 11, minus: float = 0, plus: float = 0) -> dict[str, Any]:
        return {"x": x, "symbol": symbol, "size": size, "minus": minus, "plus": plus}

    arrow = scale * _ARROW
    if role == "retold":
        return [mark(said.numbers[0], "x-thin", 13)]
    dot = "circle-open" if role not in ("", "replaced") else "circle"
    if said.kind == "floor":
        return [mark(said.low, "line-ns", 15, plus=arrow), mark(said.low + arrow, "triangle-right-open", 10)]
    if said.kind == "ceiling":
        back = min(arrow, said.high)
        return [mark(said.high, "line-ns", 15, minus=back), mark(said.high - back, "triangle-left-open", 10)]
    if said.kind == "range":
        return [mark(said.low, dot, plus=said.high - said.low), mark(said.high, dot)]
    return [mark(said.low, dot)]


def _beside(said: Interval, scale: float) -> tuple[float, str]:
    """Where the words of a number begin, and on which side of that place: where there is more room."""
    right = said.numbers[-1] + (scale * _ARROW if said.kind == "floor" else 0)
    left = said.numbers[0] - (min(scale * _ARROW, said.numbers[0]) if said.kind == "ceiling" else 0)
    return (right, "middle right") if right <= scale * 0.5 or left < scale * 0.4 else (left, "middle left")


def _label(row: Any) -> str:
    if row.role == "retold":
        return f"✕ retold by {theme.plain(row.estimator)}"
    day = tables.spell(row.date)
    day = day.replace(day.split()[-2], day.split()[-2][:3]) if " " in day else day
    return f"{theme.STATUS[row.status].sign} <b>{theme.plain(_SHORT.get(row.estimator, row.estimator))}</b>, {day}"


def _hover(row: Any, said: Interval) -> str:
    note = theme.wrapped(row.as_of_note)
    return f"<b>{theme.plain(row.estimator)}</b><br>{tables.spell(row.date)}: {theme.plain(said.words)}<br>{note}"


def _band(found: DefensibleRange | None, scale: float) -> list[dict[str, Any]]:
    """The range as shading; paler on a side that is open."""
    if found is None or found.low is None or found.high is None:
        return []

    def shade(x0: float, x1: float, strength: float) -> dict[str, Any]:
        return {"type": "rect", "x0": x0, "x1": x1, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
                "fillcolor": f"rgba(115,123,135,{strength})", "line": {"width": 0}}

    edge = {"type": "line", "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
            "line": {"width": 1.5, "dash": "dot", "color": theme.GREY}}
    return [shade(found.low, found.high, 0.22),
            *([shade(found.high, scale, 0.09)] if found.open_above else []),
            *([shade(0, found.low, 0.09)] if found.open_below else []),
            *({**edge, "x0": x, "x1": x} for x in sorted({found.low, found.high}))]


def _panels(rows: pd.DataFrame, measures: Sequence[str]) -> go.Figure:
    """One panel a measure, one under the other, each with a scale of its own from zero."""
    sizes = [max(int((rows["measure"] == measure).sum()), 1) * _ROW + _HEAD for measure in measures]
    total = sum(sizes) + _TICKS * len(measures)
    traces: list[go.Scatter] = []
    layout: dict[str, Any] = {}
    top = 0.0
    for number, (measure, size) in enumerate(zip(measures, sizes, strict=True)):
        axis = str(number + 1) if number else ""
        inside = rows[rows["measure"] == measure]
        scale = _scale(inside)
        heading = MEASURES[measure][0] + ("" if len(inside) else ": nothing published yet")
        traces.append(go.Scatter(x=[0], y=[11], mode="text", text=[f"<b>{theme.plain(heading)}</b>"],
                                 textposition="middle right", textfont={"size": 14}, hoverinfo="skip",
                                 xaxis=f"x{axis}", yaxis=f"y{axis}", cliponaxis=False))
        traces += _drawn(inside, scale, [_HEAD + _ROW * place for place in range(len(inside))], axis)
        layout[f"xaxis{axis}"] = {**_AXIS, "range": [0, scale], "anchor": f"y{axis}",
                                  "showticklabels": bool(len(inside)), "showgrid": bool(len(inside))}
        layout[f"yaxis{axis}"] = {**_NO_AXIS, "range": [size, 0], "anchor": f"x{axis}",
                                  "domain": [1 - (top + size) / total, 1 - top / total]}
        top += size + _TICKS
    return theme.figure(*traces, height=total, showlegend=False,
                        margin={"l": 8, "r": 8, "t": 0, "b": 0, "autoexpand": False}, **layout)


# -- words -------------------------------------------------------------------------------------------------------------
def _finding(found: DefensibleRange | None, words: str, when: str, count: int) -> str:
    if found is None:
        return f"{when}: no number for all {words} yet, only for a part of them" if count else ""
    return f"{when}: a careful reader could say {found.words} {words}"


def _facets(rows: pd.DataFrame, title: str, words: str, when: str, publishers: int) -> dict[str, Any]:
    replaced, other = int((rows["role"] == "replaced").sum()), int((~rows["role"].isin(["", "replaced"])).sum())
    more = ""
    if replaced:
        more += f" Of all of them, {replaced} {'is' if replaced == 1 else 'are'} grey: the same side had a newer number."
    if other:
        more += f" {other} {'counts' if other == 1 else 'count'} something else, and {'stays' if other == 1 else 'stay'} out of the range."
    total = len(rows)
    such = " carried by two independent publishers" if publishers > 1 else ""
    nothing = f"No estimate of {words}{such} was public by {when}."
    ways = "Choose a later day under “Known by”, another measure" + (", or “One is enough”." if publishers > 1 else ".")
    of_all = f"of the {total} estimates" if total > 1 else "estimate of one"
    return {
        "columns": {"side": [_side(row) for row in rows.itertuples()],
                    "kind": [method.interval(row).kind for row in rows.to_dict("records")]},
        "labels": {"side": {**SIDES, OTHERS: OTHERS}, "kind": _KIND_WORDS},
        "when": [tables.spell(date) for date in rows["date"]],
        "total": total,
        "words": {
            "title": {"many": title, "one": title,
                      "none": f"{{chosen:side}}: no number of {words} by {when}" if total else
                              f"{when}: nobody had published a number of {words}{such}"},
            "description": {
                "many": f"{{n}} {of_all} public by {when} are shown. By kind: {{tally:kind}}. By side: {{tally:side}}.{more}",
                "one": f"One {of_all} public by {when} is shown: {{tally:kind}}, {{tally:side}}.{more}",
                "none": f"None of the {total} estimates public by {when} comes from this side. Choose “All sides”."
                        if total else f"None is shown. {nothing} {ways}"},
        },
    }


def _key(rows: pd.DataFrame, found: DefensibleRange | None) -> list[tuple[str, str]]:
    kinds = {method.interval(row).kind for row in rows.to_dict("records") if row["role"] != "retold"}
    key = [(_KIND_SIGNS[kind], words) for kind, words in _KIND_WORDS.items() if kind in kinds]
    if found is not None:
        key.append(("▒", "the range that these leave"))
    if (rows["role"] == "replaced").any():
        key.append(("grey", "replaced by a newer number of the same side"))
    if (~rows["role"].isin(["", "replaced", "retold"])).any():
        key.append(("○", "counts something else: out of the range"))
    key += [(mark.sign, word) for word, mark in theme.STATUS.items() if (rows["status"] == word).any()]
    if (rows["role"] == "retold").any():
        key.append(("✕", "retold with a wrong word: no estimate"))
    return key


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    said = [method.interval(row) for row in rows.to_dict("records")]
    in_range = {"": "yes", "replaced": "no: the same side has a newer number", "retold": "no: a retelling, no estimate"}
    return pd.DataFrame({
        "Published": [tables.spell(date) for date in rows["date"]],
        "Estimate": [f"{name}: {one.words}" for name, one in zip(rows["estimator"], said, strict=True)],
        "Who": rows["estimator"],
        "Side": rows["estimator_side"].map(lambda side: SIDES.get(side, side)),
        "Measure": rows["measure"].map(lambda measure: MEASURES[measure][0]),
        "Number": [one.words for one in said],
        "Kind": [_KIND_WORDS[one.kind] for one in said],
        "What exactly was counted": rows["as_of_note"],
        "In the range": [in_range.get(role, f"no: {role}") for role in rows["role"]],
        "Independent publishers": rows["publishers"],
        "Status": [f"{theme.STATUS[status].sign} {status}" if status else "" for status in rows["status"]],
        "Note": rows["note"],
    })
