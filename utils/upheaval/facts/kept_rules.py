"""The list of the schema's rules, `rules.json` beside it: a rule that goes is missed.

A word that is taken out of `datapackage.json` makes no sound: its rule is asked no more. So
`validate` holds the schema to a list of what stands in it, and who means the change writes the list
anew, with `python start.py validate --rules`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import collection
from .package import NAME
from .problems import Problem, quoted
from .schema_words import Json

LIST = "rules.json"
Rules = dict[str, dict[str, Json]]
#: What is for people to read, may grow, or has a day of its own: that it is there is all we ask.
_PRESENT = frozenset(
    {"wanted", "example", "unit", "enum", "version", "path", "$schema"}
    | {"knowledgeAsOf", "nextLook", "knowledgeNote"}
)
#: What `package.faults` asks of every table and column.
_NEEDED = frozenset({"name", "title", "description"})
_INSIDE = frozenset({"resources", "fields", "schema", "constraints", "foreignKeys", "uniqueKeys"})
_ALL = "the whole package"


def of(package: dict[str, Any]) -> Rules:
    """The rules of a schema: by table, and by `table.column`, each word with what it says.

    A word that says no, such as `"required": false`, is no rule.
    """
    found = {_ALL: dict(_listed(package))}
    for group in ("contributors", "sources", "licenses"):
        for number, one in enumerate(_groups(package.get(group)), 1):
            found[_ALL] |= {f"{word} of {group}, number {number}": True for word in one}
    for entry in _groups(package.get("resources")):
        schema = entry["schema"]
        rules = dict(_listed(entry)) | dict(_listed(schema))
        for key in _groups(schema.get("foreignKeys")):
            rules[f"foreignKeys of {', '.join(key['fields'])}"] = key["reference"]["resource"]
        for names in schema.get("uniqueKeys", ()):
            rules[f"uniqueKeys of {', '.join(names)}"] = True
        found[entry["name"]] = rules
        for column in schema["fields"]:
            rules = dict(_listed(column)) | dict(_listed(column.get("constraints", {})))
            found[f"{entry['name']}.{column['name']}"] = rules
    return found


def _listed(group: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    for word, value in group.items():
        own = word.startswith(("x-", "_"))
        if not own and value is not False and word not in _INSIDE | _NEEDED:
            yield word, True if word in _PRESENT or _groups(value) else value


def _groups(value: Json) -> list[dict[str, Json]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(package: dict[str, Any]) -> str:
    """The list as its file has it: a line for each column, so that a change of one is one line."""
    lines = [
        f"{json.dumps(place)}: {json.dumps(rules, ensure_ascii=False)}"
        for place, rules in of(package).items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def faults(package: dict[str, Any], home: Path) -> list[Problem]:
    """Every rule of the list that `package`, the schema of `home`, lacks or has otherwise.

    A folder without a list is held to the collection's own.
    """
    path = home / LIST
    path = path if path.exists() else collection.folder("data") / LIST
    kept = _read(path)
    if not kept:
        expected = "It should list the rules of the schema. Undo the last change, or write it anew:"
        return [Problem(LIST, "", "", "no list that can be read", f"{expected} {_command(home)}")]
    return list(_missed(kept, of(package), f"If it is meant: {_command(home)}"))


def _read(path: Path) -> Rules:
    """A list from its file; empty where that is none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    whole = isinstance(kept, dict) and all(isinstance(one, dict) for one in kept.values())
    return kept if whole else {}


def _command(home: Path) -> str:
    """What writes the list of this folder anew."""
    other = "" if home == collection.folder("data") else f' "{home}"'
    return f"python start.py validate{other} --rules"


def _missed(kept: Rules, there: Rules, renew: str) -> Iterator[Problem]:
    for place, rules in kept.items():
        table, _, column = place.partition(".")
        row = f'table "{table}"' if table != _ALL else ""
        if place in there:
            for word, value in rules.items():
                now = there[place].get(word)
                if now != value:
                    found, expected = _said(word, value, now)
                    yield Problem(NAME, row, column, found, f"{expected} {renew}")
        elif not column or table in there:  # of a table that is gone no columns are told
            what = "column" if column else "table"
            expected = f"Write it back as it was, or take it out of its file too. {renew}"
            yield Problem(NAME, row, column, f"no such {what}, which {LIST} has", expected)


def _said(word: str, value: Json, now: Json) -> tuple[str, str]:
    """What was found in the place of a rule, and what would be right."""
    shown, other = (_shown(one) for one in (value, now))
    found = f'no "{word}", which {LIST} has'
    if now is not None:
        found = f'{other} as "{word}"'
        return found, f"It should be {shown}, as {LIST} has it."
    return found, "Write it back." if value is True else f"Write it back: {shown}."


def _shown(value: Json) -> str:
    plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return quoted(plain, longest=200)


def changes(package: dict[str, Any], home: Path) -> list[str]:
    """What a new list for `home` has other than the old one, in a line each: gone, then new."""
    old = set(_lines(_read(home / LIST)))
    new = set(_lines(of(package)))
    gone = [f"gone: {one}" for one in sorted(old - new)]
    return gone + [f"new: {one}" for one in sorted(new - old)]


def _lines(rules: Rules) -> Iterator[str]:
    for place, words in rules.items():
        yield place
        for word, value in words.items():
            shown = "" if value is True else f": {json.dumps(value, ensure_ascii=False)}"
            yield f"{place}: {word}{shown}"
