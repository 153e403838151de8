"""What the modules of lessons compute for words: by hand on small things, and from mended rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from lessons import every
from tiers import few
from upheaval.facts import tables, validate
from upheaval.lessons import (
    blocks,
    build,
    computed,
    l01,
    l02,
    l03,
    l04,
    l05,
    l07,
    l08,
    l09,
    l10,
    l12,
)
from upheaval.lessons.words import Filler

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture
def mend(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Change], None]:
    """Read a table of the collection with a change: ``mend("events", lambda rows: …)``."""

    def change_table(name: str, change: Change) -> None:
        read = tables.read

        def mended(one: str, *folder: Any) -> pd.DataFrame:
            return change(read(one, *folder)) if one == name else read(one, *folder)

        monkeypatch.setattr(tables, "read", mended)

    return change_table


def cell(row: str, column: str, value: object) -> Change:
    """A change of one cell, in the row of this id."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        assert (frame["id"] == row).sum() == 1
        return frame.assign(**{column: frame[column].mask(frame["id"] == row, value)})

    return change


def say(name: str, /, **values: object) -> str:
    """A text for tests, which says its name and its values."""
    return " ".join([name, *map(str, values.values())])


# -- of every value --------------------------------------------------------------------------------
def parts(value: Any) -> Iterator[Any]:
    """What a value is made of."""
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list | tuple | set):
        for one in inner:
            yield from parts(one)
    else:
        yield value


#: A sentence more, where it is so: of forecast questions none is open in the tables as they are.
ONLY_SOMETIMES = {"still_open"}


@pytest.mark.parametrize("number", few([lesson.number for lesson in every()], 2))
def test_no_value_is_empty_or_unknown_or_holds_a_name(number: str) -> None:
    for name, function in computed.functions(number, computed.COMPUTED).items():
        section = next(
            one
            for one in ("checks", "come_back", "prompts", "said", "shown")
            if name in (computed.load(number).content.get(one) or {})
        )
        entry, filler = computed.filled(number, section, name)
        assert entry and filler.values, name
        for key, value in filler.values.items():
            odd = [
                one
                for one in parts(value)
                if one is None
                or one is pd.NA
                or (isinstance(one, float) and math.isnan(one))
                or (isinstance(one, str) and ("{" in one or one == "nan"))
            ]
            assert not odd and (len(list(parts(value))) > 0), (number, name, key, odd)
            empty = isinstance(value, str) and not value.strip()
            assert not empty or key in ONLY_SOMETIMES, (number, name, key)
        assert function.__doc__, name


# -- by hand ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("1953-07-27", "2024-11-27", 71),
        ("1953-11-27", "2024-11-27", 71),
        ("1953-11-28", "2024-11-27", 70),
        ("1950-06-25", "1953-07-27", 3),
    ],
)
def test_a_year_is_full_on_its_anniversary(first: str, last: str, years: int) -> None:
    assert l01._full_years(pd.Timestamp(first), pd.Timestamp(last)) == years


def test_days_between_ships_and_words_follow_the_table(mend: Callable[[str, Change], None]) -> None:
    before = l02.delay()
    mend("events", cell("dprk-troops-embark", "first_reported", "2024-10-20"))
    mend("events", cell("dprk-troops-embark", "date", "2024-10-08"))
    after = l02.delay()
    assert after["days_until_told"] == 12 and after["day_of_telling"] == "20 October 2024"
    assert before["days_until_told"] != 12
    assert after["days_until_washington"] == 15, "8 to 23 October 2024"
    assert after["days_from_seoul_to_washington"] == 3


def test_the_right_status_is_that_of_the_table(mend: Callable[[str, Change], None]) -> None:
    assert l02.status() == {"right_status": "disputed"}
    mend("events", cell("dprk-troops-embark", "status_before", "claimed"))
    assert l02.status() == {"right_status": "claimed"}


def test_each_event_that_is_offered_has_its_marks() -> None:
    values = l02.turning_points()
    counts = {name: len(column) for name, column in values["columns"].items()}
    assert set(counts.values()) == {len(values["offered"])}
    for day, known in zip(values["columns"]["date"], values["columns"]["known"], strict=True):
        assert day <= known, "nothing is known before it happened"


def test_how_much_of_a_row_its_sentence_carries(mend: Callable[[str, Change], None]) -> None:
    values = l03.sentences()
    judged = [values[f"right_{letter}"] for letter in l03.PAIRS]
    assert judged == ["whole", "part", "none"] * 2, "the words of the reasons say so, too"
    assert (
        "10,000" in values["row_a"]
        and "(Kyiv Independent, 17 October 2024)" in values["sentence_a"]
    )
    mend("excerpts", cell(l03.PAIRS["a"][1], "row", "nis-2024-10-18-first"))
    assert l03.sentences()["right_a"] == "none"


def test_a_sentence_without_the_day_carries_a_part(mend: Callable[[str, Change], None]) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        less = [
            tuple(one for one in carries if one != "date") if row == l03.PAIRS["a"][1] else carries
            for row, carries in zip(frame["id"], frame["carries"], strict=True)
        ]
        return frame.assign(carries=less)

    mend("excerpts", change)
    assert l03.sentences()["right_a"] == "part"


def test_faults_of_a_bar_follow_what_was_said() -> None:
    values = l03.bugs()
    assert [values[f"right_{bar}"] for bar in "acd"] == [
        ["ceiling"],
        ["floor"],
        ["ceiling", "plan"],
    ]
    assert "right_b" not in values, "nothing is asked about it"


def test_the_word_that_says_how_sure_a_speaker_is_comes_by_its_kind() -> None:
    assert l04._cue("I think it may rain, no doubt whatsoever.") == "no doubt whatsoever"
    assert l04._cue("I think it may rain.") == "I think"


def test_votes_of_two_are_told_row_by_row(mend: Callable[[str, Change], None]) -> None:
    markup = l05.roll_calls(say)["votes"].markup
    assert markup.count('<th scope="row"') == len(tables.read("resolutions"))
    mend("roll_calls", lambda rows: rows.assign(vote="no"))
    markup = l05.roll_calls(say)["votes"].markup
    assert markup.count("<p>no</p>") == 2 * len(tables.read("resolutions"))


#: Of each lesson's prediction, the option that the rows bear out, read by hand.
CAME = {
    "00": "About half a year later",
    "01": "Three or four",
    "02": "Some days later",
    "03": "One was nearly three times the other",
    "04": "About a quarter of them",
    "05": "In some, but fewer than half",
    "06": "For about one in five",
    "07": "On a few",
    "08": "Europe, about twice as much as the United States",
    "09": "To bind Russia to help in a crisis in Korea",
    "10": "6 to 8 of 12",
    "11": "Offer talks",
    "12": "A number that somebody copied wrongly from the source",
}


@pytest.mark.parametrize("number", sorted(CAME))
def test_a_prediction_is_compared_with_what_the_rows_say(number: str) -> None:
    """An option that moved, or a row that was mended, shows here."""
    came = build.recall(number, "predict").spec["came"]
    assert came["right"] == [CAME[number]] and CAME[number] in came["options"]
    assert came["text"] and came["same"] != came["other"]
    assert bool(came["folded"]) == (number == "10"), "there alone the answer gives others away"


def test_a_mended_row_moves_the_option_that_came_true(
    mend: Callable[[str, Change], None],
) -> None:
    mend("events", cell("dprk-acknowledges", "date", "2024-10-25"))
    assert build.recall("00", "predict").spec["came"]["right"] == ["In the same week"]


def test_a_value_lies_in_one_of_the_spans_between_ends() -> None:
    assert [computed.span_of(one, 1, 14, 60) for one in (0, 1, 13, 14, 60, 99)] == [
        *(1, 2, 2, 3, 4, 4)
    ]
    assert [computed.span_of(one, 0.8, 0.5) for one in (1, 0.8, 0.6, 0.5, 0.4)] == [1, 1, 2, 2, 3]


def test_how_far_positions_lie_apart(mend: Callable[[str, Change], None]) -> None:
    mend("policies", lambda rows: rows.assign(scale_commitment=1))
    assert set(l07._points_apart("scale_commitment").values()) == {0}
    mend("policies", cell("sanctions-biden", "scale_commitment", -2))
    assert l07._points_apart("scale_commitment")["sanctions"] == 3


def test_what_the_article_could_know_was_there_that_day() -> None:
    assert l08._evidence("a-b", "said", "2024-11-27") == {"a_b": "said", "a_b_known": "yes"}
    assert l08._evidence("a-b", "said", "2024-11-28")["a_b_known"] == "no"


TERMS = {"biden": ("2021-01-20", "2025-01-20"), "trump-2": ("2025-01-20", "9999")}


def test_what_a_candidate_says_is_placed_under_no_administration() -> None:
    """For both sides alike: who is placed under an administration spoke for it, in its term."""
    placed = computed.load("07").content["checks"]["place"]["items"]
    values = l07.place()
    quotes = blocks.table("quotes").set_index("text")
    for item in placed:
        one = quotes.loc[values[str(item["text"]).strip("“”{}")]]
        spoke_for = "campaign" if "candidate" in one["role_at_time"] else "government"
        if item["right"] in TERMS:
            first, last = TERMS[item["right"]]
            assert spoke_for == "government" and first <= one["date"] < last, item["label"]
        else:
            assert spoke_for == "campaign", item["label"]


def test_numbers_of_a_list_are_counted(mend: Callable[[str, Change], None]) -> None:
    before = l07.sales()
    assert f"{before['drawdowns'] + before['missing']}th" in before["last_package"]
    mend("aid_packages", lambda rows: rows[rows["id"] != "pda-05"])
    after = l07.sales()
    assert after["missing"] == before["missing"] + 1


def test_what_the_check_says_of_a_row_in_no_file_names_no_line() -> None:
    found = [l12._without_place(validate.try_row("estimates", {"id": "my-row"}))]
    assert found and not any("line" in one or ".csv," in one for one in found)


def test_who_stands_first_is_right_by_that_measure(mend: Callable[[str, Change], None]) -> None:
    first = l08.pays(say)
    assert first["right_by_euros"] == "usa" and first["why_by_euros"]["usa"].startswith("right ")
    assert first["why_by_euros"]["deu"].startswith("wrong ")

    def with_more(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(total_eur_bn=rows["total_eur_bn"].mask(rows["iso3"] == "DEU", 999.0))

    mend("aid_by_donor", with_more)
    assert l08.pays(say)["right_by_euros"] == "deu"


@pytest.mark.parametrize(
    ("marks", "can"),
    [
        (["C", "C", "C", "C", "C"], "no-value"),
        (["C", "N", "C", "C", "C"], "fits-some-better"),
        (["C", "N", "I", "C", "C"], "speaks-against"),
        (["II", "N", "N", "C", "C"], "speaks-against"),
    ],
)
def test_what_a_row_of_marks_can_do(marks: list[str], can: str) -> None:
    assert l09._can(marks) == can


def test_the_score_worked_by_hand() -> None:
    values = l10.score()
    assert values["score"] == round(100 * (0.1**2 + 0.7**2) / 2) == 25
    assert values["mean_of_distances"] == 40 and values["sum_of_squares"] == 50
    assert values["score_of_the_opposite"] == 45


def test_spans_of_the_prediction_meet_and_hold_every_number() -> None:
    values = l10.predict(say)
    spans = [list(map(int, option.split()[1:3])) for option in values["options"]]
    held = [number for low, high in spans for number in range(low, high + 1)]
    assert held == list(range(values["questions"] + 1))


@pytest.mark.parametrize(
    ("value", "text"),
    [(("PRK", "RUS"), "PRK;RUS"), (None, "empty"), (float("nan"), "empty"), (3000, "3000")],
)
def test_a_cell_is_shown_as_a_reader_writes_it(value: object, text: str) -> None:
    assert l12._cell(say, value) == text


def test_a_row_is_asked_for_by_its_id() -> None:
    assert blocks.row("events", "dprk-troops-embark")["id"] == "dprk-troops-embark"
    with pytest.raises(ValueError, match="expected 1"):
        blocks.row("events", "no-such-event")


def test_a_text_of_an_entry_is_said_with_its_own_values() -> None:
    filler = Filler("here", {"day": "Monday"}, {"line": "{day}: {what}"})
    assert filler.say("line", what="a vote") == "Monday: a vote"
