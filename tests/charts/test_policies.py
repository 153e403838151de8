"""Policy contrasts: worked by hand on a few rows, and through every choice on the real table."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import policies, positions, scales
from upheaval.facts import tables
from upheaval.saving import PLOTLY

TABLE = lesson.table("policies")


def row(
    dimension: str, administration: str, commitment: int, multilateral: int, **more: object
) -> dict[str, object]:
    return {
        "id": f"{dimension}-{administration}",
        "dimension": dimension,
        "administration": administration,
        "position": f"Position of {administration}",
        "evidence": "Evidence.",
        "date": "2024-01-05",
        "scale_commitment": commitment,
        "scale_multilateral": multilateral,
        "coding_reason": "Reason.",
        "in_article": False,
        "sources": ("kbs-2024-unpanel", "kbs-2024-nis18oct"),
        "note": None,
        **more,
    }


@pytest.fixture
def few() -> pd.DataFrame:
    """Sanctions in two columns (in the wrong order), land in three, one question in one."""
    return pd.DataFrame(
        [
            row("sanctions", "trump-2", 0, -1),
            row("sanctions", "biden", 2, 2, in_article=True),
            row("territorial-question", "biden", 1, 1),
            row("territorial-question", "trump-campaign", -1, 1),
            row("territorial-question", "trump-2", 1, -1),
            row("un-diplomacy", "biden", 1, 2),
        ]
    )


# -- by hand ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("value", "text"), [(2, "+2"), (0, "0"), (-1, "−1")])
def test_codes_carry_their_sign(value: int, text: str) -> None:
    assert positions.code(value) == text


def test_one_question_shows_its_columns_in_the_fixed_order(few: pd.DataFrame) -> None:
    chart = policies.contrasts(few, "sanctions")
    assert list(chart.table["Whose policy"]) == [
        "Biden administration",
        "Second Trump administration",
    ]
    assert (
        chart.title
        == "Sanctions on Russia, commitment by our codes: Biden +2, second Trump administration 0"
    )
    assert (
        chart.description
        == "With allies, by our codes: +2 for the Biden administration; −1 for the second Trump"
        " administration. They lie 2 points apart on commitment and 3 points apart on working with"
        " allies. 2 positions are shown. No position of its own was found for the Trump campaign."
    )
    assert (
        chart.table["Date and codes"].iloc[0]
        == "5 January 2024 · commitment +2, with allies +2 · named in the article"
    )
    assert policies.NONE_FOUND in chart._repr_mimebundle_()["text/html"]


def test_equal_codes_and_single_positions_have_their_own_words(few: pd.DataFrame) -> None:
    few.loc[few["administration"] == "trump-campaign", "scale_commitment"] = 1
    alike = policies.contrasts(few, "territorial-question")
    assert alike.title.endswith(
        "by our codes: Biden +1, Trump campaign +1, second Trump administration +1"
    )
    assert "level on commitment and 2 points apart" in alike.description
    one = policies.contrasts(few, "un-diplomacy")
    assert one.title == "Votes at the United Nations: one position, from the Biden administration"
    assert "One position is shown" in one.description


def test_all_questions_count_where_the_administrations_share_a_code(few: pd.DataFrame) -> None:
    chart = policies.contrasts(few)
    assert (
        chart.title
        == "Two administrations, 2 questions: the same code for commitment on 1, for working with"
        " allies on none"
    )
    shared = chart.table[chart.table["Shared code"] != ""]
    assert (
        list(shared["Shared code"])
        == ["The question of land. The same code: Commitment to Ukraine"] * 2
    )
    one = policies.contrasts(few[few["dimension"] != "sanctions"])
    assert (
        one.title
        == "Two administrations, 1 question: the same code for commitment on 1, for working with"
        " allies on none"
    )
    named = policies.contrasts(few, "article")
    assert len(named.table) == 1 and "Biden 1" in named.title
    assert "the second Trump administration came later" in named.title


def test_the_article_names_nothing_that_came_later() -> None:
    assert set(TABLE.loc[TABLE["in_article"], "administration"]) == {"biden", "trump-campaign"}
    dated = policies.contrasts(TABLE, "means-of-aid").table["Date and codes"]
    assert "its subject is named in the article" in dated.iloc[0], "a date after the article"


@pytest.mark.parametrize(
    ("group", "title"),
    [
        (
            "all",
            ("Biden highest on 1 of 2; the same code for all on none"),
        ),
        (
            "terms",
            ("Biden above second Trump administration on 1 of 2, level on 1"),
        ),
        (
            "election",
            ("Biden above Trump campaign on 1 of 1, level on none"),
        ),
    ],
)
def test_distances_are_counted_between_the_columns_chosen(
    few: pd.DataFrame, group: str, title: str
) -> None:
    chart = scales.scales(few, "commitment", group)
    assert chart.title == f"Commitment to Ukraine, our codes: {title}"
    assert chart.payload()["references"]


def test_both_scales_count_what_lies_on_the_same_side_of_both(few: pd.DataFrame) -> None:
    chart = scales.scales(few, "both")
    assert (
        chart.title
        == "Both our codes above zero: Biden 2 of 2, Trump campaign 0 of 1, second Trump"
        " administration 0 of 2"
    )
    assert (
        "Below zero on both scales: Biden 0 of 2" in chart.description
        and "2 questions are shown" in chart.description
    )
    assert list(chart.table["Points apart, with allies"]) == [3, 2]


def test_the_widest_difference_stands_first() -> None:
    for scale, parts in positions.SCALES.items():
        apart = list(scales.scales(TABLE, scale).table[f"Points apart, {parts[1]}"])
        assert apart == sorted(apart, reverse=True)


def test_empty_tables_say_what_to_do(few: pd.DataFrame) -> None:
    for chart in (
        policies.contrasts(few.iloc[:0]),
        policies.contrasts(few.iloc[:0], "sanctions"),
        scales.scales(few.iloc[:0]),
        scales.scales(few[few["administration"] == "biden"], "both"),
    ):
        payload = chart.payload()
        assert (
            payload["empty"]
            and payload["description"].startswith("None")
            and "Choose" in payload["description"]
        )


def test_markup_in_the_data_stays_text(few: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(positions.DIMENSIONS, "sanctions", "<b>x</b><a href='y'>")
    matrix = str(policies.contrasts(few).payload()["figure"])
    assert "&lt;b&gt;x" in matrix and "<a href" not in matrix
    assert "<a href" not in scales.scales(few)._repr_mimebundle_()["text/html"]


def test_unknown_words_are_refused() -> None:
    with pytest.raises(KeyError):
        policies.contrasts(TABLE, "weather")
    with pytest.raises(KeyError):
        scales.scales(TABLE, "warmth")
    with pytest.raises(KeyError):
        scales.scales(TABLE, group="nobody")


def test_every_word_of_the_schema_has_its_words() -> None:
    fields = {field["name"]: field for field in tables.schema("policies")["fields"]}
    assert set(fields["dimension"]["constraints"]["enum"]) == set(positions.DIMENSIONS)
    assert set(fields["administration"]["constraints"]["enum"]) == set(positions.COLUMNS)


# -- every choice ----------------------------------------------------------------------------------
def test_every_question_says_what_it_shows() -> None:
    for _, question in policies.question_options():
        wanted = {"all": TABLE, "article": TABLE[TABLE["in_article"]]}.get(
            question, TABLE[TABLE["dimension"] == question]
        )
        payload = policies.contrasts(TABLE, question).payload()
        assert len(payload["table"]["rows"]) == len(wanted) > 0, question
        assert (
            f"{len(wanted)} positions are shown" in payload["description"]
            and "nan" not in payload["title"]
        )
        cited = {one["id"] for one in payload["references"]}
        assert cited == {source for cell in wanted["sources"] for source in cell}


def test_every_pair_of_scale_and_columns_says_what_it_shows() -> None:
    for (_, scale), (_, group) in itertools.product(scales.scale_options(), scales.group_options()):
        columns = scales.GROUPS[group][1]
        counts = TABLE[TABLE["administration"].isin(columns)].groupby("dimension").size()
        payload = scales.scales(TABLE, scale, group).payload()
        assert len(payload["table"]["rows"]) == int((counts > 1).sum())
        assert f"{int((counts > 1).sum())} questions are shown" in payload["description"]
        assert [label for _, label in payload["legend"]] == [
            positions.COLUMNS[name][0] for name in columns
        ]


def test_a_chart_can_stand_alone() -> None:
    for chart in (policies.contrasts(TABLE), scales.scales(TABLE, "both")):
        assert chart.standalone()["data"] and PLOTLY in chart._repr_mimebundle_()


def test_one_question_says_from_which_end_to_which_a_scale_runs() -> None:
    rows = policies.contrasts(TABLE, "sanctions").rows
    assert rows and rows.scale
    assert "Commitment to Ukraine (least to most)" in rows.scale.title
    assert "Working with allies (alone to together)" in rows.scale.title


def test_each_column_has_one_name_in_titles_lists_and_tables() -> None:
    whole = lesson.table("policies")
    charts = [policies.contrasts(whole, value) for _, value in policies.question_options()]
    charts += [
        scales.scales(whole, scale, group)
        for (_, scale), (_, group) in itertools.product(
            scales.scale_options(), scales.group_options()
        )
    ]
    said = [label for label, _ in scales.group_options()]
    said += [text for chart in charts for text in (chart.title, chart.description)]
    said += [heading for chart in charts for heading in chart.table.columns]
    for text in said:
        rest = text
        for name in ("Trump campaign and second administration", "Trump campaign"):
            rest = rest.replace(name, "")
        rest = re.sub("[Ss]econd Trump administration", "", rest)
        assert "Trump" not in rest and "term" not in rest.split(), text
