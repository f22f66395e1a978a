"""Whose calendar it is: names that are a host's, names that are none, and calendars of a whole town."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spiders.items import Context, Document, Place
from spiders.readers import dispatch
from spiders.readers.prose.hosts import group_of, host_of_calendar, is_of_one_host, stated_host
from tests.support.events import NOW, make_event


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("Harbour Debaters", "Harbour Debaters"),
        ("Harbour Debaters Events", "Harbour Debaters"),
        ("HDC Meeting & Events", "HDC"),
        ("Harbour | Events", "Harbour"),
        ("Calendar - Museum of Small Things", "Museum of Small Things"),
        ("Events at The Old Brewery", "The Old Brewery"),
        ("Harbour Arts Center - 2026/03", "Harbour Arts Center"),
        ("Blue Room (Eventbrite)", "Blue Room"),
        ("Mickey&#039;s Black Box", "Mickey's Black Box"),
        ("Talks & Walks, Elmstead", "Talks & Walks, Elmstead"),
        ("样板俱乐部活动日历", "样板俱乐部"),
        ("样板俱乐部 | sample-feeds", "样板俱乐部"),
        ("样板书店 - 活动", "样板书店"),
        ("someone@mail.example", None),
        ("Someone's calendar (someone@mail.example)", None),
        ("Calendar", None),
        ("Upcoming Events", None),
        ("日历", None),
        ("活动", None),
        ("basic.ics", None),
        ("Elmstead.com", None),
        ("https://club.example/feed", None),
        ("view52593586a0b1c2d3e4f5", "view52593586a0b1c2d3e4f5"),
        ("0123456789abcdef0123", None),
        ("", None),
        (None, None),
    ],
)
def test_the_name_of_a_calendar(name, host):
    assert host_of_calendar(name) == host


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Hosted by: Harbour Debaters", "Harbour Debaters"),
        ("**Organizer:** Harbour Debaters", "Harbour Debaters"),
        ("This evening is lovingly hosted by Anna. She is a gardener.", None),
        ("Hosted by a friend of ours", None),
        ("主办：样板俱乐部\n承办：样板书店", "样板俱乐部"),
        ("主办：样板俱乐部\n主办：样板书店", None),
        ("主办单位：样板协会", "样板协会"),
    ],
)
def test_the_line_that_names_the_host(text, host):
    assert stated_host(text) == host


def test_the_group_stands_in_the_first_line_of_a_platform():
    meetup = make_event(url="https://www.meetup.com/x/events/1/", description="Harbour Board Gamers\nBring a game.")
    assert group_of(meetup) == "Harbour Board Gamers"
    assert group_of(replace(meetup, url="https://club.example/1")) is None
    assert group_of(replace(meetup, url="https://notmeetup.com/1")) is None
    assert group_of(replace(meetup, description="a@b.example\nBring a game.")) is None


def test_a_calendar_of_a_whole_town_is_no_host():
    at = [make_event(str(number), place=Place(name=f"Hall {number}")) for number in range(12)]
    home = [replace(event, place=Place(name="Our Hall")) for event in at]
    assert is_of_one_host(home, "Our Club")
    assert not is_of_one_host(at, "Town Guide")
    assert is_of_one_host(at[:3], "Our Club"), "a walking club is somewhere else each time"
    linked = [replace(event, url=f"https://site{number % 5}.example/") for number, event in enumerate(home)]
    assert not is_of_one_host(linked, "Town Guide")
    hosts = [replace(home[0], organizer="One"), replace(home[1], organizer="Two"), home[2]]
    assert not is_of_one_host(hosts, "Town Guide")


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
{name}BEGIN:VEVENT
UID:1
DTSTART:20261124T190000
SUMMARY:Debate night
{more}END:VEVENT
END:VCALENDAR
"""
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>
<title><![CDATA[Harbour Debaters - Events]]></title><item><title>Debate night</title><link>https://d.example/1</link>
<ev:startdate>2026-11-24T19:00:00</ev:startdate></item></channel></rss>"""


def read(body: str):
    context = Context(
        source="s",
        now=NOW,
        timezone="Asia/Shanghai",
        window_start=NOW,
        window_end=NOW.replace(year=2027),
    )
    return dispatch.read(Document(body=body.encode()), context).events[0]


@pytest.mark.parametrize(
    ("name", "more", "host", "inferred"),
    [
        ("X-WR-CALNAME:Harbour Debaters\n", "", "Harbour Debaters", True),
        ("NAME:Harbour Debaters\nX-WR-CALNAME:Calendar\n", "", "Harbour Debaters", True),
        ("X-WR-CALNAME:Talks\\, Walks\n", "", "Talks, Walks", True),
        ("X-WR-CALNAME:a@b.example\n", "", None, False),
        ("X-WR-CALNAME:Harbour Debaters\n", "ORGANIZER;CN=Stated:mailto:a@b.example\n", "Stated", False),
        ("X-WR-CALNAME:Harbour Debaters\n", "DESCRIPTION:Hosted by: North Club\n", "North Club", True),
        ("", "", None, False),
    ],
)
def test_of_a_calendar(name, more, host, inferred):
    event = read(CALENDAR.format(name=name, more=more))
    assert (event.organizer, "organizer" in event.evidence.inferred) == (host, inferred)


def test_of_a_feed():
    event = read(FEED)
    assert (event.organizer, event.evidence.inferred) == ("Harbour Debaters", ("organizer",))
