"""Long cells of few letters: what is asked of them ends at once, though all other cells are short.

Each took minutes with an expression or a comparison whose steps grow with the square of a length.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from upheaval.facts import tables, verbatim
from upheaval.facts.problems import quoted
from upheaval.facts.spreadsheets import _ISO

WORDS = 1200


@pytest.mark.parametrize(
    "work",
    [
        lambda: quoted("a" + " " * 100_000 + "b"),
        lambda: _ISO.fullmatch("-" * 100_000),
        lambda: _ISO.fullmatch("/" * 100_000),
        lambda: verbatim.unsaid("a b " * WORDS, ("a c " * WORDS,), ()),
        lambda: verbatim.unsaid("a b c " * WORDS, ("a c b " * WORDS,), ()),
    ],
    ids=["a message", "days", "periods", "a quotation", "its words in another order"],
)
def test_a_long_cell_takes_no_time(work: Callable[[], object]) -> None:
    begun = time.process_time()
    work()
    assert time.process_time() - begun < 2


def test_a_quotation_of_few_words_is_compared() -> None:
    said = "no, " * 600
    assert verbatim.unsaid(said, (said,), ()) == ""
    assert verbatim.unsaid(f"{said}never", (said,), ()) == "no no no no"


def test_the_nearest_id_is_looked_for_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def near(found: str, ids: list[str], **how: object) -> list[str]:
        looks.extend([found] if ids else [])
        return ids[:1]

    monkeypatch.setattr(tables.difflib, "get_close_matches", near)
    advise = tables.adviser(["one-row"], "events")
    told = [advise(f"row-{number % 50}") for number in range(100)]
    assert told[0].startswith('Did you mean "one-row"?') and told[0] == told[50]
    assert told[49] == "It should be the id of a row of events.csv."
    assert len(looks) == tables.SINGLY + 1
