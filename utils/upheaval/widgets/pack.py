"""States of a chart packed for a page: what they share is stored once."""

from __future__ import annotations

import json
from typing import Any

Json = Any

#: A part shorter than this costs less to repeat than to point to.
SHORTEST = 10


def pack(states: Json) -> Json:
    """`states` (plain JSON) as ``{"pool": [...], "states": ...}``, where ``{"$": n}`` stands for part n of the pool.

    Every object, list or text that occurs more than once and is long enough goes to the pool, so a page grows with
    what differs between its states and not with their number. `unpack` in ``front/pack.js`` is the way back, as is
    `unpack` here. Data of its own that looks like ``{"$": …}`` is not possible in plotly JSON.
    """
    counts: dict[str, int] = {}
    texts: dict[int, str] = {}

    def text_of(value: Json) -> str:
        # One serialisation a part: states share their parts' identity more often than not.
        key = id(value)
        if key not in texts:
            texts[key] = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        return texts[key]

    def count(value: Json) -> None:
        if not isinstance(value, dict | list | str):
            return
        text = text_of(value)
        if len(text) < SHORTEST:
            return
        counts[text] = counts.get(text, 0) + 1
        if counts[text] == 1 and not isinstance(value, str):
            for inner in value.values() if isinstance(value, dict) else value:
                count(inner)

    pool: list[Json] = []
    places: dict[str, int] = {}

    def packed(value: Json) -> Json:
        if not isinstance(value, dict | list | str):
            return value
        text = text_of(value)
        if counts.get(text, 0) < 2:
            return inside(value)
        if text not in places:
            body = inside(value)
            places[text] = len(pool)
            pool.append(body)
        return {"$": places[text]}

    def inside(value: Json) -> Json:
        if isinstance(value, dict):
            return {key: packed(inner) for key, inner in value.items()}
        return [packed(inner) for inner in value] if isinstance(value, list) else value

    count(states)
    return {"states": packed(states), "pool": pool}


def unpack(packed: Json) -> Json:
    """The states that `pack` was given."""
    pool = packed["pool"]

    def whole(value: Json) -> Json:
        if isinstance(value, dict):
            if set(value) == {"$"}:
                return whole(pool[value["$"]])
            return {key: whole(inner) for key, inner in value.items()}
        return [whole(inner) for inner in value] if isinstance(value, list) else value

    return whole(packed["states"])


def script_json(value: Json) -> str:
    """`value` as JSON that may stand inside a ``<script>`` element: no ``<``, so nothing in the data can end it."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
