"""A small world of feeds that change, and a subscriber who keeps what was published by UID."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar

from planner.config import Config, parse
from planner.config.postgres import Postgres
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.pipeline import Run, gather_step
from planner.publish import publish
from planner.render.files import OutputFiles
from planner.render.public import public_ids
from planner.store import Store
from planner.weeks import week_of
from tests.support.events import SHANGHAI
from tests.support.processes import started_once

FIRST = datetime(2026, 9, 4, 19, 0, tzinfo=SHANGHAI)  # a Friday evening
WORDS = Catalog("en")


@dataclass
class Feed:
    """A calendar of the world: what it lists, and whether it answers well."""

    events: dict[str, dict[str, str]] = field(default_factory=dict)
    rubbish: bool = False

    def text(self) -> str:
        if self.rubbish:
            return "<html><body>maintenance</body></html>"
        events = "".join(
            f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n"
            f"DTSTART;TZID=Asia/Shanghai:{event['start']}\r\nSUMMARY:{event['title']}\r\nLOCATION:{event['place']}\r\n"
            f"STATUS:{event.get('status', 'CONFIRMED')}\r\nEND:VEVENT\r\n"
            for uid, event in self.events.items()
        )
        return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n{events}END:VCALENDAR\r\n"


@dataclass
class World:
    """Feeds as files, the program's configuration, and a subscriber."""

    folder: Path
    feeds: dict[str, Feed]
    now: datetime = FIRST
    #: where the store is, if not beside the feeds
    place: Postgres | None = None
    #: what the subscriber holds: uid -> (sequence, start, summary)
    held: dict[str, tuple[int, datetime, str]] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)

    def config(self) -> Config:
        lines = "".join(f"  - {{id: {name}, kind: ical, file: {name}.ics}}\n" for name in self.feeds)
        text = (
            "language: en\ninterests: {practice: [board games], industry: [storage]}\n"
            "week: {free: {weekdays: '08:00-23:00', weekend: '08:00-23:00'}, at_most: {per_day: 3, per_week: 12}}\n"
            f"sources:\n{lines}"
            f"{'' if self.place is None else f'store: {self.place}'}"
        )
        return parse(text.encode(), "config.yaml", WORDS).resolved(self.folder)

    def run(self, *, weekly: bool, accept_losses: bool = False) -> dict[str, bytes]:
        """One run of the program; -> the calendars it published."""
        for name, feed in self.feeds.items():
            (self.folder / f"{name}.ics").write_text(feed.text(), encoding="utf-8", newline="")
        config, week = self.config(), week_of("next", self.now, SHANGHAI) if weekly else None
        with started_once(), Store(config.kept_in) as store:
            gathered = gather_step(config, store, self.now, offline=False, accept_losses=accept_losses)
            run = Run(config=config, store=store, now=self.now)
            planned = run.plan(week) if weekly else run.keep_refreshed(week)
            if planned is None:
                return {}
            files = OutputFiles(config=config, words=WORDS, now=self.now).files(planned, gathered.reports)
            public = public_ids(planned, config, self.now)
            run.keep_published(planned, public) if weekly else run.keep_shown(planned, public)
        publish(Path(config.output.folder), files)
        self.alarms += [translate(report.reason, "en") for report in gathered.reports if report.outcome == "failed"]
        return {name: content for name, content in files.items() if name.endswith(".ics")}

    def subscribe(self, content: bytes) -> list[str]:
        """Take one published calendar; -> what a person would call wrong."""
        wrong = []
        listed: dict[str, tuple[int, datetime, str]] = {}
        for component in Calendar.from_ical(content).walk("VEVENT"):
            uid = str(component["UID"])
            if uid in listed:
                wrong.append(f"{uid} stands twice")
            listed[uid] = (int(component["SEQUENCE"]), component["DTSTART"].dt, str(component["SUMMARY"]))
        for uid, (sequence, start, summary) in self.held.items():
            if uid not in listed:
                if start > self.now - timedelta(days=29) and start.astimezone(SHANGHAI) < FIRST + timedelta(days=115):
                    wrong.append(f"{summary} at {start} is lost")
            elif listed[uid][0] < sequence:
                wrong.append(f"{summary}: SEQUENCE fell")
            elif listed[uid][1:] != (start, summary) and listed[uid][0] == sequence:
                wrong.append(f"{summary}: changed without a higher SEQUENCE")
        self.held = listed
        return wrong


def event(day: date, hour: int, title: str, place: str = "North Hall") -> dict[str, str]:
    return {"start": f"{day:%Y%m%d}T{hour:02d}0000", "title": title, "place": place}


def city(folder: Path) -> World:
    """Three feeds: a club with weekly evenings, a hall that repeats some of them, and an aggregator of both."""
    world = World(folder, {"club": Feed(), "hall": Feed(), "city": Feed()})
    for week in range(14):
        day = (FIRST + timedelta(days=4 + 7 * week)).date()
        world.feeds["club"].events[f"games-{week}"] = event(day, 19, f"Board games evening {week + 1}")
        world.feeds["hall"].events[f"h{week}"] = event(
            day, 19, f"Board games evening {week + 1}", "North Hall, 1 High Street"
        )
        world.feeds["hall"].events[f"talk-{week}"] = event(
            day + timedelta(days=1), 18, f"Storage trade salon no {week + 1}"
        )
        world.feeds["city"].events[f"c{week}"] = event(day, 19, f"Board Games Evening {week + 1}!")
    return world
