"""The pages of the sample city: templates whose dates follow the week that is planned.

A city is a folder: ``config.yaml``, and one folder a host (``lantern-club.example``) with its pages. ``site.toml``
beside the pages of a host says what differs from 200 and the type of the file's ending: for each path ``file``,
``status``, ``type``, ``encoding``, ``headers``.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "city"
TYPES = {
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a host."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The sample city in one language, in the week that begins on ``monday``."""

    language: str
    monday: date
    zone: ZoneInfo

    @property
    def folder(self) -> Path:
        return self.folder_of(self.language)

    @staticmethod
    def folder_of(language: str) -> Path:
        """Where the pages and the configuration of the city stand."""
        return FOLDER / language

    def page(self, host: str, path: str) -> Page:
        """What a host answers. Unknown pages are 404, and so is robots.txt: there are no rules."""
        site = self._site(host)
        entry: Mapping[str, Any] = site.get(path, {})
        name = entry.get("file") or path.lstrip("/") or "index.html"
        template = self.folder / host / f"{name}.j2"
        if not entry and not template.is_file():
            return Page(status=404, body=b"not found", headers={"Content-Type": "text/plain"})
        text = self._render(f"{host}/{name}.j2") if template.is_file() else str(entry.get("body", ""))
        body = text.encode(entry.get("encoding", "utf-8"))
        headers = {
            "Content-Type": entry.get("type") or TYPES.get(Path(name).suffix, "text/html; charset=utf-8"),
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
            **entry.get("headers", {}),
        }
        return Page(status=entry.get("status", 200), body=body, headers=headers)

    def people(self) -> bytes:
        """The file of the people whom its user knows."""
        return self._render("people.yaml.j2").encode()

    def _site(self, host: str) -> Mapping[str, Any]:
        file = self.folder / host / "site.toml"
        if not file.is_file():
            return {}
        return tomllib.loads(file.read_text(encoding="utf-8"))

    def _render(self, name: str) -> str:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(  # noqa: S701 - these are whole documents of many formats, not pages with input
            loader=FileSystemLoader(self.folder), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.globals["day"] = self.day
        environment.globals["at"] = self.at
        environment.filters.update(FILTERS)
        return str(environment.get_template(name).render())

    def day(self, number: int) -> date:
        """The day so many days after the week's Monday: 0 is Monday, 6 Sunday, -3 the Friday before."""
        return self.monday + timedelta(days=number)

    def at(self, number: int, clock: str = "00:00", zone: str | None = None) -> datetime:
        """A moment of such a day; ``clock`` as 19:30."""
        hour, minute = map(int, clock.split(":"))
        return datetime.combine(self.day(number), time(hour, minute), ZoneInfo(zone) if zone else self.zone)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}"


FILTERS: Mapping[str, Any] = {
    "iso": lambda moment: moment.isoformat(),  # 2026-11-24, or 2026-11-24T19:30:00+08:00
    "ics": lambda moment: f"{moment:%Y%m%dT%H%M%S}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}",
    "ics_utc": _utc,
    "rfc822": format_datetime,  # Tue, 24 Nov 2026 19:30:00 +0800
    "clock": lambda moment: f"{moment:%H:%M}",
    "zh": lambda day: f"{day.month}月{day.day}日",
    "zh_weekday": lambda day: f"周{WEEKDAYS['zh'][day.weekday()]}",
    "zh_full": lambda day: f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS['zh'][day.weekday()]}）",
    "dots": lambda day: f"{day.month}.{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month:02d}/{day.day:02d}",
    "en": lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    "en_weekday": lambda day: WEEKDAYS["en"][day.weekday()],
    "en_full": lambda day: f"{LONG_DAYS[day.weekday()]}, {LONG_MONTHS[day.month - 1]} {day.day}, {day.year}",
    "en_month_day": lambda day: f"{LONG_MONTHS[day.month - 1]} {day.day}",
}
