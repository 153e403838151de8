"""Lessons on paper: what stands on which sheet, in words; `tests/browser` counts the sheets."""

from __future__ import annotations

import html
import re
from pathlib import Path

import nbformat
import pytest

from lessons import Lesson, every
from tiers import few
from upheaval import lesson as lessons
from upheaval.lessons import come_back, words
from upheaval.publish import key, page, paper, parts
from upheaval.publish.paper import chromium, drawn, forms, handout

pytestmark = pytest.mark.usefixtures("page_mode")
each_lesson = pytest.mark.parametrize("one", few(every(), 1), ids=repr)


def made(one: Lesson, *left_out: str) -> handout.Handout:
    return handout.of(nbformat.read(one.path, as_version=4), left_out)


def text(pieces: list[str]) -> str:
    """What a reader sees of HTML."""
    shown = re.sub(r"<script.*?</script>|<[^>]+>", " ", "".join(pieces), flags=re.DOTALL)
    return " ".join(html.unescape(shown).split())


@each_lesson
def test_no_answer_stands_on_the_sheets_of_a_lesson(one: Lesson) -> None:
    told = made(one)
    front, back = "".join(told.front), text(told.back)
    calls = words.CALL.findall("\n".join(one_code(one)))
    shown = 0
    for kind, of, name in calls:
        if kind not in ("check", "come_back"):
            continue
        check = getattr(lessons, kind)(f"{of}.{name}")
        shown += check.spec["question"] in text(told.front)
        for line in (*key.of(check).right, *key.of(check).wrong):
            assert html.escape(line.why) not in front and line.why not in text(told.front), name
        for hint in check.spec["hints"]:
            assert hint not in text(told.front), name
        assert check.spec["answerKey"] not in front
    assert told.questions == shown > 0
    assert text(told.front).count("How sure? ○ sure ○ fairly ○ guessing") == shown
    assert "How sure, and how often right? sure: of ; fairly: of" in back
    came = lessons.recall(f"{one.number}.predict").spec.get("came")
    assert came and came["text"][0] not in text(told.front) and came["text"][0] in back
    assert all(f" {number}. " in f" {back}" for number in range(1, told.questions + 1))


@pytest.mark.parametrize("one", every(), ids=repr)
def test_a_handout_begins_with_what_comes_back_as_its_lesson_does(one: Lesson) -> None:
    """None is left out for want of room; the first of all questions are these."""
    wanted = come_back.drawn(one.number)
    without = words.load(one.number).content["paper"].get("without", [])
    assert parts.name_of(words.shared()["what_did_you_keep"]) not in without
    source = "\n".join(one_code(one))
    asked = [f"{of}.{name}" for kind, of, name in words.CALL.findall(source) if kind == "come_back"]
    assert asked[: len(wanted)] == wanted


def one_code(one: Lesson) -> list[str]:
    """The code of a notebook, cell by cell."""
    cells = nbformat.read(one.path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


@pytest.mark.parametrize("one", every(), ids=repr)
def test_what_paper_says_otherwise_stands_in_the_notebook(one: Lesson) -> None:
    said = words.load(one.number).content["paper"]["said"]
    source = " ".join(" ".join(cell.source for cell in one_cells(one)).split())
    gone = [each["on_screen"] for each in said if each["on_screen"] not in source]
    assert not gone, "the notebook no longer says it: mend the lesson's “paper: said:”"


@each_lesson
def test_no_sentence_on_paper_speaks_of_a_control(one: Lesson) -> None:
    """Prose that names a control in bold, or says how to work it, has other words on paper."""
    labels = {label for cell in one_cells(one) for label in controls(cell)}
    named = "|".join(map(re.escape, sorted(labels)))
    worked = re.compile(
        rf"<strong>(?:{named or '-'}|Earlier|Later|List)</strong>|[Cc]lick a|<em>List</em>"
    )
    found = [piece for piece in made(one).front if worked.search(piece)]
    assert not found, [worked.findall(piece) for piece in found]


def controls(cell: parts.Cell) -> list[str]:
    """The labels of the controls of what a cell shows."""
    calls = words.CALL.findall(cell.source) if cell.cell_type == "code" else ()
    shown = [lessons.explorer(f"{of}.{name}") for kind, of, name in calls if kind == "explorer"]
    return [str(control["label"]) for one in shown for control in one.spec["controls"]]


def one_cells(one: Lesson) -> list[parts.Cell]:
    return list(nbformat.read(one.path, as_version=4).cells)


@each_lesson
def test_a_handout_has_the_words_and_options_and_neither_code_nor_notes(one: Lesson) -> None:
    told = made(one)
    front = text(told.front)
    assert lessons.about(one.number)["question"] in front
    assert lessons.prompt(f"{one.number}.predict").spec["question"] in front
    for cell in one.cells:
        if cell.tags & {"hood", "set-up", "instructor", "solution", "live-only"}:
            for line in filter(lambda line: len(line) > 50, cell.source.splitlines()):
                assert re.sub(r"[*_`]", "", line) not in front + text(told.back), cell
    assert "– choose –" not in front and "<details" not in "".join(told.front)
    assert "<a " not in "".join([*told.front, *told.back]), "nothing leads anywhere on paper"


def test_options_stand_once_with_letters_however_many_items_ask_for_them() -> None:
    shown = forms.check(3, lessons.check("01.label"))
    check = lessons.check("01.label")
    for letter, option in zip("ABCDEF", check.spec["options"], strict=True):
        assert shown.count(f"<b>{letter}</b> {html.escape(option['text'])}<") == 1
    assert shown.count("paper-blank") == len(check.spec["slots"]) == 8
    marked = forms.check(1, lessons.check("02.turning-points"), ["date", "known"])
    assert "(8 October 2024, 18 October 2024)" in marked and "paper-many" in marked


def test_a_chart_is_drawn_as_its_state_is_and_an_unknown_one_is_told() -> None:
    early, late = (
        drawn.chart(lessons.explorer("02.timeline"), {"as_of": day})
        for day in ("2024-10-23", "all")
    )
    assert "Known by: 23 October 2024" in early and "Known by: 23 October 2024" not in late
    assert len(early) < len(late), "fewer marks"
    rows = drawn.chart(lessons.explorer("09.grid"), {})
    assert "<table" in rows and "data-drawing" not in rows and "very consistent" in rows
    with pytest.raises(drawn.UnknownState, match="no option of “as_of”"):
        drawn.chart(lessons.explorer("02.timeline"), {"as_of": "never"})
    with pytest.raises(drawn.UnknownState, match="no control “day”"):
        drawn.chart(lessons.explorer("02.timeline"), {"day": "all"})


def test_a_table_on_paper_has_a_head_that_stands_again_on_the_next_sheet() -> None:
    for shown, first in (
        (drawn.chart(lessons.explorer("05.every-vote"), {}), "Russia"),
        (drawn.chart(lessons.explorer("09.grid"), {}), "Money and goods"),
        (forms.matrix(lessons.show("09.matrix").spec), "Money and goods"),
        (forms.weights(lessons.show("11.weights").spec), "Weight, 0 to 5"),
        (drawn.chart(lessons.explorer("02.timeline"), {}, columns=["Date"]), "Date"),
    ):
        head = shown.partition("<thead>")[2].partition("</thead>")[0]
        assert first in head and first not in shown.partition("<tbody>")[2].partition("<td>")[0]


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    line = {"title": "A", "text": "b", "note": "", "at": 0}
    marked = {"columns": [], "groups": [{"title": "G", "lines": [line] * (drawn.MOST + 5)}]}
    shown = drawn.lines(marked)
    assert shown.count("<tr>") == drawn.MOST + 2 and "… and 5 more in the lesson" in shown


def test_parts_and_answers_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = every()[2]
    assert "Peskov" in text(made(one).front) and "Peskov" not in text(made(one, "read").front)
    monkeypatch.setattr(chromium, "print_page", lambda page, pdf: None)
    written = paper.build(one.path, tmp_path, "letter", [paper.ANSWERS])
    page = written.html.read_text(encoding="utf-8")
    assert written.html.name == f"{one.path.stem}.handout.html" and written.pdf is None
    assert "size: letter" in page and '<aside class="paper-answers"' not in page


def test_without_a_browser_the_page_is_there_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from upheaval import __main__ as command_line

    monkeypatch.setenv("UPHEAVAL_BROWSER", str(tmp_path / "none"))
    assert command_line.main(["page", "--paper", "00", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "00_start_here.handout.html" in said and "No PDF: there is no Chromium" in said
    assert [path.suffix for path in tmp_path.iterdir()] == [".html"]


@each_lesson
def test_no_sheet_speaks_of_colours_and_its_legends_tell_only_signs_that_it_has(
    one: Lesson,
) -> None:
    told = made(one)
    shown = "".join(told.front)
    colours = re.findall(r"\b(?:blue|green|grey|orange|purple)\b.{30}", text(told.front))
    assert not colours, "the sheet is black and white"
    charts = re.findall(r"<figcaption>(.*?)</figcaption>(.*?)</figure>", shown, re.DOTALL)
    for caption, rows in charts:
        signs = re.findall(r"<span>(\S+) ", caption.partition("<p>")[2])
        idle = [sign for sign in signs if sign not in rows]
        assert "data-drawing" in rows or not idle, "a list has no sign of them"


def test_a_page_without_scripts_lets_none_run() -> None:
    """A `script-src` without a word is no valid policy: the Nu checker finds it in handouts."""
    assert "script-src 'none';" in page.policy([])
