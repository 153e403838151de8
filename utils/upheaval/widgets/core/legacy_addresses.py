"""What older addresses call an option: by a label, or by an id that is no longer an option's.

Two lists stand beside the package's rooms and belong to a collection; one that starts today has
neither. ``legacy_addresses.json`` has the labels that addresses held before options had ids. It is
frozen: explorer, control, label, id (``tests/net/legacy_addresses.py`` made it).
``moved_options.json`` grows: explorer, control, an id that went, and the option that has its rows
now.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "legacy_addresses.json"
MOVED = TABLE.with_name("moved_options.json")


@functools.cache
def _table(path: Path) -> dict[str, dict[str, dict[str, str]]]:
    if not path.exists():
        return {}
    table: dict[str, dict[str, dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return table


def labels(explorer: str, control: str) -> dict[str, str]:
    """The id of the option that each older label or id means; empty for a control without any."""
    moved = _table(MOVED).get(explorer, {}).get(control, {})
    frozen = _table(TABLE).get(explorer, {}).get(control, {})
    return {label: moved.get(one, one) for label, one in frozen.items()} | moved
