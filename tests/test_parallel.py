"""The two administrations are treated alike: evidence, length, order, layout, and how often each is
named.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pandas as pd
import pytest

from lessons import Lesson, every
from upheaval.charts import policies, positions, scales
from upheaval.facts import tables
from upheaval.lessons import words

TABLE = tables.read("policies")
QUESTIONS = sorted(positions.DIMENSIONS)
FACTOR = 2


def word_count(row: pd.Series) -> int:
    return len(f"{row['position']} {row['evidence']}".split())


def uneven(one: float, other: float) -> bool:
    """Whether two lengths differ by more than the factor."""
    return max(one, other) > FACTOR * min(one, other)


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return next(one for one in every() if one.number == "07")


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_administrations_have_evidence_sources_and_equal_room(question: str) -> None:
    rows = TABLE[TABLE["dimension"] == question].set_index("administration")
    assert {"biden", "trump-2"} <= set(rows.index), (
        "a question is compared only where both have a position"
    )
    for name, row in rows.iterrows():
        assert row["evidence"].strip() and row["sources"] and row["coding_reason"].strip(), (
            question,
            name,
        )
        assert not uneven(word_count(rows.loc["biden"]), word_count(row)), (
            question,
            name,
            word_count(rows.loc["biden"]),
            word_count(row),
        )


def test_no_column_has_more_words_on_the_whole() -> None:
    counted = TABLE.assign(words=TABLE.apply(word_count, axis=1))
    room = counted.groupby("administration")["words"].mean()
    assert not uneven(room.min(), room.max()), room.to_dict()


def test_uneven_lengths_are_noticed() -> None:
    assert uneven(10, 21) and uneven(21, 10) and not uneven(10, 20)


def test_every_chart_and_card_has_the_same_order_and_layout() -> None:
    order = [labels[0] for labels in positions.COLUMNS.values()]
    for question in QUESTIONS:
        payload = policies.contrasts(TABLE, question).payload()
        shown = [row[1] for row in payload["table"]["rows"]]
        assert shown == [name for name in order if name in shown]
        assert (
            payload["listColumns"]
            == policies.contrasts(TABLE, QUESTIONS[0]).payload()["listColumns"]
        )
        drawn = [
            line["title"] for part in payload["markedRows"]["groups"] for line in part["lines"]
        ]
        assert drawn == order, "the same lines for all"
    for scale, group in itertools.product([*positions.SCALES, "both"], scales.GROUPS):
        legend = [label for _, label in scales.scales(TABLE, scale, group).payload()["legend"]]
        assert legend == [name for name in order if name in legend]


def test_the_marks_of_the_columns_differ_by_more_than_colour() -> None:
    assert len({labels[2] for labels in positions.COLUMNS.values()}) == len(positions.COLUMNS)


def test_the_prose_names_both_about_equally_often(lesson: Lesson) -> None:
    prose = " ".join(cell.source for cell in lesson.cells if cell.kind == "markdown")
    named = Counter(re.findall(r"\b(Biden|Trump)\b", prose))
    assert not uneven(named["Biden"], named["Trump"]), named


def test_no_judging_word_stands_beside_either(lesson: Lesson) -> None:
    """Prose and positions describe. Words that praise or blame belong into quotations."""
    texts = [cell.source for cell in lesson.cells if cell.kind == "markdown"] + list(
        TABLE["position"]
    )
    judging = (
        r"\b(bold|reckless|chaotic|generous|stingy|disastrous|brilliant|failed|betray\w*"
        r"|appeas\w*)\b"
    )
    found = [match[0] for text in texts for match in re.finditer(judging, text, re.IGNORECASE)]
    assert found == []


def test_the_task_and_the_cards_give_both_sides_the_same_number(lesson: Lesson) -> None:
    items = words.load(lesson.number).content["checks"]["place"]["items"]
    sides = Counter(item["right"] for item in items)
    assert sides["biden"] == sides["trump-campaign"] + sides["trump-2"] == 3
