"""A source that changes from day to day, run by `quanzi week` and `refresh`, and what subscribers hold afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from tests.support.cli import run

HALL = "Linden Hall, 5 Juniper Road"


@dataclass(frozen=True, slots=True)
class Held:
    """One entry of a published calendar."""

    uid: str
    start: datetime
    sequence: int
    status: str
    title: str
    place: str

    @property
    def takes_place(self) -> bool:
        return self.status != "CANCELLED" and not self.title.startswith("Cancelled")


@dataclass
class History:
    """One configuration in a folder; the sources are files in it."""

    folder: Path
    sources: str
    more: str = ""
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        text = (
            "language: en\ninterests: {industry: [battery, storage], practice: [speech, debate, board games]}\n"
            f"timezone: {self.zone}\n{self.more}sources: [{self.sources}]\n"
        )
        (self.folder / "config.yaml").write_text(text, encoding="utf-8")

    def says(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", newline="")

    def run(self, day: int, command: str = "refresh", *more: str, hour: int = 8) -> dict[str, Any]:
        """A run on the morning of a day of November (31 is 1 December); -> what it prints with --json."""
        now = self.moment(day, hour)
        done = run(self.folder, command, "--now", now.isoformat(), "--json", *more)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def moment(self, day: int, hour: int = 0) -> datetime:
        """That hour of a day of November (31 is 1 December) on the clocks there."""
        return datetime(2026, 11, 1, hour, tzinfo=ZoneInfo(self.zone)) + timedelta(days=day - 1)

    def told_by(self, held: list[Held]) -> list[str]:
        """When entries begin, on the clocks there: ``25 19:30``."""
        return [f"{each.start.astimezone(ZoneInfo(self.zone)):%d %H:%M}" for each in held]

    def held(self, name: str = "public/all.ics") -> list[Held]:
        """The entries of a published calendar, by start."""
        parts = Calendar.from_ical((self.folder / "out" / name).read_bytes()).walk("VEVENT")
        found = [
            Held(
                str(part["UID"]),
                part["DTSTART"].dt,
                int(part.get("SEQUENCE", 0)),
                str(part.get("STATUS", "CONFIRMED")),
                str(part["SUMMARY"]),
                str(part.get("LOCATION", "")),
            )
            for part in parts
        ]
        return sorted(found, key=lambda each: (str(each.start), each.uid))

    def outcome(self, told: dict[str, Any], source: str) -> str:
        return next(each["outcome"] for each in told["sources"] if each["source"] == source)


def calendar(*events: str) -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def vevent(uid: str, start: str, title: str, *more: str, place: str = HALL, zone: str = "Asia/Shanghai") -> str:
    """``start`` as ``20261125T190000``, two hours in that zone."""
    lines = [
        "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", "DURATION:PT2H", f"LOCATION:{place}",
        f"DTSTART;TZID={zone}:{start}", f"SUMMARY:{title}", *more, "END:VEVENT",
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def wednesdays(held: list[Held], hour: str = "") -> list[Held]:
    return [each for each in held if each.start.weekday() == 2 and (not hour or f"{each.start:%H:%M}" == hour)]
