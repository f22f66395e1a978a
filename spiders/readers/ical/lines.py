"""Content lines of iCalendar (RFC 5545, 3.1): folds undone, lines split, properties told from prose like them.

Many programs write the breaks of a description as they are. What follows is prose, though it may say "Begin: 08:00" or
"Location: upstairs": a property is known by being written as the calendar writes its own, and by a value of its type.
"""

from __future__ import annotations

import re
from typing import Literal

_FOLD = re.compile(rb"[\r\n]+[ \t]")  # also behind CR CR LF and behind lines left blank
_FOLD_IN_TEXT = re.compile(r"[\r\n]+[ \t]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?=[;:])")
_PARAMETERS = re.compile(r"\s*;\s*[A-Za-z][A-Za-z0-9-]*\s*=")
_BEFORE_A_DATE = re.compile(r":(?=\s*\d{4}-?\d{2}-?\d{2})")
_TIMES = frozenset({"DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"})
_COMPONENTS = frozenset(
    {"VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"}
    | {"VAVAILABILITY", "AVAILABLE", "PARTICIPANT", "VLOCATION", "VRESOURCE", "VPOLL", "VOTE", "VVENUE"}
)
_DATE = r"\s*\d{4}-?\d{2}-?\d{2}(?!\d)"
_ADDRESS = r"\s*[A-Za-z][A-Za-z0-9+.-]+:\S+\s*$"
_NUMBER = r"\s*\d+\s*$"
# What the values of a property look like that are no free text (RFC 5545, 3.3).
_FORMS = {
    name: re.compile(form, re.IGNORECASE)
    for names, form in {
        "DTSTART DTEND DUE DTSTAMP RECURRENCE-ID EXDATE RDATE CREATED LAST-MODIFIED COMPLETED": _DATE,
        "RRULE EXRULE": r"(?:.*;)?\s*FREQ\s*=",
        "DURATION TRIGGER REFRESH-INTERVAL": r"\s*[+-]?P",
        "STATUS": r"\s*(?:tentative|confirmed|cancell?ed|postponed|needs-action|completed|in-process|draft|final)\s*$",
        "URL TZURL ATTACH SOURCE IMAGE CONFERENCE ORGANIZER ATTENDEE": _ADDRESS,
        "GEO": r"\s*-?\d+(?:\.\d+)?\s*[;,]\s*-?\d",
        "SEQUENCE PRIORITY REPEAT": _NUMBER,
        "CLASS": r"\s*(?:public|private|confidential)\s*$",
        "TRANSP": r"\s*(?:opaque|transparent)\s*$",
    }.items()
    for name in names.split()
}
_FREE = frozenset(
    {"UID", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "CONTACT", "COMMENT", "RELATED-TO", "RESOURCES"}
    | {"REQUEST-STATUS", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "COLOR", "STRUCTURED-DATA", "NAME", "METHOD"}
    | {"STYLED-DESCRIPTION", "LOCATION-TYPE", "PARTICIPANT-TYPE", "PRODID", "VERSION", "CALSCALE", "ACTION", "COST"}
    | {"ALLDAY"}
)
# What is read of an event: for its sake a line is taken from a text that may as well be prose.
_MATTERS = _TIMES | {
    "DURATION",
    "RRULE",
    "SUMMARY",
    "LOCATION",
    "URL",
    "STATUS",
    "GEO",
    "CATEGORIES",
    "ORGANIZER",
    "UID",
}
_OF_WORDS = frozenset({"STATUS", "CLASS", "TRANSP"})

Line = tuple[str, str, str]
"""A name as it is written, its parameters as they are (``;TZID=…``), the value still escaped."""
Kind = Literal["property", "suspect", "prose"]


def unfolded(body: bytes) -> bytes:
    """Bytes with folds undone: before decoding, as some producers fold within a character (RFC 5545, 3.1)."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in body[:4]:
        return body
    if body.count(b"\r") == body.count(b"\r\n") and b"\n\n" not in body and b"\n\r\n" not in body:
        # Nearly all calendars are written so, and searching for each form alone is much faster.
        for fold in (b"\r\n ", b"\r\n\t", b"\n ", b"\n\t"):
            body = body.replace(fold, b"")
        return body
    return _FOLD.sub(b"", body)


def lines_of(text: str) -> list[str]:
    """Lines of decoded text, with the folds undone that bytes of two a character still hold; blank lines stay."""
    if "\n " in text or "\n\t" in text or "\r " in text or "\r\t" in text:
        text = _FOLD_IN_TEXT.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def split_line(raw: str) -> Line | None:
    """Name, parameters and value; None for a line that is no property."""
    named = _NAME.match(raw)
    if not named:
        stripped = raw.lstrip()
        named = _NAME.match(stripped) if stripped != raw else None
        if not named:
            return None
        raw = stripped
    end = named.end()
    if raw[end] == ":":
        return raw[:end], "", raw[end + 1 :]
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
    # A zone such as UTC-04:00 holds a colon itself, and few who write it so put it in quotes.
    if raw.find(":", colon + 1) >= 0 and raw[:end].upper() in _TIMES:
        before = _BEFORE_A_DATE.search(raw, colon)
        colon = before.start() if before else colon
    return raw[:end], raw[end:colon], raw[colon + 1 :]


def is_component(value: str) -> bool:
    """Whether BEGIN or END names a component with that value; "08:00" and "whenever you like" are none."""
    name = value if value in _COMPONENTS else value.strip().upper()
    return name in _COMPONENTS or (name.startswith("X-") and " " not in name)


def is_known(name: str) -> bool:
    """Whether a name in upper case is that of a property."""
    return name in _FREE or name in _FORMS or name in ("BEGIN", "END") or name.startswith("X-")


def kind_of(line: Line, text: Line) -> Kind:
    """What a line is that follows a ``text`` which may run on over several: ``suspect`` where it may be a property, but
    is written otherwise than the text's own line."""
    written, parameters, value = line
    name = written.upper()
    if parameters:
        return "property" if is_known(name) and _PARAMETERS.match(parameters) else "prose"
    form = _FORMS.get(name)
    if not is_known(name) or (form is not None and not form.match(value)):
        return "prose"
    alike = written.isupper() or (written.islower() and text[0].islower()) or _is_capitalised(written, text[0])
    close = is_close(value, text)
    if alike and close:
        return "property"
    if name in _MATTERS and (alike or (close and form is not None and name not in _OF_WORDS)):
        return "suspect"
    return "prose"


def is_close(value: str, text: Line) -> bool:
    """Whether a value stands right behind its colon, or as far from it as that of the ``text`` does."""
    return not value[:1].isspace() or text[2][:1].isspace()


def _is_capitalised(written: str, like: str) -> bool:
    return written[1:].islower() and like[:1].isupper() and like[1:].islower()
