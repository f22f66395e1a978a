"""Small calendars, feeds and lists of events, with plainly fictional names, for whatever stands behind a page."""

from __future__ import annotations

from datetime import datetime, timedelta

TITLES = ("Lantern evening", "Kite makers' salon", "Teapot debate night")
HALLS = ("North Hall, 1 Paper Street", "Old Boathouse, 2 Paper Street", "Room 3, Inkstone Library")


def calendar(now: datetime, ahead: int, past: int = 0) -> str:
    """A calendar of so many weekly events after ``now``, and so many before."""
    events = "".join(_component(now, number) for number in (*range(-past, 0), *range(ahead)))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//lantern//cases//EN\r\n{events}END:VCALENDAR\r\n"


def feed(now: datetime, ahead: int) -> str:
    """An RSS feed of so many announcements, each of one event after ``now`` whose day and hour its text says."""
    return _rss("".join(_announcement(now, number) for number in range(ahead)))


def posts(now: datetime, count: int) -> str:
    """An RSS feed of so many posts about nothing that happens at any time."""
    subjects = ("What we read about paper", "Why glue matters", "A short word on brushes")
    items = "".join(
        f"<item><title>{subjects[number % 3]}</title><link>https://posts.example/{number}</link>"
        f"<description>Some thoughts, and nothing else.</description>"
        f"<pubDate>{now - timedelta(days=3 + number):%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for number in range(count)
    )
    return _rss(items)


def listing(now: datetime, ahead: int) -> str:
    """A page that lists so many events after ``now``: a name, a day with its hour, a place."""
    items = "".join(_entry(now, number) for number in range(ahead))
    return f"<!DOCTYPE html><html><head><title>Coming evenings</title></head><body><ul>{items}</ul></body></html>"


def _rss(items: str) -> str:
    head = "<title>Lantern Club</title><link>https://posts.example/</link><description>News</description>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def _start(now: datetime, number: int) -> datetime:
    day = now + timedelta(days=5 + 7 * number)
    return day.replace(hour=19, minute=0, second=0, microsecond=0)


def _component(now: datetime, number: int) -> str:
    start = _start(now, number)
    hall = HALLS[number % 3].replace(",", "\\,")
    return (
        f"BEGIN:VEVENT\r\nUID:lantern-{number}@cases.example\r\nDTSTAMP:20200101T000000Z\r\n"
        f"DTSTART;TZID=Asia/Shanghai:{start:%Y%m%dT%H%M%S}\r\nDTEND;TZID=Asia/Shanghai:{start:%Y%m%dT21%M%S}\r\n"
        f"SUMMARY:{TITLES[number % 3]} {number}\r\nLOCATION:{hall}\r\nEND:VEVENT\r\n"
    )


def _announcement(now: datetime, number: int) -> str:
    start = _start(now, number)
    return (
        f"<item><title>{TITLES[number % 3]} {number + 1}</title><link>https://posts.example/evening-{number}</link>"
        f"<description>When: {start:%A, %d %B %Y}, 19:00 to 21:00. Where: {HALLS[number % 3]}. Come and join us."
        f"</description><pubDate>{now - timedelta(days=1 + number):%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
    )


def _entry(now: datetime, number: int) -> str:
    start = _start(now, number)
    return (
        f'<li class="event"><h3><a href="/evening/{number}">{TITLES[number % 3]} {number + 1}</a></h3>'
        f'<time datetime="{start:%Y-%m-%dT%H:%M}">{start:%A, %d %B %Y}, 19:00</time><p>{HALLS[number % 3]}</p></li>'
    )
