"""Moments as machines write them."""

from __future__ import annotations

import pytest

from spiders.readers.timestamps import read_moment


@pytest.mark.parametrize(
    ("written", "wall"),
    [
        ("December 11, 2026 7:30 pm", "2026-12-11T19:30:00"),
        ("11 Dec 2026 7:30 PM", "2026-12-11T19:30:00"),
        ("Fri, 11 Dec 2026 7:30 p.m.", "2026-12-11T19:30:00"),
        ("11 Dec 2026 12:15 am", "2026-12-11T00:15:00"),
        ("11 Dec 2026 12:15 pm", "2026-12-11T12:15:00"),
        ("11 Dec 2026 19:30 PM", "2026-12-11T19:30:00"),
        ("11 Dec 2026 19:30", "2026-12-11T19:30:00"),
        ("Fri, 11 Dec 2026 19:30:00 +0800", "2026-12-11T19:30:00"),
        ("2026-12-11 7:30 pm", "2026-12-11T19:30:00"),
    ],
)
def test_halves_of_the_day(written: str, wall: str) -> None:
    moment = read_moment(written)
    assert moment is not None
    assert moment.wall.isoformat() == wall
