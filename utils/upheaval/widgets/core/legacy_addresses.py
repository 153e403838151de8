"""Labels of options that addresses held before options had ids, where there is a list of them.

The list, ``legacy_addresses.json`` beside the package's rooms, belongs to a collection and is
frozen: explorer, control, label, id (``tests/net/legacy_addresses.py`` made it). A collection that
starts today has none.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "legacy_addresses.json"


@functools.cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    if not TABLE.exists():
        return {}
    table: dict[str, dict[str, dict[str, str]]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


def labels(explorer: str, control: str) -> dict[str, str]:
    """The id of the option that each label meant; empty for a control that is not in the list."""
    return _table().get(explorer, {}).get(control, {})
