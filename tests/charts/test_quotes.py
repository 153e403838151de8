"""Quotations: where cards stand, what hindsight shows, which words are found, and that a question
keeps its secret.
"""

from __future__ import annotations

import functools
import html
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lessons import SECRET_TAGS, Lesson, run
from rules import filtered
from tiers import STEPS
from upheaval import lesson, row_filters, stories
from upheaval.charts import cards, likelihood, outcomes, quotes
from upheaval.charts.draw import Chart
from upheaval.facts import tables
from upheaval.methods import language
from upheaval.phrases import LONGEST

QUOTES = lesson.table("quotes")
BANDS = lesson.table("probability_words")
SHOWN = cards.on_show(QUOTES)
ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def shown_cards() -> dict[str, Any]:
    """The chart of cards as its face gets it; made once."""
    return quotes.by_place(SHOWN).payload()


def row(**cells: Any) -> dict[str, Any]:
    """A quotation with what a test says of it; the rest is from the first one of the table."""
    return {
        **QUOTES.iloc[0].to_dict(),
        "what_happened": float("nan"),
        "note": float("nan"),
        "gist": float("nan"),
        "affiliation": "state",
        "is_prediction": False,
        "outcome": float("nan"),
        **cells,
    }


def until(day: str | None, **filters: str) -> list[dict[str, Any]]:
    rules = [{"name": "as_of", "column": "known", "rule": "lte", "value": day, "label": ""}]
    return rules + [
        {"name": column, "column": column, "rule": "contains", "value": value, "label": ""}
        for column, value in filters.items()
    ]


# -- what a title quotes ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "most", "point"),
    [
        ("It has begun.", 20, "It has begun"),
        ("It has begun. Nobody saw it.", 22, "It has begun. […]"),
        ("I believe that it has begun", 20, ""),
        ("It is small. But it is deadly for all.", 25, ""),
        ("Why? Because it must be so.", 20, ""),
    ],
)
def test_a_cut_keeps_the_point(text: str, most: int, point: str) -> None:
    assert quotes.point_of(text, most) == point


def test_a_title_has_the_words_verbatim_and_no_candidate_speaks_for_an_administration() -> None:
    story = shown_cards()["rowFilters"]["story"]
    made = cards.cards_of(SHOWN)
    for at, headline in enumerate(story["headlines"][: len(made)]):
        row, quoted = made.loc[at], re.search(r"“(.*)”$", headline)
        assert not quoted or quoted[1].removesuffix(" […]") in row["text"], headline
        if "candidate" in row["role_at_time"]:
            assert at in story["silent"] and ", then candidate" in headline
    rules = until("2024-11-27", topic="biden-approach")
    assert "Harris" not in filtered(shown_cards(), rules)["title"]


def test_words_without_room_are_told_by_their_content() -> None:
    """On the deployment each has its content in our words, short enough with its day; a gist is of
    no other quotation, and what is about something else has its topic."""
    told = quotes._told(cards.cards_of(QUOTES))
    plain = told[told["point"] == ""]
    about = set(plain.loc[plain["stance"] != "not-about-it", "id"])
    gists = QUOTES.set_index("id")["gist"].dropna()
    assert set(gists.index) == about and len(about) > 30
    for row in tables.tuples(plain):
        gist = gists.get(row.id, f"of {cards.TOPICS[row.topic]}")
        assert row.headline.endswith(gist), row.headline
        assert len(f"{tables.spell(row.date)}: {row.headline}") <= LONGEST, row.headline


def test_a_denial_is_a_kind_of_its_own() -> None:
    denials = SHOWN[SHOWN["claim_type"] == "denial"]
    assert len(denials) and ("Denies it", "denial") in quotes.options(SHOWN, "stance")
    found = filtered(shown_cards(), until(None, stance="denial"))
    assert len(found["table"]["rows"]) == len(denials)
    at = found["table"]["columns"].index("Stance")
    assert {row[at] for row in found["table"]["rows"]} == {"denies it"}


# -- cards -----------------------------------------------------------------------------------------
def test_marks_stand_in_the_lane_and_the_column_of_their_card() -> None:
    made = pd.DataFrame(
        [
            row(id="a", country_iso3="PRK", date="2024-10-25"),
            row(id="b", country_iso3="PRK", date="2024-10"),
            row(id="c", country_iso3="JPN", date="2024-12-05"),
            row(id="d", country_iso3="NLD", affiliation="NATO", date="2025-05"),
        ]
    )
    chart = quotes.by_place(made)
    points = {
        int(number): (x, y)
        for trace in chart.figure.data
        if trace.ids
        for number, x, y in zip(trace.ids, trace.x, trace.y, strict=True)
    }
    assert len(points) == 8 and chart.row_filters is not None
    lanes, columns = (
        chart.row_filters["columns"]["lane"],
        {number: int(x) for number, (x, _) in points.items()},
    )
    assert lanes == ["PRK", "PRK", "other", "bodies"] * 2
    # 23 to 31 October is column 3, and a month without a day stands at its end; December 2024 is
    # column 5, May 2025 6.
    assert (
        [columns[number] for number in range(4)]
        == [3, 3, 5, 6]
        == [columns[number] for number in range(4, 8)]
    )
    assert points[0][1] == points[1][1] < points[3][1] < points[2][1], "lanes in the order of LANES"
    assert points[0][0] != points[1][0], "no mark hides another"


def test_no_two_marks_share_a_place() -> None:
    chart = quotes.by_place(SHOWN)
    positions = [
        position
        for trace in chart.figure.data
        if trace.ids
        for position in zip(trace.x, trace.y, strict=True)
    ]
    assert len(positions) == 2 * len(SHOWN) and len(set(positions)) == len(SHOWN)


def test_hindsight_is_hidden_on_every_day_and_shown_without_one() -> None:
    later = shown_cards()["table"]["columns"].index("Seen later")
    for day in quotes.AS_OF:
        chart = filtered(shown_cards(), until(day))
        public = tables.as_of(SHOWN, day, "date")
        assert len(chart["table"]["rows"]) == len(public)
        assert not any(cells[later] for cells in chart["table"]["rows"])
    everything = filtered(shown_cards(), until(None))
    assert len(everything["table"]["rows"]) == len(SHOWN) == shown_cards()["rowFilters"]["total"]
    texts = [cells[later] for cells in everything["table"]["rows"]]
    assert sum("What happened: " in text for text in texts) == SHOWN["is_prediction"].sum()


def test_notes_point_to_people_and_not_to_ids() -> None:
    every = tables.read("quotes")
    for text in [*every["note"].dropna(), *every["what_happened"].dropna()]:
        assert not [one for one in every["id"] if one in text], text


def test_a_weak_quotation_is_marked_on_its_card() -> None:
    made = cards.cards_of(pd.DataFrame([row(id="a", weak=True), row(id="b", weak=False)]))
    assert ["one weak page" in who for who in made["who"]] == [True, False]


@STEPS
def test_every_combination_of_the_filters_has_words_that_agree_with_its_rows(step: int) -> None:
    columns = {"lane": "lane", "kind": "kind", "topic": "topic", "stance": "stance"}
    values = [[value for _, value in quotes.options(SHOWN, which)] for which in columns]
    seen: set[tuple[int, ...]] = set()
    choices = [*itertools.product([None, "2024-11-27"], *values)]
    for day, *chosen in choices[::step]:
        rules = until(
            day, **{name: value for name, value in zip(columns, chosen, strict=True) if value}
        )
        rows = row_filters.visible_rows(shown_cards()["rowFilters"], rules)
        total = shown_cards()["rowFilters"]["total"]
        if tuple(rows) in seen:
            continue
        seen.add(tuple(rows))
        title, text = (
            row_filters.text(shown_cards()["rowFilters"], which, rules, rows)
            for which in ("title", "description")
        )
        assert title and not re.search(r"[{}]|\bnan\b", title + text)
        count = {0: f"None of the {total}", 1: f"On show: one of the {total}"}.get(
            len(rows), f"On show: {stories.share(len(rows), total)}"
        )
        assert f"{count} quotations" in text and len(title) <= LONGEST
        assert rows or "Choose" in text
    assert () in seen and len(seen) > 100


def test_options_are_what_there_is_and_everything_first() -> None:
    for which in quotes.FILTERS:
        options = quotes.options(SHOWN, which)
        assert options[0][1] is None and options[0][0].startswith("All ")
        column = shown_cards()["rowFilters"]["columns"]["kind" if which == "kind" else which]
        assert {value for _, value in options[1:]} == set(column)
    with pytest.raises(KeyError):
        quotes.options(SHOWN, "colour")
    assert [value for _, value in quotes.as_of_options()] == [*quotes.AS_OF, None]


def test_all_labels_of_the_schema_are_known() -> None:
    fields = {field["name"]: field for field in tables.schema("quotes")["fields"]}
    for column, labels in (
        ("speaker_kind", cards.SPEAKERS),
        ("topic", cards.TOPICS),
        ("stance_on_deployment", cards.STANCES),
    ):
        assert set(fields[column]["constraints"]["enum"]) == set(labels)


def test_text_stays_text() -> None:
    evil = "<img src=x onerror=alert(1)> & <b>may</b>"
    made = pd.DataFrame(
        [
            row(
                id="a",
                text=evil,
                is_prediction=True,
                claim_type="prediction",
                outcome="right",
            )
        ]
    )
    for chart in (
        quotes.by_place(made),
        outcomes.outcomes(made),
    ):
        assert "<img" not in json.dumps(chart.payload()["figure"])
    shown = likelihood.likelihood(made, BANDS.assign(term="<b>likely</b>"))._repr_mimebundle_()
    assert "<b>likely" not in shown["text/html"]


# -- what became of predictions --------------------------------------------------------------------
def test_every_outcome_of_the_schema_has_one_column() -> None:
    fields = {field["name"]: field for field in tables.schema("quotes")["fields"]}
    cells = [cell for one in outcomes.OUTCOMES.values() for cell in one.cells]
    assert sorted(cells) == sorted(fields["outcome"]["constraints"]["enum"])


def test_predictions_and_promises_and_no_others_have_an_outcome_and_what_happened() -> None:
    every = tables.read("quotes")
    kinds = every["claim_type"].isin(list(outcomes.PROMISES))
    for filled in (kinds, every["outcome"].notna(), every["what_happened"].notna()):
        other = every[filled != every["is_prediction"]]
        assert other.empty, list(other["id"])
    kept = every["outcome"].str.contains("kept|overtaken", na=False)
    judged = every["outcome"].str.contains("right|wrong", na=False)
    assert set(every.loc[kept, "claim_type"]) == {"promise"}
    assert set(every.loc[judged, "claim_type"]) == {"prediction"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will surely lose.", "sure"),
        ("It may rain.", "careful"),
        ("It may rain, no doubt.", "both"),
        ("It will rain.", "plain"),
        ("About 3,000 soldiers came.", "plain"),
        ("", "plain"),
    ],
)
def test_how_sure_a_sentence_sounds(text: str, expected: str) -> None:
    assert outcomes.certainty(text) == expected


@pytest.mark.parametrize("group", list(outcomes.GROUPS))
def test_outcomes_count_every_prediction_once(group: str) -> None:
    chart = outcomes.outcomes(QUOTES, group)
    count = int(QUOTES["is_prediction"].sum())
    drawn = [number for trace in chart.figure.data if trace.ids for number in trace.ids]
    assert sorted(map(int, drawn)) == list(range(count)) and len(chart.table) == count
    right = int(QUOTES["outcome"].map(outcomes.COLUMN_OF).eq("right").sum())
    assert chart.title.startswith(f"Of our {count} predictions and promises {right} came true")
    groups, _, rest = chart.description.partition(". ")
    assert rest.startswith(f"In all, {count} ")
    assert (
        sum(
            map(
                int,
                re.findall(r"\b(\d+) (?:came true|in part|failed|open|never)", groups),
            )
        )
        == count
    )


def test_outcomes_by_hand_and_without_any() -> None:
    cases = [
        ("a", "promise", "kept"),
        ("b", "promise", "not-kept"),
        ("c", "prediction", "partly-right"),
        ("d", "prediction", "condition-not-met"),
    ]
    made = pd.DataFrame(
        [
            row(id=name, is_prediction=True, claim_type=kind, outcome=cell, text="It will be.")
            for name, kind, cell in cases
        ]
    )
    chart = outcomes.outcomes(made, "promise")
    assert (
        chart.title
        == "Of our 4 predictions and promises 1 came true: prediction 0 of 2, promise 1 of 2"
    )
    assert chart.description == (
        "Prediction: 1 in part, 1 never tested; Promise: 1 came true, 1 failed. In all, 4"
        " predictions and promises that we chose: 1 came true, 1 in part, 1 failed, 1 never tested."
    )
    empty = outcomes.outcomes(made.assign(is_prediction=False), "promise")
    assert empty.table.empty and empty.payload()["empty"] and "Choose" in empty.description
    with pytest.raises(KeyError):
        outcomes.outcomes(made, "height")


# -- words of likelihood ---------------------------------------------------------------------------
def test_words_are_found_counted_once_a_quotation_and_given_their_band() -> None:
    made = pd.DataFrame(
        [
            row(id="a", text="It is likely, yes, likely."),
            row(id="b", text="It is LIKELY."),
            row(id="c", text="It is highly likely."),
        ]
    )
    chart = likelihood.likelihood(made, BANDS, "probability")
    found = chart.table.iloc[len(BANDS) :].set_index("Word")
    assert dict(found["From"]) == {
        "likely": "our quotations: 2 quotations",
        "highly likely": "our quotations: 1 quotation",
    }
    assert dict(found["Range"]) == {"likely": "55 to 80 %", "highly likely": "no band"}
    assert (
        chart.title
        == "ICD 203 has a band for one of the 2 words of likelihood in our quotations: “likely”"
    )
    assert chart.rows
    first, second, *_, banded, without = chart.rows.lines
    assert [vars(one)["high"] for line in (first, second, banded) for one in line.track] == [
        5,
        20,
        80,
    ]
    assert not without.track and without.text == "no band, 1 quotation"


@pytest.mark.parametrize("kind", list(likelihood.WORDS))
def test_every_kind_of_word_tells_what_it_shows(kind: str) -> None:
    chart = likelihood.likelihood(SHOWN, BANDS, kind)
    terms = {
        one.word.casefold()
        for text in SHOWN["text"]
        for one in language.hedges(text)
        if one.kind == kind
    }
    assert len(chart.table) == len(BANDS) + len(terms)
    assert f"On show: {len(chart.table)} rows" in chart.description
    assert str(len(terms)) in chart.title
    assert set(likelihood.WORDS) <= set(language.HEDGE_KINDS)


def test_no_word_at_all_and_an_unknown_kind() -> None:
    chart = likelihood.likelihood(pd.DataFrame([row(id="a", text="It rains.")]), BANDS, "modal")
    assert (
        chart.title == "There are no helping verbs in these quotations"
        and "Choose another" in chart.description
    )
    with pytest.raises(KeyError):
        likelihood.likelihood(SHOWN, BANDS, "colour")


# -- the question whose answer nothing may tell ----------------------------------------------------
def test_quotations_kept_back_are_in_the_order_of_their_exercise() -> None:
    """Readers keep their answers by the place of a sentence, wherever its row stands."""
    made = pd.DataFrame(
        [
            row(id="a", held_for="04.capital/10"),
            row(id="b", held_for="04.capital/2"),
            row(id="c", held_for="05.capital/1"),
            row(id="d", held_for=float("nan")),
        ]
    )
    assert list(cards.held_back(made, "04.capital")["id"]) == ["b", "a"]
    assert list(cards.on_show(made)["id"]) == ["d"]
    assert list(cards.held_back(QUOTES, "04.capital")["held_for"]) == [
        f"04.capital/{place}" for place in range(1, 6)
    ]


def test_quotations_kept_back_are_there_and_nowhere_else() -> None:
    held = cards.held_back(QUOTES, "04.capital")
    assert len(held) == QUOTES["held_for"].count() and held["country_iso3"].nunique() >= 4
    assert len(SHOWN) + len(held) == len(QUOTES) and not set(SHOWN["id"]) & set(held["id"])
    assert not held["is_prediction"].any(), (
        "the chart of outcomes shows every prediction with its speaker"
    )
    charts = [
        shown_cards(),
        *(likelihood.likelihood(SHOWN, BANDS, kind).payload() for kind in likelihood.WORDS),
        *(outcomes.outcomes(QUOTES, group).payload() for group in outcomes.GROUPS),
    ]
    page_text = json.dumps(charts, ensure_ascii=False)
    assert not [text for text in held["text"] if text in page_text]


def test_neither_the_notebook_nor_this_module_tells_who_said_them() -> None:
    held = cards.held_back(QUOTES, "04.capital")
    for path in (ROOT / "notebooks" / "04_who_said_what.ipynb", Path(cards.__file__)):
        source = path.read_text(encoding="utf-8")
        assert not [one for column in ("id", "text") for one in held[column] if one in source], (
            path.name
        )


@pytest.mark.usefixtures("page_mode", "work_folder")
@pytest.mark.thorough
def test_what_students_see_tells_only_the_words() -> None:
    """In all that a student's page shows, each sentence stands where the question is, and nothing
    tells whose it is.
    """
    names: dict[str, Any] = {}
    parts = []
    for cell in Lesson(ROOT / "notebooks" / "04_who_said_what.ipynb").code:
        made = run(cell.source, names)
        if cell.tags & SECRET_TAGS or made is None:
            continue
        parts.append(
            json.dumps(made.payload(), ensure_ascii=False)
            if isinstance(made, Chart)
            else (
                made._repr_mimebundle_()["text/html"]
                if hasattr(made, "_repr_mimebundle_")
                else repr(made)
            )
        )
    page = html.unescape("".join(parts)).replace('\\"', '"')
    for one in cards.held_back(QUOTES, "04.capital").itertuples():
        assert page.count(one.text) == 1, f"{one.text} stands {page.count(one.text)} times"
        assert one.id not in page and one.note[:60] not in page
