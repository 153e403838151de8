"""The words of the lessons: what is asked of them, and what is said where it is not so."""

from __future__ import annotations

import re
import statistics
from pathlib import Path
from typing import Any

import nbformat
import pytest

from lessons import HEAD, Lesson, every
from tiers import few
from upheaval.lessons import build, computed, plain_yaml, schema, words
from upheaval.publish import execution
from upheaval.widgets.core.seal import unseal

NUMBERS = [lesson.number for lesson in every()]
RULES = Path(__file__).resolve().parents[1] / "docs" / "add-a-question.md"


@pytest.mark.parametrize("number", few(NUMBERS, 2))
def test_the_words_are_as_asked_with_every_value_computed_and_used(number: str) -> None:
    found = schema.problems(words.load(number)) or schema.computed_problems(words.load(number))
    assert not found, "\n".join(map(str, found))


def test_every_shared_text_is_said() -> None:
    found = schema.shared_problems(words.HOME, NUMBERS)
    assert not found, "\n".join(map(str, found))


HIDDEN = re.compile(
    r'from upheaval import lesson  # (\w+) (\d\d(?:\.[a-z0-9-]+)?)\n\nlesson\.(\w+)\("(.+)"\)'
)


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_a_folded_cell_says_what_it_holds(lesson: Lesson) -> None:
    """JupyterLab shows of it the first line alone, so the call stands there, too."""
    first = next(cell for cell in lesson.cells if cell.kind == "code")
    assert first.source.startswith(f"try:  # begin {lesson.number}\n")
    for cell in lesson.cells:
        folded = cell.kind == "code" and not cell.visible and cell is not first
        if folded and not cell.tags & {"solution", "live-only"}:
            found = HIDDEN.fullmatch(cell.source)
            assert found and found.groups()[:2] == found.groups()[2:], cell
            earlier = found[1] == "come_back"
            assert earlier or found[2].partition(".")[0] == lesson.number, cell


def test_notebooks_hold_little_code() -> None:
    """They held 7,369 lines of it before words moved out, and hidden cells 13 in the median."""
    lengths = [
        (cell.visible, len(cell.source.splitlines()))
        for lesson in every()
        for cell in lesson.cells
        if cell.kind == "code"
    ]
    assert sum(length for _, length in lengths) <= 7_369 / 3
    assert statistics.median(length for visible, length in lengths if not visible) <= 3


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_every_entry_is_asked_for_by_one_cell(lesson: Lesson) -> None:
    source = "\n".join(cell.source for cell in lesson.cells if cell.kind == "code")
    asked = [
        (words.SECTIONS[kind], name)
        for kind, _, name in words.CALL.findall(source)
        if kind != "come_back"  # of earlier lessons: `tests/test_come_back.py`
    ]
    recalled = re.findall(r'lesson\.recall\("\d\d\.(.+?)"\)', source)
    there = [
        (section, name)
        for section in ("prompts", "checks", "said", "shown")
        for name in words.load(lesson.number).content.get(section) or {}
    ]
    shown = {("shown", name) for name in computed.functions(lesson.number, computed.SHOWN)}
    again = [("prompts", name) for name in recalled]
    asked += [("said", words.ANSWER) for _ in recalled]  # stands on the card
    assert sorted([*set(there) | shown, *again]) == sorted(asked)


# -- what is wrong is told -------------------------------------------------------------------------
LESSON = (
    HEAD
    + """
checks:
  one:
    kind: choice
    question: Which one?
    options:
      - id: first
        right: true
        text: The first
        why: Yes.
      - id: second
        text: The second
        why: No, look again.
"""
)


def wrong(tmp_path: Path, old: str, new: str) -> list[str]:
    """The problems of a lesson's words in which ``old`` is ``new``."""
    assert LESSON.count(old) == 1
    (tmp_path / "98.yaml").write_text(LESSON.replace(old, new), encoding="utf-8")
    return [str(one) for one in schema.problems(words.load("98", tmp_path))]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Yes.", '""', "line 19, checks > one > options > why: found nothing. It needs a text."),
        ("        why: Yes.\n", "", "line 16, checks > one > options: found no “why”. Add “why:”."),
        ("right: true", "right: false", "found no right options. Exactly one option has"),
        ("id: second\n", "id: second\n        right: true\n", "found 2 right options."),
        ("No, look again.", "Yes.", "found the same reason twice"),
        ("id: second", "id: Second one", "An id has small letters, digits and hyphens"),
        ("kind: choice", "kind: choise", 'line 13, checks > one > kind: found "choise". It is one'),
        ("text: The second", "txet: The second", "found the field “txet”. There is none here. Did"),
        ("The second", "The 12 second", "found the number 12. A number comes from the tables"),
        ("The second", "The {second", "found a curly bracket. Between two of them stands one name"),
        ("Which one?", "Which " + "one " * 200, "letters. 700 are enough: say it shorter."),
        ("question: Why?", "question: Why", "found no question mark."),
        ("minutes: [10, 20]", "minutes: 30", "It needs two numbers: [together, alone]."),
        ("[core, 27]", "[core, 30]", "line 5, time: found 33 minutes. The parts of the core take"),
        ("[core, 27]", "[core, 0]", "line 5, time > Look: found “['core', 0]”. It needs core or"),
        ("[core, 27]", "[long, 24]", "It needs core or more, and the minutes: [core, 3]."),
        ("time: {Predict", "times: {Predict", "found no “time”. Add “time:”."),
        ("next: What comes next.", "then: What comes next.", "found no “next”. Add “next:”."),
        ('lesson: "98"', 'lesson: "97"', 'line 1, lesson: found "97". It is "98".'),
    ],
)
def test_what_is_wrong_is_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = wrong(tmp_path, old, new)
    assert any(said in one and one.startswith("words/98.yaml, line ") for one in found), found


def test_the_right_words_have_no_problem(tmp_path: Path) -> None:
    assert wrong(tmp_path, "The second", "The third, on 23 October 2024 or in lesson 02") == []
    assert wrong(tmp_path, "kind: choice", "kind: choice\n    as_said: [75]") == []
    assert wrong(tmp_path, "The second", "over {days} years") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: one: two", "line 1: this cannot be read (mapping values are not allowed"),
        ('a: "one', "line 1: this cannot be read"),
        ("a: 1\nb: 2\na: 3", "line 3: “a” stands here for the second time. Keep one."),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        plain_yaml.read_yaml(text)


def test_words_stay_words() -> None:
    text = "[no, on, 2024-10-23, 20:30, 1.50, 07, 7, true, 'true', \"5\"]"
    read = ["no", "on", "2024-10-23", "20:30", "1.50", "07", 7, True, "true", "5"]
    assert plain_yaml.read_yaml(text)[0] == read


# -- filling ---------------------------------------------------------------------------------------
def test_a_name_alone_is_its_value_and_in_a_text_its_words() -> None:
    filler = words.Filler("here", {"days": 10, "names": ["a"]}, {"rule": "Count {days}."})
    assert filler.fill(["{days}", "{names}", "{days} days. {rule}"]) == [
        10,
        ["a"],
        "10 days. Count 10.",
    ]
    assert filler.used == {"days", "names", "rule"}
    assert filler.say("rule", days=3) == "Count 3."


@pytest.mark.parametrize("name", ["dayz", "rule_of_thumb"])
def test_a_name_without_value_is_told_with_those_there_are(name: str) -> None:
    filler = words.Filler("Lesson 98, “one”", {"days": 10})
    with pytest.raises(words.WordsError, match=f"“one”: {{{name}}} has no value"):
        filler.fill(f"It took {{{name}}}.")


def test_an_unknown_entry_is_told_with_the_nearest() -> None:
    with pytest.raises(words.WordsError, match=r"no check “dealy”. Did you mean “delay”"):
        build.check("02", "dealy")
    with pytest.raises(words.WordsError, match=r"shows no “time-line”. Did you mean “timeline”"):
        computed.show("02", "time-line")


def test_mistakes_that_became_right_or_one_are_told_once() -> None:
    entries = [
        {"answer": 5, "why": "Five."},
        {"answer": 3, "why": "Three."},
        {"answer": 3, "why": "Also three."},
    ]
    (mistake,) = build._mistakes(entries, (5, 5))
    assert (mistake.low, mistake.why) == (3, "Three. Or: Also three.")


#: How a reason that praises would begin: the face says "✓ Yes." before it.
_PRAISE = re.compile(r"(?:Right|Correct|Exactly|Well done|True|Good)\b[.:,!]")


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for inner in value.values() for one in _texts(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _texts(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("number", NUMBERS)
def test_a_reason_does_not_praise_what_the_face_has_praised(number: str) -> None:
    """The face says “✓ Yes.” before a reason: “✓ Yes. Right: 17 of 42” says it twice."""
    written = (words.HOME / f"{number}.yaml").read_text(encoding="utf-8")
    twice = [one for one in _texts(plain_yaml.read_yaml(written)[0]) if _PRAISE.match(one)]
    assert not twice, "\n".join(twice)


# -- for students ----------------------------------------------------------------------------------
def test_students_get_words_under_a_seal_and_none_that_no_cell_of_theirs_asks_for(
    tmp_path: Path,
) -> None:
    (tmp_path / "98.yaml").write_text(LESSON, encoding="utf-8")
    (tmp_path / "shared.yaml").write_text("next: Next", encoding="utf-8")
    for source, checks in (('lesson.check("98.one")', {"one"}), ('lesson.say("98.one")', set())):
        made = words.sealed_files(tmp_path, {"98": source})
        assert set(made) == {"98.sealed", "shared.sealed"}
        assert b"look again" not in made["98.sealed"]
        assert set(unseal(made["98.sealed"].decode())["checks"]) == checks


def test_sealed_words_are_read_like_open_ones(tmp_path: Path) -> None:
    lesson = every()[2]
    asked = "\n".join(cell.source for cell in lesson.cells)
    for name, content in words.sealed_files(words.HOME, {"02": asked}).items():
        (tmp_path / name).write_bytes(content)
    assert words.load("02", tmp_path).content == words.load("02").content
    assert schema.check(tmp_path) == [], "what is sealed was looked at before"


def test_an_edit_shows_at_the_next_cell(tmp_path: Path) -> None:
    path = tmp_path / "98.yaml"
    path.write_text(LESSON, encoding="utf-8")
    assert words.load("98", tmp_path).content["title"] == "A title"
    path.write_text(LESSON.replace("A title", "Another title"), encoding="utf-8")
    assert words.load("98", tmp_path).content["title"] == "Another title"


def test_what_ran_before_runs_again_after_an_edit_of_its_words_or_of_shared_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("98", "97", "95", "shared"):
        (tmp_path / f"{name}.yaml").write_text(LESSON, encoding="utf-8")
    notebook = nbformat.v4.new_notebook(metadata={"upheaval": {"lesson": "98"}})
    digest = words.digest_of
    monkeypatch.setattr(words, "digest_of", lambda number: digest(number, tmp_path))

    def key() -> str:
        return execution._cache_key(notebook, (), ())

    keys = [key()]
    for name in ("98", "shared", "97", "95"):  # it begins with questions from the two before
        with (tmp_path / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write("# mended")
        keys.append(key())
    assert len(set(keys)) == 4 and keys[3] == keys[4], "another lesson's words are not its own"


# -- the page on questions -------------------------------------------------------------------------
def examples() -> dict[str, Any]:
    """The entries in the page on questions, by name."""
    found: dict[str, Any] = {}
    for block in re.findall(r"```yaml\n(.*?)```", RULES.read_text("utf-8"), re.DOTALL):
        found |= plain_yaml.read_yaml(block)[0]
    return found


def test_the_examples_of_the_page_fit_and_cover_every_kind(tmp_path: Path) -> None:
    entries = examples()
    checks = {name: one for name, one in entries.items() if "kind" in one}
    head = plain_yaml.read_yaml(LESSON)[0] | {
        "checks": checks,
        "prompts": {name: one for name, one in entries.items() if "kind" not in one},
    }
    found = schema.problems(words.Words("98", tmp_path / "98.yaml", head, {}))
    assert not found, "\n".join(map(str, found))
    assert {one["kind"] for one in checks.values()} | {"select_all"} == set(schema.KINDS)
    assert set(build.KINDS) == set(schema.KINDS)
    values = {"days_until_told": 10, "days_until_washington": 15}
    for name, one in checks.items():
        entry = dict(one)
        filler = words.Filler(name, values, entry.pop("texts", {}))
        filled = filler.fill(entry)
        kind, question = filled.pop("kind"), filled.pop("question")
        assert build.KINDS[kind](f"98.{name}", question, filled).spec["question"] == question
