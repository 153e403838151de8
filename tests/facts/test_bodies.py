"""Names that speak for a state: of states of the collection, each once, as pages write them."""

from __future__ import annotations

from collections import Counter

from upheaval.facts import tables
from upheaval.facts.bodies import spoken_for


def test_every_name_is_of_a_state_of_the_table_and_stands_there_once() -> None:
    states = set(tables.read("countries")["id"])
    assert set(spoken_for()) <= states
    for state, names in spoken_for().items():
        assert max(Counter(names).values()) == 1, state


def test_every_name_begins_as_a_name_does_and_holds_no_mark_of_a_list() -> None:
    names = [name for each in spoken_for().values() for name in each]
    assert len(names) > 300
    assert [
        one for one in names if not (one[:1].isupper() or one[:1].isdigit()) or one != one.strip()
    ] == []
    assert not any(mark in name for name in names for mark in ";,")
