"""The story of a chart of dated rows: which of them leads its title, and what each is called.

The rule itself is `upheaval.stories`. Which row leads, of those that are new at a stop, or of all:
one that the tables call a landmark before any other (the newest of them, and of one day the one
whose status is the strongest), then the newest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from ...facts import tables
from ...protocol import Story
from . import theme

#: A headline that tells by itself that somebody speaks against it.
_TOLD = re.compile(r"\b(den(?:y|ies|ied)|reject\w*|doubt\w*|disagrees|fabricated)\b")


def story_of(
    rows: pd.DataFrame,
    noun: str,
    denials: Sequence[Sequence[tuple[str, str, bool]]] = (),
    objects: Sequence[str] = (),
    silent: Sequence[int] = (),
    reported: Sequence[tuple[str, str]] = (),
) -> Story:
    """What `rows`, in the order of time, tell: each with ``id``, ``headline``, ``name`` (empty
    where the headline is it), ``end`` (the day it is of), ``status`` (empty where there is none)
    and ``landmark`` (true where it is one; of numbers the highest lead, and 0 never does).

    Several rows of one id are its phases. ``denials`` are who denies each row, from which day on,
    and whether that was before the row itself; a headline that tells of it needs none. ``objects``
    are of what each row's status is said, where that is less than its headline (else empty).
    ``silent`` rows lead no title. ``reported`` are two partial dates of each row: the day it is of,
    and that on which it became public (empty: the day it is of).
    """
    order = list(theme.STATUS)
    first: dict[str, int] = {}
    phases = {str(at): first.setdefault(one, at) for at, one in enumerate(rows["id"])}
    keys = [
        (mark, end, -order.index(status) if status in order else 0)
        for mark, end, status in zip(rows["landmark"], rows["end"], rows["status"], strict=True)
    ]
    landmarks = [at for at, mark in enumerate(rows["landmark"]) if mark]
    headlines = list(rows["headline"])
    return {
        "noun": noun,
        "headlines": headlines,
        "names": {str(at): name for at, name in enumerate(rows["name"]) if name},
        "leading": sorted(landmarks, key=lambda at: keys[at], reverse=True),
        "phases": {at: one for at, one in phases.items() if at != str(one)},
        "status": "status",
        "signs": {word: f"{mark.sign} {word}" for word, mark in theme.STATUS.items()},
        "denials": {
            str(at): list(who)
            for at, who in enumerate(denials)
            if who and not _TOLD.search(headlines[at])
        },
        "silent": list(silent),
        "objects": {str(at): of for at, of in enumerate(objects) if of},
        "public": _public(reported),
        "vague": _vague([later or day for day, later in reported]),
    }


def _public(reported: Sequence[tuple[str, str]]) -> dict[str, str]:
    """When a row became public, of those that did so after the day they are of."""
    ends = tables.span([day for day, _ in reported])["end"]
    starts = tables.span([later or None for _, later in reported])["start"]
    return {
        str(at): tables.spell(reported[at][1])
        for at, (end, start) in enumerate(zip(ends, starts, strict=True))
        if start > end
    }


def _vague(days: Sequence[str]) -> dict[str, str]:
    """The first day on which a row may have been public, of those of which no day is known."""
    spans = tables.span(days)
    return {
        str(at): f"{start:%Y-%m-%d}"
        for at, (start, end) in enumerate(zip(spans["start"], spans["end"], strict=True))
        if start < end
    }
