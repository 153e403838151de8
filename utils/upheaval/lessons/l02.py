"""What lesson 02 computes for its words, and what it shows."""

from __future__ import annotations

from functools import partial

from ..charts import place_map, timeline, timeline_rows
from ..facts import tables
from ..widgets import DateLimit, Dropdown, Explorer, Filter, Stepper
from . import blocks
from .computed import Values, computed, shown, toured

#: The quotations on the cards.
CARDS = [
    "peskov-fake-news",
    "austin-evidence",
    "putin-images-serious",
    "kim-jong-gyu-if-such-a-thing",
]


@shown("timeline")
def timeline_explorer() -> Explorer:
    """Every event in its lane."""
    events = blocks.table("events")
    return Explorer(
        partial(timeline.swimlanes, events),
        name="timeline",
        period=Dropdown(timeline.period_options(), "Period"),
        theme=Filter("theme", timeline.theme_options(events), "Lane"),
        actor=Filter("actors", timeline.actor_options(events), "Actor"),
        status=Filter("status", timeline.status_options(), "Status"),
        as_of=DateLimit("known", timeline.as_of_options(), "Known by", start="2024-11-27"),
    )


@toured("timeline")
def timeline_tour() -> Values:
    """Events of one autumn that were public by two days, and those whose status changed."""
    explorer = timeline_explorer()
    events = blocks.table("events").set_index("id")
    dates = events["date"].map(tables.spell)
    in_autumn = events.index.isin(_ids_on_show(explorer, as_of="2025-04-28"))
    earlier, later = (
        tables.as_of(events[in_autumn], day)["status"] for day in ("2025-01-20", "2025-04-28")
    )
    turned = later.reindex(earlier.index)[earlier == "disputed"]
    return {
        "shown": len(blocks.rows_at(explorer)),
        "early": len(blocks.rows_at(explorer, as_of="2024-10-08")),
        "day_of_washington": dates["us-confirms-3000"],
        "day_of_envoy": dates["dprk-groundless-rumours"],
        "changed": int((turned == "confirmed").sum()),
        "weaker": int((turned == "claimed").sum()),
    }


@shown("map")
def map_explorer() -> Explorer:
    """The way from the ports to the front, with what was said of each place by a day."""
    return Explorer(
        blocks.on_map(),
        name="map",
        # On the first of the stops no soldier was spoken of.
        known=Stepper(place_map.as_of_options()[1:], "Known by", start="2024-10-18"),
    )


def _ids_on_show(explorer: Explorer, **chosen: str) -> set[str]:
    """The events that a timeline shows, by id."""
    blocks.rows_at(explorer, **chosen)
    ids = explorer.payload()["rowEvidence"]
    return {ids[row][0].removeprefix("events/") for row in explorer._visible()}


@shown("cards")
def cards() -> blocks.Block:
    """Four people who speak of the soldiers in the same month."""
    return blocks.cards_of(CARDS)


@computed("predict")
def predict() -> Values:
    """The day of the first sailing, from which days are counted."""
    return {"day_of_sailing": blocks.row("events", "dprk-troops-embark")["date"]}


@computed("delay")
def delay() -> Values:
    """The days from the first sailing to Seoul's and to Washington's words about it."""
    dates = tables.span(blocks.table("events").set_index("id")["date"])["start"]
    told = tables.span(blocks.table("events").set_index("id")["first_reported"])["start"]
    earlier = blocks.table("events").set_index("id")["date"].map(tables.spell)
    days = (told["dprk-troops-embark"] - dates["dprk-troops-embark"]).days
    to_washington = (dates["us-confirms-3000"] - dates["dprk-troops-embark"]).days
    to_announcement = (dates["us-confirms-3000"] - told["dprk-troops-embark"]).days
    return {
        "days_until_told": days,
        "day_of_sailing": tables.spell(dates["dprk-troops-embark"].date().isoformat()),
        "day_of_telling": tables.spell(told["dprk-troops-embark"].date().isoformat()),
        "days_from_seoul_to_washington": to_announcement,
        "days_until_washington": to_washington,
        "day_of_minister": earlier["rok-minister-officers"],
        "day_of_kyiv": earlier["zelensky-10000-claim"],
    }


@computed("evidence")
def evidence() -> Values:
    """The days of four pieces of evidence."""
    dates = blocks.table("events").set_index("id")["date"].map(tables.spell)
    return {
        "day_of_pictures": dates["nis-announces-dispatch"],
        "day_of_nato": dates["nato-confirms-kursk"],
        "day_of_moscow": dates["gerasimov-acknowledges"],
        "day_of_pyongyang": dates["dprk-acknowledges"],
        "right_evidence": ["nato-confirmed", "both-admitted"],
    }


@computed("turning-points")
def turning_points() -> Values:
    """The events that are offered, and what the rules look at."""
    events = blocks.table("events")
    offered = events[
        (events["landmark"].notna() | events["in_article"] | events["theme"].isin(["dprk-weapons"]))
        & (events["date"] > "2022")
    ]
    offered = offered.sort_values("title").reset_index(drop=True)
    span = tables.span(offered["date"])
    known = tables.span(offered["first_reported"])["end"].fillna(span["end"])
    return {
        "offered": {row.id: timeline_rows.name_of(row) for row in tables.tuples(offered)},
        "columns": {
            "date": [day.strftime("%Y-%m-%d") for day in span["start"]],
            "known": [day.strftime("%Y-%m-%d") for day in known],
            "lane": list(offered["theme"]),
            "actors": [list(one) for one in offered["actors"]],
            "deployment": [
                "yes" if timeline_rows.about_deployment(row) else "no"
                for row in tables.tuples(offered)
            ],
        },
    }


@computed("tweak")
def tweak() -> Values:
    """How many events the chart counts in two periods."""
    events = blocks.table("events")
    count, before = (
        timeline.swimlanes(events, period).payload()["rowFilters"]["total"]
        for period in ("2024", "october")
    )
    return {"events_in_2024": count, "events_in_october": before}


@computed("twiddle")
def twiddle() -> Values:
    """How many events stand in two lanes."""
    counts = blocks.table("events")["theme"].value_counts()
    return {"events_of_allies": counts["allies"], "events_of_us_policy": counts["us-policy"]}


@computed("frob")
def frob() -> Values:
    """How many events were public on two days."""
    events = blocks.table("events")
    early, late = (len(tables.as_of(events, day)) for day in ("2024-10-23", "2024-11-27"))
    return {
        "events_in_between": late - early,
        "events_by_november": late,
        "events_by_october": early,
    }


@computed("answer")
def answer() -> Values:
    """When the first ships sailed, and when the public was told."""
    row = blocks.row("events", "dprk-troops-embark")
    sailed, told = (
        tables.span([day])["start"].iloc[0] for day in (row["date"], row["first_reported"])
    )
    return {
        "day_of_sailing": tables.spell(row["date"]),
        "day_of_telling": tables.spell(row["first_reported"]),
        "days_until_told": (told - sailed).days,
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of landmarks and cards."""
    events, quotes = blocks.table("events"), blocks.table("quotes").set_index("id")
    return blocks.references(
        events.loc[events["landmark"].notna(), "sources"], quotes.loc[CARDS, "sources"]
    )


@computed("status")
def status() -> Values:
    """What the landmark was called before Moscow admitted it."""
    events = blocks.table("events").set_index("id")
    return {"right_status": events.at["dprk-troops-embark", "status_before"]}


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-two-dates")
def back_two_dates() -> Values:
    """When ships sailed, when the public was told, and the days between."""
    found = delay()
    return {name: found[name] for name in ("day_of_sailing", "day_of_telling", "days_until_told")}


@computed("back-weaker-word")
def back_weaker_word() -> Values:
    """When pictures were published, and when the first denial fell."""
    found = evidence()
    return {name: found[name] for name in ("day_of_pictures", "day_of_moscow")}


#: Who spoke in October 2024, by the event in which they did.
FIRST = {
    "seoul": "nis-announces-dispatch",
    "washington": "us-confirms-3000",
    "nato": "nato-confirms-kursk",
}


@computed("back-first")
def back_first() -> Values:
    """The days on which three of them spoke, and who came first."""
    dates = blocks.table("events").set_index("id")["date"]
    said = {who: dates[event] for who, event in FIRST.items()}
    days = {f"day_of_{who}": tables.spell(day) for who, day in said.items()}
    days["day_of_telling"] = days.pop("day_of_seoul")
    return days | {"right": [min(said, key=lambda who: said[who])]}


#: Events that are offered as turning points, by their option.
OFFERED = {
    "treaty": "putin-kim-treaty",
    "nato": "nato-confirms-kursk",
    "admission": "dprk-acknowledges",
}


@computed("back-hindsight")
def back_hindsight() -> Values:
    """The days of three events, and which of them came after the article."""
    dates = blocks.table("events").set_index("id")["date"]
    said = {one: dates[event] for one, event in OFFERED.items()}
    return {
        "day_of_treaty": tables.spell(said["treaty"]),
        "day_of_nato": tables.spell(said["nato"]),
        "day_of_pyongyang": tables.spell(said["admission"]),
        "right": [one for one, day in said.items() if day > "2024-11-27"],
    }
