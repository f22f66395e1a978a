"""The key-account preset: ten or twenty customers carry everything, so hours are kept for them before anything else.

Each week holds a long block on a free day (a hike, a trip) and a short one on a working evening (tea, a talk); the plan
proposes what to do and which events of the week one could invite a client to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.config import Config
from planner.plan.candidates import FreeHours
from planner.types import Interval, Rated
from planner.weeks import WeekSpan

LONG, SHORT = 240, 120  # minutes
FORMS_TO_INVITE_TO = frozenset({"expo", "salon", "conference", "visit", "members"})
TOPICS_TO_INVITE_TO = frozenset({"outdoors_together", "reading_and_talk", "meeting_people", "hobby_circle"})
MAX_TO_INVITE_TO = 3


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Free minutes of one day."""

    day: date
    start: int
    end: int

    def last(self, minutes: int, week: WeekSpan) -> Interval:
        """The last ``minutes`` of the stretch: mornings stay for fairs and talks."""
        begin = datetime.combine(self.day, time(), week.zone) + timedelta(minutes=self.end - minutes)
        return begin, begin + timedelta(minutes=minutes)


def blocks_for_clients(config: Config, week: WeekSpan, now: datetime) -> list[Interval]:
    """The hours kept for clients: none for the expansion preset, nor in what is already past."""
    if config.seller != "key-account":
        return []
    hours = FreeHours(config, week)
    stretches = [_Stretch(day, start, end) for day in week.days for start, end in hours.ranges(day)]
    blocks: list[Interval] = []
    for minutes, free_days in ((LONG, True), (SHORT, False)):
        fitting = [
            each.last(minutes, week)
            for each in stretches
            if each.end - each.start >= minutes and (each.day.weekday() > 4) == free_days
        ]
        coming = [block for block in fitting if block[0] > now]
        if coming:
            # The first free day and the middle of the week: early enough to be moved.
            blocks.append(coming[0] if free_days else coming[len(coming) // 2])
    return blocks


def to_invite_to(rated: Sequence[Rated], week: WeekSpan, now: datetime) -> list[Rated]:
    """Events of the week that a client could be invited to: fairs, talks, walks; the most worthy first."""
    fitting = [
        each
        for each in rated
        if each.event.start is not None
        and max(now, week.start) <= each.event.start < week.end
        and each.event.status == "confirmed"
        and each.event.evidence.sure != "doubtful"
        and not each.score.avoided
        and (each.label.form in FORMS_TO_INVITE_TO or TOPICS_TO_INVITE_TO & set(each.label.topics))
        and each.score.track in {"industry", "practice", "client"}
    ]
    return sorted(fitting, key=lambda each: (-each.score.total, each.id))[:MAX_TO_INVITE_TO]
