"""A year of daily and weekly runs over sources that live: what they tell, and what subscribers keep of it.

Each source has an evening every week or two, announced weeks ahead under a number of its own. Evenings are renamed,
moved, called off, withdrawn; sources die in several ways and return. Everything is drawn from one seed.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from tests.support.cli import QUANZI, ROOT, run
from tests.support.histories import calendar, vevent

ZONE = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 8, 31)  # a Monday
KINDS: tuple[Literal["ical", "feed", "listing"], ...] = (*["ical"] * 8, "feed", "listing")  # type: ignore[assignment]
WHAT = ("Board games evening", "Storage trade salon", "Public speaking evening", "Battery supply chain forum")
GUESTS = ("guests", "tea", "a quiz", "newcomers", "cake", "a raffle")
ENDS = ("gone", "rubbish", "sign-in", "empty", "half")
_NUMBER = re.compile(r"no (\d+)")


@dataclass
class Evening:
    """One evening as its source tells it now."""

    number: int
    start: datetime
    title: str
    told: date
    off: bool = False
    withdrawn: date | None = None


@dataclass
class Told:
    """A source: its evenings, and how and until when it is broken."""

    number: int
    kind: str
    evenings: list[Evening] = field(default_factory=list)
    broken: str | None = None
    until: date = FIRST
    well_since: date = FIRST

    @property
    def file(self) -> str:
        return f"s{self.number}.{ {'ical': 'ics', 'feed': 'xml', 'listing': 'html'}[self.kind] }"

    def coming(self, today: date) -> list[Evening]:
        now = datetime.combine(today, time(), ZONE)
        return [each for each in self.evenings if each.told <= today and each.start >= now and not each.withdrawn]


@dataclass
class Year:
    """The world, the program's folder, and a subscriber who keeps by UID."""

    folder: Path
    count: int = 50
    seed: int = 7
    sources: list[Told] = field(default_factory=list)
    held: dict[str, tuple[int, datetime, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    trouble: Counter[str] = field(default_factory=Counter)
    sizes: dict[str, int] = field(default_factory=dict)
    largest: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.sources = [Told(number, KINDS[number % len(KINDS)]) for number in range(self.count)]
        lines = "".join(f"  - {{id: s{each.number}, kind: {each.kind}, file: {each.file}}}\n" for each in self.sources)
        text = (
            f"language: en\ntimezone: {ZONE}\n"
            "interests: {industry: [storage, battery], practice: [board games, speaking]}\n"
            "week: {free: {weekdays: '16:00-23:00', weekend: '09:00-23:00'}, at_most: {per_day: 2, per_week: 7}}\n"
        )
        (self.folder / "config.yaml").write_text(f"{text}sources:\n{lines}", encoding="utf-8")

    # What the days bring.

    def live(self, today: date) -> None:
        """One day of all sources; then their files are written."""
        for source in self.sources:
            while not source.evenings or source.evenings[-1].told <= today:
                self._announce(source)
            for evening in source.coming(today):
                self._happen(source, evening, today)
            self._break(source, today)
            self._write(source, today)

    def _announce(self, source: Told) -> None:
        week = len(source.evenings) * (2 if source.number % 2 and source.kind == "ical" else 1)
        day = FIRST + timedelta(weeks=week, days=source.number % 7)
        number = 1000 * (source.number + 1) + week
        start = datetime.combine(day, time(9 + source.number // 7 % 12, 0), ZONE)
        title = f"{WHAT[source.number % len(WHAT)]} no {number}"
        source.evenings.append(Evening(number, start, title, day - timedelta(days=self.dice.randint(25, 31))))

    def _happen(self, source: Told, evening: Evening, today: date) -> None:
        lot = self.dice.random()
        if source.kind == "feed" or evening.off or evening.start.date() <= today:
            return
        if lot < 0.004:
            evening.title = f"{evening.title.partition(',')[0]}, with {self.dice.choice(GUESTS)}"
        elif lot < 0.010:
            evening.start += timedelta(minutes=self.dice.choice((-30, 30, 60)))
        elif lot < 0.012 and source.kind == "ical":
            evening.off = True
        elif lot < 0.014:
            evening.withdrawn = today

    def _break(self, source: Told, today: date) -> None:
        """How it breaks. Half a list is shown on one day, since nobody can tell from the truth what is told twice."""
        if source.broken and today >= source.until:
            source.broken, source.well_since = None, today
        elif source.broken is None and self.dice.random() < 0.006:
            source.broken = self.dice.choice(ENDS)
            longest = 1 if source.broken == "half" else 25
            source.until = today + timedelta(days=self.dice.randint(1, longest))

    def _write(self, source: Told, today: date) -> None:
        file = self.folder / source.file
        if source.broken == "gone":
            file.unlink(missing_ok=True)
            return
        evenings = source.coming(today)
        if source.broken in ("empty", "half"):
            evenings = evenings[::2] if source.broken == "half" else []
        text = {"ical": _calendar, "feed": _feed, "listing": _page}[source.kind](source, evenings)
        if source.broken in ("rubbish", "sign-in"):
            more = "<form><input type=password></form>" if source.broken == "sign-in" else ""
            text = f"<html><head><title>Sample</title></head><body>Back soon{more}</body></html>"
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="")

    # What the program does, and what is seen of it.

    def run(self, command: str, today: date, hour: int, *, apart: bool = False) -> None:
        now = datetime.combine(today, time(hour), ZONE).isoformat()
        arguments = (command, "--now", now, "--quiet")
        if apart:
            self.largest[(today - FIRST).days] = _largest(self.folder, *arguments)
            return
        done = run(self.folder, *arguments)
        if done.returncode or done.stdout:
            self.wrong.append(f"{today} {command}: {done.returncode} {done.stdout} {done.stderr}")
        for line in done.stderr.splitlines():
            self.trouble["ended" if "well again" in line else "lasts" if line.startswith("still") else "began"] += 1

    def subscribe(self, now: datetime) -> None:
        """Take the calendar as it is published, and note what a person would call wrong."""
        listed: dict[str, tuple[int, datetime, str]] = {}
        numbers: Counter[str] = Counter()
        for entry in entries((self.folder / "out/public/all.ics").read_bytes().decode()):
            uid, title = entry["UID"], entry["SUMMARY"].replace("\\,", ",")
            if uid in listed:
                self.wrong.append(f"{now:%m-%d} {title}: stands twice under one id")
            listed[uid] = (int(entry["SEQUENCE"]), moment(entry["DTSTART"]), title)
            number = _NUMBER.search(title)
            numbers[number[1] if number else title] += 1
        self.wrong += [
            f"{now:%m-%d} no {number}: stands {times} times" for number, times in numbers.items() if times > 1
        ]
        for uid, (sequence, start, title) in self.held.items():
            if uid not in listed:
                if start > now - timedelta(days=29):
                    self.wrong.append(f"{now:%m-%d} {title} at {start} is lost")
            elif listed[uid][0] < sequence or (listed[uid][1:] != (start, title) and listed[uid][0] == sequence):
                self.wrong.append(f"{now:%m-%d} {title}: SEQUENCE {sequence} -> {listed[uid]}")
        self.held = listed

    def compare(self, today: date) -> None:
        """Every evening of a source that has been well for a week stands there as it is told, or is called off."""
        shown = {found[1]: (start, title) for _, start, title in self.held.values() if (found := _NUMBER.search(title))}
        for source in self.sources:
            if source.broken or today - source.well_since < timedelta(days=7):
                continue
            for each in source.coming(today):
                start, title = shown.get(str(each.number), (None, ""))
                if start is None or start != each.start or title.startswith("Cancelled") != each.off:
                    self.wrong.append(f"{today} {each}: shown as {start} {title}")
            for each in source.evenings:
                if each.withdrawn is None or today - each.withdrawn <= timedelta(days=14) or each.start.date() <= today:
                    continue
                if not shown.get(str(each.number), (None, "Cancelled"))[1].startswith("Cancelled"):
                    self.wrong.append(f"{today} {each}: is not called off")

    def day(self, number: int, *, apart: bool = False) -> None:
        """One day: the daily run in the morning, on Sundays the weekly one in the evening."""
        today = FIRST + timedelta(days=number)
        self.live(today)
        if number:
            self.run("refresh", today, 7, apart=apart)
            self.subscribe(datetime.combine(today, time(7), ZONE))
        if number == 0 or today.weekday() == 6:
            self.run("week", today, 20)
            self.subscribe(datetime.combine(today, time(20), ZONE))
        if number % 7 == 5 and number > 14:
            self.compare(today)
        self.sizes[f"{today:%Y-%m}"] = sum(file.stat().st_size for file in self.folder.glob("quanzi.db*"))


def entries(text: str) -> Iterator[dict[str, str]]:
    """Names and values of the entries of one of our calendars; parameters are left out."""
    lines = text.replace("\r\n ", "").split("\r\n")
    entry: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            entry = {}
        elif line == "END:VEVENT":
            yield entry
        else:
            entry[name.partition(";")[0]] = value


def moment(value: str) -> datetime:
    """A local time, a time in UTC, or a day, as an aware moment."""
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return datetime.strptime(value, "%Y%m%dT%H%M%S" if "T" in value else "%Y%m%d").replace(tzinfo=ZONE)


def _calendar(source: Told, evenings: list[Evening]) -> str:
    return calendar(*(
        vevent(
            f"e{each.number}", f"{each.start:%Y%m%dT%H%M%S}", each.title,
            *(["STATUS:CANCELLED"] if each.off else []), place=_place(source), zone=str(ZONE),
        )
        for each in evenings
    ))  # fmt: skip


def _feed(source: Told, evenings: list[Evening]) -> str:
    items = "".join(
        f"<item><title>{each.title}</title><link>https://s{source.number}.example/{each.number}</link>"
        f"<guid>https://s{source.number}.example/{each.number}</guid>"
        f"<pubDate>{datetime.combine(each.told, time(8)):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>When: {each.start:%d %B %Y, %H:%M}. Where: {_place(source)}</description></item>"
        for each in reversed(evenings)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Source {source.number}</title>{items}</channel></rss>'
    )


def _page(source: Told, evenings: list[Evening]) -> str:
    rows = "".join(
        f'<tr><td><a href="https://s{source.number}.example/{each.number}">{each.title}</a></td>'
        f"<td>{each.start:%A, %B %d, %Y, %H:%M}</td><td>{_place(source)}</td></tr>"
        for each in evenings
    )
    return f"<html><head><title>Source {source.number}</title></head><body><table>{rows}</table></body></html>"


def _place(source: Told) -> str:
    return f"Linden Hall {source.number}, {source.number + 1} Juniper Road"


_MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def _largest(folder: Path, *arguments: str) -> int:
    """The most memory that any process of a run held at once, in bytes. A small process of its own starts the run and
    measures: Linux hands the peak of whoever starts something on to it, and ours holds a year."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *QUANZI, *arguments], cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)
