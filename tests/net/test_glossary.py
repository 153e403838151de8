"""A word of the glossary is met where its row says: at the head of a lesson, or in its text."""

from __future__ import annotations

import re

import pytest

from net import record
from upheaval.facts import tables
from upheaval.lessons import schema, words

pytestmark = pytest.mark.net


def _says(text: str, term: str) -> bool:
    """Whether a text has a term, in the singular or the plural, with hyphens or without."""
    parts = re.split(r"[\s-]+", re.sub(r" \(.*", "", term.casefold()))
    return re.search(r"s?[\s-]+".join(map(re.escape, parts)), text) is not None


def test_every_lesson_that_a_word_names_has_it() -> None:
    shown = {number: text.casefold() for number, text in record.read().texts.items()}
    heads = {number: words.load(number).content["words"] for number in shown}
    wrong = [
        (row["id"], number)
        for row in tables.records(tables.read("glossary"))
        for number in row["lessons"]
        if row["id"] not in heads[number] and not _says(shown[number], row["term"])
    ]
    assert wrong == [], "take these lessons out of glossary.csv, or say the word there"


def test_a_word_at_the_head_of_a_lesson_names_that_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    assert schema.glossary_problems(words.HOME, words.numbers()) == []
    frame = tables.read("glossary").copy()
    at = frame.index[frame["id"] == "ratification"][0]
    assert "05" in frame.at[at, "lessons"]
    frame.at[at, "lessons"] = ("06",)
    monkeypatch.setattr(schema.tables, "read", lambda _: frame)
    (problem,) = schema.glossary_problems(words.HOME, ["05"])
    assert "ratification" in problem.found and "Add 05 to lessons there" in problem.expected
    assert problem.file == "words/05.yaml"
