"""The examples of docs/announcements*.md, and those beside this file, are what the program does."""

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
DOCS = Path(__file__).parents[4] / "docs"
PAGES = {
    "en": [DOCS / "announcements.md", Path(__file__).with_name("more_examples.md")],
    "zh": [DOCS / "announcements.zh-CN.md"],
}
NOTHING = {"en": "nothing", "zh": "没有"}
BLOCKS = [
    (language, kind, body)
    for language, pages in PAGES.items()
    for page in pages
    for kind, body in re.findall(r"```(when|period|announcement)\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
]


def examples(wanted: str) -> list[tuple[str, ...]]:
    """The lines of all blocks of one kind: the language, words and what they come to."""
    lines = [
        (language, line) for language, kind, body in BLOCKS if kind == wanted for line in body.strip().splitlines()
    ]
    return [(language, *(part.strip() for part in line.rsplit("=>", 1))) for language, line in lines]


WHEN, PERIODS = examples("when"), examples("period")
ARTICLES = [(language, body) for language, kind, body in BLOCKS if kind == "announcement"]


def day(moment: datetime) -> str:
    return moment.strftime("%m-%d" if moment.year == NOW.year else "%Y-%m-%d")


def short(when: When, language: str) -> str:
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
    return " ".join([", ".join(told) or NOTHING[language], *([when.recurrence] if when.recurrence else []), *doubt])


def facts(event: Event, language: str) -> dict[str, str]:
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
        found["doubt"] = "; ".join(translate(doubt, language) for doubt in event.evidence.doubts)
    return found


def bounds(when: When) -> str:
    period = when.periods[0]
    return " ~ ".join(
        f"{end:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if end else "…" for end in (period.start, period.end)
    )


@pytest.mark.parametrize(("_", "words", "wanted"), PERIODS)
def test_a_period(_: str, words: str, wanted: str) -> None:
    when = read_when(words, now=NOW, timezone=ZONE)
    assert when.sessions == ()
    assert bounds(when) == wanted


@pytest.mark.parametrize("language", PAGES)
def test_the_pages_have_examples(language: str) -> None:
    assert sum(told[0] == language for told in PERIODS) >= 5
    assert sum(told[0] == language for told in WHEN) > 20
    assert sum(told[0] == language for told in ARTICLES) > 5


@pytest.mark.parametrize(("language", "text", "expected"), WHEN, ids=[text for _, text, _ in WHEN])
def test_times(language: str, text: str, expected: str) -> None:
    assert short(read_when(text, now=NOW, timezone=ZONE), language) == expected


@pytest.mark.parametrize(("language", "body"), ARTICLES, ids=[body.split("\n", 1)[0] for _, body in ARTICLES])
def test_articles(language: str, body: str) -> None:
    text, *expected = re.split(r"^=>", body, flags=re.MULTILINE)
    reading = read_text(text, CONTEXT)
    if reading.reason is not None:
        assert [translate(reading.reason, language)] == [one.strip() for one in expected]
        return
    assert len(reading.events) == len(expected)
    for event, wanted in zip(reading.events, expected, strict=True):
        said = dict(line.split(": ", 1) for line in wanted.strip().splitlines())
        assert {key: facts(event, language).get(key) for key in said} == said
