"""What the titles, subtitles and descriptions of the exchange say, and what became public later."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import listed
from . import draw
from .draw import Row
from .exchange_rows import LANES, LEVELS, SIDES, from_side, rows_of

#: The day the article was written, as a stop before everything known. Further stops would each
#: weigh 25 kB in a page.
AS_OF = ("2024-11-27",)

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "confirmed": "Confirmed",
    "claimed": "Claimed by one side",
    "disputed": "Disputed",
    "reported": "Only reported",
    "speculated": "How much is confirmed",
    "title": "{question}: {few}{sides}",
    "nothing on": "Nothing is confirmed on {lanes}; {few}{here} of {there} statements are",
    "in lane": "{lane}: {each} of {all} {statements}",
    "all in lane": "{lane}: {all_of} {each}",
    "none in lane": "{lane}: {none} of {all} {statements} is {level}",
    "such as": "{title}, such as “{item}”",
    "one of": "{lane}: “{item}” is one of {count} {status} among {all}",
    "only": "{lane}: of {all}, only “{item}” is {status}",
    "at best": "{lane}: nothing is confirmed; at best {status}, such as “{item}”",
    "and others": "{title}; {others}",
    "side": "{shown} of {all}{things} on what {side} gives",
    "not public": "{lane}: nothing was public by {day}",
    "all items": "Items",
    "subtitle": "Given or expected to be given, {when}; {what}",
    "on": "as it stood on {day}",
    "now": "as of {day}",
    "one lane": "each quantity in its own unit: nothing can be added",
    "lanes": "one mark a statement, and no quantity",
    "later": "None of the items of this kind was public by this day. Choose a later day under"
    " “Known by”.",
    "longer one": "The only item {kind}has no status as strong as this. Choose a longer list under"
    " “Status”, or another kind.",
    "longer": "{none} of the {all} items {kind}has a status as strong as this. Choose a longer list"
    " under “Status”, or another kind.",
    "first": "Highest status ({status}): {first}.",
    "from": "from {side}, {items}",
    "counts": " On show: {share} statements{sides}.{statuses}{blank}",
    "one side": ", from {side}",
    "two sides": ": from {first} {here}; from {second} {others}",
    "statuses": " By status: {statuses}.",
    "group": "From {side}",
    "press": "press or researchers",
    "voice": "says so: {who}",
    "kind": "of this kind ",
    "part": "{count} of {all}",
    "only one": "the only one",
    "both": "both",
    "every one": "all {all}",
    "weaker": "known, but weaker than the status chosen",
}
#: Whether the statements on show have a number.
NUMBERS = {
    "one": " It has a number.",
    "no one": " It has no number.",
    "all": " Each has a number.",
    "none": " None has a number.",
    "some": " {blank} of them without any number.",
}


def title_of(
    level: str,
    lane: str | None,
    known: str | None,
    counts: dict[str, tuple[int, int]],
    visible: list[Row],
    lanes: set[str],
) -> str:
    """How sure it is what each side gives, at one ``level``, of one ``lane`` or of all: ``counts``
    are how many statements of each side are on show, and how many there are, ``lanes`` the kinds of
    things that any of them is about.
    """
    if not sum(there for _, there in counts.values()):
        where = LANES[lane][0] if lane else TEXTS["all items"]
        return TEXTS["not public"].format(lane=where, day=tables.spell(known))
    if lane:
        return _lane_title(level, lane, sum(there for _, there in counts.values()), visible)
    # A weaker level is about what it adds; the weakest about what is left of all if one is strict.
    told = LEVELS[0] if level == LEVELS[-1] else level
    of_level = [row for row in visible if row["status"] == told]
    counts = {giver: (from_side(giver, of_level), there) for giver, (_, there) in counts.items()}
    first = next(here for here, there in counts.values() if there)
    here, there = (sum(one) for one in zip(*counts.values(), strict=True))
    parts = [(giver, *each) for giver, each in counts.items() if each[1]]
    sides = [
        TEXTS["side"].format(
            shown=shown or "none",
            all=total,
            things="" if at else " statement" if total == 1 else " statements",
            side=SIDES[giver],
        )
        for at, (giver, shown, total) in enumerate(parts)
    ]
    few = "only " if told == LEVELS[0] and first and 2 * here < there else ""
    plain = TEXTS["title"].format(question=TEXTS[level], few=few, sides=" and ".join(sides))
    sure = {row["lane"] for row in of_level}
    without = [
        label[0].lower() + label[1:]
        for name, (label, _) in LANES.items()
        if name not in sure and name in lanes
    ]
    if told != LEVELS[0] or not without or not here:
        return plain
    said = {"lanes": listed(without, "or"), "few": few, "here": here, "there": there}
    return stories.first_fitting([TEXTS["nothing on"].format(**said), plain])


def _lane_title(level: str, lane: str, total: int, visible: list[Row]) -> str:
    """How many statements on one kind of thing have each status, and which comes first."""
    known = LEVELS[:1] if level == LEVELS[-1] else LEVELS[: LEVELS.index(level) + 1]
    sure = [row for row in visible if row["status"] in known]
    tally = Counter(row["status"] for row in sure)
    whole = len(tally) == 1 and len(sure) == total > 1
    each = [f"{tally[one]} {one}" for one in known if tally[one]]
    said = {
        "lane": LANES[lane][0],
        "each": next(iter(tally)) if whole else ", ".join(each),
        "all": total,
        "all_of": "both" if total == 2 else f"all {total}",
        "none": "neither" if total == 2 else "none",
        "statements": "statement" if total == 1 else "statements",
        "level": listed(known, "or"),
    }
    which = "all in lane" if whole else "in lane" if sure else "none in lane"
    plain = TEXTS[which].format(**said)
    return stories.first_fitting([*_told(sure, level, each, said, whole), plain])


def _told(
    sure: list[Row], level: str, each: list[str], said: dict[str, Any], whole: bool
) -> list[str]:
    """Titles of one kind of thing that name what is known best of it, the fullest first."""
    if not sure:
        return []
    status = sure[0]["status"]
    said = said | {"status": status, "count": sum(row["status"] == status for row in sure)}
    which = "one of" if said["count"] > 1 else "only"
    if status != LEVELS[0] and len(each) > 1:
        which = "at best"
    titles = [TEXTS[which].format(item=item, **said) for item in _best(sure)]
    if whole:
        plain = TEXTS["all in lane"].format(**said)
        return [TEXTS["such as"].format(title=plain, item=item) for item in _best(sure)]
    others = listed(each[1:]) if which != "at best" and each[1:] else ""
    full = [TEXTS["and others"].format(title=one, others=others) for one in titles if others]
    return [*full, *titles]


def _best(rows: list[Row], giver: str | None = None) -> list[str]:
    """The items of the strongest status among rows (of one giver), in the order of the chart."""
    return [
        row["item"]
        for row in rows
        if row["rank"] == rows[0]["rank"] and giver in (None, row["giver"])
    ]


def news_of(items: pd.DataFrame, public: list[Row]) -> str:
    """What became public after the stop before, and whose status changed."""
    day = AS_OF[-1]
    shown = {row["id"] for row in public}
    was = [row for row in rows_of(items, day) if row["id"] in shown]
    phases = [*public, *was]
    told = pd.DataFrame(
        {
            "id": [row["id"] for row in phases],
            "headline": [row["item"] for row in phases],
            "name": [row["item"] for row in phases],
            "end": [tables.span([row["period"]])["end"].iloc[0] for row in phases],
            "status": [row["status"] for row in phases],
            "landmark": [row["status"] == "confirmed" for row in phases],
        }
    )
    here, before = range(len(public)), range(len(public), len(phases))
    statuses = list(told["status"])
    stop = stories.Stop(here, [""] * len(phases), statuses, before, tables.spell(day), day)
    reported = [(row["first_reported"], "") for row in phases]
    return stories.news(draw.story_of(told, "statement", reported=reported), stop)


def subtitle_of(lane: str | None, known: str | None) -> str:
    """What is shown, and of which day."""
    day = tables.spell(known or tables.knowledge_as_of())
    return TEXTS["subtitle"].format(
        when=TEXTS["on" if known else "now"].format(day=day),
        what=TEXTS["one lane" if lane else "lanes"],
    )


def description_of(
    counts: dict[str, tuple[int, int]], visible: list[Row], lane: str | None, title: str
) -> str:
    """What is known best, and how much of all there is stands on show."""
    total = sum(there for _, there in counts.values())
    if not total:
        return TEXTS["later"]
    if not visible:
        none = "Neither" if total == 2 else "None"
        which = "longer" if total > 1 else "longer one"
        return TEXTS[which].format(none=none, all=total, kind=TEXTS["kind"] if lane else "")
    # What the title tells comes first.
    best = {
        giver: sorted(_best(visible, giver), key=lambda item: f"“{item}”" not in title)[:2]
        for giver in SIDES
    }
    first = "; ".join(
        TEXTS["from"].format(side=SIDES[giver], items=listed([f"“{item}”" for item in items]))
        for giver, items in best.items()
        if items
    )
    tally = Counter(row["status"] for row in visible)
    statuses = ", ".join(f"{word} {tally[word]}" for word in LEVELS if tally[word])
    return TEXTS["first"].format(status=visible[0]["status"], first=first) + TEXTS["counts"].format(
        share=stories.share(len(visible), total),
        sides=_sides(counts),
        statuses=TEXTS["statuses"].format(statuses=statuses) if len(tally) > 1 else "",
        blank=_numbers(visible),
    )


def _sides(counts: dict[str, tuple[int, int]]) -> str:
    """How many of the statements on show are about what each side gives."""
    (first, (here, there)), *more = [(SIDES[giver], one) for giver, one in counts.items() if one[1]]
    if not more:
        return TEXTS["one side"].format(side=first)
    ((second, (others, rest)),) = more
    return TEXTS["two sides"].format(
        first=first, here=_part(here, there), second=second, others=_part(others, rest)
    )


def _part(count: int, total: int) -> str:
    """How many of the statements on one side: "none of 3", "3 of 5", "all 14", "the only one"."""
    if not 0 < count == total:
        return TEXTS["part"].format(count=count or "none", all=total)
    which = {1: "only one", 2: "both"}.get(total, "every one")
    return TEXTS[which].format(all=total)


def _numbers(visible: list[Row]) -> str:
    """How many of the statements on show have no number."""
    blank = sum(row["said"].kind == "unknown" for row in visible)
    if len(visible) == 1:
        which = "no one" if blank else "one"
    else:
        which = "all" if not blank else "none" if blank == len(visible) else "some"
    return NUMBERS[which].format(blank=blank)
