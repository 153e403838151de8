"""The article's claims: counts worked out by hand, every choice, and words that agree with the
marks.
"""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest

from rules import filtered
from upheaval import lesson, row_filters, stories
from upheaval.charts import claims as charts
from upheaval.charts import make_up
from upheaval.charts.draw import Chart
from upheaval.facts import tables


def small(**changes: object) -> pd.DataFrame:
    """Four claims, out of order: two facts, one of them contradicted, an expert's prediction and a
    question.
    """
    frame = pd.DataFrame(
        {
            "id": ["c3", "c1", "c2", "c4"],
            "order": [3, 1, 2, 4],
            "paraphrase": ["It will end", "A title?", "Sent in October", "Over 75 years"],
            "gist": [None, None, None, None],
            "kind": ["prediction", "question", "fact", "fact"],
            "topic": ["us-policy", "axis", "troops", "history"],
            "speaker": ["Victor Cha", "author", "author", "author"],
            "speaker_id": ["victor-cha", None, None, None],
            "checkable": ["partly", "no", "yes", "yes"],
            "later_evidence": ["It did not.", "Nobody knows.", "It was.", "It is 71."],
            "assessment": ["mixed", "open", "supported", "contradicted"],
            "sources": [
                ("kbs-2024-kirby",),
                ("semafor-2024-axis",),
                ("kbs-2024-kirby", "kbs-2024-rutte"),
                ("isw-2024-dprk",),
            ],
            "note": [None, "A label.", None, None],
        }
    )
    return frame.assign(**changes)


def points(chart: Chart) -> dict[int, tuple[float, float]]:
    """Where the mark of each row stands."""
    return {
        int(row): (x, y)
        for trace in chart.figure.data
        if trace.ids
        for row, x, y in zip(trace.ids, trace.x, trace.y, strict=True)
    }


# -- claim by claim --------------------------------------------------------------------------------
def test_claims_are_counted_as_by_hand() -> None:
    chart = charts.browser(small())
    assert chart.title == "Claim 4: Over 75 years, says the article (▼ contradicted)"
    assert (
        chart.description
        == "Claim 2: Sent in October, says the article (■ supported). Claim 3: It will end,"
        " says Victor Cha (▽ mixed). Claim 4: Over 75 years, says the article (▼ contradicted)."
        " Marked: all 4 claims, from Claim 1 to Claim 4 in the order of the article. By"
        " kind: fact 2, prediction 1, question 1. By assessment: supported 1, mixed 1,"
        " contradicted 1, open 1. By subject: The war and outside support 1, The soldiers and"
        " the alliance 1, What Pyongyang may gain 1, U.S. policy 1."
    )
    assert list(chart.table["Claim"]) == ["Claim 1", "Claim 2", "Claim 3", "Claim 4"]
    assert chart.table.loc[2, "Labels"] == "prediction · us policy · Victor Cha, quoted · ▽ mixed"
    assert (
        chart.table.loc[0, "What public evidence says"]
        == "Nobody knows. Read in: Semafor, 3 May 2024."
    )


def test_a_claim_stands_at_its_place_in_the_lane_of_its_kind() -> None:
    positions = points(charts.browser(small()))
    assert [positions[row][0] for row in range(4)] == [1, 2, 3, 4]
    heights = {row: y for row, (_, y) in positions.items()}
    assert abs(heights[1] - heights[3]) < charts.STEP * 2, "both facts in one lane"
    assert heights[1] < heights[2] < heights[0], "fact above prediction above question"


def test_neighbours_in_one_lane_stand_a_step_apart() -> None:
    """So that marks do not touch on a phone, where a place is about five pixels wide."""
    positions = sorted(points(charts.browser(lesson.table("claims"))).values())
    for (x, y), (other_x, other_y) in itertools.pairwise(positions):
        assert other_x - x == 1 and abs(other_y - y) >= charts.STEP


def test_the_words_of_an_expert_are_marked_where_they_stand() -> None:
    frame = lesson.table("claims")
    bands = charts.browser(frame).figure.layout.shapes
    said = [
        {int(order) for order in frame.loc[frame["speaker_id"] == who, "order"]}
        for who in ("victor-cha", "matthew-kroenig")
    ]
    assert [set(range(int(band.x0 + 0.5), int(band.x1 + 0.5))) for band in bands] == said
    assert not charts.browser(small(speaker_id=None)).figure.layout.shapes
    assert ("▒", "the words of a quoted expert") not in charts.browser(
        small(speaker_id=None)
    ).legend


def test_every_claim_cites_the_article_and_its_evidence() -> None:
    chart = charts.browser(small())
    assert chart.sources[1] == [charts.ARTICLE, "kbs-2024-kirby", "kbs-2024-rutte"]


def test_every_filter_selects_and_says_what_it_counts() -> None:
    frame = lesson.table("claims")
    payload = charts.browser(frame).payload()
    options = {
        "kind": charts.kind_options(frame),
        "subject": charts.subject_options(frame),
        "assessment": charts.assessment_options(frame),
    }
    sorted_out = frame.assign(subject=frame["topic"].map(charts._SUBJECT_OF)).sort_values(
        "order", ignore_index=True
    )
    matching = {
        (name, value): (
            set(sorted_out.index[sorted_out[name] == value]) if value else set(sorted_out.index)
        )
        for name, choices in options.items()
        for _, value in choices
    }
    seen: set[tuple[int, ...]] = set()
    for picks in itertools.product(*options.values()):
        rules = [
            {"name": name, "column": name, "rule": "contains", "label": label, "value": value}
            for name, (label, value) in zip(options, picks, strict=True)
        ]
        rows = tuple(row_filters.visible_rows(payload["rowFilters"], rules))
        assert set(rows) == set.intersection(
            *(matching[rule["name"], rule["value"]] for rule in rules)
        )
        if rows in seen:
            continue
        seen.add(rows)
        chart = filtered(payload, rules)
        marked = sum(len(trace["ids"]) for trace in chart["figure"]["data"] if "ids" in trace)
        assert len(chart["table"]["rows"]) == marked == len(rows)
        every = len(frame)
        counts = {0: f"None of the {every}", 1: f"It is one of {every}"}.get(
            marked, f"Marked: {stories.share(marked, every)}"
        )
        assert f"{counts} claims" in chart["description"]
        assert chart["empty"] == (marked == 0) and ("Choose" in chart["description"]) == (
            marked == 0
        )
    assert () in seen, "the sentence for an empty choice was met"


# -- the whole -------------------------------------------------------------------------------------
def test_the_make_up_is_counted_as_by_hand() -> None:
    chart = make_up.make_up(small())
    said = "1 of 4 claims hold in the main, we judge; in the largest group, “fact”, 1 of 2"
    assert chart.title == said
    assert (
        chart.description == "fact 2 (supported 1, contradicted 1); prediction 1 (mixed 1);"
        " question 1 (open 1). In all: 3 kinds of sentence, 4 claims."
    )
    assert list(chart.table.columns) == [
        "Kinds of sentence",
        "■ supported",
        "▽ mixed",
        "▼ contradicted",
        "□ open",
        "All",
        "Share of all claims (%)",
    ]
    assert chart.table.values.tolist() == [
        ["fact", 1, 0, 1, 0, 2, 50],
        ["prediction", 0, 1, 0, 0, 1, 25],
        ["question", 0, 0, 0, 1, 1, 25],
    ]


def test_groups_of_one_size_share_the_title() -> None:
    chart = make_up.make_up(small(kind=["prediction", "prediction", "fact", "fact"]))
    assert chart.title.endswith("; the largest groups are “fact” and “prediction”, 2 claims each")


@pytest.mark.parametrize("by", make_up.VIEWS)
def test_every_view_shows_every_claim_once(by: str) -> None:
    frame = lesson.table("claims")
    chart = make_up.make_up(frame, by)
    assert chart.table["All"].sum() == len(frame) and str(len(frame)) in chart.description
    assert f"In all: {len(chart.table)} " in chart.description
    marks = [column for column in chart.table.columns if column[0] in "■▣▽▼□—"]
    assert (chart.table[marks].sum(axis=1) == chart.table["All"]).all()
    assert chart.rows
    drawn = [sum(count for _, count in line.units) for line in chart.rows.lines]
    assert drawn == chart.table["All"].tolist()


def test_an_unknown_view_is_an_error() -> None:
    with pytest.raises(KeyError):
        make_up.make_up(small(), "mood")


# -- both ------------------------------------------------------------------------------------------
def both(frame: pd.DataFrame) -> list[Chart]:
    return [charts.browser(frame), *(make_up.make_up(frame, by) for by in make_up.VIEWS)]


def test_no_claim_gives_a_sentence_and_no_frame() -> None:
    for chart in both(small()[:0]):
        payload = chart.payload()
        assert (
            payload["empty"]
            and payload["title"].startswith("No claim")
            and "Choose" in payload["description"]
        )
        assert not payload["references"]


def test_markup_in_the_data_is_shown_and_not_obeyed() -> None:
    evil = "<b>bold</b><img src=x onerror=alert(1)>"
    drawn = charts.browser(small(paraphrase=evil)).figure
    assert drawn
    hover = [text for trace in drawn.data if trace.ids for text in trace.hovertext]
    assert hover and all("<img" not in text and "&lt;b&gt;" in text for text in hover)


def test_every_value_of_the_schema_has_its_words() -> None:
    fields: list[dict[str, Any]] = tables.schema("claims")["fields"]
    allowed = {field["name"]: set(field.get("constraints", {}).get("enum", [])) for field in fields}
    assert set(charts.KINDS) == allowed["kind"] and set(charts.ASSESSMENTS) == allowed["assessment"]
    assert (
        set(charts.CHECKABLE) == allowed["checkable"] and set(charts.SPEAKERS) == allowed["speaker"]
    )
    assert set(charts._SUBJECT_OF) == allowed["topic"]


def test_signs_tell_without_colour() -> None:
    for marks in (charts.ASSESSMENTS, charts.CHECKABLE):
        assert len({mark.sign for mark in marks.values()}) == len(marks)
        assert len({mark.symbol for mark in marks.values()}) == len(marks)
