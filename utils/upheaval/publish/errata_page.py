"""The page *What we got wrong*: every correction in the words that readers meet elsewhere.

Columns go by the titles of the schema and codes by the words of the charts; what was worst comes
first, by the rule of `facts.errata`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from ..charts import cards, claims, clauses, estimate_rows, precedents
from ..facts import citations, errata, tables
from ..facts.cells import as_text

Row = dict[str, Any]

#: Words of charts for codes of a column.
_CODES: dict[str, Mapping[str, str]] = {
    "stance_on_deployment": cards.STANCES,
    "speaker_kind": cards.SPEAKERS,
    "topic": cards.TOPICS,
    "measure": {code: label.lower() for code, (label, _) in estimate_rows.MEASURES.items()},
    "assessment": {
        code: f"{code.replace('-', ' ')} ({mark.meaning})"
        for code, mark in claims.ASSESSMENTS.items()
    },
    "acknowledged_at_time": {code: mark.meaning for code, mark in precedents.OPENNESS.items()},
    "wording": {code: mark.meaning for code, mark in clauses.WORDING.items()},
}
#: The column by which a reader knows a row again, the first that its table has.
_NAMING = (
    *("headline", "title", "item", "paraphrase", "question", "statement", "description"),
    *("as_of_note", "position", "name", "term"),
)
LONGEST = 110
"""Letters of a row's own words above its corrections."""


def counts() -> list[Row]:
    """How many corrections are of each kind, worst first: ``label``, ``rule`` and ``count``."""
    words = Words()
    found = Counter(
        errata.kind(name, words.field(name, row["column"]))
        for name, rows in errata.newest().items()
        for row in rows
    )
    return [
        {"label": label, "rule": rule, "count": found[key]}
        for key, (label, rule) in errata.KINDS.items()
        if found[key]
    ]


def tables_of() -> list[Row]:
    """What was wrong and has been mended, by table; in each the rows, the worst first.

    A row is ``about`` (it, in words), ``id`` and ``cells``; a cell its ``id``, ``kind`` in words,
    ``column`` (its title), ``was``, ``is``, ``why``, ``page`` (of the source: text and address) and
    ``since``.
    """
    made, words = [], Words()
    for name, found in errata.newest().items():
        rows: dict[str, list[tuple[tuple[int, float], Row]]] = {}
        for one in found:
            field = words.field(name, one["column"])
            weight = errata.weight(name, field, one["was"], one["is"])
            rows.setdefault(one["row"], []).append((weight, words.cell(name, one)))
        listed = [
            (
                min(weight for weight, _ in cells),
                {"id": row, "about": words.about(name, row), "cells": _sorted(cells)},
            )
            for row, cells in rows.items()
        ]
        title = tables.resource(name)["title"]
        made.append({"name": name, "title": title, "count": len(found), "rows": _sorted(listed)})
    return made


def _sorted(weighed: list[tuple[tuple[int, float], Row]]) -> list[Row]:
    return [one for _, one in sorted(weighed, key=lambda pair: pair[0])]


class Words:
    """The tables in words. It reads each table once, so it is made anew for each page."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Row]] = {}
        self._fields: dict[str, dict[str, Row]] = {}
        self._pages: dict[str, tuple[str, str]] = {}

    @cached_property
    def _about(self) -> dict[str, Callable[[Row], str]]:
        """What makes the words for a row of a table that has no column which says it alone."""
        spell = tables.spell
        return {
            "denials": lambda row: f"{self.country(row['by'])} denies: {_short(row['denies'])}",
            "quotes": lambda row: f"{self._speaker(row)}: “{_short(row['text'])}”",
            "estimates": lambda row: f"{row['estimator']}: {_short(row['as_of_note'])}",
            "aid_packages": lambda row: (
                f"U.S. package of ${row['amount_usd_millions']:,} million, {spell(row['date'])}"
            ),
            "aid_totals": lambda row: f"{row['measure']}, as of {spell(row['as_of'])}",
            "treaty_clauses": lambda row: f"{row['treaty']}, {row['article']}",
            "deployments_abroad": lambda row: (
                f"{self.country(row['sender_iso3'])}: {row['conflict']}"
            ),
            "dual_use_trade": lambda row: f"{row['item']}, {spell(row['period'])}",
            "nuclear_tests": lambda row: f"nuclear test of {spell(as_text(row['date']))}",
            "missile_tests": lambda row: f"{row['missile_name']}, {spell(as_text(row['date']))}",
        }

    def row(self, table: str, row: str) -> Row:
        """A row by its id; empty where there is none."""
        if table not in self._rows:
            records = tables.records(tables.read(table))
            self._rows[table] = {one["id"]: one for one in records}
        return self._rows[table].get(row, {})

    def field(self, table: str, column: str) -> Row:
        """What the schema says of a column."""
        if table not in self._fields:
            fields = tables.schema(table)["fields"]
            self._fields[table] = {one["name"]: one for one in fields}
        return self._fields[table][column]

    def page(self, source: str) -> tuple[str, str]:
        """A source as publisher and day, and its address."""
        if source not in self._pages:
            self._pages[source] = citations.link(source)
        return self._pages[source]

    def country(self, code: str) -> str:
        """The short name of an actor; the code where nobody has it."""
        return str(self.row("countries", code).get("short_name", code))

    def _speaker(self, row: Row) -> str:
        return str(self.row("speakers", row["speaker"])["name"])

    def about(self, table: str, row: str) -> str:
        """A row in words; nothing of one that is not there any more."""
        cells = self.row(table, row)
        if cells and table in self._about:
            return self._about[table](cells)
        found = [cells[column] for column in _NAMING if isinstance(cells.get(column), str)]
        return _short(found[0]) if found else ""

    def cell(self, table: str, erratum: Row) -> Row:
        """A correction in words: see `tables_of`."""
        field = self.field(table, erratum["column"])
        return {
            "id": erratum["id"],
            "kind": errata.KINDS[errata.kind(table, field)][0],
            "withdrawn": erratum["column"] == "id",
            "column": field.get("title", field["name"]),
            "was": self.said(erratum["was"], field),
            "is": self.said(erratum["is"], field),
            "why": erratum["why"],
            "page": self.page(erratum["source"]),
            "since": erratum["since"],
        }

    def said(self, cell: str, field: Row) -> str:
        """What a cell says: dates and codes spelled, countries, pages and rows by their names."""
        if field["type"] == "date" or field.get("partialDate"):
            try:
                return tables.spell(cell)
            except ValueError:  # what was wrong may have been no date at all
                return cell
        if field["type"] in ("integer", "number"):
            try:
                return f"{float(cell):,.10g}"
            except ValueError:
                return cell
        if field["type"] == "list":
            return "; ".join(self._item(one, field) for one in cell.split(";") if one)
        if field["name"].endswith("iso3"):
            return self.country(cell)
        if cell in field.get("constraints", {}).get("enum", ()):
            plain = cell.replace("-", " ").replace("_", " ")
            return _CODES.get(field["name"], {}).get(cell, plain)
        return cell

    def _item(self, one: str, field: Row) -> str:
        """An entry of a list: a country, a page or a row by its name."""
        table, _, row = one.partition("/")
        if table in field.get("rowsIn", ()):
            return self.about(table, row) or one
        target = field.get("itemsIn", {}).get("resource")
        if target == "countries":
            return self.country(one)
        return self.page(one)[0] if target == "sources" and self.row("sources", one) else one


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
