"""Sound sentences are let pass, and unsound ones told, whatever way people write what they say."""

from __future__ import annotations

import pytest

from upheaval.facts import names, tables
from upheaval.facts.figures import carries_number
from upheaval.facts.said_dates import carries_date

from . import probes

PAGE = "2024-10-24"


@pytest.mark.parametrize("said", probes.DAYS)
def test_a_day_is_found_as_people_write_it(said: str) -> None:
    assert carries_date(said, probes.DAY, PAGE)
    assert not carries_date(said, "2024-10-25", PAGE)
    assert not carries_date(said, "2024-08-23", PAGE)
    assert not carries_date(said, "2026-10-23", PAGE)


@pytest.mark.parametrize("said", probes.OTHER_DAYS)
def test_another_day_is_not_taken_for_it(said: str) -> None:
    assert not carries_date(said, probes.DAY, PAGE)


@pytest.mark.parametrize(("said", "page", "value", "sound"), probes.DATES)
def test_a_date_is_read_with_that_of_its_page(
    said: str, page: str, value: str, sound: bool
) -> None:
    assert carries_date(said, value, page) is sound


@pytest.mark.parametrize(("said", "value", "other"), probes.NUMBERS)
def test_a_number_is_found_and_no_other(said: str, value: float, other: float) -> None:
    assert carries_number(said, value)
    for wrong in (other, 10 * value, 1_000 * value, value / 10, value / 1_000, value + 7):
        assert not carries_number(said, wrong), wrong


@pytest.mark.parametrize(("said", "scale", "value", "other"), probes.SCALED)
def test_a_number_is_read_in_the_unit_of_its_column(
    said: str, scale: float, value: float, other: float
) -> None:
    assert carries_number(said, value, scale)
    assert not carries_number(said, other, scale)
    assert not carries_number(said, value * 1_000, scale)


@pytest.fixture(scope="module")
def loose() -> names.Names:
    """The forms in which a page may name somebody."""
    known = (tables.parse(tables.resource(name), tables.folder()) for name in names.TABLES)
    return names.forms(*known)[1]


@pytest.mark.parametrize(("said", "state"), probes.STATES)
def test_who_speaks_for_a_state_is_that_state(said: str, state: str, loose: names.Names) -> None:
    found = frozenset().union(*names.named_in(said, loose).values())
    assert state in found
    assert found - {"Soviet Union"} == {state}, "and no other"


@pytest.mark.parametrize(("said", "name"), probes.SPELLINGS)
def test_a_name_is_known_in_other_spellings(said: str, name: str, loose: names.Names) -> None:
    assert name in frozenset().union(*names.named_in(said, loose).values())
