"""The examples of docs/announcements.md are what the program does."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.i18n.reasons import translate
from spiders.items import Context, Event
from spiders.readers.announcement import read_text
from spiders.text.when import When, read_when

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="docs", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=120))
PAGE = (Path(__file__).parents[4] / "docs" / "announcements.md").read_text("utf-8")
BLOCKS = re.findall(r"```(when|period|announcement)\n(.*?)```", PAGE, re.DOTALL)


def examples(wanted: str) -> list[tuple[str, ...]]:
    """The lines of all blocks of one kind: words and what they come to."""
    lines = [line for kind, body in BLOCKS if kind == wanted for line in body.strip().splitlines()]
    return [tuple(part.strip() for part in line.rsplit("=>", 1)) for line in lines]


WHEN, PERIODS = examples("when"), examples("period")
ARTICLES = [body for kind, body in BLOCKS if kind == "announcement"]


def day(moment: datetime) -> str:
    return moment.strftime("%m-%d" if moment.year == NOW.year else "%Y-%m-%d")


def short(when: When) -> str:
    told = []
    for session in when.sessions:
        if session.all_day:
            last = f" ~ {day(session.end - timedelta(days=1))}" if session.end else ""
            told.append(f"{day(session.start)}{last} D")
            continue
        end = session.end
        far = f"{day(end)} " if end and end.date() != session.start.date() else ""
        told.append(f"{day(session.start)} {session.start:%H:%M}" + (f" ~ {far}{end:%H:%M}" if end else ""))
    doubt = ["doubtful"] if any(s.sure == "doubtful" for s in when.sessions) else []
    return " ".join([", ".join(told) or "nothing", *([when.recurrence] if when.recurrence else []), *doubt])


def facts(event: Event) -> dict[str, str]:
    """An event in the words of the page; what is unknown is left out."""
    found = {"title": event.title, "start": "none"}
    if event.start is not None:
        found["start"] = f"{day(event.start)} D" if event.all_day else f"{day(event.start)} {event.start:%H:%M}"
    if event.end is not None:
        found["end"] = day(event.end - timedelta(days=1)) if event.all_day else f"{event.end:%H:%M}"
    if event.status != "confirmed":
        found["status"] = event.status
    if event.place is not None:
        parts = {"place": event.place.name, "address": event.place.address, "city": event.place.city}
        found.update((key, value) for key, value in parts.items() if value)
    if event.price is not None and event.price.min is not None:
        found["price"] = f"{event.price.min:g}-{event.price.max:g}"
    told = {"organizer": event.organizer, "mode": event.mode, "repeats": event.recurrence, "sure": event.evidence.sure}
    found.update((key, value) for key, value in told.items() if value)
    if event.evidence.doubts:
        found["doubt"] = "; ".join(translate(doubt, "en") for doubt in event.evidence.doubts)
    return found


def bounds(when: When) -> str:
    period = when.periods[0]
    return " ~ ".join(
        f"{end:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if end else "…" for end in (period.start, period.end)
    )


@pytest.mark.parametrize(("words", "wanted"), PERIODS)
def test_a_period(words: str, wanted: str) -> None:
    when = read_when(words, now=NOW, timezone=ZONE)
    assert when.sessions == ()
    assert bounds(when) == wanted


def test_the_page_has_examples() -> None:
    assert len(PERIODS) >= 5
    assert len(WHEN) > 20
    assert len(ARTICLES) > 5


@pytest.mark.parametrize(("text", "expected"), WHEN, ids=[text for text, _ in WHEN])
def test_times(text: str, expected: str) -> None:
    assert short(read_when(text, now=NOW, timezone=ZONE)) == expected


@pytest.mark.parametrize("body", ARTICLES, ids=[body.split("\n", 1)[0] for body in ARTICLES])
def test_articles(body: str) -> None:
    text, *expected = re.split(r"^=>", body, flags=re.MULTILINE)
    reading = read_text(text, CONTEXT)
    if reading.reason is not None:
        assert [translate(reading.reason, "en")] == [one.strip() for one in expected]
        return
    assert len(reading.events) == len(expected)
    for event, wanted in zip(reading.events, expected, strict=True):
        said = dict(line.split(": ", 1) for line in wanted.strip().splitlines())
        assert {key: facts(event).get(key) for key in said} == said
