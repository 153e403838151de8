"""Distances on the Earth, taken as a sphere.

The haversine formula and the points of a great circle are those of Sinnott, "Virtues of the
Haversine" (Sky and Telescope 68, 1984) and of Williams, "Aviation Formulary". The radius is the
mean radius of the Earth, (2a + b) / 3, as Moritz gives it ("Geodetic Reference System 1980",
Journal of Geodesy 74, 2000). Against the ellipsoid a distance is wrong by half a per cent at most.
"""

from __future__ import annotations

import math
from typing import NamedTuple

RADIUS = 6371.0088
"""The mean radius of the Earth, in kilometres."""


class Point(NamedTuple):
    """A place in degrees: north of the equator, and east of Greenwich."""

    latitude: float
    longitude: float


def distance(one: Point, other: Point) -> float:
    """The shortest way over the ground between two places, in kilometres."""
    return RADIUS * _angle(one, other)


def shortest_way(one: Point, other: Point, steps: int = 48) -> list[Point]:
    """The places along the shortest way, from the one to the other, in so many equal ``steps``.

    Raises ``ValueError`` for fewer than one step, and for two places that are opposite each other:
    between them every way is as short.
    """
    if steps < 1:
        raise ValueError(f"A way has at least 1 step, not {steps}.")
    angle = _angle(one, other)
    if math.isclose(angle, math.pi):
        raise ValueError("These places are opposite each other: name a place between them.")
    if angle == 0:
        return [one] * (steps + 1)
    begin, end = _vector(one), _vector(other)
    way = []
    for step in range(steps + 1):
        share = step / steps
        near = math.sin((1 - share) * angle) / math.sin(angle)
        far = math.sin(share * angle) / math.sin(angle)
        x, y, z = (near * a + far * b for a, b in zip(begin, end, strict=True))
        latitude = math.degrees(math.atan2(z, math.hypot(x, y)))
        way.append(Point(latitude, math.degrees(math.atan2(y, x))))
    return way


def _angle(one: Point, other: Point) -> float:
    """The angle between two places, seen from the middle of the Earth, in radians."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    )
    return 2 * math.asin(math.sqrt(min(1.0, half)))


def _vector(place: Point) -> tuple[float, float, float]:
    """The direction of a place from the middle of the Earth."""
    latitude, longitude = math.radians(place.latitude), math.radians(place.longitude)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )
