"""The key-account preset: ten or twenty customers carry everything, so hours are kept for them.

Each week holds a long block on a free day (a hike, a trip) and a short one on a working evening (tea, a talk); the plan
proposes what to do and which events of the week one could invite a client to. The blocks stand where the week without
them loses least, and never on the evening of its best practice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from planner.config import Config
from planner.plan.candidates import LEAST, Candidate, FreeHours
from planner.rating.evidence import evidence_of
from planner.types import Interval, Rated
from planner.weeks import WeekSpan

LONG, SHORT, STEP = 240, 120, 30  # minutes
FORMS_TO_INVITE_TO = frozenset({"expo", "salon", "conference", "visit", "members"})
TOPICS_TO_INVITE_TO = frozenset({"outdoors_together", "reading_and_talk", "meeting_people", "hobby_circle"})
TRACKS_TO_INVITE_TO = frozenset({"industry", "practice", "client", None})
MAX_TO_INVITE_TO = 3
AT_TABLE, AT_TABLE_FROM = "way.eat", 0.75
"""A tasting or a dinner in the name of an evening."""
AGAINST, AGAINST_FROM = (
    (
        *("audience.teens", "audience.families", "audience.students", "audience.seniors", "audience.women"),
        *("audience.in_need", "age.children", "openness.closed", "openness.partisan", "openness.worship"),
        *("openness.no_event", "other.children", "other.politics", "other.worship", "other.health_and_support"),
        *("other.public_body", "other.dating", "other.course_selling", "other.class_sold", "other.library_help"),
    ),
    0.4,
)
"""Signs of what nobody would take a client to, and from which strength on."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Free minutes of one day."""

    day: date
    start: int
    end: int

    def blocks(self, minutes: int, week: WeekSpan) -> list[Interval]:
        """All blocks of so many minutes, the last first: mornings stay for fairs and talks."""
        midnight = datetime.combine(self.day, time(), week.zone)
        begins = [midnight + timedelta(minutes=at) for at in range(self.end - minutes, self.start - 1, -STEP)]
        return [(begin, begin + timedelta(minutes=minutes)) for begin in begins]


def blocks_for_clients(
    config: Config,
    week: WeekSpan,
    now: datetime,
    *,
    picks: Sequence[Candidate] = (),
    others: Sequence[Candidate] = (),
    busy: Sequence[Interval] = (),
) -> list[Interval]:
    """The hours kept for clients: none for the expansion preset, nor in what is past, nor where the user is ``busy``.

    ``picks`` are what the week would hold without them, ``others`` what it could. A block stands where the picks it
    takes are worth least, then where it leaves the best of the others; of equal ones on the first free day, and in the
    middle of the working days: early enough to be moved.
    """
    if config.seller != "key-account":
        return []
    hours = FreeHours(config, week)
    free = [_Stretch(day, start, end) for day in week.days for start, end in hours.ranges(day)]
    kept = [*busy, *_best_practice(picks, others)]
    blocks: list[Interval] = []
    for minutes, weekend in ((LONG, True), (SHORT, False)):
        fitting = [each for each in free if each.end - each.start >= minutes and (each.day.weekday() > 4) == weekend]
        middle = 0 if weekend else len(fitting) // 2
        possible = [
            (_lost(block, picks, sum), _lost(block, others, max), abs(place - middle), place, -at, block)
            for place, stretch in enumerate(fitting)
            for at, block in enumerate(reversed(stretch.blocks(minutes, week)))
            if block[0] > now and not any(_meet(block, other) for other in kept)
        ]
        if possible:
            blocks.append(min(possible)[-1])
    return sorted(blocks, key=lambda block: block[1] - block[0], reverse=True)


def _best_practice(picks: Sequence[Candidate], others: Sequence[Candidate]) -> list[Interval]:
    """The hours of the best practice of the week: of what is planned, else of what could be."""
    for known in (picks, others):
        practice = [each for each in known if each.rated.score.track == "practice"]
        if practice:
            best = max(practice, key=lambda each: (each.rated.score.total, each.id))
            return [(best.start, best.end)]
    return []


def _lost(block: Interval, candidates: Sequence[Candidate], together: Callable[[list[float]], float]) -> float:
    """What the candidates that a block takes are worth, all together or the best of them."""
    return together([0.0, *(max(c.rated.score.total, 0.0) for c in candidates if _meet(block, (c.start, c.end)))])


def _meet(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def to_invite_to(rated: Sequence[Rated], week: WeekSpan, now: datetime) -> list[Rated]:
    """Events of the week that a client could be invited to: fairs, talks, tastings, walks, dinners; the most worthy
    first. Nothing that is for others than grown-up strangers, closed, partisan or of need."""
    coming = [
        each
        for each in rated
        if each.event.start is not None
        and max(now, week.start) <= each.event.start < week.end
        and each.event.status == "confirmed"
        and each.event.evidence.sure != "doubtful"
        and each.event.mode != "online"
        and each.label.unfit is None
        and not each.score.avoided
        and each.score.total >= LEAST["modest"]
        and each.score.track in TRACKS_TO_INVITE_TO
    ]
    fitting = (each for each in sorted(coming, key=lambda each: (-each.score.total, each.id)) if _fits_a_client(each))
    return list(islice(fitting, MAX_TO_INVITE_TO))


def _fits_a_client(rated: Rated) -> bool:
    evidence = evidence_of(rated.event)
    if evidence.of(*AGAINST).strength >= AGAINST_FROM:
        return False
    label = rated.label
    known = label.form in FORMS_TO_INVITE_TO or TOPICS_TO_INVITE_TO & set(label.topics)
    return bool(known) or evidence.of(AT_TABLE).strength >= AT_TABLE_FROM
