"""What lesson 06 computes for its words, and what it shows."""

from __future__ import annotations

import math
from functools import partial

from .. import stories
from ..charts import counters, exchange, missiles, trade
from ..charts.exchange_rows import LANE_OF, LANES, LEVELS, people
from ..facts import tables, wording
from ..methods import estimates
from ..methods.estimates import number
from ..widgets import Dropdown, Explorer, RadioButtons, Stepper
from . import blocks
from .computed import Values, computed, shown, toured
from .words import Say

#: The quotations on the cards.
CARDS = [
    "bennett-technology",
    "kim-jong-un-fraternal-duty",
    "lavrov-respect-aspirations",
    "skibitskyi-fast-learners",
]


@shown("exchange")
def exchange_explorer() -> Explorer:
    """What each side gives and gets, by status."""
    return Explorer(
        partial(exchange.flows, blocks.table("exchange")),
        name="exchange",
        level=Dropdown(exchange.level_options(), "Status", start="speculated"),
        lane=Dropdown(exchange.lane_options(), "Look at"),
        known=Stepper(exchange.as_of_options(), "Known by", start=None),
    )


@toured("exchange")
def exchange_tour() -> Values:
    """How many statements there are, and how many of them are confirmed."""
    explorer = exchange_explorer()
    everything, people, technology, early = (
        blocks.rows_at(explorer, **chosen)
        for chosen in ({}, {"lane": "people"}, {"lane": "technology"}, {"known": "2024-11-27"})
    )
    confirmed = {
        name: int((rows["Status"] == "● confirmed").sum())
        for name, rows in (("people", people), ("technology", technology), ("early", early))
    }
    by_side = everything["From"].value_counts()
    shown = everything[everything["Status"] == "● confirmed"]["From"].value_counts()
    return {
        "items": len(everything),
        "from_pyongyang": int(shown["Pyongyang"]),
        "of_pyongyang": int(by_side["Pyongyang"]),
        "from_moscow": int(shown["Moscow"]),
        "of_moscow": int(by_side["Moscow"]),
        "people": len(people),
        "people_confirmed": confirmed["people"],
        "technology": len(technology),
        "technology_confirmed": confirmed["technology"],
        "early": len(early),
        "early_confirmed": confirmed["early"],
    }


@shown("counters")
def counters_explorer() -> Explorer:
    """Two counts of the same deliveries."""
    return Explorer(
        partial(counters.counters, blocks.table("exchange")),
        name="counters",
        what=RadioButtons(counters.counter_options(), "Compare"),
    )


@shown("missiles")
def missiles_explorer() -> Explorer:
    """Launches by year and class."""
    return Explorer(
        partial(missiles.launches, blocks.table("missile_tests"), blocks.table("nuclear_tests")),
        name="missiles",
        kind=Dropdown(missiles.class_options(), "Class"),
        outcome=Dropdown(missiles.outcome_options(), "Outcome"),
    )


@computed("last-flight")
def last_flight() -> Values:
    """When the last intercontinental missile of the table flew."""
    tests = blocks.table("missile_tests").sort_values("date")
    spoke = tables.span(blocks.table("events").set_index("id")["date"])["start"]["us-confirms-3000"]
    icbm = tests[tests["class"] == "ICBM"].iloc[-1]
    return {
        "missile": icbm["missile_name"],
        "day_of_flight": tables.spell(icbm["date"]),
        "days_after_washington": (icbm["date"] - spoke).days,
        "last_day": tables.spell(tests["date"].iloc[-1]),
    }


@shown("trade")
def trade_explorer() -> Explorer:
    """Figures on goods with two uses."""
    return Explorer(
        partial(trade.figures, blocks.table("dual_use_trade"), blocks.table("sources")),
        name="trade",
        goods=Dropdown(trade.goods_options(), "Goods"),
        drawing=RadioButtons(trade.drawing_options(), "Draw them"),
    )


@shown("cards")
def cards() -> blocks.Block:
    """Four voices on what is given."""
    return blocks.cards_of(CARDS)


@computed("floor")
def floor() -> Values:
    """What one report says of containers and rounds, and who denies it."""
    rows = blocks.table("exchange").set_index("id")
    report = blocks.row("exchange", "prk-containers-msmt")
    boxes, rounds, many = (
        number(report["quantity_low"]),
        number(rows["quantity_high"]["prk-rounds-msmt-2024"]),
        len(report["claimant"]),
    )
    return {
        "containers": boxes,
        "governments": many,
        "who_denies": _named(report["disputed_by"]),
        "rounds": rounds,
    }


def _named(codes: tuple[str, ...]) -> str:
    """States as a sentence has them: `Russia and North Korea`."""
    return wording.listed([people((code,)) for code in codes])


@computed("blank")
def blank() -> Values:
    """How far the middle distance falls when blanks are read as zero."""
    tests = blocks.table("missile_tests")
    cruise = tests.loc[tests["class"] == "cruise", "distance_km"]
    fall, blanks = cruise.median() - cruise.fillna(0).median(), int(cruise.isna().sum())
    fall_all = tests["distance_km"].median() - tests["distance_km"].fillna(0).median()
    return {
        "fall": fall,
        "fall_in_words": f"{fall:,.0f}",
        "blanks": blanks,
        "rows": len(cruise),
        "fall_of_all": fall_all,
    }


@computed("outcome")
def outcome() -> Values:
    """Rows on cruise missiles, with a success and without an outcome."""
    tests = blocks.table("missile_tests")
    outcomes = tests.loc[tests["class"] == "cruise", "outcome"]
    successes, unknown = int((outcomes == "success").sum()), int((outcomes == "unknown").sum())
    return {
        "share_unknown": stories.share(unknown, len(outcomes)),
        "rows": len(outcomes),
        "successes": successes,
    }


@computed("series")
def series() -> Values:
    """Figures on goods of China, which one may compare and which not."""
    goods = blocks.table("dual_use_trade").set_index("id")
    early, late, peak, listed = (
        goods.loc[one] for one in ("cnc-2022-02", "cnc-2023-07", "chpl-2023-12", "chpl-2023-share")
    )
    before = goods.loc["cnc-prewar-share"]
    dollars, share = "value_usd_millions", "share_of_russian_imports_pct"
    times = late[dollars] / early[dollars]
    return {
        "early_dollars": f"{early[dollars]:g}",
        "early_month": tables.spell(early["period"]),
        "list_dollars": f"{peak[dollars]:g}",
        "list_month": tables.spell(peak["period"]),
        "late_month": tables.spell(late["period"]),
        "times": f"{times:.0f}",
        "late_dollars_twelve_times": f"{12 * late[dollars]:,.0f}",
        "late_year": late["period"][:4],
        "share_before": f"{before[share]:g}",
        "share_of_list": f"{listed[share]:g}",
    }


@computed("memo")
def things_for_the_memo() -> Values:
    """The things that are offered, and what the rules look at."""
    rows = blocks.table("exchange")
    offered = (
        rows[(rows["giver"] == "RUS") | (rows["status"] == "confirmed")]
        .sort_values("item")
        .reset_index(drop=True)
    )
    sides = {
        "RUS": "Moscow",
        "PRK": "Pyongyang",
        "KOR": "Seoul",
        "UKR": "Kyiv",
        "USA": "Washington",
        "UN": "the United Nations",
    }
    voices = [
        list(dict.fromkeys(sides.get(code, "partners of Washington") for code in one))
        or ["press and researchers"]
        for one in offered["claimant"]
    ]
    return {
        "offered": dict(zip(offered["id"], offered["item"], strict=True)),
        "columns": {
            "direction": [int(giver != "RUS") for giver in offered["giver"]],
            "weakness": [LEVELS.index(word) for word in offered["status"]],
            "status": list(offered["status"]),  # for paper: no rule looks at it
            "voice": voices,
            "kind": [LANE_OF[one] for one in offered["category"]],
            "article": [
                "yes" if one else "no"
                for one in offered["in_article"] & (offered["giver"] == "RUS")
            ],
        },
        "weakest_allowed": LEVELS.index("claimed"),
    }


@computed("tweak")
def tweak() -> Values:
    """Things for defence that are confirmed, and with claims."""
    rows = blocks.table("exchange")
    here = rows[rows["category"].map(LANE_OF) == "defence"]["status"]
    sure, both = int((here == "confirmed").sum()), int(here.isin(["confirmed", "claimed"]).sum())
    return {"confirmed_or_claimed": both, "confirmed": sure, "claimed": both - sure}


@computed("twiddle")
def twiddle() -> Values:
    """Disputed things of each giver."""
    disputed = blocks.table("exchange").query("status == 'disputed'")
    mine, other = (disputed[disputed["giver"] == giver] for giver in ("RUS", "PRK"))
    return {
        "disputed_from_moscow": len(mine),
        "denied_by_pyongyang": sum("PRK" in who for who in mine["disputed_by"]),
        "disputed_from_pyongyang": len(other),
    }


@computed("frob")
def frob() -> Values:
    """How far two statements on money are apart."""
    rows = (
        blocks.table("exchange").query("unit == 'billion USD' and giver == 'PRK'").set_index("id")
    )
    said = estimates.intervals(rows, "quantity_low", "quantity_high", None)
    earned, ceiling = said["low"]["prk-value-kida-2025"], said["high"]["prk-value-fnf-2025"]
    low, gap = said["low"]["prk-value-fnf-2025"], earned - ceiling
    return {
        "gap_down": math.floor(gap),
        "gap_up": math.ceil(gap),
        "top_of_range": number(ceiling),
        "earned_in_words": number(earned),
        "gap_in_words": number(gap),
        "earned": earned,
        "gap_to_low_down": math.floor(earned - low),
        "gap_to_low_up": math.ceil(earned - low),
    }


@computed("answer")
def answer() -> Values:
    """How much of the exchange is confirmed, and from whom."""
    rows = blocks.table("exchange")
    sure = rows[rows["status"] == "confirmed"]
    return {
        "today": tables.spell(tables.knowledge_as_of()),
        "confirmed": len(sure),
        "things": len(rows),
        "share": f"{len(sure) / len(rows):.0%}",
        "percent_confirmed": round(100 * len(sure) / len(rows), 1),
        "confirmed_from_pyongyang": (sure["giver"] == "PRK").sum(),
        "things_from_pyongyang": (rows["giver"] == "PRK").sum(),
        "confirmed_from_moscow": (sure["giver"] == "RUS").sum(),
        "things_from_moscow": (rows["giver"] == "RUS").sum(),
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of cards and of what the article names."""
    quotes = blocks.table("quotes").set_index("id")
    rows = blocks.table("exchange")
    return blocks.references(
        quotes.loc[CARDS, "sources"],
        rows.loc[rows["in_article"] | (rows["unit"] == "billion USD"), "sources"],
    )


@computed("paybacks")
def paybacks(say: Say) -> Values:
    """The status of the article's three paybacks, and the rows beside them."""
    rows = blocks.table("exchange", weak=True).set_index("id").to_dict("index")
    modules = rows["rus-reactor-modules"]
    weak = {True: say("row_is_weak"), False: say("row_is_not_weak")}
    return {
        "older_help": rows["rus-icbm-hwasong18"]["item"],
        "short_range": rows["rus-missile-guidance"]["item"],
        "engine": rows["rus-rocket-engine"]["item"],
        "modules": modules["item"],
        "weak_or_not": weak[bool(modules["weak"])],
        "who_says_experience": _named(rows["rus-combat-experience"]["claimant"]),
        "lane_people": LANES["people"][0],
        "lane_technology": LANES["technology"][0],
        "right_missiles": rows["rus-icbm-article"]["status"],
        "right_submarines": rows["rus-nuclear-sub-article"]["status"],
        "right_experience": rows["rus-combat-experience"]["status"],
    }


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-tenth")
def back_tenth() -> Values:
    """How many things are confirmed, of how many, and what is near enough of ten."""
    found = answer()
    near = round(10 * found["confirmed"] / found["things"])
    kept = {name: found[name] for name in ("confirmed", "things", "share")}
    return kept | {"low": max(near - 1, 0), "high": near + 1}


#: The article's paybacks, by their option.
PAYBACKS = {
    "missiles": "rus-icbm-article",
    "submarines": "rus-nuclear-sub-article",
    "experience": "rus-combat-experience",
}


@computed("back-payback")
def back_payback() -> Values:
    """Which of the three some government says to have happened."""
    rows = blocks.table("exchange", weak=True).set_index("id")["status"]
    said = {one: rows[name] for one, name in PAYBACKS.items()}
    return {
        "right": [one for one, status in said.items() if status in ("claimed", "confirmed")],
        "status_of_experience": said["experience"],
    }


@computed("back-two-figures")
def back_two_figures() -> Values:
    """Containers and rounds of one report."""
    return {name: floor()[name] for name in ("containers", "rounds")}
