"""What earlier versions kept of checks: the positions of options, where ids are kept today.

``legacy.json``, beside this package's folder, says which option stood at which position of a check
on the day when options got ids. It is frozen: answers of that time are in readers' files and
browsers, and nobody can change them there. Another unit has no such answers and needs no such file.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection
from pathlib import Path
from typing import NotRequired, TypedDict

TABLE = Path(__file__).resolve().parents[2] / "legacy.json"


class LegacyOption(TypedDict):
    """An option of that day; with its text where the check has no such option any more."""

    id: str
    text: NotRequired[str]


@functools.cache
def table() -> dict[str, list[dict[str, str]]]:
    """The options of every check of that day, in their order: id and text. Empty without a file."""
    if not TABLE.exists():
        return {}
    frozen: dict[str, list[dict[str, str]]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return frozen


def options(check: str, ids: Collection[str]) -> list[LegacyOption]:
    """What stood at each position of ``check``, which has the options ``ids`` today.

    Empty for a check that is younger than the table.
    """
    return [
        {"id": one["id"]} if one["id"] in ids else {"id": one["id"], "text": one["text"]}
        for one in table().get(check, [])
    ]
