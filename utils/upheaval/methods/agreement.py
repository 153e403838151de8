"""Agreement of two coders on the same items: how often they chose the same code, and beyond chance.

Two coders who choose freely agree on some items by luck, on more of them the fewer codes there are.
Kappa takes that luck off (Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and
Psychological Measurement 20, 1960, 37–46). It is low where nearly all items have one code, however
often the two agree (Feinstein and Cicchetti, "High Agreement but Low Kappa", Journal of Clinical
Epidemiology 43, 1990, 543–549): read it beside the share.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple


class Coded(NamedTuple):
    """How alike two coders code.

    `items`: how many both coded; `same`: equal codes; `share`: same / items; `kappa`: 1 for full
    agreement, 0 for what chance would give, below 0 for less; NaN where both used one code alone.
    """

    items: int
    same: int
    share: float
    kappa: float


def coders(first: Sequence[Hashable], second: Sequence[Hashable]) -> Coded:
    """The agreement of two coders, whose codes stand in the same order of items.

    Raises ``ValueError`` where one coded more items than the other, or none was coded.
    """
    if len(first) != len(second) or not first:
        message = f"{len(first)} and {len(second)} codes: give one of each coder for every item"
        raise ValueError(message)
    items = len(first)
    same = sum(one == other for one, other in zip(first, second, strict=True))
    often, seldom = Counter(first), Counter(second)
    by_chance = sum(often[code] * seldom[code] for code in often) / items**2
    kappa = math.nan if by_chance == 1 else (same / items - by_chance) / (1 - by_chance)
    return Coded(items, same, same / items, kappa)
