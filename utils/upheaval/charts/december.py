"""One week in December 2024: what was said of it, and how a number was retold."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..facts import tables
from ..methods import estimates as method
from . import draw
from .draw import Chart, Row, chosen
from .estimate_marks import panels
from .estimate_rows import (
    LIST_COLUMNS,
    MEASURES,
    legend,
    public_by,
    range_of,
    records,
    refs,
    table_of,
    verb,
    whole,
)

#: December 2024: days on which a new number came out, and the end of the month, when it had been
#: passed on.
DECEMBER = ("2024-12-14", "2024-12-18", "2024-12-19", "2024-12-23", "2024-12-27", "2024-12-31")
DECEMBER_MEASURES = ("killed", "wounded", "killed_and_wounded")
#: Pages that told the week's number in other words, by source, with the measure that their words
#: name.
RETOLD = {"online-2024-kirbykilled": "killed", "cosmic-2024-kirbydied": "killed"}
RETOLD_OF = "us-2024-12-27-week"
#: So many of the last numbers are told in words.
MOST = 3
TELLINGS = {"said": "as it was said", "retold": "and as it was retold"}
_CAPITALS = {"ROK": "Seoul", "UKR": "Kyiv", "US": "Washington"}

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "the one": "It",
    "one of several": "One row",
    "several": "{count} rows",
    "row": "one row",
    "all rows": "{count} rows",
    "mistake": "A week’s {number} killed or wounded was retold as {number} killed: a mistake (≠)",
    "not retold yet": "{when}: nothing is retold yet; the number that was retold is of 27 December",
    "none yet": "{when}: no number yet for all DPRK soldiers killed or wounded",
    "one week": "{when}: Washington counts one week; the totals of {who} run from {range}",
    "alone": "{when}: only {who} gives a total in figures: {range} killed and wounded together",
    "disagree": "{when}: {who} disagree: {range} killed and wounded",
    "subtitle": "DPRK soldiers, 1 December 2024 to {when}; each measure on a scale of its own",
    "one of": "{day}: {headline}.",
    "rows": "On show: {rows}. Estimates public by {when}: {counts}.",
    "other": " {count} {counts} something else than all DPRK soldiers.",
    "retold": " {count} rows are pages that retold the White House's number with a word it did not"
    " use.",
    "not retold": " No retelling was found by then: the number came on 27 December 2024. Choose a"
    " later day.",
    "note": "A retelling of the White House's number of 27 December 2024, and no estimate.",
}


def december(estimates: pd.DataFrame, day: str = DECEMBER[-1], telling: str = "said") -> Chart:
    """December 2024 by measure, each on its own scale: as said, or with how it was ``retold``.

    ``day`` is one of `DECEMBER`. A retelling is no estimate: it is marked ≠, and stands where its
    words put it. Raises ``ValueError`` when ``telling`` is none of
    `TELLINGS`.
    """
    chosen(TELLINGS, telling, "telling")
    public = public_by(estimates[estimates["measure"].isin(DECEMBER_MEASURES)], day)
    public = public[tables.span(public["date"])["start"] >= "2024-12-01"]
    said = records(public, None)
    retold = _retold(estimates, day) if telling == "retold" else []
    rows = [row | {"index": index} for index, row in enumerate([*said, *retold])]
    when = tables.spell(day)
    return Chart(
        None,
        rows=panels(rows, DECEMBER_MEASURES),
        title=TEXTS["not retold yet"].format(when=when)
        if telling == "retold" and not retold
        else _december_title(public, retold, when),
        subtitle=TEXTS["subtitle"].format(when=when),
        description=_december_description(said, retold, when, telling),
        table=table_of(rows),
        sources=draw.cited(rows),
        refs=[*refs(said), *("" for _ in retold)],  # a retelling is no estimate
        known=day,
        name=f"december-2024-{telling}",
        list_columns=LIST_COLUMNS,
        legend=legend(rows),
    )


def _retold(estimates: pd.DataFrame, day: str) -> list[Row]:
    """The retellings public by ``day``, as table rows, with the measure their words name."""
    original = records(estimates[estimates["id"] == RETOLD_OF].assign(publishers=0), None)[0]
    pages = tables.read("sources").set_index("id").loc[list(RETOLD)]
    known = tables.span(pages["date"])["end"] <= tables.span([day])["end"].iloc[0]
    return [
        original
        | {
            "id": f"retold-{page.Index}",
            "date": page.date,
            "estimator": page.publisher,
            "measure": RETOLD[page.Index],
            "as_of_note": page.note,
            "sources": (page.Index,),
            "role": "retold",
            "status": "",
            "note": TEXTS["note"],
        }
        for page in tables.tuples(pages[known])
    ]


def _december_title(said: pd.DataFrame, retold: Sequence[Row], when: str) -> str:
    if retold:
        return TEXTS["mistake"].format(number=method.number(retold[0]["said"].low))
    both = said[said["measure"] == "killed_and_wounded"]
    found = range_of(both, "killed_and_wounded")
    if found is None:
        return TEXTS["none yet"].format(when=when)
    sides = set(whole(both)["estimator_side"])
    who = " and ".join(name for side, name in _CAPITALS.items() if side in sides)
    which = "disagree" if " and " in who else "alone"
    if (said["id"] == RETOLD_OF).any():
        which = "one week"
    return TEXTS[which].format(when=when, who=who, range=found.text)


def _december_description(
    said: Sequence[Row], retold: Sequence[Row], when: str, telling: str
) -> str:
    """Who said what in this December, what was made of it, and how many rows that is."""
    text = " ".join(
        TEXTS["one of"].format(day=tables.spell(row["date"]), headline=row["headline"])
        for row in said[-MOST:]
    )
    if telling == "retold":
        text += TEXTS["retold" if retold else "not retold"].format(count=len(retold))
    if other := sum(bool(draw.words(row["other_count"])) for row in said):
        which = "the one" if len(said) == 1 else "one of several" if other == 1 else "several"
        count = TEXTS[which].format(count=other)
        text += TEXTS["other"].format(count=count, counts=verb(other, "count"))
    numbers = [(one, sum(row["measure"] == one for row in said)) for one in DECEMBER_MEASURES]
    total = len(said) + len(retold)
    return f"{text} " + TEXTS["rows"].format(
        rows=TEXTS["row" if total == 1 else "all rows"].format(count=total),
        when=when,
        counts=", ".join(f"{MEASURES[one][0].lower()} {count}" for one, count in numbers if count),
    )
