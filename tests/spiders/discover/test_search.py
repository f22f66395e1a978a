"""Which requests a search makes, and when it stops."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from spiders.discover.inspection import declared_hours
from spiders.discover.model import REQUESTS, Discovery
from spiders.items import Context
from spiders.reasons import Code, Reason
from tests.support.discovery import Web, searched

NOW = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
CONTEXT = Context(
    source="case", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
)
HOME = "https://club.example/"


def calendar(events: int = 2, start: str = "20261203") -> bytes:
    told = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:{start}T{10 + number:02}0000Z\r\n"
        f"SUMMARY:Evening {number}\r\nEND:VEVENT\r\n"
        for number in range(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{told}END:VCALENDAR\r\n".encode()


def marked_up(events: int) -> str:
    told = ",".join(
        f'{{"@type":"Event","name":"Talk {number}","startDate":"2026-12-{number + 1:02}T19:00:00+08:00",'
        f'"url":"{HOME}talk/{number}"}}'
        for number in range(events)
    )
    return f'<html><script type="application/ld+json">[{told}]</script><body>Talks'


def run(web: Web, asked: str = HOME, **options: object) -> tuple[Discovery, list[str]]:
    return searched(web, asked, NOW, CONTEXT, **options)


def test_a_calendar_is_its_own_source():
    found, requested = run({HOME: calendar()})
    assert requested == [HOME]
    assert found.found is not None
    assert (found.found.kind, found.found.assessment.ahead) == ("ical", 2)


def test_a_calendar_that_the_page_names_is_better_than_the_page():
    page = marked_up(2) + '<link rel="alternate" type="text/calendar" href="/all.ics">'
    found, requested = run({HOME: page.encode(), f"{HOME}all.ics": calendar()})
    assert requested == [HOME, f"{HOME}all.ics"]
    assert found.found is not None
    assert found.found.address == f"{HOME}all.ics"
    assert [each.address for each in found.others] == [HOME]


def test_a_calendar_of_holidays_is_no_better_than_a_page_full_of_events():
    page = marked_up(9) + '<a href="/holidays.ics">ics</a>'
    found, _ = run({HOME: page.encode(), f"{HOME}holidays.ics": calendar(1)})
    assert found.found is not None
    assert found.found.address == HOME


def test_an_empty_calendar_is_no_source_while_the_page_tells_more():
    page = marked_up(6) + '<link rel="alternate" type="text/calendar" href="/all.ics">'
    found, _ = run({HOME: page.encode(), f"{HOME}all.ics": calendar(0)})
    assert found.found is not None
    assert found.found.address == HOME


def test_an_empty_calendar_alone_is_named_as_quiet():
    found, _ = run({HOME: calendar(0)})
    assert found.found is None
    assert found.failure is not None
    assert found.failure.code is Code.EMPTY_CALENDAR
    assert [each.kind for each in found.others] == ["ical"]


def test_one_hop_leads_to_the_page_of_events_and_what_stands_behind_it():
    web = {
        HOME: b'<html><body><p>Welcome to the club.</p><a href="/events/">Events</a>',
        f"{HOME}events/": b'<html><body><a href="webcal://club.example/events.ics">Subscribe</a>',
        f"{HOME}events.ics": calendar(),
    }
    found, requested = run(web)
    assert requested == list(web)
    assert found.found is not None
    assert found.found.address == f"{HOME}events.ics"


def test_a_hop_is_made_once():
    web = {
        HOME: b'<html><body><a href="/events/">Events</a>',
        f"{HOME}events/": b'<html><body><a href="/all/events/">Events</a>',
    }
    _, requested = run(web)
    assert f"{HOME}all/events/" not in requested


@pytest.mark.parametrize(
    "refusal",
    [
        Reason(Code.STATUS_REFUSES_PROGRAMS, status=403),
        Reason(Code.STATUS_WAIT, status=429),
        Reason(Code.ROBOTS_FORBID),
    ],
)
def test_a_refusal_ends_all_requests_to_the_host(refusal):
    found, requested = run({HOME: refusal})
    assert requested == [HOME]
    assert found.failure == refusal
    assert found.ways


def test_a_refusal_on_the_way_ends_the_rest():
    page = b'<html><body><a href="/events/">Events</a>'
    _, requested = run({HOME: page, f"{HOME}events/": Reason(Code.STATUS_REFUSES_PROGRAMS, status=403)})
    assert requested == [HOME, f"{HOME}events/"]


def test_a_page_that_asks_for_sign_in_is_a_refusal_whatever_its_status():
    page = b"<html><title>Sign in</title><body><form><input type=password></form>Please sign in"
    found, requested = run({HOME: page})
    assert requested == [HOME]
    assert found.failure is not None
    assert found.failure.code is Code.REFUSED


def test_the_budget_is_kept():
    links = "".join(f'<link rel="alternate" type="text/calendar" href="/{number}.ics">' for number in range(9))
    links += "".join(f'<iframe src="https://tockify.com/c{number}/x"></iframe>' for number in range(9))
    links += '<link rel="alternate" type="application/rss+xml" href="/feed/"><a href="/events/">Events</a>'
    _, requested = run({HOME: f"<html>{links}<body>tribe-events".encode()})
    assert len(requested) <= REQUESTS
    assert len(set(requested)) == len(requested)


def test_closed_sites_are_not_asked_at_all():
    found, requested = run({}, "https://www.xiaohongshu.com/user/profile/1")
    assert requested == []
    assert found.failure is not None
    assert found.failure.code is Code.CLOSED_SIGN_IN
    assert "paste" in found.ways


def test_an_rsshub_of_ones_own_knows_closed_sites():
    rules = b'{"_name": "x", ".": [{"source": ["/user/profile/:id"], "target": "/xiaohongshu/user/:id"}]}'
    post = "<title>x</title><item><title>周五桌游夜</title><link>https://x.example/1</link><description>时间：12月4日（周五）19:00-22:00\n地点：三叶会客厅\n报名截止12月3日</description></item>"
    web = {
        "https://hub.example/api/radar/rules/xiaohongshu.com": rules,
        "https://hub.example/xiaohongshu/user/1": f'<rss version="2.0"><channel>{post}</channel></rss>'.encode(),
    }
    found, requested = run(web, "https://www.xiaohongshu.com/user/profile/1", instance="https://hub.example")
    assert requested == list(web)
    assert found.found is not None
    assert found.found.kind == "feed"


def test_http_is_tried_where_nobody_said_https():
    refused = Reason(Code.CONNECTION_REFUSED)
    web = {HOME: refused, "http://club.example/": calendar()}
    found, _ = run(web, plain=True)
    assert found.found is not None
    assert found.found.address == "http://club.example/"
    assert run(web)[0].failure == refused


def test_a_feed_of_comments_is_none():
    feed = b"<rss><channel><title>Comments for Sample Club</title><item><title>By A</title></item></channel></rss>"
    found, _ = run({HOME: feed})
    assert found.found is None
    assert found.failure is not None
    assert found.failure.code is Code.FEED_OF_COMMENTS


@pytest.mark.parametrize(
    ("head", "hours"),
    [
        (b"BEGIN:VCALENDAR\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n", 12),
        (b"BEGIN:VCALENDAR\r\nX-PUBLISHED-TTL:P1W\r\n", 168),
        (b"BEGIN:VCALENDAR\r\nX-PUBLISHED-TTL:P1DT12H\r\n", 36),
        (b"<rss><channel><ttl>60</ttl>", 1),
        (b"<rss><channel><sy:updatePeriod> daily </sy:updatePeriod>", 24),
        (b"BEGIN:VCALENDAR\r\n", None),
        (b"BEGIN:VCALENDAR\r\nX-PUBLISHED-TTL:soon\r\n", None),
    ],
)
def test_how_often_software_says_that_it_changes(head, hours):
    assert declared_hours(head) == hours


def test_a_page_that_is_not_there_says_nothing_of_the_others():
    missing = b"<html><title>404 Not Found</title><body>not found"
    web = {HOME: b"<html><body>Welcome.", f"{HOME}events/?ical=1": missing, f"{HOME}events.ics": calendar()}
    found, _ = run(web)
    assert found.found is not None
    assert found.found.address == f"{HOME}events.ics"
