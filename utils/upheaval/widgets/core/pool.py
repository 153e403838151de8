"""JSON in which what repeats itself stands once: for what is short, and read at once."""

from __future__ import annotations

import json
from typing import Any

Json = Any

#: What stands before the number of a part of the pool. A text of the data that begins with it gets
#: one more.
MARK = "~"
#: About how many characters it takes to point to a part.
REFERENCE = 7


def pooled(states: Json) -> Json:
    """`states` as ``{"pool": [...], "states": ...}``; ``"~12"`` is the pool's part 12.

    Every object, list or text for which that is shorter than repeating it goes to the pool, so
    a reason that many answers share costs once. A tuple is a list.
    """
    counts: dict[str, int] = {}
    texts: dict[int, str] = {}

    def text_of(value: Json) -> str:
        # One serialisation a part: states share their parts' identity more often than not.
        key = id(value)
        if key not in texts:
            texts[key] = _plain(value)
        return texts[key]

    def count(value: Json) -> None:
        if not isinstance(value, dict | list | tuple | str):
            return
        text = text_of(value)
        counts[text] = counts.get(text, 0) + 1
        if counts[text] == 1 and not isinstance(value, str):
            for inner in value.values() if isinstance(value, dict) else value:
                count(inner)

    pool: list[Json] = []
    places: dict[str, int] = {}

    def packed(value: Json) -> Json:
        if not isinstance(value, dict | list | tuple | str):
            return value
        text = text_of(value)
        times = counts.get(text, 0)
        if (times - 1) * len(text) <= times * REFERENCE:
            return inside(value)
        if text not in places:
            body = inside(value)
            places[text] = len(pool)
            pool.append(body)
        return f"{MARK}{places[text]}"

    def inside(value: Json) -> Json:
        if isinstance(value, dict):
            return {key: packed(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [packed(inner) for inner in value]
        return MARK + value if isinstance(value, str) and value.startswith(MARK) else value

    count(states)
    return {"states": packed(states), "pool": pool}


def whole(packed: Json) -> Json:
    """The states that `pooled` was given."""
    pool = packed["pool"]

    def made(value: Json) -> Json:
        if isinstance(value, str) and value.startswith(MARK):
            return value[1:] if value.startswith(MARK * 2) else made(pool[int(value[1:])])
        if isinstance(value, dict):
            return {key: made(inner) for key, inner in value.items()}
        return [made(inner) for inner in value] if isinstance(value, list) else value

    return made(packed["states"])


def _plain(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
