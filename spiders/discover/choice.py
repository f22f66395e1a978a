"""Which of the sources behind an address is the best, and what tells most where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from spiders.discover.model import Found, Inspection, Tried
from spiders.discover.platforms import Way
from spiders.reasons import Code, Reason

ENOUGH_OF_A_SITE = 5
"""Events ahead; a page with fewer is compared with the site's own page of events."""
MIN_SHARE = 0.34
"""What tells fewer than this share of the events of the richest is no better for its form."""
_RANK = {"ical": 5, "json-ld": 4, "microdata": 4, "rdfa": 4, "hcalendar": 4, "app-state": 4, "feed": 4, "listing": 3}
_REFUSING_HOSTS = {Code.PAGE_SIGN_IN, Code.PAGE_CHALLENGE, Code.PAGE_QUEUE, Code.PAGE_CONSENT}
_REFUSING_PAGES = {*_REFUSING_HOSTS, Code.PAGE_NOT_FOUND, Code.PAGE_PARKED, Code.PAGE_SERVER_ERROR}
_SILENT = {Code.NO_EVENT, Code.SILENT_ITEMS, Code.EMPTY_FEED}


def ahead_of(found: Found | None) -> int:
    """How many events of a source lie ahead; none where there is no source."""
    return found.assessment.ahead if found is not None else 0


def rank(found: Found) -> int:
    """How well a form suits: calendars, then markup and programs' data, lists, feeds that are read as prose and pages
    of a single event, and prose last."""
    reader = found.reading.reader
    from_text = any(note.code is Code.DATES_FROM_TEXT for note in found.assessment.notes)
    if (reader == "feed" and from_text) or (reader not in {"ical", "feed"} and found.assessment.total == 1):
        return min(2, _RANK.get(reader, 1))
    return _RANK.get(reader, 1)


def best_of(found: Iterable[Found]) -> Found | None:
    """The best source: of those that tell about as much, the one whose form was made for it."""
    speaking = [each for each in found if each.assessment.ahead]
    most = max((each.assessment.ahead for each in speaking), default=0)
    enough = [each for each in speaking if each.assessment.ahead >= MIN_SHARE * most]
    return max(enough, key=lambda each: (rank(each), each.assessment.ahead), default=None)


def in_order(found: Iterable[Found]) -> list[Found]:
    """Sources from the best to the worst; silent ones last."""
    return sorted(found, key=lambda each: (each.assessment.ahead > 0, rank(each), each.assessment.ahead), reverse=True)


def is_structured(found: Found | None) -> bool:
    """Whether a source tells of events ahead in a form made for programs."""
    return found is not None and found.assessment.ahead > 0 and rank(found) >= 4


def is_enough(found: Found | None) -> bool:
    """Whether a page tells so much in a form made for programs that its site need not be searched."""
    return is_structured(found) and ahead_of(found) >= ENOUGH_OF_A_SITE


def is_refusal(page: Inspection) -> bool:
    """Whether a page says, whatever its status, that nothing is to be had here."""
    return _refused_as(page) in _REFUSING_PAGES


def is_refusal_of_host(page: Inspection) -> bool:
    """Whether it says so for its whole host: a page that is not there says nothing of others."""
    return _refused_as(page) in _REFUSING_HOSTS


def _refused_as(page: Inspection) -> StrEnum | None:
    reason = page.reading.reason
    inner = dict(reason.values).get("why") if reason is not None and reason.code is Code.REFUSED else None
    return inner.code if isinstance(inner, Reason) else None


def most_telling(failure: Reason | None, quiet: Sequence[Found], tried: Iterable[Tried]) -> Reason:
    """Why nothing was found: what could be read and is silent tells more than a page without dates."""
    if quiet and (failure is None or failure.code in _SILENT or quiet[0].reading.reason == failure):
        return quiet[0].assessment.reason or Reason(Code.NO_EVENT_AT_ALL)
    if failure is None or failure.code in _SILENT:
        comments = next(
            (each.reason for each in tried if each.reason and each.reason.code is Code.FEED_OF_COMMENTS), None
        )
        failure = comments or failure
    return failure or Reason(Code.NO_EVENT_AT_ALL)


def ways_of(reason: Reason | None) -> tuple[Way, ...]:
    """What else a user can do, by why nothing was found."""
    if reason is not None and reason.code is Code.STATUS_SIGN_IN:
        return ("headers", "paste", "recurrence")
    return ("paste", "recurrence", "picture", "bridge")
