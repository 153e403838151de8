"""A map: where sources say that soldiers and weapons were, and how far apart that is."""

from __future__ import annotations

import functools

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import listed, of_them
from ..methods.geography import distance
from ..protocol import ListColumns
from . import draw
from .draw import Chart, Row, chosen, theme
from .place_drawing import EAST, NORTH, PARTS, PLACE, STATUS, Part, figure, point
from .timeline_rows import denial_days

#: What the reports are of.
ITEMS = {"soldiers": "Soldiers", "weapons": "Weapons"}
#: What happened at a place, in the order in which it happens on a way.
STAGES = {
    "loaded": "to go aboard at",
    "unloaded": "to be unloaded at",
    "boarded": "to board near",
    "landed": "to land at",
    "trained": "to train near",
    "deployed": "to be in the region of",
    "killed": "to have been killed near",
    "fought": "to fight at",
}

LIST: ListColumns = {
    "when": "When",
    "status": STATUS,
    "title": "What is said",
    "body": "Said and denied",
}
_PUBLIC = "First public"

#: The sign of a place without a report.
NEAR = "▪"

#: Days on which a place became public, as stops for the as-of stepper.
AS_OF = ("2023-10-13", "2024-10-08", "2024-10-18", "2024-10-23", "2024-10-24", "2025-04-28")

part_options = draw.offer(PARTS)
as_of_options = functools.partial(draw.as_of_options, AS_OF)

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "subtitle": (
        "Where sources place {item}. Borders as the UN General Assembly recognises them; no front"
        " line; outlines: Natural Earth"
    ),
    "far": "{km:,} km from Chongjin to Kursk, told by {who}",
    "east": "{who} {say} soldiers are in Russia's Far East, {km:,} km from Kursk",
    "ports": "{who} {say} soldiers board near {boarded} and land at {landed}",
    "border": (
        "Soldiers near Kursk, in Russia, are {there}; deaths near Donetsk, in Ukraine, are {now}"
    ),
    "kursk": "Soldiers are said to be near {places}, in Russia and not in Ukraine",
    "donetsk": "Officers are said to have been killed near Donetsk, in Ukraine",
    "weapons": "{who} {say} weapons went by ship from {loaded} to {unloaded}",
    "denied": "; {who} {deny} it",
    "denied before": "; {who} had denied such reports",
    "denied_each": "; each report is disputed",
    "disputed": "; disputed",
    "denied_some": "; {who} {deny} {some} of {all} reports",
    "none": "No place of this map is known for this choice",
    "choose": "No report. Choose another part of the map, or a later day under “Known by”.",
    "description": "{count}: {item} are said {each}.{far} By status: {tally}.",
    "distances": " In a straight line it is {each}.",
    "leg": "{km:,} km from {one} to {other}",
    "near": "a place to find your way by",
    "one": "One report",
    "many": "{count} reports",
    "said by": "Said by {who}.",
    "denied by": "Denied by {who}.",
    "denied until": "Denied by {who} until {day}.",
}
#: Distances that a map tells, where both ends are on it or stand for where soldiers went.
LEGS = {
    "way": (("vladivostok", "kursk"), ("pyongyang", "moscow")),
    "ports": (("chongjin", "vladivostok"), ("vladivostok", "dunai")),
    "border": (("kursk", "donetsk"), ("sudzha", "sumy")),
}


def place_map(
    places: pd.DataFrame,
    reports: pd.DataFrame,
    part: str = "way",
    item: str = "soldiers",
    known: str | None = None,
) -> Chart:
    """The reports of places on a map, a mark each, its symbol the status.

    ``places`` and ``reports`` are (rows of) the tables ``places`` and ``place_reports``; ``part``
    is a key of `PARTS`, ``item`` one of `ITEMS`, ``known`` an ISO day, after which nothing that
    became public counts. Raises ``KeyError`` for an unknown part or item.
    """
    window = chosen(PARTS, part, "part")
    noun = chosen(ITEMS, item, "item").lower()
    where = {row["id"]: row for row in tables.records(places)}
    rows = _rows(reports, where, window, item, known)
    title, description = _texts(rows, where, part, known)
    return Chart(
        figure(rows, where, window),
        title=title,
        subtitle=TEXTS["subtitle"].format(item=noun),
        description=description,
        table=_table(rows, where),
        **draw.provenance("place_reports", rows),
        name=f"map-{part}",
        list_columns=LIST,
        legend=_legend(rows),
        tones={NEAR: "grey"} if rows else {},
        mobile={"marks": 0.85, "layout": {"height": window.mobile}},
    )


def _rows(
    reports: pd.DataFrame, where: dict[str, Row], part: Part, item: str, known: str | None
) -> list[Row]:
    """The reports of a part, of an item, public by a day, in the order of a way."""
    public = tables.as_of(reports, known) if known else reports
    west, east, south, north = part.frame
    return sorted(
        (
            row
            for row in tables.records(public)
            if row["item"] == item
            and west < where[row["place"]]["longitude"] < east
            and south < where[row["place"]]["latitude"] < north
        ),
        key=lambda row: (list(STAGES).index(row["stage"]), row["first_reported"], row["id"]),
    )


def _legend(rows: list[Row]) -> list[draw.Sign]:
    signs = theme.statuses(row["status"] for row in rows)
    return [*signs, (NEAR, TEXTS["near"])] if signs else []


# -- the words -------------------------------------------------------------------------------------
def _km(where: dict[str, Row], one: str, other: str) -> int:
    """A distance in kilometres, to ten kilometres where it is long."""
    exact = distance(point(where[one]), point(where[other]))
    return round(exact, -1 if exact >= 1000 else 0).__trunc__()


def _actors(rows: list[Row], column: str) -> str:
    """The capitals or short names of those who say, or deny, what the rows say."""
    countries = tables.records(tables.read("countries"))
    name = {one["id"]: draw.words(one["capital"]) or one["short_name"] for one in countries}
    name |= {"NATO": "NATO"}
    found = dict.fromkeys(name[code] for row in rows for code in row[column])
    return listed(list(found)) if found else ""


def _at(rows: list[Row], where: dict[str, Row], *stages: str) -> str:
    found = [where[row["place"]]["name"] for row in rows if not stages or row["stage"] in stages]
    return listed(list(dict.fromkeys(found)))


def _texts(rows: list[Row], where: dict[str, Row], part: str, known: str | None) -> tuple[str, str]:
    """Title and description."""
    if not rows:
        return TEXTS["none"], TEXTS["choose"]
    stages = dict.fromkeys(row["stage"] for row in rows)
    each = listed([f"{STAGES[stage]} {_at(rows, where, stage)}" for stage in stages])
    legs = [
        TEXTS["leg"].format(
            km=_km(where, one, other), one=where[one]["name"], other=where[other]["name"]
        )
        for one, other in LEGS[part]
    ]
    statuses = [row["status"] for row in rows]
    said = {
        "count": TEXTS["one" if len(rows) == 1 else "many"].format(count=len(rows)),
        "item": rows[0]["item"],
        "each": each,
        "far": TEXTS["distances"].format(each=listed(legs)),
        "tally": draw.by_status(statuses),
    }
    lead = _lead(rows, where, part)
    places = {row["place"] for row in rows}
    both = part == "border" and {"kursk", "donetsk"} <= places  # the title tells each status
    denial = "" if both else _denial(rows, known)
    short = [lead + TEXTS["disputed"]] if denial else []
    return stories.first_fitting([lead + denial, *short]), TEXTS["description"].format(**said)


def _lead(rows: list[Row], where: dict[str, Row], part: str) -> str:
    """What the rows tell, by the part of the map."""
    here, who = {row["place"] for row in rows}, _actors(rows, "claimant")
    said = {"who": who, "say": "say" if " and " in who else "says"}
    if rows[0]["item"] == "weapons":
        loaded, unloaded = (_at(rows, where, stage) for stage in ("loaded", "unloaded"))
        return TEXTS["weapons"].format(loaded=loaded, unloaded=unloaded, **said)
    if here == {"donetsk"}:
        return TEXTS["donetsk"]
    if part == "border":
        now = {row["place"]: row["status"] for row in rows}
        name = "border" if {"kursk", "donetsk"} <= here else "kursk"
        return TEXTS[name].format(
            places=_at(rows, where), there=now.get("kursk"), now=now.get("donetsk")
        )
    if part == "ports":
        boarded, landed = (_at(rows, where, stage) for stage in ("boarded", "landed"))
        return TEXTS["ports"].format(boarded=boarded, landed=landed, **said)
    first = "chongjin" if "kursk" in here else "vladivostok"
    told = TEXTS["far" if "kursk" in here else "east"]
    return told.format(km=_km(where, first, "kursk"), **said)


def _denial(rows: list[Row], known: str | None) -> str:
    """Who denies the reports, or how many of them, of those who had done so by the day chosen."""
    denied = [row for row in rows if row["status"] == "disputed"]
    if not denied:
        return ""
    days = denial_days() if denied[0]["item"] == "soldiers" else {}
    public = [
        {**row, "disputed_by": [one for one in row["disputed_by"] if _spoke(days, one, known)]}
        for row in denied
    ]
    who = _actors(public, "disputed_by")
    said = {"who": who, "deny": "deny" if " and " in who else "denies"}
    if not who:
        return TEXTS["denied_each"]
    if len(denied) == len(rows):
        alike = len({row["disputed_by"] for row in rows}) == 1
        before = alike and all(_spoke(days, one, known, rows) for one in public[0]["disputed_by"])
        which = "denied before" if before else "denied" if alike else "denied_each"
        return TEXTS[which].format(**said)
    some = of_them(len(denied)).lower()
    return TEXTS["denied_some"].format(some=some, all=len(rows), **said)


def _spoke(
    days: dict[str, list[str]], one: str, known: str | None, rows: list[Row] | None = None
) -> bool:
    """Whether a capital had denied such reports by a day; with ``rows``, only before them."""
    spoken = [day for day in days.get(one, []) if known is None or day <= known]
    if rows is None:
        return bool(spoken) or one not in days
    return bool(spoken) and max(spoken) < min(row["first_reported"] for row in rows)


def _table(rows: list[Row], where: dict[str, Row]) -> pd.DataFrame:
    names = draw.short_names()
    columns: draw.Columns = {
        LIST["title"]: "statement",
        LIST["when"]: draw.spelled("period"),
        PLACE: lambda row: where[row["place"]]["name"],
        "In": lambda row: names[where[row["place"]]["country_iso3"]],
        STATUS: lambda row: theme.signed_status(row["status"]),
        LIST["body"]: _said,
        _PUBLIC: draw.spelled("first_reported"),
        NORTH: lambda row: where[row["place"]]["latitude"],
        EAST: lambda row: where[row["place"]]["longitude"],
    }
    return draw.table(rows, columns)


def _said(row: Row) -> str:
    """Who says it and who denies it, or denied it until its status changed."""
    said, denied = _actors([row], "claimant"), _actors([row], "disputed_by")
    parts = [TEXTS["said by"].format(who=said)] if said else []
    if denied:
        over = row["status"] != "disputed"
        until = tables.spell(row["status_since"]) if over else ""
        parts.append(TEXTS["denied until" if over else "denied by"].format(who=denied, day=until))
    return " ".join([*parts, draw.words(row["note"])]).strip()
