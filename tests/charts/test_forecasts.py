"""What a word costs at a base rate, worked out by hand; base rates of the questions counted again
from the tables.
"""

from __future__ import annotations

import itertools
from datetime import date

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import base_rates, draw, forecasts
from upheaval.charts.base_rates import ReferenceClass
from upheaval.charts.draw import Dot
from upheaval.facts import tables

QUESTIONS = lesson.table("forecast_questions").set_index("id")
COUNTED = ("missile_tests", "nuclear_tests", "roll_calls", "resolutions")
CLASSES = base_rates.reference_classes(*map(lesson.table, COUNTED))
WORDS = lesson.table("probability_words")


# -- reference classes -----------------------------------------------------------------------------
def test_the_classes_are_counted_as_by_hand() -> None:
    assert {name: (one.hits, one.cases) for name, one in CLASSES.items()} == {
        # 2006, 2009, 2013, 2016 (twice) and 2017, of 2006 to 2024; then none of 2018 to 2024.
        "nuclear": (5, 19),
        "nuclear-quiet": (0, 7),
        # 2017, 2022, 2023 and 2024, of 2017 to 2024 and of 2012 to 2024.
        "icbm": (4, 8),
        "icbm-long": (4, 13),
        # All eight votes by July 2024 were "yes"; the vote against came in February 2025.
        "vote": (0, 8),
    }
    assert CLASSES["icbm"].record == "4 of 8 years"
    assert all(one.sources for one in CLASSES.values())


def test_rates() -> None:
    one = ReferenceClass("x", "years", 0, 8, ("a",))
    assert one.rate() == 0 and one.rate("succession") == pytest.approx(0.1)
    with pytest.raises(KeyError):
        one.rate("hope")


def test_nothing_later_than_the_day_of_the_questions_is_counted() -> None:
    nuclear = lesson.table("nuclear_tests")
    nuclear.loc[nuclear["date"].dt.year == 2017, "date"] = pd.Timestamp("2025-05-05")
    found = base_rates.reference_classes(
        *(nuclear if name == "nuclear_tests" else lesson.table(name) for name in COUNTED)
    )
    assert found["nuclear"].hits == 4


# -- the chart -------------------------------------------------------------------------------------
def test_scores_by_hand() -> None:
    half = {"a": ReferenceClass("Heads", "throws", 1, 4, ("odni-2015-icd203",))}
    table = forecasts.word_scores(half, WORDS, "a").table.set_index("Word")
    # "Unlikely" is 20 to 45 %, its middle 32.5 %: 1/4 × 0.675² + 3/4 × 0.325²; best at the rate, 25
    # %: 3/16.
    assert table.loc["unlikely", "Score of the middle"] == pytest.approx(0.193, abs=0.0005)
    assert table.loc["unlikely", "Best in the band"] == pytest.approx(0.1875, abs=0.001)
    # Worst at 45 %: 1/4 × 0.55² + 3/4 × 0.45².
    assert table.loc["unlikely", "Worst in the band"] == pytest.approx(0.2275, abs=0.001)
    # "Roughly even" has its middle at 50 %.
    assert list(
        table.loc["roughly even chance", ["Score of the middle", "Beside always 50 %"]]
    ) == [0.25, "equal"]
    assert list(table["Beside always 50 %"]) == ["better"] * 3 + ["equal"] + ["worse"] * 3


def test_once_the_base_rate_plays_no_part() -> None:
    for which, counting in itertools.product(CLASSES, forecasts.COUNTINGS):
        yes = forecasts.word_scores(CLASSES, WORDS, which, counting, "yes")
        assert yes.title.startswith("One yes makes “almost certain(ly)” look best")
        assert yes.table["Score of the middle"].iloc[-1] == pytest.approx(0.03**2, abs=0.0005)
        no = forecasts.word_scores(CLASSES, WORDS, which, counting, "no")
        assert no.title.startswith("One no makes “almost no chance” look best")


def test_the_best_word_is_the_one_that_holds_the_rate() -> None:
    titles = {which: forecasts.word_scores(CLASSES, WORDS, which).title for which in CLASSES}
    assert titles["nuclear"] == "If 5 of 19 years is the rate, “unlikely” costs least: 0.20"
    assert titles["icbm"] == "If 4 of 8 years is the rate, “roughly even chance” costs least: 0.25"
    assert "“almost no chance” costs least: 0.00" in titles["vote"]
    assert (
        forecasts.word_scores(CLASSES, WORDS, "vote", "succession").title
        == "If 0 of 8 votes is the rate, read as 10 %, “very unlikely” costs least: 0.09"
    )


def test_every_choice_draws_and_counts_its_rows() -> None:
    options = [
        [value for _, value in made]
        for made in (
            forecasts.class_options(CLASSES),
            draw.options(forecasts.COUNTINGS),
            draw.options(forecasts.ENDINGS),
        )
    ]
    for which, counting, ending in itertools.product(*options):
        chart = forecasts.word_scores(CLASSES, WORDS, which, counting, ending)
        payload = chart.payload()
        assert f"{len(chart.table)} words are scored." in chart.description and len(
            chart.table
        ) == len(WORDS)
        assert "nan" not in chart.title + chart.description and payload["references"]
        assert chart.rows
        marks = [one for line in chart.rows.lines for one in line.track if isinstance(one, Dot)]
        assert [round(one.at, 3) for one in marks] == list(chart.table["Score of the middle"])
        filled = [one.mark.sign == "■" for one in marks]
        assert filled == list(chart.table["Beside always 50 %"] == "better")
        assert (chart.table["Best in the band"] <= chart.table["Score of the middle"]).all()
        assert (chart.table["Score of the middle"] <= chart.table["Worst in the band"]).all()


def test_markup_in_the_data_stays_text() -> None:
    terms = WORDS.assign(term=WORDS["term"].mask(WORDS["order"] == 1, "<b>never</b>"))
    shown = forecasts.word_scores(CLASSES, terms)._repr_mimebundle_()["text/html"]
    assert "&lt;b&gt;never" in shown and "<b>never" not in shown


def test_wrong_choices_are_refused() -> None:
    for wrong in ({"which": "moon"}, {"counting": "hope"}, {"ending": "maybe"}):
        with pytest.raises(KeyError):
            forecasts.word_scores(CLASSES, WORDS, **wrong)


# -- the questions ---------------------------------------------------------------------------------
def test_questions_are_asked_before_they_are_settled() -> None:
    assert 8 <= len(QUESTIONS) <= 12
    assert set(QUESTIONS["opens"].dt.date) == {date.fromisoformat(base_rates.ASKED)}
    assert (
        (QUESTIONS["opens"] < QUESTIONS["settled"]) & (QUESTIONS["settled"] <= QUESTIONS["closes"])
    ).all()
    assert (QUESTIONS["closes"] <= pd.Timestamp("2025-12-31")).all()
    assert (
        QUESTIONS.loc[~QUESTIONS["outcome"], "settled"]
        == QUESTIONS.loc[~QUESTIONS["outcome"], "closes"]
    ).all()
    assert 0.35 <= QUESTIONS["outcome"].mean() <= 0.65, "about half of them yes"
    assert QUESTIONS["closes"].nunique() >= 4, "near and far horizons"


def test_what_was_known_then_was_published_then() -> None:
    sources = lesson.table("sources").set_index("id")
    ends = tables.span(sources["date"])["end"]
    for row in QUESTIONS.reset_index().to_dict("records"):
        assert set(row["known_sources"]) < set(row["sources"]), "some more documents settle it"
        published = ends.loc[list(row["known_sources"])]
        assert (published <= pd.Timestamp(base_rates.ASKED)).all(), (row["id"], published)


def test_a_question_gives_nothing_away() -> None:
    for row in QUESTIONS.itertuples():
        visible = f"{row.question} {row.rule} {row.known_then} {row.base_from} {row.base_limits}"
        assert str(row.what_happened) not in visible and str(row.why) not in visible


def test_base_rates_are_counted_again_from_the_tables() -> None:
    counts = (
        QUESTIONS[["base_hits", "base_cases"]].dropna().astype(int).apply(tuple, axis=1).to_dict()
    )
    assert counts["nuclear-test"] == (CLASSES["nuclear"].hits, CLASSES["nuclear"].cases)
    assert counts["icbm-test"] == (CLASSES["icbm"].hits, CLASSES["icbm"].cases)
    assert counts["us-votes-against"] == (CLASSES["vote"].hits, CLASSES["vote"].cases)
    sent = lesson.table("deployments_abroad").query("id != 'prk-rus-2024'")
    assert counts["acknowledged"] == ((sent["acknowledged_at_time"] == "yes").sum(), len(sent))
    months = (2024 - 2022) * 12 + (11 - 2)  # 24 February 2022 to 24 November 2024
    assert counts["ceasefire-100-days"] == (0, months // 5)
    assert counts["nato-two-per-cent"] == (0, len(range(2014, 2025)))


def test_outcomes_agree_with_the_other_tables() -> None:
    outcome, settled = QUESTIONS["outcome"], QUESTIONS["settled"].dt.date.astype(str)
    launches, nuclear = lesson.table("missile_tests"), lesson.table("nuclear_tests")
    after = launches[
        (launches["class"] == "ICBM")
        & (launches["date"] > base_rates.ASKED)
        & (launches["date"] < "2026")
    ]
    assert outcome["icbm-test"] == (not after.empty)
    assert outcome["nuclear-test"] == bool((nuclear["date"] > base_rates.ASKED).any())
    votes = lesson.table("roll_calls").merge(
        lesson.table("resolutions")[["id", "date"]], left_on="resolution", right_on="id"
    )
    against = votes[(votes["country_iso3"] == "USA") & (votes["vote"] == "no")]
    assert (
        outcome["us-votes-against"]
        and str(against["date"].min().date()) == settled["us-votes-against"]
    )
    events = lesson.table("events").set_index("id")["date"]
    for name, event in {
        "treaty-in-force": "treaty-in-force",
        "acknowledged": "gerasimov-acknowledges",
        "trump-putin": "alaska",
    }.items():
        assert outcome[name] and settled[name] == str(events[event])[:10]
    spent = lesson.table("defence_spending").query("edition == 'NATO Aug 2025' and year == 2025")
    assert outcome["nato-two-per-cent"] == bool((spent["pct_gdp"] >= 2).all())


def test_base_rates_follow_the_rule_of_succession() -> None:
    rates = base_rates.base_rates(QUESTIONS)
    assert rates["us-votes-against"] == pytest.approx(0.1) and rates[
        "us-supplemental"
    ] == pytest.approx(0.6)
    assert rates.isna().sum() == QUESTIONS["base_cases"].isna().sum() > 0
