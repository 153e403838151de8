"""Lists and numbers as sentences and tables have them."""

from __future__ import annotations

from collections.abc import Sequence


def listed(items: Sequence[str]) -> str:
    """Items as a sentence has them: `A`, `A and B`, `A, B and C`. There is at least one."""
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else items[0]


def whole(value: float) -> float:
    """The value, as a whole number where it is one: so a page and Python write it alike."""
    return int(value) if value == int(value) else float(value)


def counted(count: int, what: str) -> str:
    """A count with its noun: `1 more row`, `3 more rows`."""
    return f"{count} {what}{'' if count == 1 else 's'}"
