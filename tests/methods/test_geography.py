"""Distances: against published ones, and by their own rules."""

from __future__ import annotations

import itertools
import math

import pytest

from upheaval.methods import geography
from upheaval.methods.geography import Point

#: Los Angeles and New York (JFK), the worked example of Williams, "Aviation Formulary": 0.623585
#: radians apart; and the places 0.4 of the way, as he gives it: 38°40.167'N, 101°37.570'W.
LAX, JFK = Point(33.95, -118.4), Point(40 + 38 / 60, -(73 + 47 / 60))
PART_OF_WAY = Point(38 + 40.167 / 60, -(101 + 37.570 / 60))


def test_a_published_distance() -> None:
    assert geography.distance(LAX, JFK) / geography.RADIUS == pytest.approx(0.623585, abs=1e-6)


def test_a_published_place_on_the_way() -> None:
    way = geography.shortest_way(LAX, JFK, steps=5)
    assert way[2] == pytest.approx(PART_OF_WAY, abs=1e-4)
    assert (way[0], way[-1]) == (pytest.approx(LAX), pytest.approx(JFK))


def test_a_quarter_of_the_equator_and_of_a_meridian() -> None:
    quarter = math.pi / 2 * geography.RADIUS
    assert geography.distance(Point(0, 0), Point(0, 90)) == pytest.approx(quarter)
    assert geography.distance(Point(0, 30), Point(90, 30)) == pytest.approx(quarter)
    assert geography.distance(LAX, LAX) == 0


def test_a_way_has_equal_steps_and_may_stand_still() -> None:
    way = geography.shortest_way(LAX, JFK, steps=8)
    each = [geography.distance(*ends) for ends in itertools.pairwise(way)]
    assert each == pytest.approx([geography.distance(LAX, JFK) / 8] * 8)
    assert geography.shortest_way(LAX, LAX, steps=2) == [LAX, LAX, LAX]


def test_what_has_no_shortest_way_is_refused() -> None:
    with pytest.raises(ValueError, match="opposite each other"):
        geography.shortest_way(Point(0, 0), Point(0, 180))
    with pytest.raises(ValueError, match="at least 1 step"):
        geography.shortest_way(LAX, JFK, steps=0)
