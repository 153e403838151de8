"""What lesson 03 computes for its words, and what it shows."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from ..charts import bug_hunt, december, draw, estimate_rows, estimates
from ..facts import citations, excerpts, tables
from ..methods.estimates import (
    CREDIBILITY,
    RELIABILITY,
    defensible_range,
    disagreement,
    independent,
    interval,
    intervals,
    number,
    support,
)
from ..methods.estimates import credibility as rule_of_thumb
from ..widgets import Dropdown, Explorer, Filter, RadioButtons, Stepper
from . import blocks
from .computed import Values, computed, shown, toured

#: The quotations on the cards.
CARDS = [
    "zelensky-ten-thousand",
    "nebenzya-barefaced-lies",
    "waltz-escalation-ladder",
    "shoigu-sappers",
]


#: The statements that are graded, by the name that words give them.
GRADED = {
    "seoul": "nis-2024-12-19-killed",
    "kyiv": "zelensky-2024-12-23-casualties",
    "officials": "bloomberg-2024-11-plan",
    "pyongyang": "dprk-2025-08-22-portraits",
}


@shown("numbers")
def numbers_explorer() -> Explorer:
    """Every number, by measure and estimator."""
    return Explorer(
        partial(estimates.ranges, blocks.table("estimates")),
        name="numbers",
        measure=Dropdown(estimates.measure_options(), "Measure"),
        side=Filter("side", estimates.side_options(), "Whose numbers"),
        publishers=RadioButtons(estimates.publisher_options(), "Independent publishers"),
        day=Stepper(estimates.day_options(), "Known by", start="2024-11-27"),
    )


@toured("numbers")
def numbers_tour() -> Values:
    """Numbers of soldiers that were public by two days, in Russia and elsewhere."""
    explorer = numbers_explorer()
    shown, early, kursk, planned = (
        blocks.rows_at(explorer, **chosen)
        for chosen in (
            {},
            {"day": "2024-10-18"},
            {"measure": "in_kursk"},
            {"measure": "planned_total"},
        )
    )
    first = early.set_index("Side")["Lowest"]
    return {
        "shown": len(shown),
        "grey": int(shown["In the range"].str.startswith("no").sum()),
        "early": len(early),
        "kyiv": f"{first['Ukraine']:,.0f}",
        "seoul": f"{first['South Korea']:,.0f}",
        "kursk": len(kursk),
        "most": f"{planned['Highest'].max():,.0f}",
    }


@shown("december")
def december_explorer() -> Explorer:
    """The numbers of one December, day by day."""
    return Explorer(
        partial(december.december, blocks.table("estimates")),
        name="december",
        telling=RadioButtons(draw.options(december.TELLINGS), "Numbers"),
        day=Stepper(estimates.day_options(december.DECEMBER), "Known by", start="2024-12-23"),
    )


@shown("cards")
def cards() -> blocks.Block:
    """Four people with an interest in the number."""
    return blocks.cards_of(CARDS)


@computed("floor")
def floor() -> Values:
    """The White House's floor of 23 October 2024."""
    row = blocks.row("estimates", "us-2024-10-23-deployed")
    low = number(interval(row).low)
    return {"floor": low}


@computed("apart")
def apart() -> Values:
    """How far Seoul and Kyiv were apart, and what one may subtract by mistake."""
    low = {
        name: interval(blocks.row("estimates", name)).numbers[0]
        for name in (
            "zelensky-2024-12-23-casualties",
            "jcs-2024-12-23-casualties",
            "nis-2024-12-19-killed",
            "us-2024-12-27-week",
        )
    }
    kyiv, seoul, dead, week = low.values()
    apart = int(kyiv - seoul)
    return {
        "kyiv_less_seoul": apart,
        "kyiv_number": number(kyiv),
        "seoul_number": number(seoul),
        "kyiv_less_dead": kyiv - dead,
        "dead_number": number(dead),
        "kyiv_less_week": kyiv - week,
        "week_number": number(week),
        "kyiv": kyiv,
        "seoul": seoul,
    }


@computed("week")
def week() -> Values:
    """The White House's number of one week, and Seoul's total."""
    week, seoul = (
        interval(blocks.row("estimates", name)).numbers[0]
        for name in ("us-2024-12-27-week", "jcs-2024-12-23-casualties")
    )
    return {"week_number": number(week), "seoul_number": number(seoul)}


@computed("publishers")
def publishers() -> Values:
    """How many publishers carry one number of Washington's."""
    sources, table = blocks.table("sources"), blocks.table("estimates")
    row = table[table["id"] == "us-2024-10-31-kursk"]
    return {
        "publishers": int(independent(row, sources).iloc[0]),
        "said": interval(row.iloc[0]).text,
    }


def _near(value: float) -> tuple[float, float]:
    """Ends that are near enough to be right."""
    return value * 0.95, value * 1.05


@computed("range")
def range_values() -> Values:
    """What was public on 23 October 2024, as a range, and what is not in it."""
    table = estimate_rows.whole(blocks.table("estimates"))
    table = table.assign(voice=estimate_rows.voices(table))
    found = defensible_range(table, "deployed_in_russia", "2024-10-23", by="voice")
    plan = defensible_range(table, "planned_total", "2024-10-23", by="voice")
    old = interval(blocks.row("estimates", "nis-2024-10-18-first"))
    assert found.low and found.high, "both ends were public"
    return {
        "near_low": _near(found.low),
        "near_high": _near(found.high),
        "range_in_words": found.text,
        "high_number": number(found.high),
        "low_number": number(found.low),
        "replaced_number": number(old.low),
        "low": found.low,
        "replaced": old.low,
        "plan_low": plan.low,
        "plan_high": plan.high,
        "plan_low_number": number(plan.low),
        "plan_high_number": number(plan.high),
        "just_above_low": found.low * 1.06,
        "high": found.high,
    }


@shown("bug-hunt")
def bug_hunt_explorer() -> Explorer:
    """Four numbers of our table, drawn to mislead and drawn well."""
    return Explorer(
        partial(bug_hunt.bug_hunt, blocks.table("estimates")),
        name="bug-hunt",
        drawing=RadioButtons(draw.options(bug_hunt.DRAWINGS), "The same rows"),
    )


@computed("tweak")
def tweak() -> Values:
    """The range on the article's day, and five weeks before."""
    late, early = (
        defensible_range(blocks.table("estimates"), "deployed_in_russia", one, by="estimator_side")
        for one in ("2024-11-27", "2024-10-18")
    )
    return {
        "late_low": late.low,
        "late_high": late.high,
        "late_range": late.text,
        "early_low": early.low,
        "early_high": early.high,
    }


@computed("twiddle")
def twiddle() -> Values:
    """How many estimates have two publishers, and three, of how many."""
    counts = independent(blocks.table("estimates"), blocks.table("sources"))
    two, three = (int((counts >= least).sum()) for least in (2, 3))
    return {
        "with_three_publishers": three,
        "with_two_publishers": two,
        "estimates": len(counts),
    }


@computed("answer")
def answer() -> Values:
    """How far two capitals were apart, and what the article's number had become."""
    table = blocks.table("estimates")
    pair = table[table["id"].isin(["jcs-2024-12-23-casualties", "zelensky-2024-12-23-casualties"])]
    seoul, kyiv = (interval(row).text for row in pair.to_dict("records"))
    whole = estimate_rows.whole(table)
    then = defensible_range(
        whole.assign(voice=estimate_rows.voices(whole)),
        "deployed_in_russia",
        "2024-11-27",
        by="voice",
    )
    return {
        "seoul": seoul,
        "kyiv": kyiv,
        "ratio": f"{disagreement(pair):.1f}",
        "white_house": interval(blocks.row("estimates", "us-2024-10-23-deployed")).text,
        "range_by_november": then.text,
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of estimates and cards."""
    table, quotes = blocks.table("estimates"), blocks.table("quotes").set_index("id")
    return blocks.references(
        table.loc[table["measure"].isin(list(estimate_rows.MEASURES)), "sources"],
        quotes.loc[CARDS, "sources"],
    )


def _graded() -> Values:
    """Day and number of each statement that is graded."""
    rows = {row["id"]: row for row in blocks.table("estimates").to_dict("records")}
    return {
        name: text
        for who, one in GRADED.items()
        for name, text in (
            (f"{who}_day", tables.spell(rows[one]["date"])),
            (f"{who}_number", interval(rows[one]).text),
        )
    }


@computed("reliability")
def reliability() -> Values:
    """The statements, and the grades of sources."""
    grades = {f"reliability_{letter.lower()}": term for letter, (term, _) in RELIABILITY.items()}
    return _graded() | grades


@computed("credibility")
def credibility_values() -> Values:
    """The statements, the grades of information, and those that our rule of thumb gives."""
    table = blocks.table("estimates")
    rows = {row["id"]: row for row in table.to_dict("records")}
    grades = {f"credibility_{digit}": term for digit, (term, _) in CREDIBILITY.items()}
    later = {"seoul_later": interval(rows["nis-2025-01-13-casualties"]).text}
    passing = {"seoul": {2, 3}, "kyiv": {3, 4}, "officials": {4, 5}, "pyongyang": {1, 2}}
    for who in set(passing) - {"officials"}:  # a ceiling, which the rule cannot judge
        passing[who].add(_by_rule(table, GRADED[who]))
    return {
        **_graded(),
        **grades,
        **later,
        **{
            f"right_{who}": [f"grade-{one}" for one in sorted(those)]
            for who, those in passing.items()
        },
    }


def _by_rule(table: pd.DataFrame, name: str) -> int:
    """The grade of a statement by the rule of thumb, as of its day."""
    day = table.set_index("id").at[name, "date"]
    public = tables.as_of(table, str(day), "date")
    others = public["other_count"].isna()
    return rule_of_thumb(*support(public[(public["id"] == name) | others], name))


#: Rows and sentences that are set side by side: the id of an estimate, and that of an excerpt.
PAIRS = {
    "a": ("zelensky-2024-10-17-plan", "estimates-zelensky-2024-10-17-plan-2"),
    "b": ("nis-2024-10-18-first", "estimates-nis-2024-10-18-first-2"),
    "c": ("nis-2024-10-23-deployed", "estimates-nis-2024-10-23-plan-1"),
    "d": ("us-2024-10-23-deployed", "estimates-us-2024-10-23-deployed-1"),
    "e": ("pentagon-2024-11-04-kursk", "estimates-pentagon-2024-11-04-kursk-1"),
    "f": ("jcs-2024-12-23-casualties", "estimates-us-2024-12-27-week-1"),
}


@computed("sentences")
def sentences() -> Values:
    """Rows and sentences in words, and how much of each row its sentence carries."""
    found = {row["id"]: row for row in tables.records(blocks.table("excerpts"))}
    values: Values = {}
    for letter, (row_id, excerpt) in PAIRS.items():
        row, said = blocks.row("estimates", row_id), found[excerpt]
        counted = f"{interval(row).text} {estimate_rows.MEASURES[row['measure']][1]}"
        page, _ = citations.link(said["source"])
        values[f"row_{letter}"] = f"{row['estimator']}, {tables.spell(row['date'])}: {counted}"
        values[f"sentence_{letter}"] = f"“{excerpts.inside_marks(said['sentence'])}” ({page})"
        values[f"right_{letter}"] = _carried(row, said)
    return values


def _carried(row: dict[str, Any], said: dict[str, Any]) -> str:
    """How much of who, when and how many a sentence carries: the id of an option."""
    asked = {one for one in ("estimator", "date", "low", "high", "best") if pd.notna(row[one])}
    carried = asked & set(said["carries"]) if said["row"] == row["id"] else set()
    return "whole" if carried == asked else "part" if carried else "none"


@computed("bugs")
def bugs() -> Values:
    """What was said of each bar of the misleading chart, and which faults its drawing has."""
    rows = blocks.table("estimates").set_index("id").loc[list(bug_hunt.HUNT)].to_dict("records")
    values: Values = {}
    for letter, row in zip("abcd", rows, strict=True):
        if letter == "b":  # nothing is asked about it
            continue
        said = interval(row)
        faults = {
            "ceiling": said.kind == "ceiling",
            "floor": said.kind == "floor",
            "plan": row["measure"].startswith("planned"),
        }
        values[f"said_{letter}"] = said.text
        measure = estimate_rows.MEASURES[row["measure"]][0]
        values[f"measure_{letter}"] = measure[0].lower() + measure[1:]
        values[f"right_{letter}"] = [name for name, there in faults.items() if there]
    return values


@computed("frob")
def frob() -> Values:
    """How many estimates are points and floors, of two measures."""
    table = blocks.table("estimates")
    kinds = {
        measure: intervals(table[table["measure"] == measure])["kind"].value_counts()
        for measure in ("killed_and_wounded", "deployed_in_russia")
    }
    return {
        "points": int(kinds["killed_and_wounded"].get("point", 0)),
        "floors": int(kinds["killed_and_wounded"].get("floor", 0)),
        "points_in_russia": int(kinds["deployed_in_russia"].get("point", 0)),
    }


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-casualties")
def back_casualties() -> Values:
    """What Seoul said of the killed, and some days later of killed and wounded together."""
    dead, both = (
        blocks.row("estimates", name)
        for name in ("nis-2024-12-19-killed", "jcs-2024-12-23-casualties")
    )
    return {
        "day_of_dead": tables.spell(dead["date"]),
        "dead": interval(dead).text,
        "day_of_both": tables.spell(both["date"]),
        "both": interval(both).text,
    }


@computed("back-apart")
def back_apart() -> Values:
    """How many times as large Kyiv's number was as Seoul's, and what is near enough."""
    found = answer()
    times = found["ratio"]
    near = round(float(times))
    kept = {name: found[name] for name in ("kyiv", "seoul", "ratio")}
    return kept | {"low": near - 1, "high": near + 1}
