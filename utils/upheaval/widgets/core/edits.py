"""What a reader changed in what a form had read, put into what is kept now.

Faces make edits (`edits.ts`, which says why) and put them in by the same rules;
``tests/cases/edits.json`` holds both sides to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .protocol import Edit

Json = Any


def edited(kept: Json, edits: Iterable[Edit]) -> Json:
    """What is ``kept``, with ``edits`` put in; ``ValueError`` for what is no edit."""
    for edit in edits:
        at = edit.get("at") if isinstance(edit, dict) else None
        parts = [edit.get("take", []), edit.get("add", [])] if isinstance(edit, dict) else []
        names = isinstance(at, list) and all(isinstance(name, str) for name in at)
        if not names or not all(isinstance(part, list) for part in parts):
            raise ValueError("Not kept: this is no change of an answer. Answer again.")
        kept = _put(kept, list(edit["at"]), edit)
    return kept


def _put(kept: Json, at: list[str], edit: Edit) -> Json:
    is_list = "take" in edit or "add" in edit
    if not at:
        return _edited_list(kept, edit) if is_list else edit.get("to")
    first, *rest = at
    parts = dict(kept) if isinstance(kept, dict) else {}
    if not rest and not is_list and "to" not in edit:
        parts.pop(first, None)
    else:
        parts[first] = _put(parts.get(first), rest, edit)
    return parts


def _edited_list(kept: Json, edit: Edit) -> list[Json]:
    add, take = edit.get("add", []), edit.get("take", [])
    added, taken = {_name(one): one for one in add}, {_name(one) for one in take}
    listed = [(_name(one), one) for one in kept] if isinstance(kept, list) else []
    there = [(name, one) for name, one in listed if name in added or name not in taken]
    names = {name for name, _ in there}
    return [
        *(added.get(name, one) for name, one in there),
        *(one for one in add if _name(one) not in names),
    ]


def _name(thing: Json) -> str:
    """By what a thing in a list is known when its other parts change."""
    if isinstance(thing, dict) and ("id" in thing or "row" in thing):
        thing = [thing.get(part) for part in ("id", "scale", "row", "column")]
    return json.dumps(thing, sort_keys=True)
