"""The network of ties: who is tied with whom, how strongly, and which way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import listed
from ..methods import networks
from . import draw
from .draw import Chart, chosen, theme
from .tie_lines import BOTH_WAYS, DIRECTION, FROM, ONE_WAY, STRENGTH, STRENGTHS, TO, drawing


@dataclass(frozen=True)
class Group:
    """States on the circle, clockwise from the upper left: joint name, years, and a caution."""

    label: str
    states: tuple[str, ...]
    years: tuple[int, ...]
    caution: str


GROUPS = {
    "four": Group(
        "Russia, China, Iran and North Korea",
        ("RUS", "PRK", "CHN", "IRN"),
        (2000, 2020, 2021, 2022, 2023, 2024, 2025),
        "speculated ties left out",
    ),
    "allies": Group(
        "the United States, Japan, South Korea and NATO",
        ("USA", "JPN", "KOR", "NATO"),
        (1950, 1955, 1965, 2000, 2022, 2023, 2025),
        "of NATO only its pacts",
    ),
}


@dataclass(frozen=True)
class Family:
    """Kinds of tie shown together: the words for the control and for a title, and the kinds."""

    label: str
    by: str
    kinds: tuple[str, ...]


FAMILIES = {
    "pacts": Family(
        "Pacts and agreements", "pacts or agreements", ("mutual-defence", "treaty", "agreement")
    ),
    "arms": Family(
        "Arms, technology, troops",
        "arms, technology or troops",
        ("arms-transfer", "tech-transfer", "troops", "joint-exercise"),
    ),
    "trade": Family(
        "Trade and sanctions",
        "trade or help around sanctions",
        ("dual-use-trade", "oil-trade", "sanctions-evasion"),
    ),
    "politics": Family("Summits and votes", "summits or votes", ("summit", "diplomatic-vote")),
}
KINDS = {
    "mutual-defence": "mutual defence",
    "treaty": "treaty",
    "agreement": "agreement",
    "summit": "summit",
    "arms-transfer": "arms",
    "tech-transfer": "technology",
    "dual-use-trade": "dual-use trade",
    "oil-trade": "oil, gas and other trade",
    "sanctions-evasion": "around sanctions",
    "joint-exercise": "exercises",
    "diplomatic-vote": "votes",
    "troops": "troops",
}
#: A heading of the table.
_WHAT = "What it is"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "none": "{year}: no tie in our table fits these choices",
    "tied": "{year}: {tied} tied{by}",
    "of strength": "{year}: {tied} have {kind} ties{of}",
    "only": "only {a} and {b}",
    "share": ", {which} {strongly}",
    "busiest": "; most: {a} and {b} ({ties})",
    "more": "; {a} and {b} have {ties}, after {before} in {then}",
    "more of one": ": {ties}, after {before} in {then}",
    "first": "; new: {pairs}",
    "some new": "; {count} pairs are new",
    "gone": "; no longer: {pairs}",
    "same": ", as in {then}",
    "disputed": "; {share} ties disputed",
    "subtitle": "Ties on at least one day of {year}; a line is a pair's strongest tie, by our"
    " coding; {caution}",
    "later": "; not drawn: {count} that began after {year}",
    "choose": "None of the ties in our table fits these choices. Choose another year, “All kinds”,"
    " or a lower strength. A tie that is not in our table may exist all the same.",
    "one": "By pair: {pairs}. One tie is shown. By status: {status}.",
    "many": "By pair: {pairs}. {count} ties are shown. By status: {status}.",
    "pair": "{a} and {b} {ties} ({strength})",
    "arrow": "points to who receives",
}

kind_options = draw.offer(FAMILIES, first="All kinds")
strength_options = draw.offer({1: "Weak or more", 2: "Medium or more", 3: "Strong only"})

#: Kept out of the drawing: what is expected but not shown is no tie.
SHOWN = tuple(status for status in theme.STATUS if status != "speculated")


def network(
    ties: pd.DataFrame,
    group: str = "four",
    year: int = 2024,
    kind: str | None = None,
    least: int = 1,
) -> Chart:
    """The ties of one year among the states of a group, one line a pair.

    ``ties`` is the table ``ties``; ``group`` a key of `GROUPS`, ``kind`` a key of `FAMILIES` or
    None for all, and ``least`` the lowest strength, 1 to 3. A line's width, dash and word are the
    strongest tie of the pair; an arrow points to who receives. Ties with the status *speculated*
    are left out. Raises ``KeyError`` for an unknown group or kind, ``ValueError`` for another
    strength and for a year that the tables do not know yet.
    """
    states = chosen(GROUPS, group, "group").states
    kinds = chosen(FAMILIES, kind, "kind of tie").kinds if kind else None
    among = ties[ties["a_iso3"].isin(states) & ties["b_iso3"].isin(states)]
    rows = networks.ties_in(among, year, kinds, least, SHOWN)
    pairs = _pairs(rows)
    then = max((one for one in GROUPS[group].years if one < year), default=0)
    before = _pairs(networks.ties_in(among, then, kinds, least, SHOWN)) if then else []
    names = draw.short_names()
    table = _table(rows, names)
    return Chart(
        drawing(pairs, states, table, names),
        title=_title(pairs, before, names, Asked(group, year, kind, least), rows),
        subtitle=TEXTS["subtitle"].format(year=year, caution=GROUPS[group].caution)
        + not_drawn(among, group, year),
        description=_description(rows, pairs, names),
        table=table,
        **draw.provenance("ties", rows),
        name=f"ties-{group}-{year}",
        legend=[
            *((line.sign, line.word) for line in reversed(STRENGTHS.values())),
            ("▶", TEXTS["arrow"]),
        ],
        mobile={"marks": 0.85, "layout": {"height": 290}},
    )


def not_drawn(ties: pd.DataFrame, group: str, year: int) -> str:
    """At the last stop of a group: how many of these ties began after it; else nothing.

    Else a tie of a year that has no stop would be nowhere, without a word.
    """
    last = GROUPS[group].years[-1]
    shown = ties[ties["status"].isin(SHOWN)]
    count = int((tables.span(shown["start_date"])["start"] > pd.Timestamp(last, 12, 31)).sum())
    return TEXTS["later"].format(count=count, year=last) if count and year == last else ""


def year_options(group: str = "four") -> list[tuple[str, int]]:
    """(label, value) of the stops of the year stepper for a group."""
    return [(str(year), year) for year in GROUPS[group].years]


# -- words -----------------------------------------------------------------------------------------
def _pairs(rows: pd.DataFrame) -> list[Any]:
    """The pairs that are tied by ``rows``, with how many ties and the strongest of them."""
    return list(networks.pair_strength(rows).itertuples(index=False))


@dataclass(frozen=True)
class Asked:
    """What a reader chose: the group, the year, the family of ties (None: all), the least strength.

    ``then`` is the stop before the year, or the year where it is the first.
    """

    group: str
    year: int
    kind: str | None
    least: int

    @property
    def then(self) -> int:
        """The stop before."""
        return max((one for one in GROUPS[self.group].years if one < self.year), default=self.year)


def _title(
    pairs: Sequence[Any],
    before: Sequence[Any],
    names: Mapping[str, str],
    asked: Asked,
    rows: pd.DataFrame,
) -> str:
    """How many pairs are tied and how strongly, how many of the ties are disputed, what changed."""
    if not pairs:
        return TEXTS["none"].format(year=asked.year)
    heads = _heads(pairs, names, asked)
    disputed = int(rows["status"].eq("disputed").sum())
    share = f"{disputed} of {len(rows)}"
    if disputed == len(rows) > 1:
        share = "both" if disputed == 2 else f"all {disputed}"
    told = TEXTS["disputed"].format(share=share) if disputed else ""
    return stories.first_fitting(
        [
            f"{start}{told}{one}"
            for one in _stories(pairs, before, names, asked.then)
            for start in heads
        ]
    )


def _heads(pairs: Sequence[Any], names: Mapping[str, str], asked: Asked) -> list[str]:
    """How many pairs have ties of the kind asked for; with how many are strong, and without."""
    possible, strongest = math.comb(len(GROUPS[asked.group].states), 2), max(STRENGTHS)
    strong = sum(pair.strength == strongest for pair in pairs)
    tied = f"{f'all {possible}' if len(pairs) == possible else f'{len(pairs)} of {possible}'} pairs"
    which = str(strong or "none")
    if strong == len(pairs):
        which = "both" if strong == 2 else "all"
    if len(pairs) == 1:
        tied = TEXTS["only"].format(**_said(pairs[0], names))
    only = strongest if len(pairs) == 1 and strong else asked.least
    family = FAMILIES[asked.kind].by if asked.kind else ""
    head = TEXTS["of strength" if only > 1 else "tied"].format(
        year=asked.year,
        tied=tied,
        kind=STRENGTHS[only].adverb,
        by=f" by {family}" if family else "",
        of=f" of {family}" if family else "",
    )
    if only == strongest or (len(pairs) == 1 and not strong):
        return [head]
    share = TEXTS["share"].format(which=which, strongly="strong" if only > 1 else "strongly")
    return [head + share, head]


def _stories(
    pairs: Sequence[Any], before: Sequence[Any], names: Mapping[str, str], then: int
) -> list[str]:
    """What changed since the stop ``then``, the fullest words first, and nothing last: all pairs
    that are new, or the pair whose ties changed most; at the first stop the pair with most ties.
    """
    if set(before) == set(pairs):
        return [TEXTS["same"].format(then=then), ""]
    if not before:
        top = max(pair.ties for pair in pairs)
        most = [pair for pair in pairs if pair.ties == top]
        alone = len(most) == 1 and len(pairs) > 1
        return [*([TEXTS["busiest"].format(**_said(most[0], names))] if alone else []), ""]
    had = {(pair.a, pair.b): pair for pair in before}
    here = {(pair.a, pair.b) for pair in pairs}
    new = [pair for pair in pairs if not _ties(had, pair)]
    gone = [pair for pair in before if (pair.a, pair.b) not in here]
    if new or gone:
        told = TEXTS["first"].format(pairs=_each(new, names)) if new else ""
        lost = TEXTS["gone"].format(pairs=_each(gone, names)) if gone else ""
        short = [TEXTS["some new"].format(count=len(new))] if len(new) > 1 else []
        return [told + lost, *([told] if told else []), *short, ""]
    grown = {pair: pair.ties - _ties(had, pair) for pair in pairs}
    pair = max(pairs, key=lambda one: (abs(grown[one]), grown[one], one.ties))
    if not grown[pair]:
        return [""]
    which = "more of one" if len(pairs) == 1 else "more"
    return [TEXTS[which].format(before=_ties(had, pair), then=then, **_said(pair, names)), ""]


def _each(pairs: Sequence[Any], names: Mapping[str, str]) -> str:
    """Pairs by the names of both states."""
    return listed([f"{names[pair.a]}–{names[pair.b]}" for pair in pairs])


def _ties(had: Mapping[tuple[str, str], Any], pair: Any) -> int:
    return had[pair.a, pair.b].ties if (pair.a, pair.b) in had else 0


def _said(pair: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """A pair in words: both names, how many ties, and the strongest of them."""
    strength = STRENGTHS[pair.strength].word
    both = (
        f"the {one}" if one == "United States" else one for one in (names[pair.a], names[pair.b])
    )
    return {**dict(zip("ab", both, strict=True)), "ties": pair.ties, "strength": strength}


def _description(rows: pd.DataFrame, pairs: Sequence[Any], names: Mapping[str, str]) -> str:
    if rows.empty:
        return TEXTS["choose"]
    # Pairs come in alphabetical order, and equals stay in it.
    ranked = sorted(pairs, key=lambda pair: -pair.ties)
    return TEXTS["one" if len(rows) == 1 else "many"].format(
        count=len(rows),
        pairs="; ".join(TEXTS["pair"].format(**_said(pair, names)) for pair in ranked),
        status=draw.by_status(rows["status"]),
    )


def _table(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The rows in order of their start, under headings for people."""
    arrow = {"mutual": BOTH_WAYS, "a->b": ONE_WAY}
    order = ["start_date", "id"]
    ties = list(tables.tuples(rows.sort_values(order)))
    return pd.DataFrame(
        {
            FROM: [names[tie.a_iso3] for tie in ties],
            TO: [names[tie.b_iso3] for tie in ties],
            DIRECTION: [arrow[tie.direction] for tie in ties],
            "Kind": [KINDS[tie.tie_kind] for tie in ties],
            "Began": [tables.spell(tie.start_date) for tie in ties],
            "Ended": [tables.spell(tie.end_date) for tie in ties],
            _WHAT: [tie.description for tie in ties],
            STRENGTH: [
                f"{tie.strength} {STRENGTHS[tie.strength].word}: {tie.strength_reason}"
                for tie in ties
            ],
            "Status": [theme.signed_status(tie.status) for tie in ties],
        }
    )
