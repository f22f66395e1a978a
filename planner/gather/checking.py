"""Asking sources to see what they are worth: as if for the first time, with all manners, and nothing is kept of it.

Only what hosts ask for is remembered, as after any other answer: their robots.txt, and to be left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from planner.config import Config
from planner.gather.due import Wish
from planner.gather.fetch import answers
from planner.gather.hosts import HostMemory
from planner.gather.keep import keyed, told
from planner.gather.policy import policy_of
from planner.gather.sift import sifted
from planner.store import Store
from planner.text import casefold
from spiders.acceptance import Assessment, assess
from spiders.items import Event, FetchResult, Outcome, Source
from spiders.reasons import Code

DAYS_LOOKED_BACK = 366  # so that a calendar whose events are all over tells since when
MIN_OF_A_TWIN, SHARE_OF_A_TWIN = 2, 0.8
Robots = Literal["allowed", "forbidden", "unreachable"]
_BEFORE_ROBOTS = {
    Code.ASKED_TO_WAIT, Code.HOST_NOT_FOUND, Code.NOT_AN_ADDRESS, Code.SITE_UNKNOWN, Code.SITE_WITHOUT_GROUP,
    Code.ADDRESS_REFUSED, Code.ADDRESS_IN_RANGE, Code.CRAWL_ENDED, Code.OF_FILE, Code.FILE_OPEN_TO_OTHERS,
}  # fmt: skip
"""Failures of sources whose robots.txt was never asked for, or of which it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One source that was asked, what it tells once the configuration's words for it are applied, and its worth."""

    source: Source
    result: FetchResult
    assessment: Assessment
    events: tuple[Event, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """How gathering it would have ended."""
        if self.assessment.verdict == "failed":
            return "failed"
        return "ok" if self.assessment.total else "quiet"

    @property
    def robots(self) -> Robots | None:
        """What robots.txt says; None for what is no web address, and where nobody knows."""
        code = self.result.failure.code if self.result.failure is not None else None
        if code == Code.ROBOTS_FORBID:
            return "forbidden"
        if code == Code.ROBOTS_UNREACHABLE:
            return "unreachable"
        return "allowed" if self.source.url is not None and code not in _BEFORE_ROBOTS else None


def check(sources: Sequence[Source], config: Config, store: Store, now: datetime) -> Iterator[Checked]:
    """Ask these sources, and judge each as its answer comes."""
    by_id = {source.id: source for source in sources}
    manners = policy_of(config)
    wish = Wish(fresh=frozenset(by_id))
    for result in answers(
        sources,
        store.sources() | store.diaries(),
        now,
        manners,
        HostMemory(store, now),
        offline=False,
        wish=wish,
        back=DAYS_LOOKED_BACK,
    ):
        source = by_id[result.source]
        events = _events(source, result)
        yield Checked(source=source, result=result, assessment=_judged(result, events, now), events=events)


def _events(source: Source, result: FetchResult) -> tuple[Event, ...]:
    """What gathering would keep of an answer, but for notices that name no day."""
    kept, _ = sifted(source, keyed(told(source, result.readings)))
    return tuple(event for event in kept.values() if event.start is not None or event.notice is None)


def twins(checked: Sequence[Checked]) -> dict[str, str]:
    """Sources that tell little but what one before them tells, by id: the same titles at the same times."""
    found: dict[str, str] = {}
    known: dict[str, frozenset[tuple[str, datetime]]] = {}
    for each in checked:
        own = frozenset((casefold(event.title), event.start) for event in each.events if event.start is not None)
        if len(own) >= MIN_OF_A_TWIN:
            enough = SHARE_OF_A_TWIN * len(own)
            same = next((name for name, other in known.items() if len(own & other) >= enough), None)
            if same is not None:
                found[each.source.id] = same
        known[each.source.id] = own
    return found


def _judged(result: FetchResult, events: Sequence[Event], now: datetime) -> Assessment:
    if result.failure is not None or not result.readings:
        return assess((), now, failure=result.failure)
    whole = replace(
        result.readings[0],
        events=tuple(events),
        notes=tuple(note for each in result.readings for note in each.notes),
        partial=any(each.partial for each in result.readings),
    )
    refused = next((each.reason for each in result.readings if each.refused), None)
    return assess((whole,), now, failure=refused)
