"""When people meet next: the ten steadiest communities of a city's calendars, learnt from ten days, asked for the next
meeting.

QUANZI_CASES=… python -m benchmarks.score_cadence [--all]

Communities are found and ranked by the first ten days alone; what comes later only judges. A prediction is right where
the next meeting of the same strand is on that day, and begins at that hour where it tells one.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.gold import cases
from planner.plan.circles import holders
from planner.plan.circles.cadence import Cadence, Meeting, cadence_of, name_of, steadiness
from spiders.items import Context, Document, Event
from spiders.readers import dispatch

ZONE = ZoneInfo("America/Los_Angeles")
FIRST, LAST = date(2026, 3, 18), date(2026, 4, 7)
DAYS_KNOWN = 10
MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said of one community, and what came."""

    name: str
    cadence: Cadence
    said: date
    came: tuple[datetime, ...]

    @property
    def is_right(self) -> bool:
        at = self.cadence.at
        return any(start.date() == self.said and (at is None or start.time() == at) for start in self.came)


def events_of(folder: Path) -> list[Event]:
    """All events of the window, each file as a source of its own."""
    start = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=ZONE)
    found: list[Event] = []
    for file in sorted(folder.glob("*.ics")):
        context = Context(
            source=file.stem, now=start, timezone=str(ZONE), window_start=start,
            window_end=start + timedelta(days=(LAST - FIRST).days + 1),
        )  # fmt: skip
        found += dispatch.read(Document(body=file.read_bytes()), context, "ical").events
    return [event for event in found if event.start is not None and event.status == "confirmed"]


def answers(events: Iterable[Event]) -> list[Answer]:
    """The communities that the first days show a rhythm of, the steadiest first, with what is said of each."""
    until = FIRST + timedelta(days=DAYS_KNOWN)
    told = []
    for name, held in _by_holder(events).items():
        known = [each for each in held if each.start.date() < until]
        cadence = cadence_of(known)
        if cadence is None:
            continue
        said = cadence.next_after(until - timedelta(days=1))
        if said <= LAST:
            told.append(Answer(name=name, cadence=cadence, said=said, came=_next(held, cadence, until)))
    return sorted(told, key=lambda each: (-steadiness(each.cadence), -each.cadence.meetings, each.name))


def _by_holder(events: Iterable[Event]) -> Mapping[str, list[Meeting]]:
    held: dict[str, list[Meeting]] = defaultdict(list)
    known = list(events)
    for name, event in zip(holders(known), known, strict=True):
        start = event.start.astimezone(ZONE)  # type: ignore[union-attr]
        held[name].append(Meeting(start=start.replace(tzinfo=None), title=event.title, all_day=event.all_day))
    return held


def _next(held: Iterable[Meeting], cadence: Cadence, until: date) -> tuple[datetime, ...]:
    """The meetings of the next day on which these people met; of the strand that was learnt, where it has a name."""
    later = [each.start for each in held if each.start.date() >= until and _is_of(each, cadence)]
    day = min((start.date() for start in later), default=None)
    return tuple(sorted(start for start in later if start.date() == day))


def _is_of(meeting: Meeting, cadence: Cadence) -> bool:
    return cadence.name is None or name_of(meeting.title) == cadence.name


def line(answer: Answer) -> str:
    cadence = answer.cadence
    at = f"{cadence.at:%H:%M}" if cadence.at else "  -  "
    came = " ".join(f"{start:%m-%d %H:%M}" for start in answer.came) or "nothing"
    verdict = "right" if answer.is_right else "WRONG"
    return f"{verdict}  {answer.said:%m-%d} {at}  came: {came}  ({cadence.meetings} on it)  {answer.name[:60]}"


def main() -> None:
    told = answers(events_of(cases() / "gold" / "dedupe" / "santarosa"))
    shown = told if "--all" in sys.argv else told[:MOST]
    print("\n".join(map(line, shown)))
    right = sum(each.is_right for each in shown)
    print(f"{right} of {len(shown)} right ({right / max(1, len(shown)):.0%}); {len(told)} communities with a rhythm")


if __name__ == "__main__":
    main()
