"""From a map of what is written to rectangles around lines."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.readers.picture.outlines import MOST, Slanted, _cores, outlines


def a_map(*lines: Slanted, width: int = 400, height: int = 300) -> np.ndarray:
    """Ones inside these rectangles."""
    y, x = np.mgrid[:height, :width] + 0.5
    likely = np.zeros((height, width), np.float32)
    for line in lines:
        cos, sin = math.cos(line.angle), math.sin(line.angle)
        along, across = (x - line.x) * cos + (y - line.y) * sin, (y - line.y) * cos - (x - line.x) * sin
        likely[(abs(along) <= line.width / 2) & (abs(across) <= line.height / 2)] = 1
    return likely


def test_nothing_is_written():
    assert outlines(np.zeros((64, 64), np.float32)) == []


def test_a_page_full_of_ink_is_one_line():
    assert len(outlines(np.ones((64, 64), np.float32))) == 1


def test_a_level_line_is_widened_on_all_sides_alike():
    (line,) = outlines(a_map(Slanted(200, 150, 160, 20, 0)))
    by = 160 * 20 * 1.6 / (2 * 180)
    assert (line.x, line.y, line.angle) == pytest.approx((200, 150, 0), abs=0.6)
    assert (line.width, line.height) == pytest.approx((160 + 2 * by, 20 + 2 * by), abs=1.5)


@settings(max_examples=40, deadline=None)
@given(st.floats(-44, 44), st.integers(80, 200), st.integers(12, 30))
def test_a_slanted_line_has_its_slope(degrees, width, height):
    (line,) = outlines(a_map(Slanted(200, 150, width, height, math.radians(degrees))))
    assert (line.x, line.y) == pytest.approx((200, 150), abs=1.5)
    assert math.degrees(line.angle) == pytest.approx(degrees, abs=3)
    (level,) = outlines(a_map(Slanted(200, 150, width, height, 0)))
    assert line.width / line.height == pytest.approx(level.width / level.height, rel=0.2)


def test_lines_that_touch_by_a_corner_are_one_and_others_are_not():
    likely = np.zeros((60, 200), np.float32)
    likely[10:24, 10:60] = likely[24:30, 60:110] = likely[20:24, 40:60] = 1
    likely[24:30, 60] = 1
    cores = list(_cores(likely > 0))
    assert len(cores) == 1
    likely[24:30, 60] = 0
    assert len(list(_cores(likely > 0))) == 2


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_what_touches_is_found_as_by_walking(seed):
    """Beside a search that anybody can follow."""
    written = np.random.default_rng(seed).random((24, 30)) > 0.6
    found = set()
    for rows, lefts, rights in _cores(written):
        spans = zip(rows, lefts, rights, strict=True)
        found.add(frozenset((int(row), column) for row, left, right in spans for column in range(left, right)))
    walked = {core for core in walk(written) if max(core)[0] - min(core)[0] >= 2}
    assert found == walked


def walk(written: np.ndarray) -> set[frozenset[tuple[int, int]]]:
    left = {(int(y), int(x)) for y, x in np.argwhere(written)}
    cores = set()
    while left:
        reached, core = [left.pop()], set()
        while reached:
            y, x = reached.pop()
            core.add((y, x))
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= near
            reached += near
        cores.add(frozenset(core))
    return cores


def test_noise_has_bounds():
    likely = np.random.default_rng(3).random((900, 900), np.float32)
    assert len(outlines(likely)) <= MOST
    dots = np.zeros((1280, 1280), np.float32)
    for dy in range(5):
        for dx in range(5):
            dots[dy::10, dx::10] = 1
    assert len(outlines(dots)) == MOST


def test_faint_and_thin_things_are_no_lines():
    assert outlines(a_map(Slanted(200, 150, 160, 20, 0)) * 0.4) == []
    assert outlines(a_map(Slanted(200, 150, 160, 2, 0))) == []


def test_corners_go_round():
    corners = Slanted(10, 20, 8, 4, 0).corners
    assert corners == ((6, 18), (14, 18), (14, 22), (6, 22))
    assert Slanted(10, 20, 8, 4, 0).moved(2, 5, 1) == Slanted(21, 45, 16, 8, 0)
