"""Our calendars as other people's programs read them: icalendar, ical and ical.js (test_khal.py: khal by vdirsyncer).

All but icalendar are found in the folder that QUANZI_OTHERS names; ``.ci/others`` fills it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.i18n.catalog import Catalog
from planner.render.calendar import write
from planner.text import one_line
from tests.support.calendars import entry
from tests.support.entries import CASES
from tests.support.events import NOW, make_event
from tests.support.readers import HERE, SECONDS, Found, asking, by_icalendar, by_uid, expected, others

NEW_YORK = ZoneInfo("America/New_York")
EN = Catalog("en")


OTHERS = [pytest.param(name, marks=pytest.mark.long) for name in ("ical", "ical.js")]


@pytest.fixture(scope="module", params=["icalendar", *OTHERS])
def reader(request: pytest.FixtureRequest) -> Iterator[Callable[[bytes], Found]]:
    if request.param == "icalendar":
        yield by_icalendar
    elif request.param == "ical":
        python = others("venv/bin/python") / "venv/bin/python"
        if subprocess.run([python, "-c", "import ical"], capture_output=True, timeout=SECONDS, check=False).returncode:
            pytest.skip("ical is not in QUANZI_OTHERS: .ci/others could not install it")
        with asking([str(python), str(HERE / "read.py")]) as ask:
            yield ask
    else:
        folder = others("node_modules/ical.js")
        node = shutil.which("node") or pytest.skip("node is not installed")
        with asking([node, str(HERE / "read.mjs"), str(folder)]) as ask:
            yield ask


@pytest.mark.parametrize("case", CASES)
def test_others_read_the_same_events(reader, case):
    make, zone = CASES[case]
    entries = make()
    assert by_uid(reader(write("圈子", entries, zone, EN))) == expected(entries)


def test_others_see_a_moved_event_as_the_same_one(reader):
    before, after = (
        [entry(make_event("读书会", uid="moved", start=NOW + timedelta(days=days)), sequence=sequence)]
        for days, sequence in ((2, 0), (3, 1))
    )
    for entries in (before, after):
        assert reader(write("x", entries, "Asia/Shanghai", EN)) == expected(entries)


titles = st.text(min_size=1, max_size=120).filter(one_line)
drawn_events = st.lists(st.tuples(titles, st.integers(0, 366 * 24 * 60), st.integers(1, 3000)), min_size=1, max_size=5)


def check(reader: Callable[[bytes], Found], drawn: list[tuple[str, int, int]]) -> None:
    new_year = datetime(2026, 1, 1, tzinfo=UTC)
    entries = []
    for number, (title, minutes, length) in enumerate(drawn):
        start = new_year + timedelta(minutes=minutes)
        end = start + timedelta(minutes=length)
        known = {"start": start.astimezone(NEW_YORK), "end": end.astimezone(NEW_YORK)}
        entries.append(entry(make_event(title, uid=str(number), **known)))
    assert by_uid(reader(write("x", entries, "America/New_York", EN))) == expected(entries)


@settings(max_examples=50, deadline=None)
@given(drawn=drawn_events)
def test_whatever_the_title_and_time_others_read_the_same(reader, drawn):
    check(reader, drawn)


@pytest.mark.long
@settings(max_examples=2000, deadline=None)
@given(drawn=drawn_events)
def test_whatever_the_title_and_time_others_read_the_same_at_length(reader, drawn):
    check(reader, drawn)
