"""Which events may be planned at all, and for each that may not, the reason (`Why`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.config import Config
from planner.config.holidays import is_working_day
from planner.plan.busy import NOT_BUSY, Busy, clash_with, in_words
from planner.plan.codes import Why
from planner.types import PLANNABLE, Rated, Term
from planner.weeks import WeekSpan
from spiders.reasons import Reason

USUAL_LENGTH = timedelta(hours=2)
LENGTH_OF_A_VISIT = timedelta(hours=2)
OPENS, CLOSES = 10 * 60, 17 * 60  # minutes of the day: usual hours of exhibitions
LEAST: Mapping[str, float] = {"modest": 0.5, "good": 1.0, "only the best": 2.0}
"""What an evening must be worth at least, in points, for each ``week.least``."""
KEEPING_WEIGHT = 0.6  # a published pick stays unless something is clearly better
EVENING = 20 * 60  # free hours that last until then are an evening: what is soft
PRICE_OF_SOFT = 0.2 / 30  # points a minute outside the free hours
FORMS_OPEN_FOR_DAYS = frozenset({"expo"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An event that may be planned: aware ``start`` and ``end``; ``end_assumed`` where the source gives none.

    ``flexible``: one possible visit to what is open for days, such as an exhibition; several of them share an id."""

    rated: Rated
    start: datetime
    end: datetime
    end_assumed: bool
    cost: float
    pinned: bool = False
    flexible: bool = False

    @property
    def id(self) -> str:
        return self.rated.id

    @property
    def day(self) -> date:
        return self.start.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """An event of the week that may not be planned, and why."""

    rated: Rated
    reason: Reason


def select(
    rated: Iterable[Rated],
    config: Config,
    week: WeekSpan,
    now: datetime,
    *,
    busy: Busy = NOT_BUSY,
    pinned: Callable[[Rated], bool] = lambda _: False,
    refused: Callable[[Rated], bool] = lambda _: False,
    published: Collection[str] = (),
) -> tuple[list[Candidate], list[Exclusion]]:
    """Events of the week -> (what may be planned, what may not and why). Hours already past are never planned.

    ``busy`` is what the user's own calendar leaves no time for. What is ``pinned`` may be planned outside the free
    hours, far away and whatever it is about, but not if it is over, called off or of a doubtful time. What is
    ``published`` (ids) may be worth a little less than what is new.
    """
    candidates, exclusions = [], []
    hours = FreeHours(config, week)
    begin, end = week.start, week.end
    for each in sorted(_of_week(rated, begin, end), key=lambda one: one.id):
        if is_open_for_days(each):
            visits = hours.visits(each, now)
            reason = _never(each, None) or _refusal(each, refused) or _unwanted(each, config, published)
            if visits and reason is None:
                candidates += [visit for visit in visits if _clash_with(busy, visit) is None]
                continue
        if each.event.start is None or not begin <= each.event.start < end:
            continue
        candidate = hours.softened(candidate_of(each, week.zone))
        reason = _never(each, now)
        if (
            reason is not None and reason.code == Why.ALL_DAY
        ):  # what one would not go to anyway is not told as one's own
            reason = _unwanted(each, config, published) or reason
        if reason is None and pinned(each):
            candidate = replace(candidate, rated=each, pinned=True)
        elif reason is None:
            reason = _refusal(each, refused) or _unwanted(candidate.rated, config, published)
            reason = reason or hours.reason_against(candidate)
            reason = reason or _clash_with(busy, candidate)
        if reason is None:
            candidates.append(candidate)
        else:
            exclusions.append(Exclusion(rated=each, reason=reason))
    return candidates, exclusions


def _of_week(rated: Iterable[Rated], begin: datetime, end: datetime) -> Iterator[Rated]:
    """What begins then, and what may be visited then: of all that is known a small part."""
    for each in rated:
        start = each.event.start
        if start is not None and (begin <= start < end or is_open_for_days(each)):
            yield each


def candidate_of(rated: Rated, zone: ZoneInfo) -> Candidate:
    """An event as the plan sees it, in the user's zone; a missing or impossible end is two hours after the start.

    Raises ValueError for an event without a time.
    """
    event = rated.event
    if event.start is None:
        raise ValueError(f"{rated.id}: an event without a time cannot be planned")
    start, end, price = event.start.astimezone(zone), event.end, event.price
    return Candidate(
        rated=rated,
        start=start,
        end=end.astimezone(zone) if end and end > start else usual_end(start),
        end_assumed=not (end and end > start),
        cost=(price.ordinary or 0.0) if price else 0.0,
    )


def usual_end(start: datetime) -> datetime:
    """When what begins at ``start`` (aware) is assumed to end: by a stopwatch, whatever the clocks do meanwhile."""
    return (start.astimezone(UTC) + USUAL_LENGTH).astimezone(start.tzinfo)


def is_open_for_days(rated: Rated) -> bool:
    """Whether one goes there when it suits: exhibitions and fairs, told by the day."""
    return rated.event.all_day and rated.label.form in FORMS_OPEN_FOR_DAYS


def _never(rated: Rated, now: datetime | None) -> Reason | None:
    """What no wish can plan. Without ``now`` the event's own hour does not matter: it is open for days."""
    event, word = rated.event, rated.tracked.merged.word
    return _first(
        (word is not None and word.removed, Why.REFUSED, ""),
        (event.status == "cancelled", Why.CANCELLED, ""),
        (event.status == "postponed", Why.POSTPONED, ""),
        (now is not None and event.start is not None and event.start < now, Why.PAST, ""),
        (event.evidence.sure == "doubtful", Why.DOUBTFUL, ""),
        (now is not None and event.all_day, Why.ALL_DAY, ""),
    )


def _unwanted(rated: Rated, config: Config, published: Collection[str]) -> Reason | None:
    """What the user does not look for, would go too far for, or would better stay at home than go to."""
    score, way, limit = rated.score, rated.travel, config.week.travel_at_most
    if rated.label.unfit and score.track not in PLANNABLE:
        kind, word = rated.label.unfit
        return Reason(Why(kind), about=word)
    least = LEAST[config.week.least] - (KEEPING_WEIGHT if rated.id in published else 0.0)
    return _first(
        (score.track is None, Why.UNSORTED, ""),
        (score.track not in PLANNABLE, Why.OTHER, ", ".join(rated.label.words)),
        (score.avoided, Why.AVOIDED, ", ".join(term.about for term in score.terms if term.name == "avoid")),
        (limit is not None and way.known and way.minutes > limit, Why.TOO_FAR, str(way.minutes)),
        (score.total < least, Why.POOR, f"{score.total:.1f}"),
    )


def _refusal(rated: Rated, refused: Callable[[Rated], bool]) -> Reason | None:
    return Reason(Why.REFUSED) if refused(rated) else None


def _clash_with(busy: Busy, candidate: Candidate) -> Reason | None:
    """An hour of the user's own calendar that stands in the way."""
    for code, hours in ((Why.BUSY, busy.taken), (Why.BUSY_PERHAPS, busy.perhaps)):
        clash = clash_with(hours, candidate.start, candidate.end)
        if clash is not None:
            return Reason(code, about=in_words(clash, candidate.start.tzinfo))
    return None


def _first(*reasons: tuple[bool, Why, str]) -> Reason | None:
    return next((Reason(code, about=about) if about else Reason(code) for is_so, code, about in reasons if is_so), None)


class FreeHours:
    """The user's free hours in one week, holidays and worked weekends counted."""

    def __init__(self, config: Config, week: WeekSpan) -> None:
        free = config.week.free
        known = True
        self._soft = config.week.soft
        self._zone = week.zone
        self._ranges: dict[date, tuple[tuple[int, int], ...]] = {}
        for day in week.days:
            working, sure = is_working_day(day, config.week, config.timezone)
            known = known and sure
            self._ranges[day] = free.on(day.weekday(), working=working)
        self.holidays_known = known

    def ranges(self, day: date) -> tuple[tuple[int, int], ...]:
        """The free ranges of a day of the week, in minutes."""
        return self._ranges[day]

    def visits(self, rated: Rated, now: datetime) -> list[Candidate]:
        """The visits of two hours that free time and usual opening hours (10:00 to 17:00) allow, at most one a free
        stretch, to what is open for days."""
        event = rated.event
        assert event.start is not None
        last = event.end.date() if event.end else event.start.date() + timedelta(days=1)
        found = []
        for day, ranges in self._ranges.items():
            for begin, until in ranges if event.start.date() <= day < last else ():
                opens, closes = max(begin, OPENS), min(until, CLOSES)
                start = datetime.combine(day, time(), self._zone) + timedelta(minutes=opens)
                if closes - opens >= LENGTH_OF_A_VISIT.total_seconds() / 60 and start > now:
                    visit = candidate_of(rated, self._zone)
                    found.append(replace(visit, start=start, end=start + LENGTH_OF_A_VISIT, flexible=True))
        return found

    def softened(self, candidate: Candidate) -> Candidate:
        """The candidate with what its minutes outside the free hours cost, where an evening may have some."""
        minutes = self._outside(candidate)
        if not minutes:
            return candidate
        score = candidate.rated.score
        term = Term(name="soft", points=-round(minutes * PRICE_OF_SOFT, 3), about=str(minutes))
        score = replace(score, total=round(score.total + term.points, 3), terms=(*score.terms, term))
        return replace(candidate, rated=replace(candidate.rated, score=score))

    def reason_against(self, candidate: Candidate) -> Reason | None:
        """Why the hours do not allow it, or None."""
        if not self._ranges[candidate.day]:
            return Reason(Why.NO_FREE_HOURS)
        if self._outside(candidate) is not None:
            return None
        return Reason(Why.OUTSIDE_FREE_HOURS, about=f"{candidate.start:%H:%M}-{candidate.end:%H:%M}")

    def _outside(self, candidate: Candidate) -> int | None:
        """How many minutes of it lie outside the free hours; None where it may not be planned. Evenings may begin a
        little earlier and end later; breakfasts and lunches may not, since work begins or goes on."""
        start, end = _minute(candidate.start, candidate.day), _minute(candidate.end, candidate.day)
        possible = [
            max(begin - start, 0) + max(end - until, 0)
            for begin, until in self._ranges[candidate.day]
            for soft in (self._soft if until >= EVENING else 0,)
            if begin - soft <= start < until and begin < end <= until + 2 * soft
        ]
        return min(possible, default=None)


def _minute(moment: datetime, day: date) -> int:
    """Minutes since the midnight of ``day``, by the clock on the wall; beyond 1440 on later days."""
    return (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute
