"""Other people's programs that read calendars, in the folder that QUANZI_OTHERS names; ``.ci/others`` fills it."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from planner.render.calendar import Entry
from planner.text import one_line

HERE = Path(__file__).parent / "others"
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
