"""The five words of status mean the same wherever they are explained."""

from __future__ import annotations

import json

import pytest

from upheaval.charts.draw import theme
from upheaval.doctor import ROOT
from upheaval.facts import tables
from upheaval.facts.wording import STATUSES


def _plain(path: str) -> str:
    """A text of the repository on one line, without marks of emphasis."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if path.endswith(".ipynb"):
        text = "".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return " ".join(text.replace("*", "").split())


@pytest.mark.parametrize(
    "path",
    [
        "CONTRIBUTING.md",
        "data/README.md",
        "notebooks/00_start_here.ipynb",
        "utils/upheaval/publish/site_source/pages/data.md.j2",
    ],
)
def test_a_text_that_explains_the_words_says_what_they_mean(path: str) -> None:
    text = _plain(path)
    missing = [word for word, meaning in STATUSES.items() if meaning not in text]
    assert not missing, f"{path} says otherwise what these mean: {missing}"


def test_the_schema_the_glossary_and_the_charts_say_the_same() -> None:
    assert {word: mark.meaning for word, mark in theme.STATUS.items()} == STATUSES
    for name in ("events", "estimates", "exchange"):
        fields = {one["name"]: one for one in tables.schema(name)["fields"]}
        assert all(one in fields["status"]["description"] for one in STATUSES.values()), name
        assert set(fields["status"]["constraints"]["enum"]) == set(STATUSES)
    glossary = tables.read("glossary").set_index("id")["definition"]
    assert all(STATUSES[one] in glossary["confirmed"] for one in ("confirmed", "disputed"))
