"""What speaks for and against an option: evidence as it stood on the day of the decision."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from ..facts import tables
from ..facts.wording import counted, listed
from . import draw
from .draw import Chart, Line, Mark, Rows, chosen, theme
from .options import COUNTS, DECISION, sources_of

_STATEMENT = Mark("hexagon-open", "⬡", theme.PURPLE, "a quotation")
#: What a row of a kind is called, in the singular.
_NOUNS = {
    "event": "event",
    "estimate": "estimate",
    "exchange": "item",
    "policy": "position",
    "package": "package",
}
_SPEAKS, _STATUS, _WHAT = "Speaks, public since", "Status", "What"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "sides": "“{option}”: we cite {in_favour} for it; {against} against it",
    "evidence": "Evidence public by {day}; we chose it, and the rows do not weigh alike",
    "pieces": "{sure} {count} pieces of evidence: {n_for} for and {n_against} against. By kind:"
    " {kinds}.",
    "more": "{first} and {more} more",
    "statement": "a quotation: its speaker stands for it",
    "sure": "The events and numbers among them are confirmed.",
    "unsure": "{count} of them {verb} less than confirmed.",
}


def for_and_against(options: pd.DataFrame, rows: pd.DataFrame, option: str) -> Chart:
    """The evidence for and against one option, as it stood on `DECISION`: rows under two headings.

    ``options`` is that table and ``rows`` holds evidence of all tables in one form
    (`upheaval.briefing.evidence_rows`). Raises ``KeyError`` for an unknown option or for evidence
    that is not among the rows.
    """
    by_id = {one["id"]: one for one in tables.records(options)}
    row = chosen(by_id, option, "option")
    by_ref = rows.set_index("ref", drop=False)
    sides = {"For": row["evidence_for"], "Against": row["evidence_against"]}
    found = [(side, by_ref.loc[ref]) for side, refs in sides.items() for ref in refs]
    statuses = [one["status"] for _, one in found]
    kinds = dict(Counter(one["kind"] for _, one in found).most_common())
    cited = [_cited([one for where, one in found if where == side]) for side in sides]
    return Chart(
        None,
        rows=_rows(found),
        title=TEXTS["sides"].format(option=row["title"], in_favour=cited[0], against=cited[1]),
        subtitle=TEXTS["evidence"].format(day=tables.spell(DECISION)),
        description=TEXTS["pieces"].format(
            count=len(found),
            n_for=len(sides["For"]),
            n_against=len(sides["Against"]),
            kinds=", ".join(f"{kind} {count}" for kind, count in kinds.items()),
            sure=_how_sure(statuses),
        ),
        table=pd.DataFrame(
            {
                _SPEAKS: [f"{side}, {one['when']}" for side, one in found],
                _STATUS: [_mark(one).signed for _, one in found],
                _WHAT: [one["title"] for _, one in found],
                "More": [one["text"] for _, one in found],
            }
        ),
        sources=sources_of([one["sources"] for _, one in found]),
        refs=[one["ref"] for _, one in found],
        name="evidence",
        list_columns={"when": _SPEAKS, "status": _STATUS, "title": _WHAT, "body": "More"},
        legend=[
            *theme.statuses(statuses),
            *((_STATEMENT.sign, TEXTS["statement"]) for _ in {""} & set(statuses)),
        ],
        as_of=tables.spell(DECISION),
    )


def _cited(rows: list[pd.Series]) -> str:
    """Whose words are cited first, and how many more pieces: `Victor Cha and 3 more`.

    Without a quotation the pieces are counted by kind: `2 events and 1 estimate`.
    """
    people = [
        one["title"].partition(":")[0].partition(", of ")[0]
        for one in rows
        if one["kind"] == "quotation"
    ]
    if not people:
        kinds = Counter(str(one["kind"]) for one in rows)
        return listed([counted(count, _NOUNS[kind]) for kind, count in kinds.items()])
    more = len(rows) - 1
    return TEXTS["more"].format(first=people[0], more=more) if more else people[0]


def _how_sure(statuses: list[str]) -> str:
    """How many of the pieces are less than confirmed."""
    weak = sum(status not in ("", "confirmed") for status in statuses)
    if not weak:
        return TEXTS["sure"]
    return TEXTS["unsure"].format(
        count=COUNTS[weak].capitalize(), verb="is" if weak == 1 else "are"
    )


def _mark(one: pd.Series) -> Mark:
    return theme.status(one["status"]) or _STATEMENT


def _rows(found: list[tuple[str, pd.Series]]) -> Rows:
    """A line a piece of evidence: its status, what it says, and when it became public."""
    groups = draw.groups(
        (side, Line(at, one["title"], note=f"{one['when']}, {one['kind']}", sign=_mark(one)))
        for at, (side, one) in enumerate(found)
    )
    return Rows(groups, of={"sign": _STATUS, "title": _WHAT, "note": _SPEAKS, "group": _SPEAKS})
