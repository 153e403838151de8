"""What the last lesson works with beside charts: evidence in one form, and sheets to read.

The rows of several tables in one form are what a memo can cite (`evidence_rows`), and a widget
offers them to its writer (`picker`); the options and the roles are cards (`option_sheets`,
`role_sheets`).
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from .charts.estimate_rows import MEASURES
from .charts.options import AIMS, DECISION
from .facts import citations, evidence, excerpts, tables
from .facts.addresses import anchor
from .methods import estimates

Row = dict[str, Any]

#: Tables whose rows a memo can cite.
TABLES = ("events", "estimates", "quotes", "exchange", "policies", "aid_packages")
#: Those whose rows have a status.
_WITH_STATUS = ("events", "estimates", "exchange")
#: How many sources of a row go with it into a memo.
PICKED_SOURCES = 2

_CAMPS = {
    "biden": "Biden administration",
    "trump-campaign": "Trump campaign",
    "trump-2": "Trump administration",
}
_SHEET = {
    "what": "What",
    "costs": "Costs",
    "risks": "Risks",
    "would_change": "What would make its supporters think again",
}


# -- rows of all tables in one form ----------------------------------------------------------------
def evidence_rows(frames: Mapping[str, pd.DataFrame], speakers: pd.DataFrame) -> pd.DataFrame:
    """The rows of several tables in one form, in order of time: what a memo can cite.

    ``frames`` maps names of tables (of `TABLES`) to their rows; ``speakers`` is that table. The
    columns are ``ref`` ("events/atacms-permission"), ``kind``, ``known`` (the ISO day by which it
    was public), ``when`` (the same in words, as exactly as it is known), ``day`` (the row's own day
    in words: a position is older than the last that is told of it), ``title``, ``text``, ``status``
    (as it stood on `DECISION` where it was known by then) and ``sources``. Raises
    ``KeyError`` for a table of another name, or without a column that it is to have.
    """
    names = speakers.set_index("id")["name"]
    found = [row for name, frame in frames.items() for row in _in_one_form(name, frame, names)]
    columns = ["ref", "kind", "known", "when", "day", "title", "text", "status", "sources"]
    rows = pd.DataFrame(found, columns=columns)
    return rows.sort_values(["known", "ref"], kind="stable").reset_index(drop=True)


def _in_one_form(name: str, frame: pd.DataFrame, names: pd.Series) -> Iterator[Row]:
    """The rows of one table; ``names`` are those of speakers. What has no day is left out."""
    column = "period" if name == "exchange" else "date"
    reported = (
        frame["first_reported"]
        if name in tables.REPORTED
        else pd.Series(index=frame.index, dtype=object)
    )
    then: Any = tables.as_of(frame, DECISION, column)["status"] if name in _WITH_STATUS else {}
    known = tables.span(reported)["end"].fillna(tables.span(frame[column])["end"])
    for index, row in zip(frame.index, tables.records(frame), strict=True):
        if pd.notna(known[index]):
            status = then.get(index, row.get("status", ""))
            said = row["first_reported"] if pd.notna(reported[index]) else row[column]
            yield {
                "ref": f"{name}/{row['id']}",
                "kind": evidence.KINDS[name],
                "known": f"{known[index]:%Y-%m-%d}",
                "when": tables.spell(said),
                "day": tables.spell(row[column]),
                **(_quote(row, names) if name == "quotes" else _MAKERS[name](row)),
                "status": status if isinstance(status, str) else "",
                "sources": row["sources"],
            }


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
    """Who speaks, of what (where the words alone do not say), and the words, whole."""
    of = f", of {row['said_of']}" if isinstance(row["said_of"], str) else ""
    return {"title": f"{names[row['speaker']]}{of}: “{row['text']}”", "text": row["role_at_time"]}


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


#: What makes title and text of a row, by its table; those of a quotation need its speaker's name.
_MAKERS = {
    "events": _event,
    "estimates": _estimate,
    "exchange": _item,
    "policies": _policy,
    "aid_packages": _package,
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
    kind, known, title, status, [number of a source, …]], …], "says": {ref: [sentence, English,
    publisher and day], …}}`` as plain JSON; what is said, of every row known by ``until`` that can
    be kept under a chart, in a page that was public then, if there is one. A row brings two
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
        "says": _says(until),
    }


def _says(until: str) -> dict[str, list[str]]:
    """What a source says of each row that was known by then, by the name of the row."""
    said = {}
    for name in excerpts.SHOWN:
        for ref in evidence.refs(name, tables.read(name)["id"]):
            known = row.known if (row := evidence.fact(ref)) else ""
            found = excerpts.said(ref, max(known, DECISION)) or excerpts.said(ref)
            if found and known <= until:
                page = citations.link(found.source)[0] if found.source else ""
                said[ref] = [found.sentence, found.english, page]
    return said


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
        said = "".join(f"<li>{_safe(one['title'])} ({_safe(one['day'])})</li>" for one in backers)
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
