"""How many soldiers: points, ranges, floors and ceilings, never two measures on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import listed, of_them
from ..methods import estimates as method
from ..methods.estimates import DefensibleRange
from ..protocol import RowRules, Templates
from . import draw
from . import estimate_rows as rows_as
from .draw import Chart, Row, capital, chosen
from .estimate_marks import FOUND, ranged, short_name, top_of
from .estimate_rows import KIND_WORDS, MEASURES, OTHERS, OTHERS_NAMED, SIDES

#: Days for the as-of stepper; the last is everything known. 23 October 2024 is left to the reader:
#: it is the task.
DAYS = ("2024-10-18", "2024-11-05", "2024-11-27", "2024-12-23", "2025-01-22", "2025-04-30", None)

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "another measure": "or another measure",
    "fewer publishers": "another measure, or “One is enough”",
    "all sides": "{day}, all sides",
    "subtitle": "{counted}: public estimates, in order of publication",
    "publishers": "; two independent publishers or more",
    "such": " carried by two independent publishers",
    "range": "{when}: {range} {counted}, by what was said {months}",
    "past": "{when}: no new number of {counted} since {month}; the last: {range}",
    "past sum": "{when}: no new number of {counted} since {month}; the last: {range}, by now"
    " perhaps more",
    "plan": "By {when} plans spoke of {range} soldiers, said {months}",
    "plan and more": "Plans by {when}: {range} soldiers (said in {years}), then {more} more (in"
    " {later})",
    "side": "{when}: {side} last spoke of {range} {counted}, {months}",
    "side plan": "{when}: {side} last spoke of {range} soldiers to come, {months}",
    "side plan and more": "{when}: {side} last spoke of {range} soldiers ({years}) and of {more}"
    " more ({later})",
    "others": "By {when} {count} other bodies had said a number of {counted}, each for itself",
    "side part": "By {when} {side} had a number for a part of the {counted} only",
    "part": "{when}: no number for all {counted}, only for a part of them",
    "no side": "{{chosen:side}}: no number of {counted} by {when}",
    "nothing": "{when}: no public number of {counted}{such}",
    "none here": "None of the {total} estimates public by {when} comes from this side. Choose “All"
    " sides”.",
    "none": "None is shown: no estimate of {counted}{such} was public by {when}. Choose a later"
    " day, {ways}.",
    "newest": "The newest number of each that is used here: {each}.",
    "one of": "{who}, {said} ({day})",
    "many": "{more} On show: {{share}} estimates public by {when}. By kind:"
    " {{tally:kind}}. By side: {{tally:side}}.",
    "one": "{more} On show: one of the {total} estimates public by {when}.",
    "only one": "{more} It is the only estimate public by {when}.",
    "replaced": " {count} {are} grey: the same side had a newer number.",
    "old": " {count} {are} grey as old: nobody had said it again for {days} days.",
    "kept": " {who} spoke more than {days} days before; the number stays, as all newer ones only"
    " say “at least”.",
    "other": " {count} {counts} something else, and {stays} out of the range.",
    "together": " They fit together.",
    "apart": " They contradict each other.",
    "moved": " They do not agree, and are of different days: soldiers can have come or gone.",
    "sum apart": " They do not count alike: an older total is higher than the newest.",
    "grown": " They are of different days, and the sum can have grown in between.",
    "plans": " A plan is no count: nobody need have come.",
    "more": " Beside these totals stand plans for more soldiers than were there: {each}.",
}


def measure_options() -> list[tuple[str, str]]:
    """(label, value) of every measure but the wounded, whom only one side counts."""
    offered = [measure for measure in MEASURES if measure != "wounded"]
    return draw.options(MEASURES, lambda words: words[0], only=offered)


side_options = draw.offer({**SIDES, OTHERS: OTHERS_NAMED}, first="All sides")


def day_options(days: Sequence[str | None] = DAYS) -> list[tuple[str, str | None]]:
    """(label, value) of the stops of an as-of stepper."""
    every = draw.as_of_options([day for day in days if day])
    return every if None in days else every[:-1]


publisher_options = draw.offer({1: "One is enough", 2: "Two or more"})


def ranges(
    estimates: pd.DataFrame,
    measure: str = "deployed_in_russia",
    day: str | None = None,
    publishers: int = 1,
) -> Chart:
    """What was public about a measure by one day, and the range that it leaves; a row an estimate.

    ``estimates`` is (rows of) the table of that name; ``measure`` a key of `MEASURES`; ``day`` an
    ISO date (``None``: everything known); ``publishers`` the least number of independent publishers
    behind a row. The range is `methods.estimates.defensible_range`: of each side only the
    last day's numbers, without those of something else (``other_count``) and those that nobody
    renewed. It has a row filter for ``side``. Raises ``KeyError`` for an unknown measure.
    """
    counted = chosen(MEASURES, measure, "measure")[1]
    public = rows_as.public_by(estimates[estimates["measure"] == measure], day)
    carried = public[public["publishers"] >= publishers]
    found = rows_as.range_of(carried, measure, day)
    rows = rows_as.records(carried, found)
    top = top_of(map(method.interval, tables.records(public[["id", "low", "high", "best"]])))
    found_by: dict[str | None, DefensibleRange | None] = {None: found}
    found_by |= {
        side: rows_as.range_of(carried[carried["estimator_side"] == side], measure, day)
        for side in SIDES
    }
    plans, more = rows_as.more_planned(estimates, day, publishers)
    planned = measure.startswith(method.PLANNED)
    said: Said = {
        "counted": counted,
        "when": tables.spell(day or tables.knowledge_as_of()),
        "such": TEXTS["such"] if publishers > 1 else "",
        "ways": TEXTS["fewer publishers" if publishers > 1 else "another measure"],
    }
    return Chart(
        None,
        rows=ranged(rows, found_by, draw.scale_to(top, counted)),
        subtitle=TEXTS["subtitle"].format(counted=capital(counted))
        + (TEXTS["publishers"] if publishers > 1 else ""),
        table=rows_as.table_of(rows),
        sources=[row["sources"] for row in rows],
        refs=rows_as.refs(rows),
        known=day or "",
        name=f"estimates-{measure.replace('_', '-')}",
        row_filters=_row_filters(
            rows, found_by, said, measure, more if planned else {}, plans if planned else None
        ),
        list_columns=rows_as.LIST_COLUMNS,
        legend=[*rows_as.legend(rows), *([FOUND] if found else [])],
        news=_news(rows, day),
    )


#: Words that all texts of a state have in common.
Said = dict[str, str]
Ranges = Mapping[str | None, DefensibleRange | None]


# -- words -----------------------------------------------------------------------------------------
def _news(rows: Sequence[Row], day: str | None) -> str:
    """What is new since the stop before."""
    at = DAYS.index(day) if day in DAYS else 0
    if not at:
        return ""
    last = DAYS[at - 1] or ""
    spans = tables.span([row["date"] for row in rows])
    new: list[str] = []
    perhaps: list[str] = []
    for row, start, end in reversed(list(zip(rows, spans["start"], spans["end"], strict=True))):
        name = f"{short_name(row)}, {rows_as.row_text(row)}"
        name += f" ({row['role']})" if rows_as.apart(row["role"]) else ""
        if f"{end:%Y-%m-%d}" > last:
            (new if f"{start:%Y-%m-%d}" > last else perhaps).append(name)
    return stories.listed_news(new, TEXTS["all sides"].format(day=tables.spell(last)), perhaps)


def _row_filters(
    rows: Sequence[Row],
    found: Ranges,
    said: Said,
    measure: str,
    more: Ranges,
    plans: pd.DataFrame | None,
) -> RowRules:
    none = TEXTS["no side" if rows else "nothing"].format(**said)
    title = "{of:side}"
    return {
        "columns": {
            "side": [row["side"] for row in rows],
            "kind": [row["said"].kind for row in rows],
        },
        "labels": {"side": {**SIDES, OTHERS: OTHERS}, "kind": KIND_WORDS},
        "when": [tables.spell(row["date"]) for row in rows],
        "total": len(rows),
        "of": {"side": _titles(rows, found, said, measure, more)},
        "templates": {
            "title": {"many": title, "one": title, "none": none},
            "description": _descriptions(rows, found[None], said, measure, _plans(plans)),
        },
    }


#: Sides that have an article within a sentence.
_ARTICLE = {"US": "the United States"}


def _titles(
    rows: Sequence[Row], found: Ranges, said: Said, measure: str, more: Ranges
) -> dict[str, str]:
    """The title for all sides (under ""), and for each of them."""
    titles = {"": _title(found[None], said, measure, more.get(None))}
    for side, name in SIDES.items():
        titles[side] = _of_side(found[side], _ARTICLE.get(side, name), said, more.get(side))
    others = [row for row in rows if row["side"] == OTHERS and row["role"] != "replaced"]
    if len(others) == 1:
        alone = rows_as.range_of(pd.DataFrame(others), measure)
        titles[OTHERS] = _of_side(alone, others[0]["estimator"], said)
    else:
        titles[OTHERS] = TEXTS["others"].format(count=len(others), **said)
    return titles


def _of_side(
    found: DefensibleRange | None, name: str, said: Said, more: DefensibleRange | None = None
) -> str:
    if found is None or not found.numbers:
        return TEXTS["side part"].format(side=name, **said)
    months = rows_as.said_in(found, said["when"])
    plan = "side plan and more" if more else "side plan"
    which = plan if found.measure.startswith(method.PLANNED) else "side"
    words = {"side": name, "range": found.text, "months": months, **_added(found, more)}
    return TEXTS[which].format(**words, **said)


def _title(
    found: DefensibleRange | None, said: Said, measure: str, more: DefensibleRange | None
) -> str:
    """The range of what was said, and from when that is; a plan is called a plan."""
    if found is None:
        return TEXTS["part"].format(**said)
    which = "range"
    if measure.startswith(method.PLANNED):
        which = "plan and more" if more else "plan"
    elif found.past:
        which = "past sum" if measure in method.GROWING and not found.open_above else "past"
    return TEXTS[which].format(
        range=found.text,
        months=rows_as.said_in(found, said["when"]),
        month=rows_as.month_of(found.said[1]),
        **_added(found, more),
        **said,
    )


def _added(found: DefensibleRange, more: DefensibleRange | None) -> dict[str, str]:
    """The words for plans of more soldiers, and from when both are."""
    later = {"more": more.text, "later": rows_as.years_of(more)} if more else {}
    return {"years": rows_as.years_of(found), **later}


def _plans(plans: pd.DataFrame | None) -> str:
    """Who spoke of more soldiers than were there."""
    if plans is None or plans.empty:
        return ""
    each = "; ".join(
        TEXTS["one of"].format(
            who=short_name(row), said=method.interval(row).text, day=tables.spell(row["date"])
        )
        for row in tables.records(plans)
    )
    return TEXTS["more"].format(each=each)


def _descriptions(
    rows: Sequence[Row], found: DefensibleRange | None, said: Said, measure: str, plans: str
) -> Templates:
    words = {"total": len(rows), **said, "more": _told(rows, found, measure) + plans}
    return {
        "many": TEXTS["many"].format(**words),
        "one": TEXTS["one" if len(rows) > 1 else "only one"].format(**words),
        "none": TEXTS["none here" if rows else "none"].format(**words),
    }


def _told(rows: Sequence[Row], found: DefensibleRange | None, measure: str) -> str:
    """Who said what last, whether that fits together, and what of it is drawn in grey."""
    newest = [
        TEXTS["one of"].format(
            who=short_name(row), said=rows_as.row_text(row), day=tables.spell(row["date"])
        )
        for row in rows
        if row["role"] == ""
    ]
    text = TEXTS["newest"].format(each="; ".join(newest)) if newest else ""
    text += _fit(found, measure)
    for role in ("replaced", "old"):
        if count := sum(row["role"] == role for row in rows):
            are = "is" if count == 1 else "are"
            text += TEXTS[role].format(count=of_them(count), are=are, days=method.FRESH)
    if found and found.kept and measure not in method.GROWING:
        who = listed([short_name(row) for row in rows if row["id"] in found.kept])
        text += TEXTS["kept"].format(who=who, days=method.FRESH)
    if other := sum(rows_as.apart(row["role"]) for row in rows):
        verbs = {"counts": rows_as.verb(other, "count"), "stays": rows_as.verb(other, "stay")}
        text += TEXTS["other"].format(count=of_them(other), **verbs)
    return text.strip()


def _fit(found: DefensibleRange | None, measure: str) -> str:
    """Whether the newest numbers fit together: of those that could be counted on one day."""
    if found is None or not found.numbers:
        return ""
    if measure.startswith(method.PLANNED):
        return TEXTS["plans"]
    if len(found.ids) < 2:
        return ""
    if found.shared or found.grown:
        return TEXTS["together" if found.shared else "grown"]
    if found.said[0] == found.said[1]:
        return TEXTS["apart"]
    return TEXTS["sum apart" if measure in method.GROWING else "moved"]
