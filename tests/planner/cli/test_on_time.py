"""The jobs at their hours while serve runs: each once, also after a sleep, and a failed one ends nothing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cli import _on_time
from planner.i18n.catalog import Catalog
from planner.upkeep.schedule import Job, Moment, due, jobs

SHANGHAI = ZoneInfo("Asia/Shanghai")
WANTED = jobs(("quanzi",), Path("/home/me/config.yaml"), datetime(2026, 11, 25, 9, tzinfo=SHANGHAI), SHANGHAI,
              Catalog("en"), mail=True)  # fmt: skip


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("since", "until", "names"),
    [
        (at(27, 7), at(27, 7, 11), []),
        (at(27, 7, 11), at(27, 7, 12), ["refresh"]),
        (at(27, 7, 12), at(27, 7, 13), []),
        (at(29, 18), at(29, 19), ["week"]),
        (at(29, 19), at(29, 21), ["week"]),  # once more, for the mail
        (at(29, 17), at(29, 21), ["week"]),  # both moments missed: once
        (at(28, 12), at(30, 12), ["week", "refresh"]),  # asleep over Sunday
        (at(1, 12), at(30, 12), ["week", "refresh"]),
        (at(27, 8), at(27, 7), []),  # the clock was put back
    ],
)
def test_what_is_due_runs_once_in_its_order(since, until, names):
    assert [job.name for job in due(WANTED, since, until)] == names


@given(st.lists(st.integers(1, 60 * 24), min_size=1, max_size=40))
def test_a_moment_is_never_missed_nor_told_twice(steps):
    daily = Job(name="refresh", command=("q",), folder=Path(), moments=(Moment(None, 7, 12),))
    since, told = at(1, 0), 0
    for minutes in steps:
        until = since + timedelta(minutes=minutes)
        told += len(due((daily,), since, until))
        since = until
    first = at(1, 7, 12)
    days = (since - first).days + 1 if since >= first else 0
    assert told == days


def test_jobs_run_while_the_clock_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(_on_time, "SECONDS_BETWEEN_LOOKS", 0.001)
    stop = threading.Event()

    def clock() -> Iterator[datetime]:
        yield from (at(28, 23), at(29, 7), at(29, 7, 12), at(29, 18, 30), at(30, 8))
        stop.set()
        while True:
            yield at(30, 8)

    write = "import sys, pathlib; open('ran', 'a').write(sys.argv[1] + '\\n'); sys.exit(3)"
    wanted = [Job(name=job.name, command=(sys.executable, "-c", write, job.name), folder=tmp_path, moments=job.moments)
              for job in WANTED]  # fmt: skip
    ticks = clock()
    _on_time.keep_time(wanted, lambda: next(ticks), stop)
    assert (tmp_path / "ran").read_text().split() == ["refresh", "week", "week", "refresh"]
