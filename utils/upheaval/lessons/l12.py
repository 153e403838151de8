"""What lesson 12 computes for its words, and what it shows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from ..charts import draw, pipeline
from ..charts.estimates import measure_options
from ..facts import cells, tables, validate
from ..facts.problems import Problem
from ..facts.tables import schema
from ..methods import estimates as method
from ..widgets import Dropdown, Explorer, Stepper
from . import blocks
from .computed import Values, computed, shown, toured
from .words import Say

#: The quotations on the cards.
CARDS = [
    "zelensky-ten-thousand",
    "austin-evidence",
    "nebenzya-barefaced-lies",
    "waltz-escalation-ladder",
]


@shown("road")
def road_explorer() -> Explorer:
    """The way of a table to a chart, step by step."""
    return Explorer(
        partial(pipeline.pipeline, blocks.table("estimates"), blocks.table("countries")),
        name="road",
        step=Stepper(draw.options(pipeline.STEPS), "After step"),
        measure=Dropdown(measure_options(), "Statements on"),
    )


@toured("road")
def road_tour() -> Values:
    """How many rows there are after each step of the way."""
    explorer = road_explorer()
    load, left, joined, count = (
        blocks.rows_at(explorer, step=one) for one in ("load", "choose", "join", "count")
    )
    first = count.sort_values("Statements", kind="stable").iloc[-1]
    return {
        "rows": len(load),
        "measures": load["Counts"].nunique(),
        "left": len(left),
        "joined": len(joined),
        "most": int(first["Statements"]),
        "who": first["Government"],
    }


@computed("load")
def load() -> Values:
    """How many rows have a single number, and how many have none."""
    best = blocks.table("estimates")["best"]
    filled, empty = int(best.notna().sum()), int(best.isna().sum())
    return {"empty_cells": empty, "rows": len(best), "filled_cells": filled}


@computed("join")
def join() -> Values:
    """How many rows a join makes of statements, and of which one it makes most."""
    rows = blocks.table("estimates").query("measure == 'cumulative_sent'")
    longer, most = (
        len(rows.explode("claimant")),
        max(rows.to_dict("records"), key=lambda row: len(row["claimant"])),
    )
    growth = longer - len(rows)
    return {
        "rows_added": growth,
        "who": most["estimator"],
        "governments": len(most["claimant"]),
        "rows_after": longer,
        "statements": len(rows),
    }


@computed("count")
def count() -> Values:
    """How often the first capital speaks, of four numbers that one could divide by."""
    rows = blocks.table("estimates")
    chosen = rows[rows["measure"] == "cumulative_sent"]
    codes = chosen.explode("claimant")["claimant"].value_counts()
    name, often = (
        blocks.table("countries").set_index("id").at[codes.index[0], "capital"],
        int(codes.iloc[0]),
    )
    return {
        "times": often,
        "joined_rows": codes.sum(),
        "share_of_joined_rows": f"{often / codes.sum():.0%}",
        "statements": len(chosen),
        "share_of_statements": f"{often / len(chosen):.0%}",
        "whole_table": len(rows),
        "share_of_whole_table": f"{often / len(rows):.0%}",
        "governments": len(codes),
        "share_of_governments": f"{often / len(codes):.0%}",
        "capital": name,
    }


@shown("cards")
def cards() -> blocks.Block:
    """Four voices behind numbers of the table."""
    return blocks.cards_of(CARDS)


@computed("after-the-fact")
def after_the_fact() -> Values:
    """What a row says since it was mended."""
    row = blocks.row("estimates", "msmt-2025-05-deployed")
    return {"range_now": method.interval(row).text, "note": row["note"].split(". ")[0]}


@computed("tweak")
def tweak() -> Values:
    """Who speaks of soldiers killed."""
    losses = blocks.table("estimates").query("measure == 'killed'")
    codes = losses.explode("claimant")["claimant"].value_counts()
    own, most = int(codes["PRK"]), int(codes.iloc[0])
    return {
        "statements_of_north_korea": own,
        "statements_of_most": most,
        "all_statements": len(losses),
    }


@computed("twiddle")
def twiddle() -> Values:
    """Statements with a floor only, a ceiling only, and any highest number."""
    rows = blocks.table("estimates").query("measure == 'deployed_in_russia'")
    low, high = rows["low"].notna(), rows["high"].notna()
    floors, ceilings, either = int((low & ~high).sum()), int((~low & high).sum()), int(high.sum())
    return {"ceilings_only": ceilings, "floors_only": floors, "with_a_highest": either}


@computed("frob")
def frob() -> Values:
    """How many rows a join drops, and whose they are."""
    losses = blocks.table("estimates").query("measure == 'killed'").explode("claimant")
    lost = int(losses["claimant"].isna().sum())
    return {
        "rows_lost": lost,
        "who_is_lost": " and ".join(losses.loc[losses["claimant"].isna(), "estimator"]),
        "rows_left": len(losses) - lost,
        "rows_before": len(losses),
    }


@shown("references")
def references() -> blocks.Block:
    """The sources of cards and estimates."""
    quotes, rows = blocks.table("quotes").set_index("id"), blocks.table("estimates")
    return blocks.references(
        quotes.loc[CARDS, "sources"],
        rows.loc[
            rows["measure"].isin(["deployed_in_russia", "cumulative_sent", "killed"]), "sources"
        ],
        blocks.row("estimates", "pentagon-2024-11-04-kursk")["sources"],
    )


# -- six rows --------------------------------------------------------------------------------------
#: The cells of a row that are shown, and those that the check can be asked to refuse.
SHOWN_CELLS = ("id", "date", "low", "high", "status", "claimant", "sources")
PLACES = ("id", "date", "low", "status", "sources")


@computed("rows")
def six_rows(say: Say) -> Values:
    """A good row, and six in which one thing is changed, with what the check says of each."""
    row = blocks.row("estimates", "us-2024-10-23-deployed")
    good = row | {"id": "my-row", "sources": "statesman-2024-kirby"}
    low, agency = int(good["low"]), _agency()
    changed: dict[str, dict[str, Any]] = {
        "A": {"low": 4 * low, "high": 3 * low},
        "B": {"date": "2024-11-31"},
        "C": {"status": "confirmed", "sources": agency},
        "D": {"low": 10 * low},
        "E": {"id": blocks.table("estimates")["id"].iloc[0]},
        "F": {"sources": "statesman-2024-kirbi"},
    }
    items = []
    for label, change in changed.items():
        problems = validate.try_row("estimates", good | change)
        found = [problem.column for problem in problems]
        items.append(
            {
                "text": f"{say('row', label=label)}: {_cells(say, good | change)}",
                "label": label,
                "right": [f"refused-{one}" for one in PLACES if one in found] or ["accepted"],
                "why": _verdicts(say, found, _without_place(problems), f"{low:,}"),
            }
        )
    refused = {f"refused-{one}": say("refused", column=one) for one in PLACES}
    return {
        "good_row": _cells(say, good),
        "verdicts": {"accepted": say("accepted"), **refused},
        "six_rows": items,
        "agency": agency,
    }


def _without_place(problems: list[Problem]) -> str:
    """What the check says of a row that stands in no file: not in which file and line."""
    return " ".join(str(replace(problem, file="", row="")) for problem in problems)


def _agency() -> str:
    """A source of Russia's state agency."""
    sources = blocks.table("sources")
    of_russia = sources["state_media_of"].map(lambda states: states == ("RUS",))
    return str(sources[of_russia & (sources["publisher"] == "TASS")]["id"].iloc[0])


def _cells(say: Say, row: dict[str, Any]) -> str:
    """The cells of a row, as a reader writes them."""
    return " · ".join(say("cell", column=one, value=_cell(say, row[one])) for one in SHOWN_CELLS)


def _cell(say: Say, value: Any) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return say("empty") if value is None or value != value else str(value)


def _verdicts(say: Say, found: list[str], said: str, low: str) -> Values:
    """A reason for every verdict on a row in which ``found`` are the columns that are refused."""
    fine = {one: say(f"fine_{one}") for one in PLACES}
    accepted = say("cannot_be") if found else say("accepted_though_wrong", low=low)
    return {"accepted": accepted} | {
        f"refused-{one}": say("check_says", said=said) if one in found else fine[one]
        for one in PLACES
    }


@computed("title")
def title(say: Say) -> Values:
    """In how many statements Washington speaks, and whether Moscow or Pyongyang does."""
    rows = blocks.table("estimates").query("measure == 'deployed_in_russia'")
    codes = rows.explode("claimant")["claimant"].value_counts()
    often, total = int(codes["USA"]), len(rows)
    empty = {True: say("none_gave_a_number"), False: say("some_gave_a_number")}
    return {
        "times": often,
        "statements": total,
        "share": f"{often / total:.0%}",
        "empty_bars": empty[not {"RUS", "PRK"} & set(codes.index)],
    }


# -- one row ---------------------------------------------------------------------------------------
def _offered(numbers: dict[str, str], of_kursk: str, of_all: str) -> dict[str, str]:
    """What is offered for every cell, with the names that texts give to it."""
    return {
        "": "empty",
        numbers["floor"]: "floor",
        numbers["first"]: "first",
        numbers["second"]: "second",
        of_kursk: "of_kursk",
        of_all: "of_all",
        "claimed": "claimed",
        "confirmed": "confirmed",
        "USA": "usa",
        "RUS": "russia",
        "disputed": "disputed",
    }


@computed("row")
def row_to_write(say: Say) -> Values:
    """A row of the table, column by column, with a reason for every text that is offered."""
    whole = blocks.row("estimates", "pentagon-2024-11-04-deployed")
    part = blocks.row("estimates", "pentagon-2024-11-04-kursk")
    numbers = {
        "first": str(int(whole["low"])),
        "second": str(int(whole["high"])),
        "floor": str(int(part["low"])),
    }
    actual = {
        "measure": part["measure"],
        "low": numbers["floor"],
        "high": "",
        "best": "",
        "status": part["status"],
        "claimant": ";".join(part["claimant"]),
    }
    offered = _offered(numbers, part["measure"], whole["measure"])
    # The word of that day is right as well as that of today.
    also = {"status": part["status_before"]}
    ids = {text: (text or "empty").lower().replace("_", "-") for text in offered}
    return {
        "day": tables.spell(part["date"]),
        **{name: f"{int(number):,}" for name, number in numbers.items()},
        "offered": {ids[text]: text or say("empty") for text in offered},
        "columns_of_row": [
            {
                "text": say("column", column=column),
                "label": column,
                "right": [ids[right], *(ids[text] for text in offered if text == also.get(column))],
                "why": {
                    ids[text]: say(f"right_{column}")
                    if text == right
                    else say(f"also_{column}")
                    if text == also.get(column)
                    else _reason(say, column, text, f"{column}_{name}")
                    for text, name in offered.items()
                },
            }
            for column, right in actual.items()
        ],
    }


def _reason(say: Say, column: str, text: str, name: str) -> str:
    """Why a text does not go into a column: what the check says, or what it cannot know."""
    fields = {field["name"]: field for field in schema("estimates")["fields"]}
    if not text and fields[column].get("constraints", {}).get("required"):
        return say("refused_empty")
    try:
        cells.convert(text, fields[column])
    except cells.BadCell as bad:
        return say("refused", found=bad.found, expected=bad.expected)
    if column == "claimant" and text and text not in set(blocks.table("countries")["id"]):
        return say("refused_code", text=text)
    return say(name)


@computed("answer")
def answer(say: Say) -> Values:
    """What the check says to four mistakes."""
    verdict = {True: say("refused"), False: say("accepted")}
    row = blocks.row("estimates", "us-2024-10-23-deployed") | {"id": "my-row"}
    low = int(row["low"])
    tries: dict[str, dict[str, Any]] = {
        "bad_day": {"date": "2024-11-31"},
        "bad_source": {"sources": "no-such-page"},
        "bad_range": {"high": low - 1},
        "bad_number": {"low": 10 * low},
    }
    found = {name: bool(validate.try_row("estimates", row | one)) for name, one in tries.items()}
    return {
        "number": f"{low:,}",
        "ten_times": f"{10 * low:,}",
        "right": [at for at, refused in enumerate(found.values(), 1) if not refused],
        **{name: verdict[refused] for name, refused in found.items()},
    }


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-join")
def back_join() -> Values:
    """Who made one statement for several governments, and for how many."""
    return {name: join()[name] for name in ("who", "governments")}


@computed("back-empty-cell")
def back_empty_cell() -> Values:
    """How many rows have no single number, of how many."""
    return {name: load()[name] for name in ("empty_cells", "rows")}
