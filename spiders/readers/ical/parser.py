"""Content lines and components of iCalendar (RFC 5545, 3.1 and 3.4), read as real calendars write them.

One pass, no recursion: nesting costs nothing, a missing END or BEGIN costs nothing but itself, and only what an
event needs is kept (alarms are stepped over, never expanded).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?=[;:])")
# Texts whose folds break most; behind one, a line of prose such as "Note: bring a pen" must not look like a property.
_RUNNING_ON = frozenset({"DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "X-ALT-DESC"})
_NAMES = frozenset(
    [
        "BEGIN",
        "END",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DURATION",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "GEO",
        "URL",
        "STATUS",
        "CLASS",
        "CATEGORIES",
        "ORGANIZER",
        "ATTENDEE",
        "CONTACT",
        "COMMENT",
        "ATTACH",
        "CREATED",
        "LAST-MODIFIED",
        "SEQUENCE",
        "PRIORITY",
        "TRANSP",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "RELATED-TO",
        "RESOURCES",
        "REQUEST-STATUS",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZNAME",
        "TZURL",
        "CONFERENCE",
        "IMAGE",
        "COLOR",
        "STRUCTURED-DATA",
        "STYLED-DESCRIPTION",
        "LOCATION-TYPE",
        "PARTICIPANT-TYPE",
        "COMPLETED",
        "DUE",
        "NAME",
        "METHOD",
        "PRODID",
        "VERSION",
        "CALSCALE",
        "ACTION",
        "TRIGGER",
        "REPEAT",
        "SOURCE",
        "REFRESH-INTERVAL",
        "COST",
        "ALLDAY",
    ]
)
_OUTERMOST = frozenset({"VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VCALENDAR"})
_ZONE_PARTS = frozenset({"STANDARD", "DAYLIGHT"})
_DEEPEST = 64
_LONGEST_VALUE = 100_000
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class Property:
    """One content line: parameters as written (``;TZID=…``), the value still escaped."""

    parameters: str
    value: str

    def parameter(self, name: str) -> str | None:
        """A parameter's value without quotes; None if it is not there."""
        if not self.parameters:
            return None
        found = re.search(rf";\s*{name}\s*=\s*(?:\"([^\"]*)\"|([^;\"]*))", self.parameters, re.IGNORECASE)
        return (found.group(1) if found.group(1) is not None else found.group(2)).strip() if found else None


@dataclass(slots=True)
class Component:
    """A VEVENT, or a STANDARD or DAYLIGHT part of a zone: its properties by upper-case name."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    closed: bool = False

    def first(self, name: str) -> Property | None:
        """The first non-empty property of that name (an empty one after the real one is common)."""
        for found in self.properties.get(name, ()):
            if found.value.strip():
                return found
        return None

    def text(self, name: str) -> str | None:
        """The unescaped TEXT value (RFC 5545, 3.3.11)."""
        found = self.first(name)
        return unescape(found.value) if found else None


@dataclass(slots=True)
class Calendar:
    """What one document holds: events in their order, zones by TZID, the calendar's own properties.

    ``unfinished`` is the event within which the document ends; it is none of ``events``."""

    events: list[Component] = field(default_factory=list)
    zones: dict[str, list[Component]] = field(default_factory=dict)
    zone_hints: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    junk: int = 0
    closed: bool = False
    opened: bool = False
    unfinished: Component | None = None

    @property
    def is_cut_off(self) -> bool:
        """Whether the end is missing: of the calendar, or of its last event where nothing follows."""
        return not self.closed and (self.opened or self.unfinished is not None)


def unfolded(body: bytes) -> bytes:
    """Bytes with folds undone: before decoding, as some producers fold within a character (RFC 5545, 3.1)."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in body[:4]:
        return body
    return _FOLD.sub(b"", body)


def unescape(value: str) -> str:
    r"""TEXT without its escapes: ``\n``, ``\,``, ``\;`` and ``\\``."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), value)


def split_values(value: str) -> list[str]:
    """Values of a list property, split at commas that are not escaped."""
    return [part for part in (unescape(p).strip() for p in re.split(r"(?<!\\),", value)) if part]


def parse(text: str) -> Calendar:
    """Every event, zone and calendar property of ``text``; lines that make no sense are counted in ``junk``."""
    builder = _Builder()
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not raw:
            continue
        split = _split(raw)
        if split is None or (builder.last is not None and not _known(split[0])):
            builder.run_on(raw)
        elif split[0] == "BEGIN":
            builder.begin(split[2].strip().upper())
        elif split[0] == "END":
            builder.end(split[2].strip().upper())
        else:
            builder.add(*split)
    builder.finish()
    return builder.calendar


class _Builder:
    """Where the pass over the lines stands: the open components, and the text a broken fold may still belong to."""

    def __init__(self) -> None:
        self.calendar = Calendar()
        self.stack: list[str] = []
        self.event: Component | None = None
        self.part: Component | None = None
        self.tzid: str | None = None
        self.parts: list[Component] = []
        self.last: Property | None = None

    def begin(self, kind: str) -> None:
        self.last = None
        if kind in _OUTERMOST and self.event is not None:
            self.close_event()  # its END is missing
            self.stack.clear()
        if len(self.stack) < _DEEPEST:
            self.stack.append(kind)
        if kind == "VEVENT":
            self.event = Component(kind)
        elif kind == "VCALENDAR":
            self.calendar.opened, self.calendar.closed = True, False
        elif kind == "VTIMEZONE":
            self.tzid, self.parts = None, []
        elif kind in _ZONE_PARTS:
            self.part = Component(kind)
            self.parts.append(self.part)

    def end(self, kind: str) -> None:
        self.last = None
        if kind == "VEVENT" and self.event is not None:
            self.event.closed = True
            self.close_event()
        elif kind == "VTIMEZONE" and self.tzid:
            self.calendar.zones.setdefault(self.tzid, self.parts)
        elif kind == "VCALENDAR":
            self.calendar.closed = True
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index] == kind:
                del self.stack[index:]
                break

    def close_event(self) -> None:
        if self.event is not None:
            self.calendar.events.append(self.event)
            self.event = None

    def finish(self) -> None:
        """The document ends: an event that is open is half an event, unless its calendar was closed around it."""
        if self.calendar.closed:
            self.close_event()
        else:
            self.calendar.unfinished = self.event

    def add(self, name: str, parameters: str, value: str) -> None:
        current = self.stack[-1] if self.stack else ""
        self.last = None
        if current == "VEVENT" and self.event is not None:
            found = Property(parameters, value)
            self.event.properties.setdefault(name, []).append(found)
            if name in _RUNNING_ON:
                self.last = found
        elif current in _ZONE_PARTS and self.part is not None:
            self.part.properties.setdefault(name, []).append(Property(parameters, value))
        elif current == "VTIMEZONE":
            if name == "TZID":
                self.tzid = value.strip()
            elif name == "X-LIC-LOCATION" and self.tzid:
                self.calendar.zone_hints[self.tzid] = value.strip()
        elif current in ("VCALENDAR", ""):
            self.calendar.properties.setdefault(name, value.strip())

    def run_on(self, raw: str) -> None:
        """A line that is no property: the rest of a text whose fold lost its space, else junk."""
        if self.last is not None and len(self.last.value) < _LONGEST_VALUE:
            self.last.value += "\\n" + raw.strip()
        else:
            self.calendar.junk += 1


def _known(name: str) -> bool:
    return name in _NAMES or name.startswith("X-")


def _split(raw: str) -> tuple[str, str, str] | None:
    """Name in upper case, parameters, value; None for a line that is no property."""
    named = _NAME.match(raw)
    if not named:
        stripped = raw.lstrip()
        named = _NAME.match(stripped) if stripped != raw else None
        if not named:
            return None
        raw = stripped
    end = named.end()
    if raw[end] == ":":
        return raw[:end].upper(), "", raw[end + 1 :]
    colon = raw.find(":", end)
    if '"' in raw[end:colon]:
        quoted = False
        for colon in range(end, len(raw)):
            if raw[colon] == '"':
                quoted = not quoted
            elif raw[colon] == ":" and not quoted:
                break
        else:
            return None
    if colon < 0:
        return None
    return raw[:end].upper(), raw[end:colon], raw[colon + 1 :]
