"""Components of iCalendar (RFC 5545, 3.4), read as real calendars write them.

One pass, no recursion: nesting costs nothing, a missing END or BEGIN costs nothing but itself, and only what an
event needs is kept (alarms are stepped over, never expanded).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from spiders.readers.ical.lines import Kind, Line, is_close, is_component, is_known, kind_of, lines_of, split_line

# Texts whose folds break most; only behind those that are long prose is judged line by line.
_RUNNING_ON = frozenset({"DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "X-ALT-DESC"})
_ONE_LINE = frozenset({"SUMMARY", "LOCATION"})
_SINGLE = frozenset({"SUMMARY", "LOCATION", "URL", "STATUS"})
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
        return _parameter(self.parameters, name) if self.parameters else None


@lru_cache(maxsize=1024)
def _parameter(parameters: str, name: str) -> str | None:
    """Most lines of a calendar have the same parameters."""
    found = re.search(rf";\s*{name}\s*=\s*(?:\"([^\"]*)\"|([^;\"]*))", parameters, re.IGNORECASE)
    return (found.group(1) if found.group(1) is not None else found.group(2)).strip() if found else None


@dataclass(slots=True)
class Component:
    """A VEVENT, or a STANDARD or DAYLIGHT part of a zone: its properties by upper-case name. ``scope`` counts the
    calendars of the document: the one that the component stands in, or behind where that was closed too early."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    closed: bool = False
    scope: int = 0

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
class Scope:
    """What holds for the events of one VCALENDAR alone: its METHOD in upper case, its zones by TZID."""

    method: str = ""
    zones: dict[str, list[Component]] = field(default_factory=dict)


@dataclass(slots=True)
class Calendar:
    """What one document holds: events in their order, the zones and properties of all its VCALENDARs (the first to
    define one holds), and what each has for itself.

    ``unfinished`` is the event within which the document ends; it is none of ``events``."""

    events: list[Component] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=lambda: [Scope()])
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
    for raw in lines_of(text):
        if not raw:
            continue
        split = split_line(raw)
        if split is None:
            builder.run_on(raw)
            continue
        name = split[0] if split[0].isupper() else split[0].upper()
        if name == "BEGIN" or name == "END":  # noqa: PLR1714 - every line comes by here
            if not is_component(split[2]) or not builder.may_turn(split):
                builder.run_on(raw)
            elif name == "BEGIN":
                builder.begin(split[2].strip().upper())
            else:
                builder.end(split[2].strip().upper())
        elif builder.last is None or builder.takes(name, split, raw):
            builder.add(name, split)
    builder.finish()
    return builder.calendar


class _Builder:
    """Where the pass over the lines stands: the open components, and the text that a line may still belong to.

    ``provisional`` are the properties that came right behind a long text: of those a second one holds."""

    def __init__(self) -> None:
        self.calendar = Calendar()
        self.stack: list[str] = []
        self.event: Component | None = None
        self.part: Component | None = None
        self.tzid: str | None = None
        self.hint: str | None = None
        self.parts: list[Component] = []
        self.last: _Text | None = None
        self.texts: list[_Text] = []
        self.provisional: set[str] = set()

    @property
    def scope(self) -> Scope:
        return self.calendar.scopes[-1]

    def begin(self, kind: str) -> None:
        self.last = None
        if kind in _OUTERMOST and self.event is not None:
            self.close_event()  # its END is missing
            self.stack.clear()
        if len(self.stack) < _DEEPEST:
            self.stack.append(kind)
        if kind == "VEVENT":
            self.event = Component(kind, scope=len(self.calendar.scopes) - 1)
        elif kind == "VCALENDAR":
            if self.calendar.opened:
                self.calendar.scopes.append(Scope())
            self.calendar.opened, self.calendar.closed = True, False
        elif kind == "VTIMEZONE":
            self.tzid, self.hint, self.parts = None, None, []
        elif kind in _ZONE_PARTS:
            self.part = Component(kind)
            self.parts.append(self.part)

    def end(self, kind: str) -> None:
        self.last = None
        if kind == "VEVENT" and self.event is not None:
            self.event.closed = True
            self.close_event()
        elif kind == "VTIMEZONE" and self.tzid:
            self.scope.zones.setdefault(self.tzid, self.parts)
            self.calendar.zones.setdefault(self.tzid, self.parts)
            if self.hint:
                self.calendar.zone_hints.setdefault(self.tzid, self.hint)
        elif kind == "VCALENDAR":
            self.calendar.closed = True
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index] == kind:
                del self.stack[index:]
                break

    def close_event(self) -> None:
        if self.event is None:
            return
        for text in self.texts:
            text.close(self.event)
        self.texts.clear()
        self.provisional.clear()
        self.calendar.events.append(self.event)
        self.event = None

    def finish(self) -> None:
        """The document ends: an event that is open is half an event, unless its calendar was closed around it."""
        if self.calendar.closed:
            self.close_event()
        else:
            self.calendar.unfinished = self.event

    def may_turn(self, line: Line) -> bool:
        """Whether a component may begin or end here; behind a long text only where it is written as that is."""
        return self.last is None or self.last.is_one_line or is_close(line[2], self.last.line)

    def takes(self, name: str, line: Line, raw: str) -> bool:
        """Whether a line behind a text is a property; if it is none, the text runs on with it."""
        assert self.last is not None
        if self.last.is_one_line:
            kind: Kind = "property" if is_known(name) else "prose"
        else:
            kind = kind_of(line, self.last.line)
        if kind != "property":
            self.run_on(raw, (name, line[2]) if kind == "suspect" else None)
        return kind == "property"

    def add(self, name: str, line: Line) -> None:
        current = self.stack[-1] if self.stack else ""
        within, self.last = self.last, None
        if current == "VEVENT" and self.event is not None:
            found = Property(line[1], line[2])
            known = self.event.properties.get(name)
            if known is None:
                self.event.properties[name] = [found]
            elif name in self.provisional and (within is None or within.is_one_line):
                known.insert(0, found)  # the one within a text was prose
                self.provisional.discard(name)
            else:
                known.append(found)
            if within is not None and not within.is_one_line and name in _SINGLE:
                self.provisional.add(name)
            if name in _RUNNING_ON:
                self.last = _Text(found, line)
                self.texts.append(self.last)
        elif current in _ZONE_PARTS and self.part is not None:
            self.part.properties.setdefault(name, []).append(Property(line[1], line[2]))
        elif current == "VTIMEZONE":
            if name == "TZID":
                self.tzid = line[2].strip().strip('"')
            elif name == "X-LIC-LOCATION":
                self.hint = line[2].strip()
        elif current in ("VCALENDAR", ""):
            self.calendar.properties.setdefault(name, line[2].strip())
            if name == "METHOD":
                self.scope.method = self.scope.method or line[2].strip().upper()

    def run_on(self, raw: str, suspect: tuple[str, str] | None = None) -> None:
        """A line that is no property: the rest of a text whose fold lost its space, else junk."""
        if self.last is None or not self.last.takes(raw.strip(), suspect):
            self.calendar.junk += 1


class _Text:
    """A text of an event with the lines behind it; a ``suspect`` among them, a name and its value, is a property where
    the event has no better one of that name."""

    def __init__(self, found: Property, line: Line) -> None:
        self.found, self.line = found, line
        self.is_one_line = line[0].upper() in _ONE_LINE
        self._behind: list[tuple[str, tuple[str, str] | None]] = []
        self._length = len(found.value)

    def takes(self, words: str, suspect: tuple[str, str] | None) -> bool:
        self._length += len(words)
        if self._length > _LONGEST_VALUE:
            return False
        self._behind.append((words, suspect))
        return True

    def close(self, event: Component) -> None:
        if not self._behind:
            return
        kept = [self.found.value]
        for words, suspect in self._behind:
            if suspect is not None and suspect[0] not in event.properties:
                event.properties[suspect[0]] = [Property("", suspect[1])]
            else:
                kept.append(words)
        self.found.value = "\\n".join(kept)
