"""The data dictionary `data/README.md`, written from `datapackage.json`: the two cannot differ."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from . import tables
from .dates import spell
from .wording import listed

NAME = "README.md"

_HEAD = """\
# {title}

This page is written by `upheaval.facts.dictionary` from `datapackage.json`. Do not edit it by hand.

{description}

Knowledge as of {known}. {note} The next look at all rows: {next}. Version {version}.
Licence: {licence}.

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
Schema v2: `knowledgeAsOf` and `knowledgeNote` (how far the tables know the world), `nextLook` (the
day on which all rows are looked at again), `dateColumn` (the column that decides what was known on
a day), `excerpted` (every row has its sentence in the table `excerpts`), `mayBeEmpty` (a table
without any row is right), `partialDate` (`true` or `"period"`), `itemsIn` (the table whose ids a
list holds, since a foreign key cannot be a list), `itemPattern` (the form of each entry of a list),
`ground` (what a cell of that column rests on, see below), `rowsIn` (the tables that a list of
`table/id` may name), `rowOf` (the column that says of which table this is an id), `cellOf` (the
column that says of which column this is a cell), `differsFrom`, `notBefore` and `atMost` (another
column of the row), `sumOf` (the columns that add up to this one), `unit`, `wanted` (the words of an
error message). A word that nothing reads is an error, unless it begins with `x-`. A rule that is
taken out makes no sound, so `rules.json` lists all of them, and `validate` tells what goes or
changes; who means it writes the list anew with `python start.py validate --rules`. The package is
what `frictionless validate data/datapackage.json` accepts, all rows included.

## What a sentence carries

Each row of [excerpts](#excerpts) says in `carries` which columns of its row the sentence carries.
`python -m upheaval validate` holds it to that:

- A **number** or a **date** in such a column stands in the sentence, in its English rendering, or
  in the note of the excerpt, in any form in which people write it ("half a million", "10-12,000",
  "2024/10/23", "the twenty-third of October"). A number is read in the unit of its column: twelve
  is not twelve thousand. A year that is said must be that of the row; where none is said, the day
  lies near that of the page.
- In a **text** (a title, a description, a statement …) and in a list of states, the numbers,
  states, people and places stand in one of the sentences that carry it, in a note of theirs, or in
  the title of their page. Names are those of the tables countries (with adjective, capital, and
  bodies that speak for a state: Downing Street, the Bundestag), speakers and places; other names
  are not looked for, since no list has them. `note`, `why_it_matters` and the reasons of codes are
  our own words and are not held to it.
- **Quoted words** (`text` of quotes, `excerpt` of treaty_clauses) stand there word for word, but
  for what […] leaves out.
- The **status** `disputed` is carried by a sentence that carries `disputed_by` as well: a denial.
- A **note lets pass the column that it names**, with a colon, and no other: "date: the page is of
  that day" says how the column follows. "title: without Seoul, 12" lets these two pass, and nothing
  else of the title.
- Which columns a sentence **must** carry, the schema says of each column of these tables
  (`ground`): names, places, numbers and days are carried by a sentence, and our own codes, counts
  and comments by none. A **day** on which something was said or printed may rest on the page
  instead: it is then the date that a page of the row has in [sources](#sources), or lies in its
  month or year. Since when a status holds may rest on [denials](#denials).
- A cell that no sentence carries though one should is named in [unread_cells](#unread_cells), with
  the reason why it is filled. A row for which no sentence was found at all has no line there.
- One row has one sentence once. It has at most 40 words; in scripts without spaces five letters
  count as two words.
- The **outcome** of a question, a prediction or a promise is carried by a sentence.
- A row without a sentence says where it was looked for, and is weak.

## When a denial makes a row disputed

One rule for every table with a status:

- A **denial of the thing itself**, by a state that it is about and that must know, makes the row
  `disputed` from the day of the denial. Who denies it stands in `disputed_by`.
- A **general denial** ("no arms at all") does the same for every row of its kind, whoever makes the
  claim. The table [denials](#denials) has each of them, with the rows that it is about.
- The row is disputed **from** the day of the denial, or from its own first report where that is
  later. Before that day it has the status in `status_before`; `status_since` is the day.
- It is disputed **until** one of the states that deny it acknowledges the thing: the admission of
  one who must know outweighs the silence of the other. What nobody has acknowledged is then
  `claimed` again: each number, and a day or a place that one government alone names. A row whose
  title joins the two, as "at least 3,000 are there" does, has the weaker word. Who denied it stays
  in `disputed_by`, and may stand in `claimant` as well, where the note says who is on both sides.
- The denial of a whole report does not reach what the same state has acknowledged itself: so the
  number of soldiers in the report of eleven governments is `claimed`, and the number of workers in
  it is `disputed`.
- A row of a kind that is denied in general is named in `denials`, or says in its note that it is
  "outside" that denial.
- A general denial changes nothing in what is only expected (`speculated`), in what the press or a
  think tank alone tells (`reported`: no state has said it whom another could contradict), and in
  what is there to be seen, as two prisoners are. What the press told first is disputed from the day
  on which a state says it too.

`python -m upheaval validate` holds each row to it.

## What is only planned

One rule for every table with a status:

- A **plan** is told like any other thing. Announced by the one whose plan it is, it is `confirmed`:
  that there is the plan, not that it will come true. Told by another government ("Moscow plans",
  "prepares", "aims at", "the first unit will go"), it is `claimed`, and `disputed` where a denial
  reaches the thing. Told by the press alone, it is `reported`.
- What somebody **expects** of days to come, fears or holds possible ("may", "could", "we expect",
  "there are signs", "cannot be ruled out"), and tells as nobody's plan, is `speculated`, whoever
  says so. A denial changes nothing in it.
- The row keeps that word when the day is past: what came is another row.

## The tables

| table | one row is |
| --- | --- |
"""


GROUNDS = {
    "sentence": "A sentence carries it.",
    "day": "A sentence carries it, or it is the day of a page of the row.",
}
"""What is said of a column by its `ground`; nothing of our own words."""


def render(folder: Path | str | None = None) -> str:
    """The text of the data dictionary of a data folder, in Markdown. Raises DataProblem."""
    package = tables.package(folder)
    head = _HEAD.format(
        title=package["title"],
        description=package["description"],
        known=spell(package["knowledgeAsOf"]),
        next=spell(package["nextLook"]),
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
    keys += "".join(
        f"\nNo two rows have the same {listed([f'`{one}`' for one in key])}.\n"
        for key in entry["schema"].get("uniqueKeys", [])
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
    if field.get("ground") in GROUNDS:
        parts.append(GROUNDS[field["ground"]])
    if "itemsIn" in field:
        parts.append(f"Ids of [{field['itemsIn']['resource']}](#{field['itemsIn']['resource']}).")
    if "rowsIn" in field:
        links = ", ".join(f"[{name}](#{name})" for name in field["rowsIn"])
        parts.append(f"Each is `table/id`, a row of {links}.")
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
