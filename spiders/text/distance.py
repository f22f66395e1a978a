"""Distances on the earth."""

from __future__ import annotations

import math

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def kilometres(one: Point, other: Point) -> float:
    """Great-circle distance (haversine, mean earth radius 6371 km)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, chord)))
