"""Text that nobody reads by accident in the source of a page: it hides, it does not protect."""

from __future__ import annotations

import base64
import json
from typing import Any

Json = Any


def seal(value: Json) -> str:
    """`value` as text that nobody reads by accident in the source of a page.

    It hides, it does not protect.
    """
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(_obfuscate(data)).decode()


def unseal(text: str) -> Json:
    """What `seal` was given."""
    return json.loads(_obfuscate(base64.b64decode(text)))


def _obfuscate(data: bytes) -> bytes:
    """`data` under a linear congruential generator (Numerical Recipes), its own inverse."""
    state, out = len(data), bytearray()
    for byte in data:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out.append(byte ^ (state >> 24))
    return bytes(out)
