"""Our calendars as khal shows them after vdirsyncer fetched them over HTTP, both from the folder of ``.ci/others``."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.i18n.catalog import Catalog
from planner.render.calendar import write
from tests.support.calendars import entry
from tests.support.entries import CASES
from tests.support.events import NOW, make_event
from tests.support.readers import HERE, SECONDS, Found, expected, moment, others
from tests.support.servers import Web

EN = Catalog("en")
pytestmark = pytest.mark.long


@pytest.fixture
def khal(tmp_path: Path, web: Web) -> Callable[[bytes], Found]:
    """khal, after vdirsyncer has fetched the calendar. vdirsyncer gives what it fetches UIDs of its own, always."""
    scripts = others("venv/bin/vdirsyncer", "venv/bin/khal") / "venv/bin"
    for name in ("calendar", "status"):
        (tmp_path / name).mkdir()
    for name, values in (("vdirsyncer.conf", {"url": f"http://127.0.0.1:{web.port}/all.ics"}), ("khal.conf", {})):
        text = (HERE / name).read_text()
        for key, value in {"folder": tmp_path.as_posix(), **values}.items():
            text = text.replace(f"@{key}@", value)
        (tmp_path / name).write_text(text)

    def run(program: str, *arguments: str) -> str:
        command = [scripts / program, "-c", tmp_path / f"{program}.conf", *arguments]
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            command,
            env=environment,
            input="y\n" * 9,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(content: bytes) -> Found:
        web.pages["/all.ics"] = (200, {"Content-Type": "text/calendar; charset=utf-8"}, content)
        run("vdirsyncer", "discover")
        run("vdirsyncer", "sync")
        fields = [
            part for name in ("title", "start-long", "end-long", "all-day", "status") for part in ("--json", name)
        ]
        days = run("khal", "list", "--once", *fields, "2026-02-25", "2027-12-31").splitlines()
        return [_from_khal(each) for day in days for each in json.loads(day)]

    return ask


def _from_khal(each: dict[str, str]) -> dict[str, Any]:
    start, end = (datetime.fromisoformat(each[key]).replace(tzinfo=UTC) for key in ("start-long", "end-long"))
    if each["all-day"] == "True":  # khal tells the last day, not the one after
        return {**each, "start": moment(start.date()), "end": moment(end.date() + timedelta(days=1))}
    return {**each, "start": moment(start), "end": moment(end)}


def shown(found: Found) -> list[list[str]]:
    return sorted([each[key] for key in ("start", "end", "title", "status")] for each in found)


@pytest.mark.parametrize("case", CASES)
def test_khal_shows_the_same_events(khal, case):
    make, zone = CASES[case]
    entries = make()
    assert shown(khal(write("圈子", entries, zone, EN))) == shown(expected(entries))


def test_khal_shows_a_moved_event_once(khal):
    for days in (2, 3):
        entries = [entry(make_event("读书会", uid="moved", start=NOW + timedelta(days=days)), sequence=days - 2)]
        assert shown(khal(write("x", entries, "Asia/Shanghai", EN))) == shown(expected(entries))
