"""What pages offer to programs."""

from __future__ import annotations

from datetime import datetime

import pytest

from spiders.discover.page_links import Step, is_about_comments, offers
from spiders.items import Document
from spiders.readers.markup.page import Page

NOW = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
HERE = "https://club.example/news/"


def offered(html: str, url: str = HERE) -> list[tuple[str, str]]:
    page = Page(Document(body=html.encode(), url=url))
    return [(offer.step.name, offer.address) for offer in offers(page, NOW) if offer.step is not Step.HOLDER]


def test_calendars_come_before_feeds_and_comments_are_left_out():
    html = """<link rel="alternate" type="application/rss+xml" href="/feed/" title="Club">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/" title="Club Comments Feed">
    <link rel="alternate" type="text/calendar" href="/events/?ical=1">
    <link rel="alternate" type="application/json+oembed" href="/oembed">"""
    assert offered(html) == [
        ("CALENDAR", "https://club.example/events/?ical=1"),
        ("SOFTWARE", "https://club.example/wp-json/tribe/events/v1/events?per_page=50"),
        ("FEED", "https://club.example/feed/"),
    ]


def test_a_calendar_for_each_event_is_not_the_calendar():
    links = "".join(f'<a href="/event/{name}/?format=ical">take along</a>' for name in ("one", "two", "three"))
    assert offered(links) == []
    assert offered(f'{links}<a href="/news/?format=ical">all</a>') == [
        ("CALENDAR", "https://club.example/news/?format=ical")
    ]


def test_buttons_that_copy_one_event_are_passed_over():
    html = '<a href="https://calendar.google.com/calendar/render?action=TEMPLATE&text=x&cid=a%40b.example">+</a>'
    assert offered(html) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="webcal://club.example/all.ics">订阅</a>', ("CALENDAR", "https://club.example/all.ics")),
        ('<a href="/files/club.ics">calendar file</a>', ("CALENDAR", "https://club.example/files/club.ics")),
        (
            '<iframe src="https://calendar.google.com/calendar/embed?src=a%40b.example"></iframe>',
            ("EMBEDDED", "https://calendar.google.com/calendar/ical/a%40b.example/public/basic.ics"),
        ),
        (
            '<iframe data-src="https://lu.ma/embed/calendar/cal-Ab12/events"></iframe>',
            ("EMBEDDED", "https://api.lu.ma/ics/get?entity=calendar&id=cal-Ab12"),
        ),
        (
            '<a href="https://www.meetup.com/sample-group/">join us</a>',
            ("LINKED", "https://www.meetup.com/sample-group/events/ical/"),
        ),
        ('<a href="/huodong/">近期活动</a>', ("EVENTS_PAGE", "https://club.example/huodong/")),
        ('<a href="https://events.club.example/">More</a>', ("EVENTS_PAGE", "https://events.club.example/")),
        ('<a href="/whats-on">See all</a>', ("EVENTS_PAGE", "https://club.example/whats-on")),
    ],
)
def test_one_offer(html, expected):
    assert offered(html) == [expected]


def test_many_groups_of_a_platform_are_others():
    html = "".join(f'<a href="https://www.meetup.com/group-{number}/">x</a>' for number in range(3))
    assert offered(html) == []


def test_other_sites_and_documents_are_no_page_of_events():
    html = (
        '<a href="https://other.example/events/">Events</a><a href="/agenda.pdf">Agenda</a><a href="/news/">Events</a>'
    )
    assert offered(html) == []


def test_the_page_that_names_itself_best_comes_first():
    html = '<a href="/about/board/meetings/">Meetings of the board</a><a href="/events/">Events</a>'
    assert offered(html)[0][1] == "https://club.example/events/"


def test_what_software_implies_comes_behind_what_the_page_names():
    html = '<div class="tribe-events"><a href="/events/?ical=1">export</a></div>'
    assert [step for step, _ in offered(html)] == ["CALENDAR", "SOFTWARE"]
    assert Step.CALENDAR < Step.SOFTWARE < Step.GUESS


@pytest.mark.parametrize(
    ("title", "address", "is_so"),
    [
        ("Comments on: A talk", "https://club.example/feed/", True),
        ("评论 - 某站", "https://club.example/feed/", True),
        (None, "https://club.example/comments/feed/", True),
        ("Club", "https://club.example/feed/", False),
    ],
)
def test_feeds_of_comments(title, address, is_so):
    assert is_about_comments(title, address) is is_so


def test_a_page_of_many_links_is_bounded():
    html = "".join(f'<a href="/events/{number}/">Events {number}</a>' for number in range(20_000))
    assert len(offered(html)) <= 40
