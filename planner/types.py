"""The values that one stage hands to the next: what the folders of this package have in common.

The ground floor: only `spiders.items` stands below it. Everything is frozen; a later stage wraps what an earlier one
made, and never edits it: Event -> Record -> Merged -> TrackedEvent -> Rated -> Candidate -> Pick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from spiders.items import LONGEST, LONGEST_OF_A_SERIES, Event
from spiders.reasons import Reason

Track = Literal["industry", "practice", "client", "other"]
PLANNABLE: tuple[Track, ...] = ("industry", "practice", "client")
"""The tracks that a week is made of, and that the public calendars hold."""
BALANCED: tuple[Track, ...] = ("industry", "practice")
"""The tracks that a week holds in balance; each has a public calendar of its own."""
OFF = frozenset({"cancelled", "postponed"})
"""Statuses of what does not take place."""
OWN = "own"
"""The source of what the user adds by hand (``quanzi add``)."""
_CARRIED = "quanzi.carried."


def name_of_carried(track: str, *, is_public: bool) -> str:
    """The source of what only a published calendar still knows (`planner.identity.carried`)."""
    return f"{_CARRIED}{'public' if is_public else 'plan'}.{track}"


def is_carried(source: str) -> bool:
    """Whether a source is one of those."""
    return source.startswith(_CARRIED)


DAYS_BEFORE_GONE = 3
"""On so many days a good answer must lack an event before it counts as cancelled."""
DAYS_THE_PAST_STAYS = 30
"""Subscribers keep what they saw: an event stays in the calendars so long after it is over."""

Interval = tuple[datetime, datetime]
"""Two aware moments, the second exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenHours:
    """What stands in somebody's own calendar, by its hours alone; ``perhaps``: an invitation without an answer, a plan
    that is not fixed."""

    start: datetime
    end: datetime
    perhaps: bool = False


Verdict = Literal["went", "skip", "like", "dislike"]
KIND_OF_VERDICT: Mapping[Verdict, str] = {
    "went": "attendance",
    "skip": "attendance",
    "like": "taste",
    "dislike": "taste",
}
"""A newer verdict of the same kind replaces the older one of an event."""
DECLINING: frozenset[Verdict] = frozenset({"skip", "dislike"})
"""Verdicts that take an event that is still to come out of the plan."""
Feature = tuple[str, str]
"""What a verdict speaks for: a kind (word, organiser, form) and a name."""


def over_at(event: Event) -> datetime | None:
    """When an event is over, as far as its end is believed; else its start; None where it has no time."""
    start, end = event.start, event.end
    if start is None or end is None:
        return start
    return end if start < end <= start + (LONGEST_OF_A_SERIES if event.recurrence else LONGEST) else start


# Gathering: what one source said.


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one source said of one event, and when. ``event_id`` is our id of the event it belongs to; ``missed`` counts
    the days on which a good answer of the source did not hold it any more."""

    source: str
    key: str
    event: Event
    event_id: str | None
    first_seen: datetime
    last_seen: datetime
    changed: datetime
    missed: int = 0


# Identity: what all sources together say, and how it stands to what was said before.


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWord:
    """The user's own word about one event of ours: of ``event`` those ``fields`` count (title, time, place, price, url)
    that the user named, whatever sources say; ``removed``: the user does not want to see it."""

    id: str
    at: datetime
    removed: bool = False
    fields: tuple[str, ...] = ()
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """One step of the user's that can be undone: ``add`` put the notes of these ``keys``, of which ``records`` (key,
    body) were known before; ``edit`` and ``remove`` changed the word about ``event``, which was ``before``."""

    what: Literal["add", "edit", "remove"]
    at: datetime
    title: str
    keys: tuple[str, ...] = ()
    records: tuple[tuple[str, str], ...] = ()
    event: str | None = None
    before: OwnWord | None = None


class Asked(StrEnum):
    """Why something that was handed in was not kept, where no reader says it; words stand under ``inbox.``."""

    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    NO_TIME = "no_time"
    UNKNOWN_EVENT = "unknown_event"
    NOTHING = "nothing"
    UNPROVEN = "unproven"
    TOO_MANY_PARTS = "too_many_parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the user handed in, and what became of it: the ``titles`` of the events that were kept, the ``reasons`` why
    the rest was not. ``digest`` is that of its bytes, by which it is known again; ``name`` that of the file, or the
    subject of the mail."""

    digest: str
    at: datetime
    origin: Literal["folder", "mail", "page"]
    name: str
    titles: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What all sources together say of one event. ``event`` carries our uid; ``records`` are its copies; ``word`` is
    the user's own about it, which ``event`` follows."""

    id: str
    event: Event
    records: tuple[Record, ...]
    word: OwnWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventState:
    """How one event of ours stands: its visible snapshot (JSON), SEQUENCE, and when it last really changed."""

    id: str
    snapshot: Mapping[str, Any]
    sequence: int
    first_seen: datetime
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one field of an event."""

    event: str
    at: datetime
    field: str
    before: str | None
    after: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedEvent:
    """A merged event with its state: what the calendar needs to show it."""

    merged: Merged
    state: EventState


# Rating: what it is about, how far it is, what it is worth.


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """``track`` is None for unsorted; ``topics`` and ``form`` are groups of the vocabulary; ``words`` decided it.
    ``people`` says who is likely to come: a group of the vocabulary's ``people`` and the word it was read from.
    ``ruled``: the configuration said so, of the source, the organiser or a word. ``unfit`` is for whom it is certainly
    meant instead of a grown-up stranger (`planner.rating.for_whom`), and the word that says so."""

    track: Track | None
    topics: tuple[str, ...] = ()
    form: str | None = None
    words: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    ruled: bool = False
    unfit: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes one way, and whether they were reckoned from places on the map."""

    minutes: int
    known: bool


class Term(NamedTuple):
    """One part of a score: a name (its words are ``term.NAME`` in the catalogue), points, and what it rests on: a word
    that stands in the event, or, where it is ``near``, one that does not."""

    name: str
    points: float
    about: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The sum of ``terms``, to three digits. ``track`` is the label's, or that of the interest which an event met that
    the vocabulary left unsorted, or called other for that very word."""

    total: float
    terms: tuple[Term, ...]
    track: Track | None
    avoided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A tracked event with its label, the way to it, and its score."""

    tracked: TrackedEvent
    label: Label
    travel: Travel
    score: Score

    @property
    def id(self) -> str:
        return self.tracked.merged.id

    @property
    def event(self) -> Event:
        return self.tracked.merged.event


# What the user told us.


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One verdict on one event of ours, with the features it spoke for at that time, and the points that the event was
    expected to be worth (None: not kept)."""

    event: str
    verdict: Verdict
    at: datetime
    title: str
    features: tuple[Feature, ...]
    expected: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """One word of a list of the configuration: since when it stands there, and when it last caught a coming event."""

    list: str
    word: str
    weight: float
    since: datetime
    caught: datetime | None = None
