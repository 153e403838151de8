"""The data dictionary `data/README.md`, written from `datapackage.json`: the two cannot differ."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from . import tables
from .dates import spell

NAME = "README.md"

_HEAD = """\
# {title}

This page is written by `upheaval.facts.dictionary` from `datapackage.json`. Do not edit it by hand.

{description}

Knowledge as of {known}. {note} Version {version}. Licence: {licence}.

## How to read the tables

- Every file is UTF-8 with commas between the columns. The first line names the columns.
- In Python: `from upheaval.facts import tables`, then `tables.read("events")`.
- A **list** holds several entries in one cell, with `;` between them. "Ids of" names the table they
  are from.
- A **partial date** is as exact as the sources: `2024-10-23`, `2024-10` or `2024`. A **period** may
  also be two of them, as in `2023-09/2023-10`; nothing before or after the slash is an open end, as
  in `2023-09/`.
- An empty cell means: not known, or not said. It never means zero.
- `weak` marks rows that rest on one weak page, a repost or an inference. Check them before you lean
  on them.
- A spreadsheet program rewrites dates and numbers when a table is double-clicked and saved.
  [docs/spreadsheets.md](../docs/spreadsheets.md) says how to open it so that it stays whole.
- To check the whole folder: `python -m upheaval validate`. The rules are listed at the top of
  `utils/upheaval/facts/validate.py`.

Properties of our own in `datapackage.json`, beside those of Frictionless Data Package v2 and Table
Schema v2: `knowledgeAsOf` and `knowledgeNote` (how far the tables know the world), `dateColumn`
(the column that decides what was known on a day), `partialDate` (`true` or `"period"`), `itemsIn`
(the table whose ids a list holds, since a foreign key cannot be a list), `unit`, `wanted` (the
words of an error message).

## The tables

| table | one row is |
| --- | --- |
"""


def render(folder: Path | str | None = None) -> str:
    """The text of the data dictionary of a data folder, in Markdown. Raises DataProblem."""
    package = tables.package(folder)
    head = _HEAD.format(
        title=package["title"],
        description=package["description"],
        known=spell(package["knowledgeAsOf"]),
        note=package["knowledgeNote"],
        version=package["version"],
        licence=", ".join(f"[{entry['title']}]({entry['path']})" for entry in package["licenses"]),
    )
    entries = package["resources"]
    overview = "".join(
        f"| [{entry['name']}](#{entry['name']}) | {_cell(_opening(entry))} |\n" for entry in entries
    )
    return head + overview + "".join(_table(entry) for entry in entries)


def write(folder: Path | str | None = None) -> Path:
    """Write the data dictionary into the data folder and return its path.

    Raises DataProblem, OSError.
    """
    path = tables.located(folder) / NAME
    path.write_text(render(folder), encoding="utf-8", newline="\n")
    return path


def _opening(entry: dict[str, Any]) -> str:
    """What one row is: the first sentence of the description, which starts with these words."""
    first = re.split(r"(?<=[a-z])\. ", entry["description"], maxsplit=1)[0]
    return first.removeprefix("One row is ").rstrip(".")


def _table(entry: dict[str, Any]) -> str:
    fields = entry["schema"]["fields"]
    rows = "".join(
        f"| `{field['name']}` | {_kind(field)} | {_cell(_meaning(field))} |\n" for field in fields
    )
    keys = "".join(
        f"\n`{link['fields'][0]}` is the `{link['reference']['fields'][0]}` of a row of "
        f"[{link['reference']['resource']}](#{link['reference']['resource']}).\n"
        for link in entry["schema"].get("foreignKeys", [])
    )
    head = (
        f"\n### {entry['name']}\n\n**{entry['title']}** (`{entry['path']}`)."
        f" {entry['description']}\n"
    )
    return f"{head}\n| column | type | meaning |\n| --- | --- | --- |\n{rows}{keys}"


def _kind(field: dict[str, Any]) -> str:
    kinds = {True: "partial date", "period": "period"}
    kind = kinds.get(
        field.get("partialDate", False), "text" if field["type"] == "string" else field["type"]
    )
    required = field.get("constraints", {}).get("required", False)
    return kind if required else f"{kind}, may be empty"


def _meaning(field: dict[str, Any]) -> str:
    """Description, unit, allowed values and limits of a column, as sentences."""
    rules = field.get("constraints", {})
    parts = [field["description"]]
    if "unit" in field:
        parts.append(f"Unit: {field['unit']}.")
    if "itemsIn" in field:
        parts.append(f"Ids of [{field['itemsIn']['resource']}](#{field['itemsIn']['resource']}).")
    if "enum" in rules:
        parts.append(f"One of: {', '.join(f'`{value}`' for value in rules['enum'])}.")
    if field["type"] == "boolean":
        parts.append(f"`{field['trueValues'][0]}` or `{field['falseValues'][0]}`.")
    if "maxLength" in rules:
        parts.append(f"At most {rules['maxLength']} characters.")
    if "example" in field:
        parts.append(f"Example: `{field['example']}`.")
    return " ".join(parts)


def _cell(text: str) -> str:
    """Text that stays inside one cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
