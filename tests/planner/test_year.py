"""Three weeks alone, and four months: no entry stands twice, none is lost, the store stays small. The whole year is run
by ``benchmarks/year.py``."""

from __future__ import annotations

import pytest

from tests.support.years import Year

MEGABYTE = 1_000_000


@pytest.mark.parametrize(("days", "sources"), [(22, 12), pytest.param(120, 50, marks=pytest.mark.long)])
def test_nothing_is_doubled_and_nothing_lost(tmp_path, days, sources):
    year = Year(tmp_path, count=sources)
    for number in range(days):
        year.day(number)
    assert not year.wrong
    assert year.trouble["began"], "some sources died"
    assert year.trouble["ended"], "and returned"
    assert max(year.sizes.values()) < 200 * MEGABYTE * sources / 50
    assert len(year.held) > sources
