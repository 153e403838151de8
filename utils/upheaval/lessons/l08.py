"""What lesson 08 computes for its words, and what it shows."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from ..charts import balance, burden, course, editions, spending
from ..charts.draw import Chart
from ..facts import tables
from ..widgets import Dropdown, Explorer, RadioButtons
from . import blocks
from .computed import Values, computed, shown, toured
from .words import Say


@shown("spending")
def spending_explorer() -> Explorer:
    """Allies by their spending on defence."""
    return Explorer(
        partial(spending.ranked, blocks.table("defence_spending"), blocks.table("countries")),
        name="spending",
        edition=Dropdown(spending.view_options(), "Year and edition", start="jun24"),
        order=RadioButtons(spending.order_options(), "Order"),
    )


@toured("spending")
def spending_tour() -> Values:
    """How many allies were at NATO's guideline in some years, and who their neighbour is."""
    explorer = spending_explorer()
    now, before, rise, newest = (
        blocks.rows_at(explorer, edition=one) for one in ("jun24", "jul23", "rise", "aug25")
    )
    share = now.columns[1]
    near = now["Land border with Russia"] == "yes"
    at_line = [int((rows.iloc[:, 1] >= spending.GUIDELINE).sum()) for rows in (now, before, newest)]
    return {
        "over": at_line[0],
        "allies": len(now),
        "neighbours": int(near.sum()),
        "near": f"{now.loc[near, share].median():.1f}",
        "far": f"{now.loc[~near, share].median():.1f}",
        "over_before": at_line[1],
        "allies_before": len(before),
        "rose": int((rise["Rise (points)"] > 0).sum()),
        "compared": len(rise),
        "there": len(newest),
        "at_line": at_line[2],
    }


@shown("editions")
def editions_explorer() -> Explorer:
    """One year in two editions, ally by ally."""
    return _of_ally("editions", editions.revised, editions.revised_options, start="ROU")


def _of_ally(
    name: str,
    chart: Callable[..., Chart],
    options: Callable[..., list[tuple[str, str]]],
    start: str,
) -> Explorer:
    """A chart of the spending of one ally, which a list offers."""
    defence_rows, names = blocks.table("defence_spending"), blocks.table("countries")
    return Explorer(
        partial(chart, defence_rows, names),
        name=name,
        ally=Dropdown(options(defence_rows, names), "Ally", start=start),
    )


@computed("two-editions")
def two_editions() -> Values:
    """How far two editions differ on one year."""
    names = blocks.table("countries").set_index("id")["short_name"]
    shares = (
        blocks.table("defence_spending")
        .query("year == 2023")
        .pivot(index="country_iso3", columns="edition", values="pct_gdp")
    )
    early, late = shares["NATO July 2023"], shares["NATO SG annual report, March 2024"]
    moved = (late - early).round(2).dropna()
    most = str(moved.abs().idxmax())
    before, after = (
        {names[one] for one in moved.index[part[moved.index] >= 2]} for part in (early, late)
    )
    return {
        "allies": len(moved),
        "allies_that_moved": (moved.abs() >= 0.1).sum(),
        "moved_most": names[most],
        "moved_from": f"{early[most]:.2f}",
        "moved_to": f"{late[most]:.2f}",
        "at_guideline_before": len(before),
        "at_guideline_after": len(after),
        "out": ", ".join(sorted(before - after)),
        "in": ", ".join(sorted(after - before)),
    }


@shown("course")
def course_explorer() -> Explorer:
    """The spending of an ally over the years."""
    return _of_ally("course", course.course, course.course_options, start="DEU")


@shown("burden")
def burden_explorer() -> Explorer:
    """Aid of Europe and of the United States."""
    return Explorer(
        partial(burden.aid, blocks.table("aid_over_time"), blocks.table("events")),
        name="burden",
        kind=Dropdown(burden.kind_options(), "Kind of aid"),
        count=RadioButtons(burden.count_options(), "Count"),
    )


@shown("balance")
def balance_explorer() -> Explorer:
    """Forces and money on the Korean peninsula."""
    return Explorer(
        partial(
            balance.pairs, blocks.table("military_balance", weak=True), blocks.table("countries")
        ),
        name="balance",
        beside=RadioButtons(balance.beside_options(), "Show"),
        year=RadioButtons(balance.year_options(), "Year"),
    )


@shown("cards-of-capitals")
def cards_of_capitals() -> blocks.Block:
    """Four capitals on the deployment."""
    return blocks.cards_of(
        [
            "yoon-more-flexibly",
            "iwaya-significant-implications",
            "von-der-leyen-grave-escalation",
            "lin-jian-matter-for-themselves",
        ]
    )


@shown("cards-of-parties")
def cards_of_parties() -> blocks.Block:
    """Those who fight, and those who sent."""
    return blocks.cards_of(
        ["sybiha-aggressive-war", "nebenzya-flawed-logic", "kim-jong-gyu-if-such-a-thing"]
    )


@shown("cards-on-the-pivot")
def cards_on_the_pivot() -> blocks.Block:
    """Four voices on Europe and Asia."""
    return blocks.cards_of(
        [
            "kishida-east-asia-tomorrow",
            "rutte-threatening-peace",
            "paparo-imposes-costs",
            "hegseth-stark-realities",
        ]
    )


@computed("edition")
def edition() -> Values:
    """Romania's figure for one year in two editions."""
    found = (
        blocks.table("defence_spending")
        .query("country_iso3 == 'ROU' and year == 2023")
        .set_index("edition")["pct_gdp"]
    )
    early, late = found["NATO July 2023"], found["NATO SG annual report, March 2024"]
    return {
        "points_apart": f"{early - late:.2f}",
        "earlier_figure": f"{early:.2f}",
        "later_figure": f"{late:.2f}",
    }


@computed("sentence")
def sentence() -> Values:
    """What Europe and the United States allocated, added up and by month."""
    table = blocks.table("aid_over_time")
    sums = table.groupby(["kind", "donor_group"])["amount_eur_bn"].sum()
    months = table[table["kind"] == "total"].pivot(
        index="period", columns="donor_group", values="amount_eur_bn"
    )
    ratio, arms = (sums[kind, "Europe"] / sums[kind, "US"] for kind in ("total", "military"))
    more = int((months["US"] > months["Europe"]).sum())
    last = months.index[months["US"] > 0][-1]
    return {
        "last_month": tables.spell(months.index[-1]),
        "times_as_much": f"{ratio:.1f}",
        "times_as_much_military": f"{arms:.1f}",
        "months_us_ahead": more,
        "months": len(months),
        "last_us_month": tables.spell(last),
    }


@computed("tweak")
def tweak() -> Values:
    """Allies at the guideline in two editions, and below it."""
    rows = blocks.table("defence_spending")
    later, before = (
        rows[(rows["edition"] == edition) & (rows["year"] == year)]["pct_gdp"]
        for edition, year in (("NATO June 2024", 2024), ("NATO SG annual report, March 2024", 2023))
    )
    right, wrong, below = (
        int((before >= 2).sum()),
        int((later >= 2).sum()),
        int((before < 2).sum()),
    )
    return {"at_guideline_in_march": right, "at_guideline_in_june": wrong, "below_guideline": below}


@computed("twiddle")
def twiddle() -> Values:
    """Military aid of two sides, and all aid of one."""
    sums = blocks.table("aid_over_time").groupby(["donor_group", "kind"])["amount_eur_bn"].sum()
    mine, other, whole = (
        sums["Europe", "military"],
        sums["US", "military"],
        sums["Europe", "total"],
    )
    return {
        "european_down": math.floor(mine),
        "european_up": math.ceil(mine),
        "european": f"{mine:,.1f}",
        "american": f"{other:,.1f}",
        "american_down": math.floor(other),
        "american_up": math.ceil(other),
        "european_total_down": math.floor(whole),
        "european_total_up": math.ceil(whole),
    }


@computed("frob")
def frob() -> Values:
    """What Europe allocated in a year, and the same counted twice."""
    rows = blocks.table("aid_over_time")
    year = rows[rows["period"].str.startswith("2025") & (rows["donor_group"] == "Europe")]
    mine, double = (
        year[year["kind"] != "total"]["amount_eur_bn"].sum(),
        year["amount_eur_bn"].sum(),
    )
    return {
        "allocated_down": math.floor(mine),
        "allocated_up": math.ceil(mine),
        "allocated": f"{mine:,.1f}",
        "counted_twice_down": math.floor(double),
        "counted_twice_up": math.ceil(double),
    }


@computed("predict")
def predict() -> Values:
    """What the United States allocated, in billion euros."""
    rows = blocks.table("aid_over_time")
    american = rows[(rows["kind"] == "total") & (rows["donor_group"] == "US")]
    return {"american": round(american["amount_eur_bn"].sum(), 1)}


@computed("answer")
def answer() -> Values:
    """What each side allocated."""
    rows = blocks.table("aid_over_time")
    sums = rows[rows["kind"] == "total"].groupby("donor_group")["amount_eur_bn"].sum()
    return {
        "last_month": tables.spell(rows["period"].max()),
        "european": f"{sums['Europe']:,.1f}",
        "american": f"{sums['US']:,.1f}",
        "others": f"{sums['Other']:,.1f}",
        "times_as_much": f"{sums['Europe'] / sums['US']:.1f}",
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of cards, acts, claims and figures."""
    quotes, events, claims = (
        blocks.table(name).set_index("id") for name in ("quotes", "events", "claims")
    )
    voices = [
        "yoon-more-flexibly",
        "iwaya-significant-implications",
        "von-der-leyen-grave-escalation",
        "lin-jian-matter-for-themselves",
        "sybiha-aggressive-war",
        "nebenzya-flawed-logic",
        "kim-jong-gyu-if-such-a-thing",
        "kishida-east-asia-tomorrow",
        "rutte-threatening-peace",
        "paparo-imposes-costs",
        "paparo-patriot-battalion",
        "hegseth-stark-realities",
        "orban-needed-victory",
        "rutte-key-to-alliance",
        "tusk-depends-on-us",
        "ellehuus-closer-to-russia",
    ]
    acts = ["camp-david", "july-pause", "rearm-europe", "nato-hague", "london-summit"]
    defence_rows, money = (
        blocks.table("defence_spending"),
        blocks.table("military_balance", weak=True),
    )
    return blocks.references(
        quotes.loc[voices, "sources"],
        events.loc[acts, "sources"],
        claims.loc[["c49"], "sources"],
        defence_rows["sources"],
        "kiel-2026-r29",
        "inews-2022-borders",
        "breakingon-2025-hague",
        money.loc[money["iso3"].isin(["PRK", "KOR", "USA", "NATO"]), "sources"],
    )


@computed("assessment")
def assessment(say: Say) -> Values:
    """What our table says of the sentence on most allies, sentence by sentence."""
    row = blocks.row("claims", "c49")
    sentences = re.split(r"(?<=[.])\s", f"{row['later_evidence']} {row['note']}")
    return {"list": blocks.listed(say("head", assessment=row["assessment"]), sentences)}


@computed("capitals")
def capitals() -> Values:
    """What four capitals said."""
    said = {
        "seoul": "yoon-more-flexibly",
        "tokyo": "iwaya-significant-implications",
        "brussels": "von-der-leyen-grave-escalation",
        "beijing": "lin-jian-matter-for-themselves",
    }
    words = {f"words_of_{one}": blocks.row("quotes", name)["text"] for one, name in said.items()}
    return words | {"happened_in_seoul": blocks.row("quotes", said["seoul"])["what_happened"]}


@computed("pivot")
def pivot() -> Values:
    """Four sentences and two acts, on what is missing where."""
    said = {
        "paparo_2024": "paparo-imposes-costs",
        "kishida": "kishida-east-asia-tomorrow",
        "paparo_2025": "paparo-patriot-battalion",
        "hegseth": "hegseth-stark-realities",
    }
    acts = {"camp_david": "camp-david", "july_2025": "july-pause"}
    return {one: blocks.row("quotes", name)["text"] for one, name in said.items()} | {
        one: _act(name) for one, name in acts.items()
    }


def _act(name: str) -> str:
    """An event with its day."""
    row = blocks.row("events", name)
    return f"{tables.spell(row['date'])}: {row['title']}"


@computed("pays")
def pays(say: Say) -> Values:
    """Who stands first by four measures, and the figures of each who does."""
    names = {str(one): name for one, name in _column("countries", "id", "short_name").items()}
    donors = blocks.table("aid_by_donor").query(
        "measure == 'allocated' and donor_kind == 'country'"
    )
    euros, weight = (donors.set_index("iso3")[one] for one in ("total_eur_bn", "pct_gdp"))
    shares = (
        blocks.table("defence_spending")
        .query("edition == 'NATO June 2024' and year == 2024")
        .set_index("country_iso3")["pct_gdp"]
    )
    giver, heaviest, spender = (str(one.idxmax()) for one in (euros, weight, shares))
    offered = list(dict.fromkeys([giver, heaviest, spender, "DEU"]))

    def figure(text: str, one: str, amounts: pd.Series[Any], digits: str) -> str:
        missing = say("no_figure", name=names[one])
        if one not in amounts:
            return missing
        number = format(amounts[one], digits)
        return say(text, name=names[one], amount=number, share=number)

    def reasons(best: str, text: str, amounts: pd.Series[Any], digits: str, wrong: str) -> Values:
        told = {one: figure(text, one, amounts, digits) for one in offered}
        reason = say(wrong, name=names[best], figure=told[best])
        return {
            one.lower(): say("right" if one == best else "wrong", figure=told[one], reason=reason)
            for one in offered
        }

    return {
        "offered": {one.lower(): names[one] for one in offered},
        "right_by_euros": giver.lower(),
        "why_by_euros": reasons(giver, "euros", euros, ",.1f", "more_euros"),
        "right_by_weight": heaviest.lower(),
        "why_by_weight": reasons(heaviest, "weight", weight, ".1f", "more_weight"),
        "right_by_share": spender.lower(),
        "why_by_share": reasons(spender, "weight", shares, ".2f", "larger_share"),
        "why_by_dollars": _dollars(say, {one: names[one] for one in offered}),
    }


def _column(name: str, key: str, column: str) -> dict[Any, Any]:
    """A column of a table by another one."""
    found: dict[Any, Any] = blocks.table(name).set_index(key)[column].to_dict()
    return found


def _dollars(say: Say, names: dict[str, str]) -> Values:
    """What is said of each who might spend most on its own defence, in dollars."""
    table = blocks.table("military_balance", weak=True).query("year == 2024")
    money = table.set_index("iso3")["milex_usd_bn_current"]
    us, whole = float(money["USA"]), float(money["NATO"])
    others = f"{whole - us:,.0f}"
    return {
        one.lower(): say("right_dollars", us=f"{us:,.0f}", all=f"{whole:,.0f}")
        if one == "USA"
        else say("wrong_dollars", others=others, name=name)
        for one, name in names.items()
    }


@computed("paragraph")
def paragraph() -> Values:
    """Where and when each piece of evidence was said, done or read, and whether by the article."""
    values: Values = {}
    for name in (
        "politico-2024-prepare",
        "atlantic-2024-calm",
        "ecfr-2025-poll",
        "strategia-2025-poll",
    ):
        row = blocks.row("sources", name)
        publisher = row["publisher"].split(" (")[0]
        values |= _evidence(name, f"{publisher}, {tables.spell(row['date'])}", row["date"])
    for name in ("orban-needed-victory", "rutte-key-to-alliance", "tusk-depends-on-us"):
        row = blocks.row("quotes", name)
        values |= _evidence(name, f"{tables.spell(row['date'])}: “{row['text']}”", row["date"])
    for name in ("rearm-europe", "nato-hague", "london-summit"):
        values |= _evidence(name, _act(name), blocks.row("events", name)["date"])
    return values


def _evidence(name: str, text: str, day: object) -> Values:
    """A piece of evidence in words, and whether the article's authors could know it."""
    key = name.replace("-", "_")
    return {key: text, f"{key}_known": "yes" if str(day) <= "2024-11-27" else "no"}


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-times")
def back_times() -> Values:
    """How many times as much Europe set aside, what is near enough, and how the months went."""
    found = sentence()
    del found["times_as_much_military"]
    near = float(found["times_as_much"])
    return found | {"low": near - 0.5, "high": near + 0.5}


@computed("back-own-matter")
def back_own_matter() -> Values:
    """What Beijing said."""
    return {"words": capitals()["words_of_beijing"]}
