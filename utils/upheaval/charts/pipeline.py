"""One table's pipeline: loaded, chosen, joined and counted, and what each step does to its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd

from ..facts import evidence, tables
from ..facts.wording import counted, listed
from ..methods import estimates as method
from . import draw
from .draw import Bar, Chart, Group, Line, Rows, capital, chosen, theme
from .estimate_rows import MEASURES

#: The steps, in order, and their words.
STEPS = {"load": "1 · Load", "choose": "2 · Choose", "join": "3 · Join", "count": "4 · Count"}
#: The two states that the soldiers belong to and went to: a count names them also where they say
#: nothing.
CONCERNED = ("PRK", "RUS")
NOBODY = "No government named"

#: What else the table counts, beside the measures that the lessons draw.
_ELSE = {
    "additional_sent": "Sent in addition",
    "burial_places": "Burial places",
    "entries": "Entries into Russia",
    "moving_to_kursk": "On the way to the Kursk region",
    "near_border": "Near the border",
    "planned_additional": "Planned in addition",
    "planned_kursk": "Planned for the Kursk region",
    "planned_workers": "Workers planned",
    "prisoners": "Taken prisoner",
    "workers": "Workers",
}
_COUNTS, _GOVERNMENT, _STATEMENTS, _WHO = "Counts", "Government", "Statements", "Who"
_NUMBERS = {"Lowest": "low", "Highest": "high", "Single number": "best"}
_KINDS = {
    "point": "a single number",
    "range": "a range",
    "floor": "a floor (at least)",
    "ceiling": "a ceiling (up to)",
}

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "share": "Share of {total} statements",
    "speaks": "{who} speaks",
    "each speak": "{who} each speak",
    "in": "{who} in {count}",
    "nobody": "No statement on {noun}",
    "statements": "Statements on {noun}",
    "go back": "None of the rows counts {noun}. Choose statements on something else, or go back to"
    " Load.",
    "load": "{rows} statements count {kinds} different things; {here} count {noun}",
    "loaded": "Rows of the table estimates by what they count; the bar of the measure chosen is"
    " blue",
    "singles": "{rows} rows, one for each statement. {single} give a single number; the others give"
    " a lowest number, a highest one, or both.",
    "choose": "{left} of {rows} rows are left: statements on {noun}",
    "chosen": "{noun}, the first day at the top",
    "kinds": "{rows} rows: {parts}.{other}",
    "other": " Not all count the same: {rows}.",
    "other row": "{who}, {day} ({what})",
    "join": "After the join, {statements} {verb} {grown}",
    "grown": "now {rows}: one alone names {most} governments",
    "still": "still {rows}{without}",
    "without": ", {none} without a government",
    "joined": "Statements on {noun}, joined with the table countries: rows by government",
    "named": "{rows} from {statements}. Governments named: {parts}.",
    "count": "{speaks} in {most} of {total} statements on {noun}{silent}",
    "counted": "Statements on {noun} by government; a statement of several counts for each of them",
    "governments": "{rows} rows: {speaking}{empty}. {sum}",
    "speaking": "{governments} with a bar",
    "empty": ", and {names} without one",
    "more": "The bars add up to {added}, more than the {total} statements: one can come from"
    " several governments.",
    "fewer": "The bars add up to {added}, fewer than the {total} statements: some name no"
    " government.",
    "equal": "The bars add up to the {total} statements.",
}


def pipeline(
    estimates: pd.DataFrame,
    countries: pd.DataFrame,
    measure: str = "deployed_in_russia",
    step: str = "load",
) -> Chart:
    """The table ``estimates`` after one of the `STEPS`, with the rows that are then left.

    ``load`` has every row; ``choose`` those of one ``measure`` (a key of `MEASURES`); ``join`` one
    row for each of them and each government behind it, with its name from ``countries``; ``count``
    one row a government. Raises ``KeyError`` for an unknown measure or step.
    """
    noun = chosen(MEASURES, measure, "measure")[1]
    steps = {"load": _load, "choose": _choose, "join": _join, "count": _count}
    make: Callable[..., Chart] = chosen(steps, step, "step")
    rows = estimates.sort_values("date", kind="stable")
    left = rows[rows["measure"] == measure]
    if step != "load" and left.empty:
        said = {name: TEXTS[name].format(noun=noun) for name in ("nobody", "statements", "go back")}
        nothing = dict(zip(("title", "subtitle", "description"), said.values(), strict=True))
        return _chart(Rows([]), left, step, table=_table(left), **nothing)
    return make(rows, left, countries.set_index("id"), measure)


def joined(estimates: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """One row for each statement and each government behind it (``government``, by ``names``).

    A statement without a claimant keeps its row; its government is missing.
    """
    return estimates.explode("claimant").join(names.rename("government"), on="claimant")


# -- the steps -------------------------------------------------------------------------------------
def _load(rows: pd.DataFrame, left: pd.DataFrame, _: pd.DataFrame, measure: str) -> Chart:
    counts = rows["measure"].value_counts()
    said = {"rows": len(rows), "kinds": len(counts), "noun": MEASURES[measure][1]}
    return _chart(
        _counting(_COUNTS, {_measure(one): n for one, n in counts.items()}, {_measure(measure)}),
        rows,
        "load",
        refs=evidence.refs("estimates", rows["id"]),
        title=TEXTS["load"].format(here=len(left), **said),
        subtitle=TEXTS["loaded"],
        description=TEXTS["singles"].format(rows=len(rows), single=rows["best"].notna().sum()),
        table=_table(rows, {_COUNTS: [_measure(one) for one in rows["measure"]]}),
    )


def _choose(rows: pd.DataFrame, left: pd.DataFrame, _: pd.DataFrame, measure: str) -> Chart:
    said = [method.interval(row) for row in tables.records(left)]
    kinds, noun = Counter(one.kind for one in said), MEASURES[measure][1]
    top = 1.25 * max([1.0, *(number for one in said for number in one.numbers)])
    lines = []
    for at, (row, one) in enumerate(zip(tables.records(left), said, strict=True)):
        filled = tuple(name for name, column in _NUMBERS.items() if pd.notna(row[column]))
        track = draw.span(one.low, one.high, top, filled)
        lines.append(Line(at, row["estimator"], one.text, tables.spell(row["date"]), track=track))
    of = {"title": _WHO, "text": tuple(_NUMBERS), "note": "Date"}
    parts = [f"{kinds[kind]} with {phrase}" for kind, phrase in _KINDS.items() if kinds[kind]]
    return _chart(
        Rows([Group("", lines)], scale=draw.scale_to(top, noun), of=of),
        left,
        "choose",
        refs=evidence.refs("estimates", left["id"]),
        legend=draw.SPANS,
        title=TEXTS["choose"].format(left=len(left), rows=len(rows), noun=noun),
        subtitle=TEXTS["chosen"].format(noun=capital(noun)),
        description=TEXTS["kinds"].format(
            rows=len(left), parts=", ".join(parts), other=_counting_else(left)
        ),
        table=_table(left),
    )


def _join(_: pd.DataFrame, left: pd.DataFrame, countries: pd.DataFrame, measure: str) -> Chart:
    pairs, voices = joined(left, countries["short_name"]), left["claimant"].map(len)
    found = pairs["government"].fillna(NOBODY).value_counts()
    counts = {str(one): int(number) for one, number in found.items()}
    named = {"one": (voices == 1).sum(), "several": (voices > 1).sum(), "none": (voices == 0).sum()}
    said = {"rows": counted(len(pairs), "row"), "statements": counted(len(left), "statement")}
    without = TEXTS["without"].format(**named) if named["none"] else ""
    grown = TEXTS["grown" if len(pairs) > len(left) else "still"]
    said["grown"] = grown.format(most=voices.max(), without=without, **said)
    parts = ", ".join(f"{word} in {number}" for word, number in named.items() if number)
    codes = {"Code": pairs["claimant"].to_list(), _GOVERNMENT: pairs["government"].to_list()}
    return _chart(
        _counting(_GOVERNMENT, counts, set(counts) - {NOBODY}),
        left,
        "join",
        refs=evidence.refs("estimates", pairs["id"]),
        title=TEXTS["join"].format(verb="is" if len(left) == 1 else "are", **said),
        subtitle=TEXTS["joined"].format(noun=MEASURES[measure][1]),
        description=TEXTS["named"].format(parts=parts, **said),
        table=_table(pairs).assign(**codes),
    )


def _count(_: pd.DataFrame, left: pd.DataFrame, countries: pd.DataFrame, measure: str) -> Chart:
    total, codes = len(left), Counter(code for cell in left["claimant"] for code in cell)
    counts = dict(codes.most_common()) | {code: codes[code] for code in CONCERNED}
    table = pd.DataFrame(
        {
            _GOVERNMENT: [str(countries.at[code, "short_name"]) for code in counts],
            _STATEMENTS: list(counts.values()),
            TEXTS["share"].format(total=total): [f"{one / total:.0%}" for one in counts.values()],
        },
        dtype=object,
    )
    lines = [
        Line(at, name, f"{counted(number, 'statement')} ({share})", track=[Bar(0, number)])
        for at, (name, number, share) in enumerate(table.itertuples(index=False))
    ]
    of = {"title": _GOVERNMENT, "text": tuple(table.columns[1:]), "track": _STATEMENTS}
    added, noun = sum(counts.values()), MEASURES[measure][1]
    summed = TEXTS["more" if added > total else "fewer" if added < total else "equal"]
    return _chart(
        Rows(
            [Group("", lines)], scale=draw.scale_to(max(3, *counts.values()), "statements"), of=of
        ),
        left,
        "count",
        title=_finding(counts, countries, total, noun),
        subtitle=TEXTS["counted"].format(noun=noun),
        description=TEXTS["governments"].format(
            rows=len(counts),
            sum=summed.format(added=added, total=total),
            **_speaking(counts, countries),
        ),
        table=table,
    )


def _speaking(counts: dict[str, int], countries: pd.DataFrame) -> dict[str, str]:
    """How many governments speak, and whose bars are empty."""
    silent = [str(countries.at[code, "short_name"]) for code, one in counts.items() if not one]
    governments = counted(len(counts) - len(silent), "government")
    return {
        "speaking": TEXTS["speaking"].format(governments=governments),
        "empty": TEXTS["empty"].format(names=listed(silent)) if silent else "",
    }


def _counting_else(left: pd.DataFrame) -> str:
    """Which of the rows count a part, or more than DPRK soldiers: measures stay apart."""
    found = [
        TEXTS["other row"].format(
            who=row["estimator"], day=tables.spell(row["date"]), what=row["other_count"]
        )
        for row in tables.records(left)
        if draw.words(row["other_count"])
    ]
    return TEXTS["other"].format(rows="; ".join(found)) if found else ""


def _finding(counts: dict[str, int], countries: pd.DataFrame, total: int, noun: str) -> str:
    """Who speaks most, and how often the two states concerned do."""
    capitals = countries["capital"].fillna(countries["short_name"])
    most = max(counts.values())
    first = [str(capitals[code]) for code, number in counts.items() if number == most]
    rest = [code for code in CONCERNED if counts[code] < most]
    groups = [[code] for code in rest]
    if len(rest) == 2 and len({counts[code] for code in rest}) == 1:
        groups = [rest]
    silent = ", ".join(
        TEXTS["in"].format(
            who=" and ".join(capitals[code] for code in group), count=counts[group[0]] or "none"
        )
        for group in groups
    )
    speaks = TEXTS["each speak" if len(first) > 1 else "speaks"].format(who=" and ".join(first))
    said = {"speaks": speaks, "most": most, "total": total, "noun": noun}
    return TEXTS["count"].format(silent=f"; {silent}" if silent else "", **said)


# -- pieces ----------------------------------------------------------------------------------------
def _chart(rows: Rows, left: pd.DataFrame, step: str, **more: Any) -> Chart:
    cited = draw.cited(tables.records(left))
    return Chart(None, rows=rows, sources=cited, name=f"road-{step}", **more)


def _counting(heading: str, counts: dict[str, int], filled: set[str]) -> Rows:
    """A line for each word under ``heading``, with a bar: how many rows of the table have it."""
    lines = [
        Line(None, word, counted(number, "row"), track=[_bar(number, word in filled)])
        for word, number in counts.items()
    ]
    scale = draw.scale_to(max(3, *counts.values()), "rows")
    return Rows([Group("", lines)], scale=scale, of={"count": heading})


def _bar(number: int, filled: bool) -> Bar:
    return Bar(0, number) if filled else Bar(0, number, theme.GREY, "outline")


def _measure(one: Any) -> str:
    """What a measure counts, in words: a headline of the lessons, or the table's own word."""
    if one in MEASURES:
        return MEASURES[one][0]
    return _ELSE.get(one, str(one).replace("_", " ").capitalize())


def _table(rows: pd.DataFrame, more: dict[str, list[str]] | None = None) -> pd.DataFrame:
    cells = {
        "Date": [tables.spell(day) for day in rows["date"]],
        _WHO: list(rows["estimator"]),
        **(more or {}),
        **{
            heading: [None if pd.isna(one) else int(one) for one in rows[column]]
            for heading, column in _NUMBERS.items()
        },
    }
    return pd.DataFrame(cells, dtype=object)
