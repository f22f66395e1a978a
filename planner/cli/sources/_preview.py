"""What ``sources add`` shows: a source as it was seen, why there is none, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from planner.cli._session import AppContext
from planner.cli.sources._candidates import Candidate
from planner.config.scalars import block_lines
from planner.i18n.reasons import translate
from planner.render.cards import CardFormatter
from planner.text import one_line
from spiders.acceptance import is_ahead
from spiders.discover.model import Discovery
from spiders.items import Event
from spiders.reasons import Reason

PARTS = ("date", "place", "address", "url")
FIRST = 5  # events that are shown
MIN_SHARE = 0.5  # of the events must have it, or it is called missing
MAX_OTHERS = 2
_DAYS_OF_A_WEEK = 7


def lines(candidate: Candidate, session: AppContext) -> Iterator[str]:
    """A source for a person: its name and address, its first events, what they lack, how often it changes."""
    words, seen = session.words, candidate.assessment
    name = candidate.title or candidate.id
    yield one_line(name, 100) + (f" ({candidate.platform})" if candidate.platform else "")
    kind = candidate.entry.get("kind", "auto")
    yield f"  {words(f'source_kind.{kind}')}  {_address(candidate)}"
    if not seen.ahead:
        yield "  " + words("source_add.nothing_ahead", reason=translate(seen.reason, words.language))
        return
    yield "  " + words("source_add.ahead", ahead=seen.ahead, zone=_zone(candidate, session))
    formatter = CardFormatter(session.config, words)
    for event in first_events(candidate, session.now):
        day = formatter.day(event.start.astimezone(session.config.zone)) if event.start else ""
        place = formatter.place(event)
        yield f"    {day}  {formatter.hours(event, assumed=False)}  {one_line(event.title, 60)}  {place}"
    if kind == "recurrence":  # the user's own words: nobody is at fault for what they lack
        return
    shares = seen.shares
    yield "  " + words("source_add.shares", **{part: f"{getattr(shares, part):.0%}" for part in PARTS})
    for told in (*missing(candidate, session), *_translated(seen.notes, session)):
        yield f"  ! {told}"
    yield "  " + rhythm(candidate, session)
    for other in candidate.others[:MAX_OTHERS]:
        if other.assessment.ahead:
            yield "  " + words(
                "source_add.other",
                address=other.address,
                kind=words(f"source_kind.{other.kind}"),
                ahead=other.assessment.ahead,
            )


def _address(candidate: Candidate) -> str:
    return str(candidate.entry.get("url") or candidate.entry.get("text") or "")


def _zone(candidate: Candidate, session: AppContext) -> str:
    """The zone of its times: as the source states it, or the configuration's, which is assumed and said so."""
    zones = dict.fromkeys(event.timezone for event in first_events(candidate, session.now))
    if candidate.assessment.zone == "stated":
        return session.words("source_add.zone_stated", zone=", ".join(zones))
    return session.words("source_add.zone_assumed", zone=session.config.timezone)


def first_events(candidate: Candidate, now: datetime) -> list[Event]:
    """The first events that lie ahead."""
    events = [event for reading in candidate.readings for event in reading.events if is_ahead(event, now)]
    return sorted(events, key=lambda event: (event.start or now, event.title))[:FIRST]


def missing(candidate: Candidate, session: AppContext) -> list[str]:
    """What most of its events do not tell."""
    shares, events = candidate.assessment.shares, [e for reading in candidate.readings for e in reading.events]
    lacking = [part for part in ("place", "address", "url") if getattr(shares, part) < MIN_SHARE]
    if events and sum(event.price is not None for event in events) < MIN_SHARE * len(events):
        lacking.append("price")
    if not lacking:
        return []
    comma = session.words("config.comma")
    named = comma.join(session.words(f"source_add.part_{part}") for part in lacking)
    return [session.words("source_add.missing", parts=named)]


def rhythm(candidate: Candidate, session: AppContext) -> str:
    """How often a source seems to change: as it says itself, by its posting dates, or by how many events lie ahead."""
    words = session.words
    if candidate.hours:
        return words("source_add.changes_declared", every=_span(candidate.hours, session))
    posted = sorted(e.published for reading in candidate.readings for e in reading.events if e.published is not None)
    gaps = [(later - earlier).total_seconds() / 3600 for earlier, later in pairwise(posted)]
    if len(gaps) >= 2 and median(gaps) > 0:
        return words("source_add.changes_posted", every=_span(median(gaps), session))
    seen = candidate.assessment
    if seen.newest is not None and seen.ahead:
        days = max((seen.newest - session.now).total_seconds() / 86_400, _DAYS_OF_A_WEEK)
        return words("source_add.changes_events", count=f"{seen.ahead * _DAYS_OF_A_WEEK / days:.1f}")
    return words("source_add.changes_unknown")


def _span(hours: float, session: AppContext) -> str:
    key, amount = ("hours", hours) if hours < 48 else ("days", hours / 24)
    return session.words(f"source_add.{key}", count=f"{max(1, round(amount))}")


def _translated(notes: Iterable[Reason], session: AppContext) -> list[str]:
    return [translate(note, session.words.language) for note in notes]


def tried(discovery: Discovery, session: AppContext) -> Iterator[str]:
    """What was asked for, and what each answer gave."""
    for each in discovery.tried:
        reason = translate(each.reason, session.words.language)
        yield f"  {each.address}: {reason or session.words('source_add.read', ahead=each.ahead)}"


def refusal(discovery: Discovery, session: AppContext) -> str:
    """Why nothing was found behind an address, and what else can be done."""
    words = session.words
    told = words("source_add.nothing", address=discovery.asked, reason=translate(discovery.failure, words.language))
    return "\n".join([told, *(f"  - {words(f'source_way.{way}')}" for way in discovery.ways)])


def refusal_body(discovery: Discovery, session: AppContext) -> dict[str, Any]:
    """The same for programs."""
    reason = discovery.failure
    return {
        "asked": discovery.asked,
        "sources": [],
        "written": False,
        "code": str(reason.code) if reason else None,
        "reason": translate(reason, session.words.language),
        "ways": list(discovery.ways),
        "tried": [
            {"url": each.address, "ahead": each.ahead, "reason": translate(each.reason, session.words.language) or None}
            for each in discovery.tried
        ],
    }


def body(candidate: Candidate, session: AppContext) -> dict[str, Any]:
    """A source for programs."""
    from planner.event_json import to_json

    seen = candidate.assessment
    return {
        **candidate.entry,
        "title": candidate.title,
        "platform": candidate.platform,
        "verdict": seen.verdict,
        "reader": seen.reader,
        "events": seen.total,
        "ahead": seen.ahead,
        "shares": {
            part: round(getattr(seen.shares, part), 3) for part in ("date", "place", "address", "url", "doubts")
        },
        "oldest": seen.oldest and seen.oldest.isoformat(),
        "newest": seen.newest and seen.newest.isoformat(),
        "zone": seen.zone,
        "notes": [*missing(candidate, session), *_translated(seen.notes, session)],
        "changes": rhythm(candidate, session),
        "first": [to_json(event) for event in first_events(candidate, session.now)],
        "others": [
            {"url": other.address, "kind": other.kind, "ahead": other.assessment.ahead} for other in candidate.others
        ],
        "entry": "\n".join(block_lines(candidate.entry, "  ")),
    }
