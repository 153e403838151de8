"""What lesson 00 computes for its words, and what it shows."""

from __future__ import annotations

from functools import partial

from ..charts import timeline
from ..facts import tables
from ..widgets import DateLimit, Explorer, Portfolio
from ..widgets.comeback import ComeBack
from ..widgets.portfolio import Part
from . import blocks, come_back, writings
from . import words as lesson_words
from .computed import Values, Words, computed, shown, toured


@shown("landmarks")
def landmarks_explorer() -> Explorer:
    """The landmarks of the story, one day after the other."""
    events = blocks.table("events")
    return Explorer(
        partial(timeline.swimlanes, events[events["landmark"].notna()], period="war"),
        name="landmarks",
        as_of=DateLimit("known", timeline.as_of_options(), "Known by", start="2024-10-23"),
    )


@toured("landmarks")
def landmarks_tour() -> Values:
    """Landmarks that were public by four days, and those whose status changed."""
    events = blocks.table("events")
    landmarks = events[events["landmark"].notna()].set_index("id")
    first = tables.as_of(landmarks, "2024-10-23")["status"]
    told, before = (len(tables.as_of(landmarks, day)) for day in ("2024-10-18", "2024-10-08"))
    earlier, later = (
        tables.as_of(landmarks, day)["status"] for day in ("2025-01-20", "2025-04-28")
    )
    turned = later.reindex(earlier.index)[earlier == "disputed"]
    day_of = landmarks["date"].map(tables.spell)
    return {
        "shown": len(blocks.rows_at(landmarks_explorer())),
        "disputed": int((first == "disputed").sum()),
        "day_of_sailing": day_of["dprk-troops-embark"],
        "new": told - before,
        "day_of_moscow": day_of["gerasimov-acknowledges"],
        "day_of_pyongyang": day_of["dprk-acknowledges"],
        "moved": int((turned != "disputed").sum()),
        "changed": int((turned == "confirmed").sum()),
        "weaker": int((turned == "claimed").sum()),
    }


@computed("predict")
def predict() -> Values:
    """The day from which weeks are counted."""
    dates = blocks.table("events").set_index("id")["date"]
    return {"day_of_washington": dates["us-confirms-3000"]}


@computed("answer")
def answer() -> Values:
    """The days on which three capitals spoke."""
    dates = blocks.table("events").set_index("id")["date"]
    said, admitted = tables.span(dates[["us-confirms-3000", "dprk-acknowledges"]])["start"]
    return {
        "weeks_until_admitted": round((admitted - said).days / 7, 1),
        "day_of_washington": tables.spell(dates["us-confirms-3000"]),
        "day_of_moscow": tables.spell(dates["gerasimov-acknowledges"]),
        "day_of_pyongyang": tables.spell(dates["dprk-acknowledges"]),
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of the landmarks."""
    events = blocks.table("events")
    return blocks.references(events.loc[events["landmark"].notna(), "sources"])


@shown("portfolio")
def portfolio(words: Words) -> Portfolio:
    """All that the reader wrote, in every lesson."""
    parts = []
    for number in lesson_words.numbers():
        about = lesson_words.load(number).content
        names = [f"{number}.{name}" for name in about.get("checks") or {}]
        checks = tuple(name for name in names if not writings.under_hood(name))
        below = tuple(filter(writings.under_hood, names))
        title = f"{number} · {about['title']}"
        parts.append(Part(number, title, checks, "", below, writings.of(number)))
    return Portfolio(words["title"], parts)


# -- what comes back in later lessons --------------------------------------------------------------
@shown("come-back")
def come_back_dealer() -> ComeBack:
    """Questions from all lessons, which come back after days and weeks."""
    return come_back.dealer()


@computed("back-as-of")
def back_as_of() -> Values:
    """The day of the first ships, and the day on which the public was told."""
    row = blocks.row("events", "dprk-troops-embark")
    return {
        "day_of_sailing": tables.spell(row["date"]),
        "day_of_telling": tables.spell(row["first_reported"]),
    }


@computed("back-admitted")
def back_admitted() -> Values:
    """The days of three capitals, and which of the two that had denied it spoke first."""
    dates = blocks.table("events").set_index("id")["date"]
    days = answer()
    del days["weeks_until_admitted"]
    moscow, pyongyang = dates[["gerasimov-acknowledges", "dprk-acknowledges"]]
    return days | {"right": ["moscow" if moscow < pyongyang else "pyongyang"]}
