"""What every room writes alike: how long a title is, and how a list stands in a sentence.

It knows nothing of facts, so that widgets may ask it as well.
"""

from __future__ import annotations

from collections.abc import Sequence

#: The most letters of a chart's title: what is read at a glance. On a phone that is three lines, in
#: a picture two.
LONGEST = 110


def listed(items: Sequence[str], joint: str = "and") -> str:
    """Items as a sentence has them: `A`, `A and B`, `A, B and C`. There is at least one."""
    return f"{', '.join(items[:-1])} {joint} {items[-1]}" if len(items) > 1 else items[0]
