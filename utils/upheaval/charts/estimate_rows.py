"""Estimates as rows: what each says, its place, its marks on a scale, and its cells in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from ..facts import evidence, tables
from ..methods import estimates as method
from ..methods.estimates import DefensibleRange, Interval
from ..protocol import ListColumns
from . import draw
from .draw import Row, theme

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

#: Plans for more soldiers than there are: they belong beside the totals planned, and not into them.
ADDED = "planned_additional"

SIDES = {"ROK": "South Korea", "UKR": "Ukraine", "US": "United States"}
OTHERS = "Others"
#: What other bodies are called together: none of them speaks for another.
OTHERS_NAMED = "Others, each for itself"

KIND_WORDS = {"point": "one number", "range": "from–to", "floor": "at least", "ceiling": "up to"}
_KIND_SIGNS = {"range": "┣━┫", "floor": "┄▶", "ceiling": "◀┄"}

_RETOLD = "retold with a wrong word: no estimate"
#: Why a row is drawn in grey.
GREY = {
    "replaced": "replaced, the same side has a newer number",
    "old": f"last said more than {method.FRESH} days before",
}

#: Headings of the table that drawings refer to.
WHEN, ESTIMATE, MEASURE, LOW, HIGH = "Published", "Estimate", "Measure", "Lowest", "Highest"
LIST_COLUMNS: ListColumns = {
    "when": WHEN,
    "status": "Status",
    "title": ESTIMATE,
    "body": "What exactly was counted",
}


# -- rows and ranges -------------------------------------------------------------------------------
def voices(estimates: pd.DataFrame) -> pd.Series:
    """Who can replace whose number: the side, and for "independent" the estimator itself."""
    return estimates["estimator_side"].mask(
        estimates["estimator_side"] == "independent", estimates["estimator"]
    )


def whole(estimates: pd.DataFrame) -> pd.DataFrame:
    """The estimates that count all DPRK soldiers, and neither a part of them nor more."""
    return estimates[estimates["other_count"].isna()]


def public_by(rows: pd.DataFrame, day: str | None) -> pd.DataFrame:
    """The rows public by a day, by date, with how many independent ``publishers`` carry each."""
    public = tables.as_of(rows, day, "date") if day else rows
    public = public.assign(
        publishers=publishers_of(public), _end=tables.span(public["date"])["end"]
    )
    return public.sort_values(["_end", "id"], kind="stable").drop(columns="_end")


def publishers_of(rows: pd.DataFrame) -> pd.Series:
    """How many independent publishers stand behind each row."""
    sources = tables.read("sources")
    cited = {one for ids in rows["sources"] for one in ids}
    return method.independent(rows, sources[sources["id"].isin(cited)])


def range_of(public: pd.DataFrame, measure: str, day: str | None = None) -> DefensibleRange | None:
    """What rows public by a day say together of a measure; ``None`` if none counts all soldiers."""
    counted = whole(public)
    if counted.empty:
        return None
    return method.defensible_range(
        counted.assign(voice=voices(counted)), measure, day or tables.knowledge_as_of(), by="voice"
    )


def more_planned(
    estimates: pd.DataFrame, day: str | None, publishers: int
) -> tuple[pd.DataFrame, dict[str | None, DefensibleRange | None]]:
    """Plans for more soldiers that were public by a day, and what they say together: of all (under
    None) and of each side.
    """
    public = public_by(estimates[estimates["measure"] == ADDED], day)
    carried = public[public["publishers"] >= publishers]
    found: dict[str | None, DefensibleRange | None] = {None: range_of(carried, ADDED, day)}
    for side in SIDES:
        found[side] = range_of(carried[carried["estimator_side"] == side], ADDED, day)
    return carried, found


def records(rows: pd.DataFrame, found: DefensibleRange | None) -> list[Row]:
    """The rows with what they say (``said``), ``index``, ``side``, and ``role`` beside the range.

    The role is "" (in the range), "replaced", "old", or the words of ``other_count``.
    """
    roles = dict.fromkeys(found.replaced, "replaced") if found else {}
    roles |= dict.fromkeys(found.old, "old") if found else {}
    return [
        {
            **row,
            "index": index,
            "said": method.interval(row),
            "side": row["estimator_side"] if row["estimator_side"] in SIDES else OTHERS,
            "role": draw.words(row["other_count"]) or roles.get(row["id"], ""),
        }
        for index, row in enumerate(tables.records(rows))
    ]


def apart(role: str) -> bool:
    """Whether a role says that the row counts something else than its measure."""
    return role not in ("", "replaced", "old", "retold")


def verb(count: int, verb: str) -> str:
    """A verb as it stands after a count."""
    return f"{verb}s" if count == 1 else verb


def refs(rows: Iterable[Row]) -> list[str]:
    """Which row of the collection each row is."""
    return evidence.refs("estimates", (row["id"] for row in rows))


# -- words -----------------------------------------------------------------------------------------
def month_of(day: str) -> str:
    """The month of an ISO day, with its year."""
    return tables.spell(day[:7])


def said_in(found: DefensibleRange, when: str) -> str:
    """In which months the numbers of a range were said; the year of the day asked goes unsaid."""
    first, last = (month_of(one) for one in found.said)
    if first == last:
        return f"in {_without_year(first, when)}"
    years = (12 * int(one[:4]) + int(one[5:7]) for one in reversed(found.said))
    close = next(years) - next(years) == 1
    ends = _without_year(first, last), _without_year(last, when)
    return f"in {' and '.join(ends)}" if close else f"from {' to '.join(ends)}"


def years_of(found: DefensibleRange) -> str:
    """The year or years in which the numbers of a range were said."""
    first, last = (one[:4] for one in found.said)
    return first if first == last else f"{first} to {last}"


def _without_year(month: str, other: str) -> str:
    """A month, without its year where that is the year of the other."""
    name, _, year = month.partition(" ")
    return name if other.endswith(year) else month


def row_text(row: Row) -> str:
    """What a row says; a retelling in the measure of its words, without the floor it lost."""
    said: Interval = row["said"]
    if row["role"] != "retold":
        return said.text
    return f"as {method.number(said.numbers[0])} {MEASURES[row['measure']][0].lower()}"


def legend(rows: Sequence[Row]) -> list[draw.Sign]:
    """What the signs of these rows mean."""
    kinds = {row["said"].kind for row in rows if row["role"] != "retold"}
    roles = {row["role"] for row in rows}
    grey = [GREY[one] for one in GREY if one in roles]
    return [
        *theme.statuses(row["status"] for row in rows),
        *((sign, KIND_WORDS[kind]) for kind, sign in _KIND_SIGNS.items() if kind in kinds),
        *([("grey:", "; ".join(grey))] if grey else []),
        *([("≠", _RETOLD)] if "retold" in roles else []),
    ]


_IN_RANGE = {
    "": "yes",
    "replaced": "no: the same side has a newer number",
    "old": f"no: not renewed for {method.FRESH} days",
    "retold": "no: a retelling, no estimate",
}


def _end(row: Row, end: str) -> int | None:
    value = getattr(row["said"], end)
    return None if value is None else int(value)


_COLUMNS: draw.Columns = {
    WHEN: draw.spelled("date"),
    ESTIMATE: lambda row: f"{row['estimator']}: {row_text(row)}",
    "Side": lambda row: SIDES.get(row["estimator_side"], row["estimator_side"]),
    MEASURE: lambda row: MEASURES[row["measure"]][0],
    "Kind": lambda row: "retelling" if row["role"] == "retold" else KIND_WORDS[row["said"].kind],
    LOW: lambda row: None if row["role"] == "retold" else _end(row, "low"),
    HIGH: lambda row: _end(row, "high"),
    "What exactly was counted": "as_of_note",
    "In the range": lambda row: _IN_RANGE.get(row["role"], f"no: {row['role']}"),
    "Independent publishers": lambda row: row["publishers"],
    "Status": lambda row: theme.signed_status(row["status"]),
    "Note": lambda row: row["note"],
}


def table_of(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows under headings for people."""
    return draw.table(rows, _COLUMNS)
