"""Questions that come back: how many there are, which a lesson begins with, and who reads them."""

from __future__ import annotations

import html
import json
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

import pytest

from lessons import Lesson, every
from rules import mark
from upheaval.facts import tables
from upheaval.lessons import build, come_back, computed, l02, l05, lesson, timing, words
from upheaval.publish import come_back_page, page
from upheaval.widgets import Check
from upheaval.widgets.comeback import ComeBack, Returning
from upheaval.widgets.core import storage

each_number = pytest.mark.parametrize("number", words.numbers())


def items(number: str) -> list[Check]:
    return [build.come_back(number, name) for name in come_back.names(number)]


@each_number
def test_every_lesson_has_enough_of_them_and_none_is_a_copy_of_a_check(number: str) -> None:
    assert len(come_back.names(number)) >= come_back.LEAST
    content = words.load(number).content
    asked = [str(one["question"]) for one in content["checks"].values()]
    for one in content[come_back.SECTION].values():
        near = max(SequenceMatcher(None, one["question"], other).ratio() for other in asked)
        assert near < 0.85, one["question"]


@each_number
def test_every_option_has_its_verdict_and_its_reason(number: str) -> None:
    for check in items(number):
        key = check.answer_key
        if key["type"] == "number":
            (low, high), said = key["low"], [key["why"], key["below"], key["above"]]
            assert mark(key, f"{(low + high) / 2:g}")["right"] is True
            for wrong in (low - 1, high + 1):
                assert mark(key, f"{max(wrong, 0):g}")["right"] is False
            said += [one["why"] for one in key["mistakes"]]
        else:
            said = list(key["why"].values())
            assert len(key["right"]) >= 1
            for one, why in key["why"].items():
                verdict = mark(key, one)
                assert (verdict["right"], verdict["text"]) == (one in key["right"], why)
        assert len(set(said)) == len(said), check.storage_key


def test_neither_its_place_nor_its_length_gives_the_right_one_away() -> None:
    places, longest, count = Counter[int](), 0, 0
    for check in (one for number in words.numbers() for one in items(number)):
        if check.spec["type"] != "choice":
            continue
        texts = {one["id"]: len(one["text"]) for one in check.spec["options"]}
        (right,) = check.answer_key["right"]
        places[list(texts).index(right)] += 1
        longest += texts[right] == max(texts.values())
        count += 1
    assert max(places.values()) < 0.4 * count and longest < count / 3


# -- at the start of a lesson ----------------------------------------------------------------------
@pytest.mark.parametrize("one", every(), ids=repr)
def test_a_lesson_begins_with_those_that_the_rule_draws(one: Lesson) -> None:
    calls = words.CALL.findall("\n".join(cell.source for cell in one.cells))
    asked = [f"{of}.{name}" for kind, of, name in calls if kind == "come_back"]
    assert asked == come_back.drawn(one.number)
    assert bool(asked) == (one.number >= come_back.FIRST)
    if asked:
        head = next(cell for cell in one.cells if cell.source.startswith("## What did you keep?"))
        written = timing.written(come_back.opening(), one.about["time"])
        assert head.source == written, "the words are those of shared.yaml"


def test_two_are_of_the_lesson_before_and_one_is_older_and_none_is_asked_twice() -> None:
    drawn = [come_back.drawn(number) for number in words.numbers()]
    assert [one[:2] for one in drawn[4]] == ["03", "03", "02"]
    assert {len(one) for one in drawn[2:]} == {3} and drawn[:2] == [[], []]
    everything = [name for one in drawn for name in one]
    assert len(set(everything)) == len(everything)


def test_a_question_says_which_lesson_it_is_from_and_is_marked_as_any_check() -> None:
    check = lesson.come_back("03.back-ceiling")
    assert check.spec["question"].startswith("Lesson 03: A minister")
    assert check.storage_key == "03.back-ceiling"
    with pytest.raises(words.WordsError, match="Did you mean “back-ceiling”"):
        lesson.come_back("03.back-celing")


# -- what is computed ------------------------------------------------------------------------------
def test_what_is_right_follows_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    read = tables.read

    def earlier(name: str, *folder: Any) -> Any:
        frame = read(name, *folder)
        if name == "events":  # NATO first of all, and an admission before the article
            days = {"nato-confirms-kursk": "2024-10-01", "dprk-acknowledges": "2024-11-01"}
            mended = frame["id"].map(days).fillna(frame["date"])
            return frame.assign(date=mended)
        if name == "treaty_clauses":
            return frame.assign(in_force=frame["in_force"].mask(frame["id"].notna(), "2024-10-01"))
        return frame

    assert l02.back_first()["right"] == ["seoul"] and l05.back_force()["right"] == ["ships"]
    assert l02.back_hindsight()["right"] == ["admission"]
    monkeypatch.setattr(tables, "read", earlier)
    assert l02.back_first()["right"] == ["nato"] and l05.back_force()["right"] == ["force"]
    assert l02.back_hindsight()["right"] == []


# -- the page --------------------------------------------------------------------------------------
def test_the_page_has_all_of_them_and_no_reason_in_clear(page_mode: None) -> None:
    dealer = come_back.dealer()
    listed = {one["lesson"]: one["checks"] for one in dealer.spec["lessons"]}
    assert {number: len(checks) for number, checks in listed.items()} == {
        number: len(come_back.names(number)) for number in words.numbers()
    }
    shown = html.unescape(page.render(come_back_page.notebook(), "student"))
    assert 'data-face="comeback"' in shown and "Latimier" in shown
    said = [why for check in items("03") for why in _reasons(check)]
    assert said and not [one for one in said if one in shown]
    assert not [one for one in said if one in json.dumps(dealer.spec, ensure_ascii=False)]


def _reasons(check: Check) -> list[str]:
    key = check.answer_key
    return list(key["why"].values()) if key["type"] == "choice" else [key["why"]]


def test_students_have_them_under_their_seal() -> None:
    given = words.sealed_files(words.HOME, {"03": "", "04": 'lesson.come_back("03.back-ceiling")'})
    assert b"half-statement" not in given["03.sealed"]
    content = words.unseal(given["03.sealed"].decode())
    assert list(content[come_back.SECTION]) == come_back.names("03") and not content["checks"]


ROUND = {"day": "2026-01-03", "items": ["01.back-fact"]}
KEPT = {
    "ticked": ["01"],
    "rounds": [ROUND],
    "answers": {
        "01.back-fact": {
            "answer": "looked-up",
            "right": True,
            "tries": 1,
            "day": "2026-01-03",
            "sure": {"said": "fairly", "right": True},
        }
    },
}


def dealer() -> ComeBack:
    """A dealer of one question, as live widgets are."""
    return ComeBack(
        "back", "Questions", [Returning("01", "01", [build.come_back("01", "back-fact")])]
    )


@pytest.mark.usefixtures("live_mode", "work_folder")
def test_a_round_is_kept_and_the_face_hears_of_other_work() -> None:
    widget = dealer()
    widget.selected = {"value": KEPT, "turn": "1"}
    assert widget.value == KEPT and widget.answer_lines() == [
        "Of 1 questions that came back 1 are answered, 1 right."
    ]
    storage.store.put("02.delay", {"answer": 10, "right": True, "tries": 1, "day": "2026-01-04"})
    assert widget.state["all"].keys() == {"back", "02.delay"}


@pytest.mark.usefixtures("live_mode", "work_folder")
@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "x",
        {},
        {**KEPT, "more": 1},
        {**KEPT, "ticked": [1]},
        {**KEPT, "rounds": [{"day": "today", "items": []}]},
        {**KEPT, "rounds": [{**ROUND, "items": ["x" * 200]}]},
        {**KEPT, "answers": {"01.back-fact": {"answer": 1}}},
        {**KEPT, "answers": []},
    ],
)
def test_what_is_no_round_is_refused(wrong: object) -> None:
    widget = dealer()
    widget.selected = {"value": wrong, "turn": "1"}
    assert widget.value is None and widget.state["statusMessage"].startswith("Not kept")


def test_no_lessons_make_no_page() -> None:
    with pytest.raises(ValueError, match="“Questions” needs one lesson"):
        ComeBack("back", "Questions", [])


def test_an_entry_is_called_as_no_check_is(tmp_path: Any) -> None:
    from upheaval.lessons import schema

    text = words.load("03").path.read_text("utf-8").replace("  back-ceiling:", "  ceiling:")
    (tmp_path / "03.yaml").write_text(text, encoding="utf-8")
    (problem,) = schema.problems(words.load("03", tmp_path))
    assert "back-ceiling" in problem.expected and "line" in problem.row
    assert "back-ceiling" in computed.filled("03", "come_back", "back-ceiling")[1].where
