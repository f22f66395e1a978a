"""Calendars that are hard to read: changes of the clocks, folds at every place, a whole city."""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.config import load
from planner.demo.city import City
from planner.demo.server import serve
from planner.i18n.catalog import Catalog
from planner.pipeline import Run, gather_step
from planner.render.calendar import Entry
from planner.store import Store
from planner.weeks import week_of
from tests.support.calendars import entry
from tests.support.events import NOW, SHANGHAI, make_event

NEW_YORK = ZoneInfo("America/New_York")


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
