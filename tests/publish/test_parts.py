"""The parts of a lesson by name: what can be left out, and what a name that is none is told."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from lessons import Lesson, every
from upheaval import __main__ as command_line
from upheaval.publish import contents, editions, page, parts, run_sheet

each_lesson = pytest.mark.parametrize("lesson", every(), ids=repr)


def cells(lesson: Lesson) -> list[parts.Cell]:
    return list(nbformat.read(lesson.path, as_version=4).cells)


def test_a_cell_of_several_headings_is_parted_and_keeps_its_words() -> None:
    source = "Before.\n\n## Look\n\n### Here: now\n\n*More · 3 minutes*\n\nText.\n\n## Talk"
    one = nbformat.v4.new_markdown_cell(source, id="a", metadata={"tags": ["x"]})
    found = parts.divided([one, nbformat.v4.new_code_cell("1", id="b")])
    told = [(part.name, part.level, part.within, part.more) for part in found]
    assert told == [
        ("", 1, "", False),
        ("look", 2, "", False),
        ("here", 3, "look", True),
        ("talk", 2, "", False),
    ]
    pieces = [cell for part in found for cell in part.cells]
    assert "\n\n".join(cell.source for cell in pieces[:-1]) == source
    assert len({cell["id"] for cell in pieces}) == len(pieces)
    assert pieces[-1].source == "1" and all(editions.tags(cell) == {"x"} for cell in pieces[:-1])


@each_lesson
def test_a_name_means_one_thing(lesson: Lesson) -> None:
    """A check may be called as the part that it stands in: it goes with that anyway."""
    found = [part for part in parts.divided(cells(lesson)) if part.name]
    there = [part.name for part in found]
    assert len({*there, parts.HOOD, parts.MORE}) == len(there) + 2
    checks = [(part.name, name) for part in found for name in map(parts.check_in, part.cells)]
    for part, name in checks:
        assert name not in (*there, parts.HOOD, parts.MORE) or name == part, name


@each_lesson
def test_a_part_goes_with_all_that_is_in_it_and_nothing_else(lesson: Lesson) -> None:
    there = cells(lesson)
    whole = [part.name for part in parts.divided(there)]
    for name in filter(None, whole):
        left = parts.divided(parts.without(there, [name]))
        inside = [one.name for one in parts.divided(there) if name in (one.name, one.within)]
        assert [one.name for one in left] == [one for one in whole if one not in inside], name
    assert parts.without(there, []) == there


@each_lesson
def test_the_hood_a_check_and_what_is_more_can_be_left_out(lesson: Lesson) -> None:
    there = cells(lesson)
    without_hood = parts.without(there, [parts.HOOD])
    assert not any({"hood", "set-up"} & editions.tags(cell) for cell in without_hood)
    assert not any(part.more for part in parts.divided(parts.without(there, [parts.MORE])))
    check = next(filter(None, map(parts.check_in, there)))
    left = list(filter(None, map(parts.check_in, parts.without(there, [check]))))
    assert left == [one for one in filter(None, map(parts.check_in, there)) if one != check]


def test_an_unknown_name_is_told_in_one_sentence_with_the_choices(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["page", "02", "--without", "hood,reed", "--out", str(tmp_path)]
    assert command_line.main(words) == 1
    said = capsys.readouterr().err
    told = "No page was written. There is no “reed” to leave out. Did you mean “read”? There are: "
    assert said.startswith(told + "what-did-you-keep, predict, ") and "turning-points" in said
    assert said.count("\n") == 1 and not list(tmp_path.iterdir())
    assert command_line.main(["page", "02", "--paper", "--without", "answer"]) == 1
    assert "“answers”" in capsys.readouterr().err


def test_a_lesson_is_named_by_its_number_and_none_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        page, "build", lambda path, edition, out, gone: made.append((path.name[:2], gone))
    )
    assert command_line.main(["page", "2", "--without", "read, Hood"]) == 0
    assert made == [("02", ["read", "hood"])]
    assert command_line.main(["page"]) == 2
    assert "Name a lesson by its number" in capsys.readouterr().err


# -- contents and anchors --------------------------------------------------------------------------
def test_every_heading_has_an_anchor_of_its_own_and_the_contents_lead_to_it() -> None:
    found = contents.of(["# T\n\n## Look: *here*\n\n### Deep", "## Look"])
    assert [one.anchor for one in found] == ["look", "look-2"]
    assert contents.markup(found) == (
        '<ul><li><a href="#look">Look: here</a><ul><li><a href="#deep">Deep</a></li></ul></li>'
        '<li><a href="#look-2">Look</a></li></ul>'
    )
    to_come = list(contents.in_order(found))
    shown = contents.anchored("<h2>Look: <em>here</em></h2><h3>Deep</h3>", to_come)
    assert shown == '<h2 id="look">Look: <em>here</em></h2><h3 id="deep">Deep</h3>'
    assert [one.anchor for one in to_come] == ["look-2"]


def test_a_heading_that_the_contents_do_not_have_stays_and_the_next_has_its_anchor() -> None:
    """As an author's edit makes it: a line of text with dashes below it, or nothing behind ##."""
    found = contents.of(["Mine\n---\n\n## \n\n## Look & *see* [it](x.md)", "## Talk"])
    to_come = list(contents.in_order(found))
    shown = contents.anchored("<h2>Mine</h2><h2></h2><h2>Look &amp; <em>see</em> it</h2>", to_come)
    assert shown == (
        '<h2>Mine</h2><h2></h2><h2 id="look-see-it-x-md">Look &amp; <em>see</em> it</h2>'
    )
    assert contents.anchored("<h2>Talk</h2><h3>Odd</h3>", to_come) == (
        '<h2 id="talk">Talk</h2><h3>Odd</h3>'
    )


# -- the guide -------------------------------------------------------------------------------------
GUIDE = (every()[0].path.parents[1] / "teaching" / "guide.md").read_text(encoding="utf-8")


@each_lesson
def test_what_the_guide_says_may_be_left_out_can_be_left_out_by_that_name(lesson: Lesson) -> None:
    row = re.search(
        rf"(?m)^\| {lesson.number} [A-Z][^|]*\|[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|$", GUIDE
    )
    short = lesson.about["short"]
    assert row and re.findall(r"`([a-z-]+)`", row[1]) == short.get("without", [])
    assert re.sub(r" \(`[a-z-]+`\)", "", row[1]).strip() == short.get("leave_out", "")
    assert row[2].strip() == short["never"]
    parts.look_first([lesson.path], short.get("without", []))


def test_the_guide_and_the_run_sheet_say_the_same_of_each_part() -> None:
    rows = re.findall(r"(?m)^\| ([A-Z][^|]*) \| ([^|]*) \| ([^|]*) \|$", GUIDE)
    told = {parts.name_of(name): {"do": do, "wrong": wrong} for name, do, wrong in rows}
    known = run_sheet.words.load(run_sheet.FILE).content
    assert {name: told.get(name) for name in known} == known
