"""The form that clients of calendars need, checked by line and number (docs/calendar.md).

Knows nothing of iCalendar libraries: it reads lines as a careless client would.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS", "TRANSP")
OURS = ("X-QUANZI-STATUS", "X-QUANZI-TITLE", "X-QUANZI-END")  # what recovery reads, of any language
KNOWN = {*ONCE, "LOCATION", "GEO", "DESCRIPTION", "URL", "CATEGORIES", *OURS}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Line:
    """One unfolded property: ``DTSTART;TZID=x:value``."""

    name: str
    parameters: str
    value: str


def unfolded(content: bytes) -> list[str]:
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def parted(text: str) -> Line:
    head, _, value = text.partition(":")
    name, _, parameters = head.partition(";")
    return Line(name, parameters, value)


def components(content: bytes, name: str) -> list[list[Line]]:
    found: list[list[Line]] = []
    inside = False
    for text in unfolded(content):
        if text == f"BEGIN:{name}":
            found.append([])
            inside = True
        elif text == f"END:{name}":
            inside = False
        elif inside:
            found[-1].append(parted(text))
    return found


def events(content: bytes) -> dict[str, dict[str, Line]]:
    return {
        next(line.value for line in lines if line.name == "UID"): {line.name: line for line in lines}
        for lines in components(content, "VEVENT")
    }


def moment(line: Line) -> datetime:
    if line.parameters == "VALUE=DATE":
        return datetime.strptime(line.value, "%Y%m%d").replace(tzinfo=UTC)
    if line.value.endswith("Z"):
        return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return datetime.strptime(line.value, "%Y%m%dT%H%M%S").replace(
        tzinfo=ZoneInfo(line.parameters.removeprefix("TZID="))
    )


def check_form(content: bytes, *, public: bool) -> None:
    """C2 and C11 to C24, on one file."""
    check_lines(content)
    check_head(content)
    zones = {line.value for lines in components(content, "VTIMEZONE") for line in lines if line.name == "TZID"}
    written = components(content, "VEVENT")
    uids = [line.value for lines in written for line in lines if line.name == "UID"]
    assert len(uids) == len(set(uids)) == len(written), "C2"
    assert all(uid.isascii() and len(uid) <= 128 for uid in uids), "C2"
    for lines in written:
        check_event(lines, zones, public=public)
    assert len(content) <= 700_000, "C23"
    assert len(written) <= 800, "C23"


def check_lines(content: bytes) -> None:
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"), "C11, C12"
    assert content.endswith(b"END:VCALENDAR\r\n"), "C11"
    for line in content[:-2].split(b"\r\n"):
        assert line, "C11: no blank line"
        assert b"\r" not in line, "C11"
        assert b"\n" not in line, "C11"
        assert len(line) <= 75, "C11"
        line.decode("utf-8")  # C11: no character is cut
    assert not any(CONTROLS.search(text) for text in unfolded(content)), "C21"


def check_head(content: bytes) -> None:
    head = Counter(unfolded(content)[: next((n for n, t in enumerate(unfolded(content)) if t == "BEGIN:VEVENT"), None)])
    for needed in ("CALSCALE:GREGORIAN", "METHOD:PUBLISH"):
        assert head[needed] == 1, "C12"
    for needed in ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"):
        assert head[needed] == 1, "C14"
    named = {parted(text).name for text in head}
    assert {"NAME", "X-WR-CALNAME", "X-WR-TIMEZONE"} <= named, "C15"
    assert "UID" not in named, "a calendar-level UID loses events in vdirsyncer"
    assert all(re.fullmatch(r"X-[A-Z0-9-]+", name) for name in named if name.startswith("X-")), "C24"
    for lines in components(content, "VTIMEZONE"):
        assert {line.name for line in lines} <= {
            "TZID", "BEGIN", "END", "DTSTART", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "RDATE", "RRULE",
        }, "C16"  # fmt: skip


def check_event(lines: list[Line], zones: set[str], *, public: bool) -> None:
    counted = Counter(line.name for line in lines)
    assert all(counted[name] == 1 for name in ONCE), "C13"
    assert max(counted.values()) == 1, "C13"
    assert set(counted) <= KNOWN, "C12, C19, C20: no people, no rules, no alarms"
    by_name = {line.name: line for line in lines}
    start, end = by_name["DTSTART"], by_name["DTEND"]
    for line in (start, end):
        if line.parameters == "VALUE=DATE":
            assert re.fullmatch(r"\d{8}", line.value), "C17"
        elif line.parameters:
            assert re.fullmatch(r"\d{8}T\d{6}", line.value), "C16"
            assert line.parameters.removeprefix("TZID=") in zones, "C16: its zone is in the file"
        else:
            assert re.fullmatch(r"\d{8}T\d{6}Z", line.value), "C16: no floating time"
    assert (start.parameters == "VALUE=DATE") == (end.parameters == "VALUE=DATE"), "C17"
    assert moment(end) > moment(start), "C18"
    assert by_name["SEQUENCE"].value.isdecimal(), "C5"
    assert by_name["DTSTAMP"].value == by_name["LAST-MODIFIED"].value, "C4"
    assert by_name["STATUS"].value in {"CONFIRMED", "TENTATIVE"}, "C7"
    for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES"):
        if name in by_name:
            assert not re.search(r"(?<!\\)(?:\\\\)*(?:;|\\[^\\;,nN])", by_name[name].value), "C21: escaped"
    description = re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value(by_name, "DESCRIPTION"))
    assert len(description) <= (300 if public else 4_000), "C21"
    assert re.match(r"https?://|$", value(by_name, "URL")), "C21"


def value(lines: dict[str, Line], name: str) -> str:
    return lines[name].value if name in lines else ""
