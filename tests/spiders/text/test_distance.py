"""Distances on the earth."""

from __future__ import annotations

import pytest

from spiders.text.distance import kilometres

SHANGHAI, BEIJING, LONDON = (31.2304, 121.4737), (39.9042, 116.4074), (51.5074, -0.1278)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (SHANGHAI, SHANGHAI, 0),
        (SHANGHAI, BEIJING, 1067),
        (SHANGHAI, LONDON, 9210),
        ((0, 179.5), (0, -179.5), 111.2),  # over the date line
        ((90, 0), (-90, 0), 20015),
        ((0, 0), (0, 180), 20015),
    ],
)
def test_known_distances(one, other, expected):
    assert kilometres(one, other) == pytest.approx(expected, rel=0.005)
    assert kilometres(other, one) == pytest.approx(kilometres(one, other))
