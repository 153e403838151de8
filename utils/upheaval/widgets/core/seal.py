"""Text that nobody reads by accident in the source of a page: it hides, it does not protect."""

from __future__ import annotations

import base64
import json
from typing import Any

from .pool import pooled, whole

Json = Any


def seal(value: Json) -> str:
    """`value` as text that nobody reads by accident in the source of a page.

    It hides, it does not protect. What repeats itself (a reason that belongs to many answers)
    stands in it once, where that makes it shorter.
    """
    data = min(_plain(value), _plain(pooled(value)), key=len)
    return base64.b64encode(_obfuscate(data)).decode()


def unseal(text: str) -> Json:
    """What `seal` was given."""
    value = json.loads(_obfuscate(base64.b64decode(text)))
    return whole(value) if isinstance(value, dict) and value.keys() == {"states", "pool"} else value


def _plain(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _obfuscate(data: bytes) -> bytes:
    """`data` under a linear congruential generator (Numerical Recipes), its own inverse."""
    state, out = len(data), bytearray()
    for byte in data:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out.append(byte ^ (state >> 24))
    return bytes(out)
