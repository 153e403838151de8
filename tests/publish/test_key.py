"""The key to a check, the run sheet, and that neither reaches a student."""

from __future__ import annotations

from itertools import pairwise

import nbformat
import pytest

from lessons import Lesson, every
from tiers import few
from upheaval import lesson as lessons
from upheaval.lessons import timing, words
from upheaval.lessons.blocks import escaped
from upheaval.publish import editions, key, page, parts, run_sheet

each_lesson = pytest.mark.parametrize("one", few(every(), 1), ids=repr)


def cells(one: Lesson) -> list[key.Cell]:
    return list(nbformat.read(one.path, as_version=4).cells)


def checks(one: Lesson) -> list[lessons.Check]:
    code = "\n".join(cell.source for cell in cells(one) if cell.cell_type == "code")
    return [
        getattr(lessons, kind)(f"{of}.{name}")
        for kind, of, name in words.CALL.findall(code)
        if kind in ("check", "come_back")
    ]


@each_lesson
def test_every_reason_of_every_check_stands_in_its_key(one: Lesson) -> None:
    for check in checks(one):
        shown = key.markup(key.of(check))
        reasons = check.answer_key.get("why", {})
        told = list(reasons.values()) if isinstance(reasons, dict) else [reasons]
        told += [why for item in check.answer_key.get("items", ()) for why in item["why"].values()]
        told += [slip["why"] for slip in check.answer_key.get("mistakes", ())]
        told += [rule["good"] for rule in check.answer_key.get("rules", ())]
        assert told
        for why in told:
            assert escaped(why) in shown, check.spec["storageKey"]


def test_right_and_wrong_are_told_apart() -> None:
    told = key.of(lessons.check("02.status"))
    assert [line.answer for line in told.right] == ["D. disputed"]
    assert [line.answer[0] for line in told.wrong] == ["A", "B", "C"]
    assert key.of(lessons.check("02.delay")).right[0].answer == "10 days"
    span = key.of(lessons.check("03.range")).right[0].answer
    assert span.startswith("lower end ") and ", upper end " in span
    assert key.letters(28)[25:] == ["Z", "AA", "AB"]


@each_lesson
def test_an_instructor_s_lesson_begins_with_its_run_sheet_and_no_student_has_any_of_it(
    one: Lesson,
) -> None:
    notebook = nbformat.read(one.path, as_version=4)
    told = page.for_instructors(notebook).cells
    assert told[0].source.startswith("# ") and told[1].source.startswith("**Run sheet")
    assert "instructor" in editions.tags(told[2]), "the notes follow it"
    keys = [cell for cell in told if "lesson-key" in str(cell.get("outputs"))]
    assert len(keys) == len(checks(one)) > 0
    ours = [cell.id for cell in editions.without_instructors(told)]
    assert ours == [cell.id for cell in editions.without_instructors(notebook.cells)]


@each_lesson
def test_the_run_sheet_fills_the_minutes_that_the_lesson_promises(one: Lesson) -> None:
    sheet = run_sheet.markdown(cells(one), one.number)
    times = [row.split("|")[1].strip() for row in sheet.splitlines() if row.startswith("| ")][2:]
    spans = [tuple(map(int, time.split(" to "))) for time in times if " to " in time]
    assert spans[0][0] == 0 and spans[-1][1] == sum(one.about["minutes"])
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    more = sum(int(time.removeprefix("+ ")) for time in times if time.startswith("+"))
    assert more == timing.minutes(one.about, timing.MORE)
    assert lessons.prompt(f"{one.number}.predict").spec["question"] in sheet
    names = sheet.split("`--without ")[1].split("`")[0].split(",")
    parts.look_first([one.path], names)


def test_students_get_no_words_of_the_run_sheet() -> None:
    assert set(words.sealed_files(words.HOME, {"02": ""})) == {"02.sealed", "shared.sealed"}
