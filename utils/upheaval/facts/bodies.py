"""Who speaks for a state: places, bodies and short names that a page may use in its stead.

They stand in ``bodies.csv``, a row a name, besides the columns of the state's row in `countries`.
Forms begin with a capital letter. What may stand for several states (`Foreign Ministry`, `Congress`
without more) stands for none, but where pages of the collection use it so.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path

_FILE = Path(__file__).with_name("bodies.csv")


@functools.cache
def spoken_for() -> dict[str, list[str]]:
    """The names by which a page may call a state, by the state's code."""
    found: dict[str, list[str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["state"], []).append(row["name"])
    return found
