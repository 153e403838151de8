"""What lesson 10 computes for its words, and what it shows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from ..charts import base_rates as base_rates_of
from ..charts import draw, forecasts
from ..charts.base_rates import ASKED, base_rates
from ..facts import citations, tables
from ..methods.forecasting import base_rate, brier, expected_brier, mean_brier, succession
from ..widgets import Dropdown, Explorer, RadioButtons
from ..widgets.calibration import Calibration
from ..widgets.forecast import Base, Forecast, Question
from . import blocks
from .computed import Values, Words, computed, shown, toured
from .words import Say

#: The quotations on the cards: forecasts, each by its id.
ON_CARDS = ("blinken-coming-days", "trump-24-hours", "zelensky-no-doubt", "choe-great-victory")


@shown("words")
def word_scores_explorer() -> Explorer:
    """How words of likelihood would have scored on our records."""
    classes = _classes()
    return Explorer(
        partial(forecasts.word_scores, classes, blocks.table("probability_words")),
        name="words",
        which=Dropdown(forecasts.class_options(classes), "What is counted"),
        counting=RadioButtons(draw.options(forecasts.COUNTINGS), "How the record is read"),
        ending=RadioButtons(draw.options(forecasts.ENDINGS), "It happens"),
    )


@toured("words")
def words_tour() -> Values:
    """Which word costs least, by the record and by how it is read."""
    explorer = word_scores_explorer()

    def best(**chosen: str) -> str:
        rows = blocks.rows_at(explorer, **chosen)
        return str(rows.sort_values("Score of the middle", kind="stable")["Word"].iloc[0])

    return {
        "record": _classes()["nuclear"].record,
        "best": best(),
        "best_after_yes": best(ending="yes"),
        "best_after_no": best(ending="no"),
        "best_of_quiet": best(which="nuclear-quiet"),
        "best_careful": best(which="nuclear-quiet", counting="succession"),
    }


def _classes() -> Mapping[str, base_rates_of.ReferenceClass]:
    return base_rates_of.reference_classes(
        *map(blocks.table, ("missile_tests", "nuclear_tests", "roll_calls", "resolutions"))
    )


@shown("cards")
def cards() -> blocks.Block:
    """Four forecasts, with what was public then."""
    return blocks.cards(_forecasts_on_cards(), known_by=ASKED)


def _forecasts_on_cards() -> pd.DataFrame:
    return blocks.table("quotes").set_index("id", drop=False).loc[list(ON_CARDS)]


@computed("base")
def base_values() -> Values:
    """Years with a nuclear test, of all years since the first."""
    tests = blocks.table("nuclear_tests")
    found = _classes()["nuclear"]
    first = int(tests["date"].dt.year.min())
    return {
        "years": found.cases,
        "first_year": first,
        "years_with_test": found.hits,
        "record": found.record,
        "rate": base_rates_of.percent(found.rate()),
        "tests": len(tests),
        "years_without_test": found.cases - found.hits,
    }


@computed("never")
def never() -> Values:
    """A record of no cases, read by the rule of succession."""
    found = _classes()["vote"]
    read = base_rates_of.percent(found.rate("succession"))
    return {
        "votes": found.cases,
        "rate": read,
        "votes_and_two": found.cases + 2,
        "votes_against": found.hits,
    }


@computed("tweak")
def tweak() -> Values:
    """The score of a sure forecast, with both endings."""
    right, before = round(100 * brier(0.8, False)), round(100 * brier(0.8, True))
    return {
        "score_when_wrong": right,
        "times_as_much": right // before,
        "score_when_right": before,
        "as_the_cell_shows_it": right / 100,
    }


@computed("twiddle")
def twiddle() -> Values:
    """Questions that close by two days."""
    closes = blocks.table("forecast_questions")["closes"]
    right, before = int((closes <= "2025-01-31").sum()), int((closes <= "2025-06-30").sum())
    return {"closing_by_january": right, "closing_by_june": before}


@computed("frob")
def frob() -> Values:
    """The score of a forecast by two ways to read a record."""
    row = blocks.row("forecast_questions", "us-votes-against")
    record = (int(row["base_hits"]), int(row["base_cases"]))
    right, before = (
        round(100 * brier(method(*record), True)) for method in (base_rate, succession)
    )
    return {
        "score_of_base_rate": right,
        "as_the_cell_shows_it": right / 100,
        "score_of_succession": before,
        "succession_as_shown": before / 100,
    }


def _settled() -> pd.DataFrame:
    """The questions whose end is known."""
    table = blocks.table("forecast_questions")
    return table[table["outcome"].notna()].astype({"outcome": bool})


def _still_open(say: Say) -> str:
    """How many questions have no end yet, in a sentence; nothing where all have one."""
    table = blocks.table("forecast_questions")
    count = len(table) - len(_settled())
    told = {number: say(f"open_{number}", open=count) for number in ("one", "many")}
    return {0: "", 1: told["one"]}.get(count, told["many"])


@computed("answer")
def answer(say: Say) -> Values:
    """How many questions came out yes, and what simple forecasts would have scored."""
    table = _settled()
    share = table["outcome"].mean()
    return {
        "came_true": int(table["outcome"].sum()),
        "questions": len(table),
        "still_open": _still_open(say),
        "score_of_even_chances": f"{mean_brier([0.5] * len(table), table['outcome']):.2f}",
        "share": f"{share:.0%}",
        "score_of_share": f"{expected_brier(share, share):.2f}",
        "score_of_base_rates": f"{mean_brier(base_rates(table).fillna(0.5), table['outcome']):.2f}",
    }


@computed("method")
def method_values() -> Values:
    """How many questions have an end."""
    return {"questions": len(_settled())}


@shown("sure")
def sure(words: Words) -> Calibration:
    """How sure the reader was of checks so far, and how often right."""
    return Calibration(words["title"])


@shown("references")
def references() -> blocks.Block:
    """The sources that were public then, of the words of likelihood, and of the methods."""
    sources = blocks.table("sources").set_index("id")
    ends = tables.span(sources["date"])["end"]
    then = set(sources.index[ends <= ASKED])
    cited = [
        one
        for ids in [
            *_forecasts_on_cards()["sources"],
            *blocks.table("forecast_questions")["known_sources"],
        ]
        for one in ids
        if one in then
    ]
    return blocks.references(
        cited,
        blocks.table("probability_words")["sources"],
        ["ams-brier", "cuttheknot-succession", "mandel-2014-pnas", "ushmm-2015-number"],
    )


@computed("predict")
def predict(say: Say) -> Values:
    """How many questions have an end, and four spans of how many came true."""
    count = len(_settled())
    edges = zip([0, *_edges(count)], [*(end - 1 for end in _edges(count)), count], strict=True)
    options = [say("option", low=low, high=high, questions=count) for low, high in edges]
    return {
        "questions": count,
        "options": options,
        "ends": _edges(count),
        "still_open": _still_open(say),
    }


def _edges(count: int) -> list[int]:
    """Where the second, third and fourth of four spans of `count` begin."""
    return [count // 4 * part for part in (1, 2, 3)]


@computed("score")
def score() -> Values:
    """The mean Brier score of two forecasts, and what three mistakes make of it."""
    said, came = [0.9, 0.7], [True, False]
    right = round(100 * mean_brier(said, came))
    distances = [abs(one - happened) for one, happened in zip(said, came, strict=True)]
    return {
        "first_said": f"{said[0]:.0%}",
        "second_said": f"{said[1]:.0%}",
        "score": right,
        "score_below_one": right / 100,
        "first_distance": f"{1 - said[0]:.1f}",
        "second_distance": f"{said[1]:.1f}",
        "even_chances": "50 %",
        "mean_of_distances": round(100 * sum(distances) / 2),
        "sum_of_squares": 2 * right,
        "score_of_the_opposite": round(100 * mean_brier(said, [not one for one in came])),
    }


@computed("forecast")
def forecast_values() -> Values:
    """How many questions there are, and the day on which they stood so."""
    table = blocks.table("forecast_questions")
    return {"questions": len(table), "day": tables.spell(_day(table))}


def _day(table: pd.DataFrame) -> Any:
    """The day on which most of the questions were asked."""
    return table["opens"].mode().iloc[0]


@shown("forecast")
def forecast(words: Words, say: Say) -> Forecast:
    """The questions, each with what was known, its base rate, and how it ended."""
    table = blocks.table("forecast_questions")
    bands = blocks.table("probability_words").sort_values("order").to_dict("records")
    rows = zip(table.to_dict("records"), base_rates(table), strict=True)
    return Forecast(
        "10.forecast",
        words["title"],
        [_question(say, row, rate, _day(table)) for row, rate in rows],
        [(row["term"], int(row["low_pct"]), int(row["high_pct"])) for row in bands],
        hints=words["hints"],
    )


def _question(say: Say, row: Mapping[Hashable, Any], rate: float, day: Any) -> Question:
    """A question of the table, without an end while it is open; ``day`` is that of the others."""
    later = [one for one in row["sources"] if one not in row["known_sources"]]
    is_open, on_another = pd.isna(row["outcome"]), row["opens"] != day
    rule = say("asked", rule=row["rule"], opens=tables.spell(row["opens"])) if on_another else ""
    return Question(
        id=row["id"],
        text=row["question"],
        rule=rule or row["rule"],
        closes=tables.spell(row["closes"]),
        known=row["known_then"],
        documents=_documents(row["known_sources"]),
        base=_base(say, row, rate),
        outcome=None if is_open else bool(row["outcome"]),
        happened="" if is_open else row["what_happened"],
        why="" if is_open else row["why"],
        settled_by=_documents([] if is_open else later),
    )


def _documents(ids: Iterable[str]) -> list[tuple[str, str]]:
    """Sources as text and address."""
    return [(one["text"], one["url"]) for one in citations.entries(ids)]


def _base(say: Say, row: Mapping[Hashable, Any], rate: float) -> Base | None:
    """The base rate of a question with its record; nothing where there is none."""
    if rate != rate:
        return None
    hits, cases = int(row["base_hits"]), int(row["base_cases"])
    text = say(
        "base",
        record=row["base_from"],
        hits=hits,
        cases=cases,
        hits_and_one=hits + 1,
        cases_and_two=cases + 2,
    )
    return Base(round(100 * rate, 1), text, say("limits", limits=row["base_limits"]))


# -- what comes back in later lessons --------------------------------------------------------------
@computed("back-brier")
def back_brier() -> Values:
    """The Brier score of one forecast of 80 per cent that came true, and two slips."""
    said = 0.8
    return {
        "score": round(100 * mean_brier([said], [True])),
        "distance": f"{1 - said:.1f}",
        "distance_in_hundredths": round(100 * (1 - said)),
        "score_of_the_opposite": round(100 * mean_brier([said], [False])),
    }
