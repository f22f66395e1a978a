"""Our calendars as other people's programs read them: icalendar, ical and ical.js (test_khal.py: khal by vdirsyncer).

All but icalendar are found in the folder that QUANZI_OTHERS names; ``.ci/others`` fills it.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.config import load
from planner.demo.city import City
from planner.demo.server import serve
from planner.i18n.catalog import Catalog
from planner.pipeline import Run, gather_step
from planner.render.calendar import Entry, write
from planner.store import Store
from planner.text import one_line
from planner.weeks import week_of
from tests.conftest import NOW, SHANGHAI, make_event
from tests.planner.render.test_calendar import entry

HERE = Path(__file__).parents[2] / "support/others"
NEW_YORK = ZoneInfo("America/New_York")
EN = Catalog("en")
SECONDS = 60
Found = list[dict[str, Any]]


def others(*needed: str) -> Path:
    folder = os.environ.get("QUANZI_OTHERS")
    if not folder:
        pytest.skip("QUANZI_OTHERS is not set: run .ci/others and name its folder there")
    for path in needed:
        if not (Path(folder) / path).exists():
            pytest.skip(f"{path} is not in QUANZI_OTHERS: .ci/others could not install it")
    return Path(folder).absolute()


@contextmanager
def asking(command: list[str]) -> Iterator[Callable[[bytes], Found]]:
    """A program that answers a line for a line. It is killed when an answer takes too long."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(content: bytes) -> Found:
            assert process.stdin is not None
            assert process.stdout is not None
            late = threading.Timer(SECONDS, process.kill)
            late.start()
            try:
                process.stdin.write(json.dumps(content.decode()) + "\n")
                process.stdin.flush()
                answer = process.stdout.readline()
            finally:
                late.cancel()
            assert answer, f"{command[0]} gave no answer"
            return list(json.loads(answer))

        try:
            yield ask
        finally:
            process.kill()


def moment(value: date) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def by_icalendar(content: bytes) -> Found:
    return [
        {
            "uid": str(each["UID"]),
            "title": str(each["SUMMARY"]),
            "start": moment(each["DTSTART"].dt),
            "end": moment(each["DTEND"].dt),
            "status": str(each["STATUS"]),
            "transp": str(each["TRANSP"]),
            "sequence": int(each["SEQUENCE"]),
        }
        for each in Calendar.from_ical(content).walk("VEVENT")
    ]


@pytest.fixture(scope="module", params=["icalendar", "ical", "ical.js"])
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


def expected(entries: list[Entry]) -> Found:
    """What was meant, from the events themselves, not from anything that the writer computes."""
    found = []
    for each in entries:
        event = each.tracked.merged.event
        assert event.start is not None
        prefix = {"cancelled": "Cancelled: ", "postponed": "Postponed: "}.get(event.status, "")
        if not prefix and event.evidence.sure == "doubtful":
            prefix = "Time doubtful: "
        start: date = event.start.date() if event.all_day else event.start
        if event.all_day:
            end: date = event.end.date() if event.end else start + timedelta(days=1)
        else:
            end = event.end or event.start.astimezone(UTC) + timedelta(hours=2)
        found.append(
            {
                "uid": event.uid,
                "title": prefix + one_line(event.title),
                "start": moment(start),
                "end": moment(end),
                "status": "CONFIRMED" if prefix in {"", "Cancelled: "} and event.status != "tentative" else "TENTATIVE",
                "transp": "TRANSPARENT" if event.status == "cancelled" or event.all_day else "OPAQUE",
                "sequence": each.tracked.state.sequence,
            }
        )
    return by_uid(found)


def by_uid(found: Found) -> Found:
    return sorted(found, key=lambda each: str(each["uid"]))


def summer_time_weeks() -> list[Entry]:
    """Every half hour of both days, and noon of the days around them."""
    entries = []
    for day in (datetime(2026, 3, 8, tzinfo=NEW_YORK), datetime(2026, 11, 1, tzinfo=NEW_YORK)):
        first = day.astimezone(UTC)
        moments = [first + timedelta(minutes=30 * number) for number in range(50)]
        moments += [(day + timedelta(days=away, hours=12)).astimezone(UTC) for away in range(-3, 4)]
        for number, start in enumerate(moments):
            name = f"{day:%b}-{number:02d}"
            local = start.astimezone(NEW_YORK)
            entries.append(entry(make_event(f"桌游 {name}", uid=f"{name}-open", start=local)))
            end = (start + timedelta(minutes=45)).astimezone(NEW_YORK)
            entries.append(entry(make_event(f"Talk {name}", uid=name, start=local, end=end)))
    return entries


def long_titles() -> list[Entry]:
    """Each kind of sign begins at every offset, so that it meets every place of a fold."""
    return [
        entry(make_event("a" * offset + sign * (90 // len(sign.encode()) + 1), uid=f"{number}-{offset:02d}"))
        for number, sign in enumerate(["中", "🎲", "👨‍👩‍👧", "é", ";", ",", "\\", "\\n", "\\N", '"', ":"])
        for offset in range(91)
    ] + [
        entry(make_event(title, uid=f"size-{size:02d}", start=NOW + timedelta(minutes=size)))
        for size in range(1, 91)
        for title in ["a" + ("中🎲b" * 12).encode()[: size - 1].decode(errors="ignore")]
    ]


def special() -> list[Entry]:
    midnight = datetime(2026, 11, 21, tzinfo=SHANGHAI)
    return [
        entry(make_event("沙龙", uid="gone", status="cancelled"), sequence=1),
        entry(make_event("一天", uid="one-day", start=midnight, all_day=True)),
        entry(make_event("三天", uid="three-days", start=midnight, end=midnight + timedelta(days=3), all_day=True)),
        entry(make_event("跨夜", uid="night", start=midnight - timedelta(hours=1), end=midnight + timedelta(hours=2))),
    ]


@functools.cache
def sample_city() -> list[Entry]:
    """All that the program reads in the built-in city."""
    config = load(City.folder_of("zh") / "config.yaml", Catalog("zh"))
    week = week_of("next", NOW, config.zone)
    with Store(":memory:") as store, serve(City(language="zh", monday=week.monday, zone=config.zone)) as port:
        gather_step(config, store, NOW, offline=False, hosts={"*.example": port})
        rated = Run(config=config, store=store, now=NOW).rated
    entries = [
        Entry(tracked=each.tracked, description=each.event.description or "") for each in rated if each.event.start
    ]
    assert len(entries) > 100
    return entries


CASES = {
    "sample city": (sample_city, "Asia/Shanghai"),
    "summer time": (summer_time_weeks, "America/New_York"),
    "titles": (long_titles, "Asia/Shanghai"),
    "special": (special, "Asia/Shanghai"),
}


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


@settings(max_examples=200, deadline=None)
@given(drawn=drawn_events)
def test_whatever_the_title_and_time_others_read_the_same(reader, drawn):
    check(reader, drawn)


@pytest.mark.long
@settings(max_examples=2000, deadline=None)
@given(drawn=drawn_events)
def test_whatever_the_title_and_time_others_read_the_same_at_length(reader, drawn):
    check(reader, drawn)
