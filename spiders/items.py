"""The values that pass between the rooms: what a source is, what it said, and how a document was read.

Everything here is frozen and imports nothing but reasons. Unknown is ``None``: never an empty string,
never a guess. All datetimes are aware; ``end`` is exclusive (RFC 5545, 3.6.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from spiders.reasons import Reason

Mode = Literal["in-person", "online", "hybrid"]
Status = Literal["confirmed", "tentative", "cancelled", "postponed"]
Sure = Literal["stated", "inferred", "doubtful"]
SourceKind = Literal["auto", "feed", "ical", "page", "listing", "site", "recurrence"]
Outcome = Literal["ok", "quiet", "failed"]
Second = Literal["never", "doubtful", "always"]
"""Which announcements a second reader is asked about: none, those that the first left open, all of them."""
Zoned = Literal["stated", "assumed"]
LONGEST = timedelta(days=366)
"""What is said to last longer is known by its start alone."""
LONGEST_OF_A_SERIES = timedelta(days=31)
"""The same of one instance of a series: the end of a daily one that "lasts" for months is the end of the series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an event is held. Coordinates are WGS 84 degrees; city and district as people write them."""

    name: str | None = None
    address: str | None = None
    district: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What taking part costs a person: ``min`` and ``max`` in units of ``currency`` (ISO 4217); free is 0 and 0."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None

    @property
    def ordinary(self) -> float | None:
        """What one pays who is nothing special: the lowest price, unless that is free only for some (members,
        children); None where it is not told."""
        return self.max if not self.min and self.max is not None else self.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that time and place were read from, how sure the time is, and each doubt.

    ``picture`` is the address of the picture in which the words stand, where they were not read in a text.
    ``inferred`` names the fields that the source did not state as such: they were read in the event's prose, or, of an
    organiser, in the name of the whole calendar. Whoever states one knows it better.
    """

    sure: Sure = "stated"
    when: str | None = None
    where: str | None = None
    doubts: tuple[Reason, ...] = ()
    inferred: tuple[str, ...] = ()
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One happening at one time in one place, as one source tells it (terms of schema.org and RFC 5545).

    ``uid`` is the source's own id, else its canonical address. ``occurrence`` names the instance of a series
    (RECURRENCE-ID: the original start, UTC, ``20261121T110000Z``, or a date) so that a moved instance keeps its
    identity. ``start`` is None where a text announces an event without saying when. For ``all_day`` events ``start``
    and ``end`` are midnights in ``timezone`` (an IANA name). ``recurrence`` is an RRULE value. ``description`` is
    plain text. ``published`` is when the source posted it. ``availability`` is how the owner of a calendar keeps the
    time, where it is not taken as usual. ``notice`` marks the word of a text that an event known from elsewhere is off
    (or put off, as ``status`` says) or ``moved`` to ``start``; ``former`` is the day it was to be on, the first of a
    stretch up to ``former_until`` where the text names no day but, say, next week.
    """

    source: str
    uid: str
    title: str
    start: datetime | None
    end: datetime | None = None
    all_day: bool = False
    timezone: str
    occurrence: str | None = None
    place: Place | None = None
    mode: Mode | None = None
    url: str | None = None
    organizer: str | None = None
    description: str | None = None
    categories: tuple[str, ...] = ()
    price: Price | None = None
    status: Status = "confirmed"
    recurrence: str | None = None
    published: datetime | None = None
    availability: Literal["free", "tentative"] | None = None
    notice: Literal["off", "moved"] | None = None
    former: date | None = None
    former_until: date | None = None
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that is read. Exactly one of ``url``, ``file`` (an absolute path) and ``text`` is set.

    ``options`` holds what only some kinds use (``site: meetup`` takes ``{"site": "meetup", ...}``). ``second`` says
    which of its announcements may be shown to a second reader. ``headers_from`` is the file (an absolute path) of the
    headers that open it, ``timezone_overrides`` says that ``timezone`` holds whatever its documents say. Of its events
    those are kept that hold a word of ``only`` (any where it is empty) and none of ``without``. It is asked once in
    ``every``, at most, and for pages in ``language`` (BCP 47).
    """

    id: str
    kind: SourceKind = "auto"
    url: str | None = None
    file: str | None = None
    text: str | None = None
    timezone: str
    track: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    second: Second = "never"
    headers_from: str | None = None
    timezone_overrides: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    every: timedelta | None = None
    language: str | None = None

    @property
    def address(self) -> str:
        """What a person would recognise the source by."""
        return self.url or self.file or self.text or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes as they came, with the address and the HTTP headers that say what they are (names in lower case)."""

    body: bytes
    url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that reading may know besides the document: the only clock and the only zone a reader has.

    ``now`` is when the document was published or captured. Occurrences are expanded over
    [``window_start``, ``window_end``); ``with_running`` adds what began before and ends within or later.
    ``timezone`` (IANA) holds for times that name no zone; with ``timezone_overrides`` for all times as they are
    written, whatever zone or offset stands beside them. ``second`` says which texts are handed on as questions.
    ``me`` is the mail address of the user whose calendar it is. ``is_list``: the page is known to list events, however
    few are left.
    """

    source: str
    now: datetime
    timezone: str
    window_start: datetime
    window_end: datetime
    with_running: bool = False
    second: Second = "never"
    timezone_overrides: bool = False
    me: str | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An announcement for a second reader: its plain ``text``, the title on the first line, and what its first reading
    depended on. ``uids`` are those of the events that the first reading made of it (``url`` and none where it made
    none), and ``reason`` why it made none; ``posted`` when it was published, where its source says so; ``categories``
    what its source calls it."""

    text: str
    source: str
    now: datetime
    timezone: str
    url: str | None = None
    uids: tuple[str, ...] = ()
    reason: Reason | None = None
    posted: datetime | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustrated:
    """An article that announces an ``event`` without saying when, and the addresses of its ``pictures``, in order,
    which may. ``now`` is when it was published: the clock that they are read by."""

    event: Event
    pictures: tuple[str, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a document is like, whatever was read in it: what a fault of its source changes first.

    ``letters`` are the signs that it shows, ``entries`` the items of a feed or calendar (None of what is neither),
    ``ideographs`` the share (0 to 1) of these among its letters, None of too few. ``place`` is where it came from, host
    and path. ``closed`` is the tag or line that ends it whole, None without one. ``asks_password``: it has a field for
    one. ``newest`` is the latest moment at which it says that something in it was written.
    """

    letters: int
    entries: int | None = None
    ideographs: float | None = None
    title: str | None = None
    place: str | None = None
    closed: str | None = None
    asks_password: bool = False
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of one document.

    ``reason`` says why there is nothing ("no event: a recap", "refused: sign-in page", "not a calendar: HTML");
    ``notes`` what was lost or doubted on the way ("1 event skipped: no start"); ``links`` are addresses of details
    worth fetching, each with the event the list already told (its title, perhaps its time).
    ``notices`` call off events without saying of which day: they are no events of their own.
    ``refused`` marks a document that is not what was asked for, so the source failed rather than fell silent.
    ``why`` says why this reader spoke and no other ("its first bytes are those of a feed").
    What the events lack is not gone where the document is ``partial``: cut off, or too long to be read whole; nor what
    still stands in it but could not be read: ``listed`` are the uids of such events.
    ``more`` are addresses at which the same list goes on; a document that ``is_door`` only tells where it stands.
    ``illustrated`` are articles whose pictures may tell when their event is.
    ``name`` is what the whole calendar or feed calls itself. ``zone`` says whether its times name a time zone or take
    the source's; None where the reader does not tell, or all its times are days. ``questions`` are texts that a second
    reader may settle.
    """

    reader: str
    events: tuple[Event, ...] = ()
    notices: tuple[Event, ...] = ()
    reason: Reason | None = None
    notes: tuple[Reason, ...] = ()
    links: tuple[str, ...] = ()
    refused: bool = False
    why: Reason | None = None
    partial: bool = False
    listed: tuple[str, ...] = ()
    name: str | None = None
    zone: Zoned | None = None
    questions: tuple[Question, ...] = ()
    more: tuple[str, ...] = ()
    is_door: bool = False
    illustrated: tuple[Illustrated, ...] = ()
    looks: Looks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How one source fared in one run: one line of the report. ``asked_next`` is from when on one that failed is asked
    again; None for at once, or never."""

    source: str
    outcome: Outcome
    count: int = 0
    reason: Reason | None = None
    notes: tuple[Reason, ...] = ()
    reader: str | None = None
    asked_next: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What is remembered of a source's last answer: validators (RFC 9110, 8.8) and a digest of the bytes."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """All that one source gave in this run.

    ``wait`` is Retry-After in seconds; ``size`` the bytes of its first answer and ``seconds`` how long that took, None
    without one; ``moved`` where it
    stands for good, as its redirects say. ``asked`` is False where nobody was asked: with a failure that is why,
    without one the source is left as it last was.
    """

    source: str
    readings: tuple[Reading, ...] = ()
    unchanged: bool = False
    failure: Reason | None = None
    wait: int | None = None
    known: Validators = field(default_factory=Validators)
    size: int | None = None
    seconds: float | None = None
    moved: str | None = None
    asked: bool = True
