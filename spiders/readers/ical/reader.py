"""The calendar reader: iCalendar (RFC 5545) as the real web writes it -> one Event per occurrence in the window.

One bad event costs that event and is counted in the notes; a calendar that is none (a sign-in page, an error in
JSON) is refused with the reason; a valid calendar without events is quiet, not broken.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Evidence, Reading, Status, Sure, Zoned
from spiders.readers import normalize
from spiders.readers.ical import details, lines, parser
from spiders.readers.ical.availability import availability
from spiders.readers.ical.expand import expand
from spiders.readers.ical.parser import Calendar, Component
from spiders.readers.ical.series import Occurrence
from spiders.readers.ical.values import Stamp
from spiders.readers.ical.window import Losses, Window
from spiders.readers.ical.zones import Zones, zone_or_offset
from spiders.reasons import Code, Reason
from spiders.text.decode import decode
from spiders.text.status import stated_status

NAME = "ical"
HEAD = 4096
HEAD_OF_A_CALENDAR = 65_536  # where it is known to be one: a server may warn at length before it
MAX_EVENTS = 20_000  # of one document: above this it is an attack or somebody's whole life
# What is said of an end leaves the start as sure as it is.
_OF_THE_END = frozenset(
    {Code.ENDS_BEFORE_START, Code.ENDS_BEYOND_TIME, Code.DATE_UNREADABLE, Code.DATE_IMPOSSIBLE}
    | {Code.DURATION_UNREADABLE, Code.DURATION_IMPOSSIBLE, Code.DURATION_OUT_OF_BOUNDS}
)
_STATUS: dict[str, Status] = {
    "CONFIRMED": "confirmed",
    "TENTATIVE": "tentative",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
    "POSTPONED": "postponed",
}


def accepts(document: Document) -> bool:
    """Whether the bytes begin as a calendar does, whatever the content type says."""
    return _begins(document.body[:HEAD])


def _begins(head: bytes) -> bool:
    head = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").upper()
    return head.startswith((b"BEGIN:V", b"BEGIN :V")) or b"\nBEGIN:VCALENDAR" in head or b"\nBEGIN:VEVENT" in head


def read(document: Document, context: Context) -> Reading:
    """Occurrences in the window of ``context``, in the order of the calendar.

    Floating times and dates take ``context.timezone``; with ``context.timezone_overrides`` all times do, as written,
    while rules, exceptions and the names of occurrences are read by the zones that stand in the calendar. ``uid`` is
    the VEVENT's own; ``occurrence`` its RECURRENCE-ID for instances of a series. Nothing is raised on any bytes.
    """
    if not _begins(document.body[:HEAD_OF_A_CALENDAR]):
        return Reading(reader=NAME, reason=Reason(Code.NOT_A_CALENDAR, kind=Reason(_kind(document.body))), refused=True)
    decoded = decode(lines.unfolded(document.body), document.headers)
    calendar = parser.parse(decoded.text)
    default = ZoneInfo(context.timezone)
    losses = Losses()
    builder = _Builder(context, calendar, default, doubtful_text=decoded.doubtful)
    zones = [Zones(scope.zones, calendar) for scope in calendar.scopes]
    window = Window(context.window_start, context.window_end, default, context.with_running, context.timezone_overrides)
    events: list[Event] = []
    seen: set[tuple[str, datetime | None, datetime | None, str]] = set()
    for occurrence in expand(calendar.events, zones, window, losses):
        if len(events) >= MAX_EVENTS:
            losses.notes[Reason(Code.CALENDAR_CUT, most=MAX_EVENTS)] += 1
            break
        event = builder.event(occurrence)
        key = (event.uid, event.start, event.end, event.title)
        if key not in seen:
            seen.add(key)
            events.append(event)
    return Reading(
        reader=NAME,
        events=tuple(events),
        reason=None if events else _silence(calendar, losses.notes),
        notes=_told(calendar, losses.notes, context, decoded.doubtful),
        partial=calendar.is_cut_off or len(events) >= MAX_EVENTS,
        listed=tuple(sorted(normalize.identifier(parser.unescape(uid)) for uid in losses.uids if uid)),
        name=_name(calendar),
        zone=builder.zone,
    )


def _name(calendar: Calendar) -> str | None:
    """What the calendar calls itself: NAME (RFC 7986, 5.1), before that X-WR-CALNAME."""
    told = calendar.properties.get("NAME") or calendar.properties.get("X-WR-CALNAME")
    return normalize.line(parser.unescape(told)) if told else None


def _kind(body: bytes) -> Code:
    head = body[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head:
        return Code.KIND_NOTHING
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head or b"<body" in head or b"<head" in head:
        return Code.KIND_HTML
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<")):
        return Code.KIND_XML
    if head.startswith((b"{", b"[")):
        return Code.KIND_JSON
    return Code.KIND_TEXT


def _told(calendar: Calendar, notes: Counter[Reason], context: Context, doubtful: bool) -> tuple[Reason, ...]:
    told = [Reason(Code.EVENTS_SKIPPED, count=notes[why], why=why) for why in sorted(notes, key=str)]
    if calendar.junk:
        told.append(Reason(Code.LINES_SKIPPED, count=calendar.junk))
    if calendar.is_cut_off:
        told.append(Reason(Code.CALENDAR_CUT_OFF))
    if doubtful:
        told.append(Reason(Code.TEXT_DOUBTFUL))
    named = "" if context.timezone_overrides else calendar.properties.get("X-WR-TIMEZONE", "")
    zone = zone_or_offset(named) if named else None
    if named and zone is None:
        told.append(Reason(Code.CALENDAR_ZONE_UNKNOWN, zone=named[:60]))
    elif zone is not None and not _agree(zone, ZoneInfo(context.timezone), context.now):
        called = zone.key if isinstance(zone, ZoneInfo) else named[:60]
        told.append(Reason(Code.CALENDAR_ZONE_DIFFERS, zone=called, taken=context.timezone))
    return tuple(told)


def _agree(one: tzinfo, other: ZoneInfo, now: datetime) -> bool:
    return now.astimezone(one).utcoffset() == now.astimezone(other).utcoffset()


def _silence(calendar: Calendar, notes: Counter[Reason]) -> Reason:
    if not calendar.events:
        return Reason(Code.CALENDAR_CUT_OFF if calendar.unfinished else Code.EMPTY_CALENDAR)
    if notes and sum(notes.values()) >= len(calendar.events):
        return Reason(Code.NO_EVENT, why=Reason(Code.NONE_READABLE, count=len(calendar.events)))
    return Reason(Code.NONE_IN_WINDOW)


class _Builder:
    """Makes Events of occurrences: everything that is heavy happens here, for those in the window alone."""

    def __init__(self, context: Context, calendar: Calendar, default: ZoneInfo, *, doubtful_text: bool) -> None:
        self.context, self.default = context, default
        self.cancelling = [scope.method == "CANCEL" for scope in calendar.scopes]
        self.doubts = (Reason(Code.TEXT_GARBLED),) if doubtful_text else ()
        self._zoned, self._floating = 0, 0

    @property
    def zone(self) -> Zoned | None:
        """Whether most of the times so far came with a zone; None where all were days."""
        if not self._zoned and not self._floating:
            return None
        return "stated" if self._zoned >= self._floating else "assumed"

    def event(self, occurrence: Occurrence) -> Event:
        component = occurrence.component
        if not occurrence.start.is_date:
            self._zoned += occurrence.start.zone is not None
            self._floating += occurrence.start.zone is None
        start, zone = self._moment(occurrence.start)
        end = self._moment(occurrence.end)[0] if occurrence.end else None
        title, doubts = self._title(component), self._doubts(occurrence)
        where = component.text("LOCATION")
        place, mode = details.place_of(component, where, title)
        url = details.url_of(component, where)
        original = occurrence.original
        serious = any(doubt.code not in _OF_THE_END for doubt in doubts)
        sure: Sure = "doubtful" if serious else "stated"
        description = normalize.plain(component.text("DESCRIPTION"))
        return Event(
            source=self.context.source,
            uid=self._uid(component, url, title, start),
            title=title,
            start=start,
            end=end,
            all_day=occurrence.start.is_date,
            timezone=zone,
            occurrence=self._named(original) if original else None,
            place=place,
            mode=mode,
            url=url,
            organizer=details.organizer_of(component),
            description=description,
            categories=details.categories_of(component),
            status=self._status(component, title),
            availability=availability(component, self.context.me),
            recurrence=occurrence.rule,
            published=details.created_of(component),
            evidence=Evidence(
                sure=sure,
                when=component.properties["DTSTART"][0].value.strip(),
                where=normalize.line(where),
                doubts=(*doubts, *self.doubts),
            ),
        )

    def _doubts(self, occurrence: Occurrence) -> tuple[Reason, ...]:
        """Those about its times; a zone that is not believed may as well be unknown."""
        if not self.context.timezone_overrides:
            return occurrence.doubts
        return tuple(doubt for doubt in occurrence.doubts if doubt.code is not Code.ZONE_UNKNOWN)

    def _moment(self, stamp: Stamp) -> tuple[datetime, str]:
        """An aware datetime and the IANA name it is shown in; other zones than IANA's become the source's."""
        if self.context.timezone_overrides:
            stamp = stamp.floating()
        if stamp.is_date:
            return stamp.wall.replace(tzinfo=self.default), self.default.key
        named = isinstance(stamp.zone, ZoneInfo) and stamp.zone.key != "UTC"
        zone = stamp.zone if named and isinstance(stamp.zone, ZoneInfo) else self.default
        try:
            return stamp.instant(self.default).astimezone(zone), zone.key
        except OverflowError:
            return stamp.wall.replace(tzinfo=zone), zone.key

    def _named(self, original: Stamp) -> str:
        if original.is_date:
            return original.wall.strftime("%Y%m%d")
        return original.instant(self.default).strftime("%Y%m%dT%H%M%SZ")

    def _uid(self, component: Component, url: str | None, title: str, start: datetime) -> str:
        found = component.first("UID")
        if found and (uid := normalize.identifier(parser.unescape(found.value))):
            return uid
        if url:
            return url
        return hashlib.sha256(f"{self.context.source}\n{title}\n{start.isoformat()}".encode()).hexdigest()[:32]

    def _title(self, component: Component) -> str:
        for name in ("SUMMARY", "X-WR-SUMMARY", "DESCRIPTION", "LOCATION"):
            text = normalize.plain(component.text(name))
            if text and (first := normalize.line(text if name == "SUMMARY" else text.split("\n", 1)[0])):
                return first
        return "(untitled)"

    def _status(self, component: Component, title: str) -> Status:
        if self.cancelling[component.scope]:
            return "cancelled"
        found = component.first("STATUS")
        status = _STATUS.get(found.value.strip().upper(), "confirmed") if found else "confirmed"
        told = stated_status(title)
        return told if told != "confirmed" and status in ("confirmed", "tentative") else status
