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
from upheaval import lesson, row_filters
from upheaval.chart import Chart
from upheaval.charts import quotes
from upheaval.facts import tables
from upheaval.methods import language

QUOTES = lesson.table("quotes")
BANDS = lesson.table("probability_words")
SHOWN = quotes.on_show(QUOTES)
ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def cards() -> dict[str, Any]:
    """The chart of cards as its face gets it; made once."""
    return quotes.by_place(SHOWN).payload()


def row(**cells: Any) -> dict[str, Any]:
    """A quotation with what a test says of it; the rest is from the first one of the table."""
    return {
        **QUOTES.iloc[0].to_dict(),
        "what_happened": float("nan"),
        "note": float("nan"),
        "affiliation": "state",
        "is_prediction": False,
        **cells,
    }


def until(day: str | None, **filters: str) -> list[dict[str, Any]]:
    rules = [{"name": "as_of", "column": "known", "rule": "lte", "value": day, "label": ""}]
    return rules + [
        {"name": column, "column": column, "rule": "contains", "value": value, "label": ""}
        for column, value in filters.items()
    ]


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
    later = cards()["table"]["columns"].index("Seen later")
    for day in quotes.AS_OF:
        chart = filtered(cards(), until(day))
        public = tables.as_of(SHOWN, day, "date")
        assert len(chart["table"]["rows"]) == len(public)
        assert not any(cells[later] for cells in chart["table"]["rows"])
    everything = filtered(cards(), until(None))
    assert len(everything["table"]["rows"]) == len(SHOWN) == cards()["rowFilters"]["total"]
    texts = [cells[later] for cells in everything["table"]["rows"]]
    assert sum("What happened: " in text for text in texts) == SHOWN["is_prediction"].sum()
    assert not re.search(r"\brow [a-z]+-", " ".join(texts)), "notes point to people, not to ids"


def test_every_combination_of_the_filters_has_words_that_agree_with_its_rows() -> None:
    columns = {"lane": "lane", "kind": "kind", "topic": "topic", "stance": "stance"}
    values = [[value for _, value in quotes.options(SHOWN, which)] for which in columns]
    seen: set[tuple[int, ...]] = set()
    for day, *chosen in itertools.product([None, "2024-11-27"], *values):
        rules = until(
            day, **{name: value for name, value in zip(columns, chosen, strict=True) if value}
        )
        rows = row_filters.visible_rows(cards()["rowFilters"], rules)
        if tuple(rows) in seen:
            continue
        seen.add(tuple(rows))
        title, text = (
            row_filters.text(cards()["rowFilters"], which, rules, rows)
            for which in ("title", "description")
        )
        assert title and not re.search(r"[{}]|\bnan\b", title + text)
        assert text.startswith({0: "None", 1: "One"}.get(len(rows), str(len(rows))))
        assert rows or "Choose" in text
    assert () in seen and len(seen) > 100


def test_options_are_what_there_is_and_everything_first() -> None:
    for which in quotes.FILTERS:
        options = quotes.options(SHOWN, which)
        assert options[0][1] is None and options[0][0].startswith("All ")
        column = cards()["rowFilters"]["columns"]["kind" if which == "kind" else which]
        assert {value for _, value in options[1:]} == set(column)
    with pytest.raises(KeyError):
        quotes.options(SHOWN, "colour")
    assert [value for _, value in quotes.as_of_options()] == [*quotes.AS_OF, None]


def test_all_labels_of_the_schema_are_known() -> None:
    fields = {field["name"]: field for field in tables.schema("quotes")["fields"]}
    for column, labels in (
        ("speaker_kind", quotes.SPEAKERS),
        ("topic", quotes.TOPICS),
        ("stance_on_deployment", quotes.STANCES),
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
                what_happened="Right.",
            )
        ]
    )
    for chart in (
        quotes.by_place(made),
        quotes.outcomes(made),
        quotes.likelihood(made, BANDS, "modal"),
    ):
        assert "<img" not in json.dumps(chart.payload()["figure"])
    bad = BANDS.assign(term="<b>likely</b>")
    assert "<b>likely" not in json.dumps(quotes.likelihood(made, bad).payload()["figure"])


# -- what became of predictions --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Right on more troops: …", "right"),
        ("Largely right, though …", "right"),
        ("Kept while he …", "right"),
        ("Largely kept, by …", "right"),
        ("Partly right at first", "partly"),
        ("Not kept: he …", "wrong"),
        ("Not so far: by …", "wrong"),
        ("Wrong on the full …", "wrong"),
        ("Open: the condition", "open"),
        ("Rightly or not", None),
        ("Nothing is known", None),
        (float("nan"), None),
    ],
)
def test_an_outcome_is_read_from_the_first_words(text: object, expected: str | None) -> None:
    assert quotes.outcome(text) == expected


def test_every_outcome_in_the_table_is_coded() -> None:
    predictions = tables.read("quotes").query("is_prediction")
    uncoded = predictions[predictions["what_happened"].map(quotes.outcome).isna()]
    assert uncoded.empty, list(zip(uncoded["id"], uncoded["what_happened"], strict=True))


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
    assert quotes.certainty(text) == expected


@pytest.mark.parametrize("group", list(quotes.GROUPS))
def test_outcomes_count_every_prediction_once(group: str) -> None:
    chart = quotes.outcomes(QUOTES, group)
    count = int(QUOTES["is_prediction"].sum())
    drawn = [number for trace in chart.figure.data if trace.ids for number in trace.ids]
    assert sorted(map(int, drawn)) == list(range(count)) and len(chart.table) == count
    right = int(
        QUOTES.query("is_prediction")["what_happened"].map(quotes.outcome).eq("right").sum()
    )
    assert chart.title.startswith(f"{right} of {count} ") and chart.description.startswith(
        f"{count} "
    )
    groups = chart.description.partition(". ")[2]
    assert (
        sum(map(int, re.findall(r"\b(\d+) (?:came true|in part|not so far|open)", groups))) == count
    )


def test_outcomes_by_hand_and_without_any() -> None:
    cases = [
        ("a", "promise", "Kept."),
        ("b", "promise", "Not kept."),
        ("c", "prediction", "Partly."),
        ("d", "prediction", "Nobody knows."),
    ]
    made = pd.DataFrame(
        [
            row(
                id=name,
                is_prediction=True,
                claim_type=kind,
                what_happened=text,
                text="It will be.",
            )
            for name, kind, text in cases
        ]
    )
    chart = quotes.outcomes(made, "promise")
    assert (
        chart.title
        == "1 of 3 predictions and promises came true, 1 in part; most in full: promise (1 of 2)"
    )
    assert (
        chart.description == "3 predictions and promises: 1 came true, 1 in part, 1 not so far. "
        "Prediction: 1 in part; Promise: 1 came true, 1 not so far."
    )
    empty = quotes.outcomes(made[made["id"] == "d"], "promise")
    assert empty.table.empty and empty.payload()["empty"] and "Choose" in empty.description
    with pytest.raises(KeyError):
        quotes.outcomes(made, "height")


# -- words of likelihood ---------------------------------------------------------------------------
def test_words_are_found_counted_once_a_quotation_and_given_their_band() -> None:
    made = pd.DataFrame(
        [
            row(id="a", text="It is likely, yes, likely."),
            row(id="b", text="It is LIKELY."),
            row(id="c", text="It is highly likely."),
        ]
    )
    chart = quotes.likelihood(made, BANDS, "probability")
    found = chart.table.iloc[len(BANDS) :].set_index("Word")
    assert dict(found["From"]) == {
        "likely": "our quotations: 2 quotations",
        "highly likely": "our quotations: 1 quotation",
    }
    assert dict(found["Range"]) == {"likely": "55 to 80 %", "highly likely": "no band"}
    assert chart.title == "One of the 2 words of likelihood in our quotations has a band in ICD 203"
    bars = [list(trace.x) for trace in chart.figure.data if trace.mode == "lines"]
    assert bars[1:] == [
        [55, 80, None],
        [0, 100, None],
    ], "a band is a range; no band is the whole line"
    assert bars[0][:6] == [1, 5, None, 5, 20, None]


@pytest.mark.parametrize("kind", list(quotes.WORDS))
def test_every_kind_of_word_tells_what_it_shows(kind: str) -> None:
    chart = quotes.likelihood(SHOWN, BANDS, kind)
    terms = {
        one.word.casefold()
        for text in SHOWN["text"]
        for one in language.hedges(text)
        if one.kind == kind
    }
    assert len(chart.table) == len(BANDS) + len(terms)
    assert (
        chart.description.startswith(f"{len(chart.table)} rows") and str(len(terms)) in chart.title
    )
    assert set(quotes.WORDS) <= set(language.HEDGE_KINDS)


def test_no_word_at_all_and_an_unknown_kind() -> None:
    chart = quotes.likelihood(pd.DataFrame([row(id="a", text="It rains.")]), BANDS, "modal")
    assert (
        chart.title == "There are no helping verbs in these quotations"
        and "Choose another" in chart.description
    )
    with pytest.raises(KeyError):
        quotes.likelihood(SHOWN, BANDS, "colour")


# -- the question whose answer nothing may tell ----------------------------------------------------
def test_quotations_kept_back_are_there_and_nowhere_else() -> None:
    held = quotes.held_back(QUOTES)
    assert len(held) == len(quotes.HELD_BACK) and held["country_iso3"].nunique() >= 4
    assert len(SHOWN) + len(held) == len(QUOTES) and not set(SHOWN["id"]) & set(held["id"])
    assert not held["is_prediction"].any(), (
        "the chart of outcomes shows every prediction with its speaker"
    )
    charts = [
        cards(),
        *(quotes.likelihood(SHOWN, BANDS, kind).payload() for kind in quotes.WORDS),
        *(quotes.outcomes(QUOTES, group).payload() for group in quotes.GROUPS),
    ]
    page_text = json.dumps(charts, ensure_ascii=False)
    assert not [text for text in held["text"] if text in page_text]


def test_neither_the_notebook_nor_this_module_tells_who_said_them() -> None:
    held = quotes.held_back(QUOTES)
    for path in (ROOT / "notebooks" / "04_who_said_what.ipynb", Path(quotes.__file__)):
        source = path.read_text(encoding="utf-8")
        assert not [one for column in ("id", "text") for one in held[column] if one in source], (
            path.name
        )


@pytest.mark.usefixtures("page_mode", "work_folder")
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
    for one in quotes.held_back(QUOTES).itertuples():
        assert page.count(one.text) == 1, f"{one.text} stands {page.count(one.text)} times"
        assert one.id not in page and one.note[:60] not in page
