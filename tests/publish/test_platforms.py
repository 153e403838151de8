"""Questions for course platforms: what a platform reads of them is what the lessons ask."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest

import lessons
from tiers import few
from upheaval.__main__ import main
from upheaval.lessons import come_back
from upheaval.publish import execution, platforms
from upheaval.publish.platforms import gift, qti, questions
from upheaval.publish.platforms.questions import (
    Answer,
    Choice,
    Lesson,
    Match,
    Number,
    Pair,
    Question,
    Slip,
)

Json = Any
Q = f"{{{qti.NAMESPACE}}}"
ASKED = lessons.every()
#: One of each kind, with all that means something in GIFT or XML.
ODD = r"a \ b ~ c = d # e { f } g : h -> i < j & k > “l” [m]"
ODDS: list[Question] = [
    Choice("9.c", ODD, (Answer(ODD, True, ODD), Answer("x\n\ny", False, "no"))),
    Number("9.n", ODD, -1.5, 2e6, ODD, (Slip(-7.5, -7, ODD),), f"too few {ODD}", ODD),
    Match(
        "9.m",
        ODD,
        {"a": ODD, "b": "B"},
        (Pair(ODD, ("a",), {"a": ODD}), Pair("t", ("a", "b"), {"a": "1", "b": "2"})),
    ),
]


@cache  # computed when a test asks, not while pytest looks which tests there are
def of_lesson(asked: lessons.Lesson) -> Lesson:
    return questions.of_lesson(asked.path)


@pytest.fixture
def every() -> list[Lesson]:
    return [of_lesson(asked) for asked in ASKED]


def questions_of(asked: lessons.Lesson | None) -> Iterator[Question]:
    """The questions of a lesson; the odd ones of none."""
    found = [*chain(*(bank.questions for bank in of_lesson(asked).banks))] if asked else ODDS
    assert found
    yield from found


each_lesson = pytest.mark.parametrize(
    "asked", [None, *few(ASKED, 4)], ids=lambda one: one.path.stem if one else "odd"
)


# -- a reader of GIFT, by Moodle's documentation -------------------------------------------------
class Read(NamedTuple):
    """A question as Moodle takes it in: its name, its text, what is in the brackets."""

    name: str
    text: str
    body: str


_HIDDEN = {f"\\{sign}": chr(0xE000 + at) for at, sign in enumerate("\\~=#{}:n")}


def hidden(text: str) -> str:
    """Signs behind a backslash as letters of their own."""
    return re.sub(r"\\[\\~=#{}:n]", lambda one: _HIDDEN[one[0]], text)


def shown(text: str) -> str:
    for sign, letter in _HIDDEN.items():
        text = text.replace(letter, "\n" if sign == r"\n" else sign[1])
    return text.strip()


def read_gift(text: str) -> list[Read]:
    """Every question of a file; a category is none."""
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith("$CATEGORY:"):
            continue
        taken = re.fullmatch(r"::(.*?)::\[markdown\](.*?)\{(.*)\}", hidden(block), re.DOTALL)
        assert taken, block
        assert not set("{}") & set(taken[2] + taken[3]), block
        found.append(Read(shown(taken[1]), shown(taken[2]), taken[3].strip()))
    return found


def answers(body: str) -> list[tuple[str, str, str]]:
    """(sign, words, reason) of each answer of a choice."""
    parts = re.split(r"([=~])", body)
    assert not parts[0].strip()
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(sign, *map(shown, words.split("#", 1))) for sign, words in pairs]  # type: ignore[misc]


def verdict(body: str, given: float) -> tuple[float, str]:
    """What Moodle says to a number: the first answer that it fits, or what stands after ~."""
    body, _, otherwise = body.removeprefix("#").partition("~")
    for one in filter(None, map(str.strip, body.split("="))):
        taken = re.fullmatch(r"(?:%(\d{1,2})%)?([\d.e+-]+?)\.\.([\d.e+-]+)#(.*)", one, re.DOTALL)
        assert taken, one
        if float(taken[2]) <= given <= float(taken[3]):
            return float(taken[1] or 100) / 100, shown(taken[4])
    return 0, shown(otherwise.removeprefix("#"))


@each_lesson
def test_moodle_reads_the_questions_that_the_lesson_asks(asked: lessons.Lesson | None) -> None:
    for question in questions_of(asked):
        read_as_asked(question)


def read_as_asked(question: Question) -> None:
    (read,) = read_gift(gift.text([Lesson("09", "t", (question,), (), ())]))
    assert (read.name, read.text) == (question.name, plain(question.text))
    if isinstance(question, Choice):
        wanted = [
            ("=" if one.right else "~", plain(one.text), plain(one.why)) for one in question.answers
        ]
        assert answers(read.body) == wanted
    elif isinstance(question, Number):
        for given in (question.low, question.high):
            assert verdict(read.body, given) == (1, plain(question.why))
        for slip in question.slips:
            assert verdict(read.body, slip.low) == (0, plain(slip.why))
        for given, why in beside(question):
            assert verdict(read.body, given) == (0, plain(why))
    else:
        body, _, reasons = read.body.partition("####")
        pairs = [tuple(map(shown, one.split("->"))) for one in body.split("=")[1:]]
        told = [one for one in pairs if one[0]]
        assert told == [
            (plain(pair.text), plain(question.options[pair.right[0]])) for pair in question.pairs
        ]
        assert {one for _, one in pairs} == set(map(plain, question.options.values()))
        for pair in question.pairs:
            assert all(plain(pair.why[one]) in shown(reasons) for one in pair.right)


def beside(question: Number) -> list[tuple[float, str]]:
    """A number that is far too small, and one that is far too large, with what each is told."""
    return [(question.low - 1e9 - 0.5, question.below), (question.high + 1e9 + 0.5, question.above)]


def plain(text: str) -> str:
    """A text as GIFT can hold it: paragraphs as single lines, and no arrow of its own."""
    return re.sub(r"\s*\n\s*", "\n", text.strip().replace("->", "→"))


# -- a reader of QTI, by its specification -------------------------------------------------------
def run(item: ET.Element, response: str) -> tuple[float, str]:
    """Score and reason that the response processing of a question gives."""
    process = item.find(f"{Q}responseProcessing")
    assert process is not None
    if process.get("template") == qti.MAP:
        entries = {
            one.get("mapKey"): float(one.get("mappedValue") or 0)
            for one in item.iter(f"{Q}mapEntry")
        }
        return sum(entries.get(one, 0) for one in response.split(",")), ""
    for branch in process[0]:
        tests = [one for one in branch if one.tag != f"{Q}setOutcomeValue"]
        if all(holds(one, response) for one in tests):
            values = [
                next(iter(one.iter(f"{Q}baseValue"))).text or ""
                for one in branch.iter(f"{Q}setOutcomeValue")
            ]
            names = [one.get("identifier") for one in branch.iter(f"{Q}setOutcomeValue")]
            told = dict(zip(names, values, strict=True))
            reasons = {
                one.get("identifier"): "".join(one.itertext()).strip()
                for one in item.iter(f"{Q}modalFeedback")
            }
            return float(told["SCORE"] or 0), reasons[told["FEEDBACK"]]
    return 0, ""


def holds(test: ET.Element, response: str) -> bool:
    name = test.tag.removeprefix(Q)
    if name == "and":
        return all(holds(one, response) for one in test)
    variable, value = test
    assert (variable.tag, variable.get("identifier")) == (f"{Q}variable", "RESPONSE")
    if name == "match":
        return response == value.text
    given, end = float(response), float(value.text or "")
    return {"gte": given >= end, "lte": given <= end, "lt": given < end}[name]


@each_lesson
def test_a_platform_marks_as_the_lesson_does(asked: lessons.Lesson | None) -> None:
    for question in questions_of(asked):
        marked_alike(question)


def marked_alike(question: Question) -> None:
    made = qti.files([Lesson("09", "t", (question,), (), ())])
    item = ET.fromstring(made[f"items/{qti.identifier(question.name)}.xml"])
    right = [one.text or "" for one in item.iter(f"{Q}value")][
        : len(getattr(question, "pairs", "1"))
    ]
    if isinstance(question, Choice):
        offered = list(item.iter(f"{Q}simpleChoice"))
        assert [one.text for one in offered] == [one.text for one in question.answers]
        for choice, answer in zip(offered, question.answers, strict=True):
            told = run(item, choice.get("identifier") or "")
            assert told == (
                float(answer.right),
                " ".join(answer.why.split()) and answer.why.strip(),
            )
        assert run(item, right[0])[0] == 1
    elif isinstance(question, Number):
        assert run(item, right[0]) == (1, question.why.strip())
        assert run(item, str(question.high))[0] == 1
        for slip in question.slips:
            assert run(item, str(slip.high)) == (0, slip.why.strip())
        for given, why in beside(question):
            assert run(item, str(given)) == (0, why)
    else:
        assert run(item, ",".join(right))[0] == len(question.pairs)
        left, options = item.iter(f"{Q}simpleMatchSet")
        assert [one.text for one in left] == [pair.text for pair in question.pairs]
        assert [one.text for one in options] == list(question.options.values())
        (interaction,) = item.iter(f"{Q}matchInteraction")
        assert interaction.get("maxAssociations") == str(len(question.pairs))


def test_canvas_finds_the_text_and_the_reasons_of_a_question() -> None:
    """As its importer looks for them: `qti_exporter` in the source of Canvas, read and not run."""
    for question in questions_of(ASKED[2]):
        made = qti.files([Lesson("09", "t", (question,), (), ())])
        item = ET.fromstring(made[f"items/{qti.identifier(question.name)}.xml"])
        texts = [*item.iterfind(f"{Q}itemBody/{Q}p"), *item.iter(f"{Q}prompt")]
        assert [(one.text or "").strip() for one in texts] == [question.text.strip()]
        for told in item.iter(f"{Q}setOutcomeValue"):
            if told.get("identifier") == "FEEDBACK":
                (both,) = told
                assert both.tag == f"{Q}multiple"
                assert [one.tag for one in both] == [f"{Q}variable", f"{Q}baseValue"]
                assert both[0].get("identifier") == "FEEDBACK"


@pytest.mark.thorough
def test_a_package_names_all_its_files_and_no_others(every: list[Lesson]) -> None:
    made = qti.files(every)
    manifest = ET.fromstring(made["imsmanifest.xml"])
    part = f"{{{qti.PACKAGE}}}"
    resources = list(manifest.iter(f"{part}resource"))
    named = [one.get("href") for one in resources]
    assert sorted(map(str, named)) == sorted(set(made) - {"imsmanifest.xml"})
    assert [one.get("href") for one in manifest.iter(f"{part}file")] == named
    ids = [one.get("identifier") for one in resources]
    assert len(ids) == len(set(ids))
    assert {one.get("identifierref") for one in manifest.iter(f"{part}dependency")} <= set(ids)
    for name, content in made.items():
        root = ET.fromstring(content)
        here = [one.get("identifier") for one in root.iter(f"{Q}assessmentItemRef")]
        if name.startswith("tests/"):
            assert here and {f"items/{one}.xml" for one in here} <= set(made)


@pytest.mark.thorough
def test_identifiers_of_xml_are_what_xml_allows(every: list[Lesson]) -> None:
    for content in qti.files(every).values():
        for one in ET.fromstring(content).iter():
            if identifier := one.get("identifier"):
                assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", identifier), identifier


# -- which questions there are -------------------------------------------------------------------
@pytest.mark.thorough
def test_every_check_is_a_question_or_is_named(every: list[Lesson]) -> None:
    for lesson, made in zip(ASKED, every, strict=True):
        asked = re.findall(r'lesson\.check\(\\"(\d\d\.[a-z0-9-]+)', lesson.path.read_text("utf-8"))
        back = [f"{made.number}.{name}" for name in come_back.names(made.number)]
        there = [*(one.name for bank in made.banks for one in bank.questions)]
        assert sorted([*asked, *back]) == sorted([*there, *made.left_out, *made.in_hood])
    assert sum(len(made.questions) for made in every) >= 60


@pytest.mark.thorough
def test_all_that_comes_back_has_a_bank_of_its_own_in_its_lesson(every: list[Lesson]) -> None:
    text, package = gift.text(every), qti.files(every)
    for lesson in every:
        names = [f"{lesson.number}.{name}" for name in come_back.names(lesson.number)]
        wanted = [one for one in names if one not in lesson.left_out]
        assert len(wanted) >= come_back.LEAST - 1  # a range, perhaps
        assert [one.name for one in lesson.come_back] == wanted
        title = lesson.title.replace("/", "-")
        _, _, mine = text.partition(f"$CATEGORY: Axis of Upheaval/{title}/Come back\n")
        category, _, _ = mine.partition("$CATEGORY:")
        assert [one.name for one in read_gift(category)] == wanted
        test = ET.fromstring(package[f"tests/lesson-{lesson.number}-come-back.xml"])
        asked = [one.get("identifier") for one in test.iter(f"{Q}assessmentItemRef")]
        assert asked == [qti.identifier(one) for one in wanted]


@each_lesson
def test_no_question_tells_its_answer_before_it_is_given(asked: lessons.Lesson | None) -> None:
    """Reasons stand in the brackets of GIFT and in the feedback of QTI, and nowhere else."""
    for question in questions_of(asked):
        made = qti.files([Lesson("09", "t", (question,), (), ())])
        item = ET.fromstring(made[f"items/{qti.identifier(question.name)}.xml"])
        body = item.find(f"{Q}itemBody")
        assert body is not None
        (read,) = read_gift(gift.text([Lesson("09", "t", (question,), (), ())]))
        seen = {" ".join(one.split()) for one in body.itertext()}
        for why in reasons(question) - {ODD}:
            assert why not in read.text
            assert " ".join(why.split()) not in seen


def reasons(question: Question) -> set[str]:
    """All that is said to an answer of a question, once it is given."""
    if isinstance(question, Choice):
        told = [one.why for one in question.answers]
    elif isinstance(question, Number):
        slips = (slip.why for slip in question.slips)
        told = [question.why, question.below, question.above, *slips]
    else:
        told = [why for pair in question.pairs for why in pair.why.values()]
    return {one for one in told if len(one) > 20}


@each_lesson
def test_each_question_can_be_answered(asked: lessons.Lesson | None) -> None:
    for one in questions_of(asked):
        if isinstance(one, Choice):
            assert any(each.right for each in one.answers)
        elif isinstance(one, Match):
            assert all(set(pair.right) <= set(one.options) for pair in one.pairs)
        else:
            assert one.low <= one.high


# -- the command ---------------------------------------------------------------------------------
@pytest.mark.thorough
def test_the_command_writes_what_it_says(
    every: list[Lesson], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["questions", "qti", "02", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    path = tmp_path / platforms.FORMS["qti"]
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        assert "imsmanifest.xml" in package.namelist()
        assert "tests/lesson-02.xml" in package.namelist()
    assert f"({sum(len(bank.questions) for bank in every[2].banks)} questions" in said
    assert "02.turning-points" in said
    assert main(["questions", "gift", "--out", str(tmp_path)]) == 0
    text = (tmp_path / platforms.FORMS["gift"]).read_text("utf-8")
    banks = [bank for made in every for bank in made.banks]
    assert len(read_gift(text)) == sum(len(bank.questions) for bank in banks)
    assert text.count("$CATEGORY:") == len(banks)


def test_a_lesson_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(execution.PageError, match="no lesson “99”"):
        platforms.build("gift", ["99"], tmp_path)
    assert not list(tmp_path.iterdir())
