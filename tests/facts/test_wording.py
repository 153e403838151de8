"""Sentences as titles and tables have them."""

from __future__ import annotations

from upheaval import phrases
from upheaval.facts import wording
from upheaval.facts.wording import fitting, inside_quotes


def test_a_title_takes_the_tails_that_it_has_room_for_in_their_order() -> None:
    assert fitting("A leads", ", with 2", "; B last", most=15) == "A leads, with 2"
    assert fitting("A leads", ", by far more than B", "!", most=15) == "A leads", "no later tail"
    assert fitting("x" * 20, "!", most=15) == "x" * 20, "a head is never cut"


def test_a_list_stands_in_a_sentence_and_widgets_have_the_same() -> None:
    assert phrases.listed(["A"]) == "A" and phrases.listed(["A", "B"]) == "A and B"
    assert phrases.listed(["A", "B", "C"], "or") == "A, B or C"
    assert wording.listed is phrases.listed


def test_a_title_that_fits_exactly_is_whole() -> None:
    head = "x" * (phrases.LONGEST - 1)
    assert fitting(head, "!") == f"{head}!" and fitting(head, "!!") == head


def test_marks_inside_marks_are_single() -> None:
    assert inside_quotes("Beijing: “a matter”") == "Beijing: ‘a matter’"
