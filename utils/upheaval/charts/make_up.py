"""What the article is made of: its claims counted by kind, subject or voice, sign by sign."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..facts.wording import counted
from . import draw
from .claims import ARTICLE, CHECKABLE, KINDS, NAMED, SPEAKERS, SUBJECTS, rows_of
from .draw import Chart, Group, Line, Mark, Rows, chosen


@dataclass(frozen=True)
class View:
    """A way to sort the claims: what rows and marks stand for, with words for both."""

    label: str
    rows: str
    marks: str
    group: str


#: What the make-up of the article can be sorted by.
VIEWS = {
    "kind": View("Kind of sentence, with assessment", "kind", "assessment", "kinds of sentence"),
    "kind-checkable": View(
        "Kind of sentence, with “could evidence decide?”", "kind", "checkable", "kinds of sentence"
    ),
    "checkable": View(
        "“Could evidence decide?”, with assessment", "checkable", "assessment", "degrees"
    ),
    "subject": View("Subject, with assessment", "subject", "assessment", "subjects"),
    "speaker": View("Who says it, with assessment", "speaker", "assessment", "voices"),
}
_ALL, _SHARE = "All", "Share of all claims (%)"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "none": "No claim to show",
    "choose": "No row has a claim. Choose more of the table’s rows.",
    "assessment": "{count} of {total} claims hold in the main, we judge",
    "checkable": "Evidence could decide {count} of {total} claims, we judge",
    "tie": "; the largest groups are {groups}, {size} claims each",
    "largest": "; in the largest group, “{group}”, {often} of {size}",
    "subtitle": "One mark is one claim of the article; kinds and assessments are our labels, and"
    " you may contest them",
    "tallies": "{each}. In all: {count} {groups}, {total} claims.",
}


view_options = draw.offer(VIEWS)


def make_up(claims: pd.DataFrame, by: str = "kind") -> Chart:
    """What the article is made of: a line a group, with one sign a claim.

    ``claims`` is (rows of) the table ``claims``; ``by`` is a key of `VIEWS` and says what lines and
    signs stand for. Raises ``KeyError`` for an unknown view.
    """
    view = chosen(VIEWS, by, "view")
    names, signs = _names(view.rows), _signs(view.marks)
    counts = _counted(rows_of(claims), view, names, list(signs))
    table = _table(counts, names, signs, view)
    return Chart(
        None,
        rows=_rows(counts, signs, table),
        title=_title(counts, names, view),
        subtitle=TEXTS["subtitle"],
        description=_description(counts, names, signs, view),
        table=table,
        sources=[ARTICLE] if len(counts) else [],
        name=f"make-up-{by}",
        legend=[signs[str(value)] for value in counts],
        mobile={"marks": 0.75},
    )


def _names(rows: str) -> dict[str, str]:
    """The names of the groups of a view, in their order."""
    return {
        "kind": KINDS,
        "speaker": SPEAKERS,
        "subject": {subject: subject for subject in SUBJECTS},
        "checkable": {value: mark.meaning for value, mark in CHECKABLE.items()},
    }[rows]


def _signs(marks: str) -> dict[str, Mark]:
    """The signs of a view with their words; those of an assessment are its value."""
    return CHECKABLE if marks == "checkable" else NAMED


def _counted(
    rows: pd.DataFrame, view: View, names: dict[str, str], signs: list[str]
) -> pd.DataFrame:
    """How many claims each group has of each sign; groups and signs without any are left out."""
    return pd.crosstab(rows[view.rows], rows[view.marks]).reindex(
        index=[name for name in names if (rows[view.rows] == name).any()],
        columns=[value for value in signs if (rows[view.marks] == value).any()],
    )


def _rows(counts: pd.DataFrame, signs: dict[str, Mark], table: pd.DataFrame) -> Rows:
    """A line a group: how many claims, and a sign for each."""
    lines = []
    for at, row in enumerate(counts.to_numpy().tolist()):
        name, share = str(table.iloc[at, 0]), table[_SHARE].iloc[at]
        text = f"{counted(sum(row), 'claim')} ({share} %)"
        each = zip(map(str, counts), row, strict=True)
        units = [(signs[value], count) for value, count in each if count]
        lines.append(Line(at, name, text=text, units=units))
    return Rows([Group("", lines)], of={"title": str(table.columns[0]), "text": (_ALL, _SHARE)})


#: Signs of a view that say yes: what its title counts.
_YES = {"assessment": ("supported", "mostly-supported"), "checkable": ("yes",)}


def _title(counts: pd.DataFrame, names: dict[str, str], view: View) -> str:
    """How many claims hold, or could be decided, and how that is in the largest group."""
    if counts.empty:
        return TEXTS["none"]
    sizes = counts.sum(axis=1)
    yes = counts[[value for value in counts if value in _YES[view.marks]]].sum(axis=1)
    title = TEXTS[view.marks].format(count=yes.sum(), total=sizes.sum())
    size = sizes.max()
    largest = [name for name in counts.index if sizes[name] == size]
    if len(largest) > 1:
        groups = draw.quoted(names[name] for name in largest)
        return title + TEXTS["tie"].format(groups=groups, size=size)
    often = yes[largest[0]]
    return title + TEXTS["largest"].format(group=names[largest[0]], size=size, often=often)


def _description(
    counts: pd.DataFrame, names: dict[str, str], signs: dict[str, Mark], view: View
) -> str:
    if counts.empty:
        return TEXTS["choose"]
    lines = []
    for name, row in counts.iterrows():
        each = zip(map(str, row.index), row, strict=True)
        parts = ", ".join(f"{signs[value].meaning} {count}" for value, count in each if count)
        lines.append(f"{names[str(name)]} {int(row.sum())} ({parts})")
    total = int(counts.to_numpy().sum())
    said = {"count": len(counts), "groups": view.group, "total": total, "each": "; ".join(lines)}
    return TEXTS["tallies"].format(**said)


def _table(
    counts: pd.DataFrame, names: dict[str, str], signs: dict[str, Mark], view: View
) -> pd.DataFrame:
    total, sums = int(counts.to_numpy().sum()), counts.sum(axis=1)
    heads = {value: signs[value].signed for value in map(str, counts)}
    return pd.DataFrame(
        {
            view.group.capitalize(): [names[name] for name in counts.index],
            **{head: list(counts[value]) for value, head in heads.items()},
            _ALL: list(sums),
            _SHARE: [round(100 * count / total) for count in sums],
        }
    )
