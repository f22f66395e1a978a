"""Announcements of a few lines, as items of a feed: told by day, hours, place and price; all names are made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context, Document, Place, Reading
from spiders.readers import feed
from spiders.readers.announcement import short_posts
from spiders.readers.announcement.occasions import Occasion
from spiders.text.when.model import Session

CASES = Path(__file__).resolve().parents[3] / "cases"
ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="f", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=90))
POSTED = "<pubDate>Tue, 24 Nov 2026 01:00:00 GMT</pubDate>"

# Titles and texts of a few lines with the start of their meeting, or without one: hours and places of what nobody meets
# for, of what is over, and of what is only written about. The judgement is learnt from them too.
POSTS = [
    line.split("\t") for line in (CASES / "announcements" / "short" / "posts.tsv").read_text("utf-8").splitlines()[1:]
]
EVENTS = [post for post in POSTS if post[2]]
NOTHING = [post for post in POSTS if not post[2]]


def read(title: str, text: str) -> Reading:
    item = f"<item><title>{title}</title><link>https://f.example.org/1</link>{POSTED}<description>{text}</description></item>"
    return feed.read(Document(body=f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()), CONTEXT)


@pytest.mark.parametrize("post", EVENTS, ids=lambda post: post[0])
def test_a_few_lines_announce(post: list[str]) -> None:
    title, text, start = post
    events = read(title, text).events
    assert [(event.title, f"{event.start:%m-%d %H:%M}") for event in events] == [(title, start)]


@pytest.mark.parametrize("post", NOTHING, ids=lambda post: post[0])
def test_hours_of_no_meeting(post: list[str]) -> None:
    title, text, _ = post
    reading = read(title, text)
    assert reading.events == ()
    assert reading.reason


def test_place_and_price_of_a_few_lines() -> None:
    event = read(*EVENTS[0][:2]).events[0]
    assert event.place is not None
    assert event.price is not None
    assert (event.place.name, event.place.address, event.price.min) == ("木屑工坊", "青石里12号", 80)


def test_a_long_text_is_not_judged_by_the_same_measure() -> None:
    title, text, _ = EVENTS[0]
    occasion = Occasion([Session(start=NOW, end=NOW + timedelta(hours=2))], None, "", 0, 0, 0)
    place = Place(name="木屑工坊")
    assert short_posts.points(title, text, [occasion], place, NOW.date()) == short_posts.ENOUGH
    longer = text + "作者想起许多旧事，写了很长一段。" * 40
    assert short_posts.points(title, longer, [occasion], place, NOW.date()) == 0.0
