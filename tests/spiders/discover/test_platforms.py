"""Addresses of platforms, each beside where its events stand."""

from __future__ import annotations

import pytest

from spiders.discover.platforms import closed, direct, marked, otherwise

MEETUP = "https://www.meetup.com/sample-group/events/ical/"
GOOGLE = "https://calendar.google.com/calendar/ical/{}/public/basic.ics"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://www.meetup.com/sample-group/", MEETUP),
        ("https://meetup.com/sample-group", MEETUP),
        ("https://www.meetup.com/zh-CN/sample-group/events/301/", MEETUP),
        ("https://www.meetup.com/find/?location=cn--Beijing", None),
        ("https://lu.ma/cal-Ab12", "https://api.lu.ma/ics/get?entity=calendar&id=cal-Ab12"),
        ("https://luma.com/embed/calendar/cal-Ab12/events", "https://api.lu.ma/ics/get?entity=calendar&id=cal-Ab12"),
        ("https://lu.ma/sample-circle", None),
        ("https://calendar.google.com/calendar/embed?src=a%40club.example&ctz=x", GOOGLE.format("a%40club.example")),
        ("https://calendar.google.com/calendar/u/0?cid=YUBjbHViLmV4YW1wbGU", GOOGLE.format("a%40club.example")),
        ("https://www.google.com/calendar/embed?src=a%40club.example", GOOGLE.format("a%40club.example")),
        (
            "https://outlook.office365.com/owa/calendar/x@club.example/key/calendar.html",
            "https://outlook.office365.com/owa/calendar/x@club.example/key/calendar.ics",
        ),
        ("https://teamup.com/ks0123456789abcdef", "https://ics.teamup.com/feed/ks0123456789abcdef/0.ics"),
        ("https://tockify.com/sample.club/agenda", "https://tockify.com/api/feeds/ics/sample.club"),
        ("https://www.eventbrite.co.uk/o/sample-club-123", "https://www.eventbrite.co.uk/o/sample-club-123"),
        ("https://www.douban.com/location/shanghai/", "https://www.douban.com/location/shanghai/events/future-all"),
        (
            "https://confs.tech/?topics=data",
            "https://raw.githubusercontent.com/tech-conferences/conference-data/main/conferences/2026/data.json",
        ),
        (
            "https://github.com/sample/club/blob/main/x/club.ics",
            "https://raw.githubusercontent.com/sample/club/main/x/club.ics",
        ),
        ("https://social.example/@club", "https://social.example/@club/feed/ics"),
        ("https://club.example/events", None),
    ],
)
def test_the_form_of_an_address_tells_where_events_stand(address, target):
    found = direct(address, 2026)
    assert (found[0].address if found else None) == target


def test_a_platform_with_two_lists_gives_both():
    lists = otherwise("https://www.huodongxing.com/events?city=%E4%B8%8A%E6%B5%B7&tag=AI")
    assert [target.address for target in lists] == [
        "https://www.huodongxing.com/eventlist?city=%E4%B8%8A%E6%B5%B7&tag=AI",
        "https://www.huodongxing.com/events?city=%E4%B8%8A%E6%B5%B7&tag=AI",
    ]


def test_rules_for_any_host_do_not_hold_for_links_on_pages():
    assert direct("https://social.example/@club", 2026, embedded=True) == ()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://www.xiaohongshu.com/user/profile/1", "closed_sign_in"),
        ("http://xhslink.com/a/b", "closed_sign_in"),
        ("https://mp.weixin.qq.com/s/abc", "closed_article"),
        ("https://www.toastmasters.org/Find-a-Club/00001234-sample", "closed_rule"),
        ("https://calendar.google.com/calendar/u/0/r", "closed_own_calendar"),
        ("https://calendar.google.com/calendar/u/0?cid=YUBjbHViLmV4YW1wbGU", None),
        ("https://calendar.google.com/calendar/ical/a%40club.example/public/basic.ics", None),
        ("https://notfacebook.example/", None),
    ],
)
def test_closed_sites_are_not_asked(address, reason):
    found = closed(address)
    assert (found.reason if found else None) == reason
    assert found is None or found.ways


@pytest.mark.parametrize(
    ("source", "address", "first"),
    [
        ('<body class="tribe-events-page">', "https://club.example/", "https://club.example/events/?ical=1"),
        ("<!-- This is Squarespace. -->", "https://club.example/shows?x=1", "https://club.example/shows?format=json"),
        ('{"api_id":"cal-Ab12"}', "https://lu.ma/circle", "https://api.lu.ma/ics/get?entity=calendar&id=cal-Ab12"),
        ('{"api_id":"cal-Ab12"}', "https://club.example/circle", None),
        (
            'Trumba.addSpud({ webName: "city-x", spudType: "main" })',
            "https://club.example/",
            "https://www.trumba.com/calendars/city-x.ics",
        ),
        (
            '<a href="/api/event_slim/for_chapter/77/">',
            "https://gdg.community.dev/gdg-sample/",
            "https://gdg.community.dev/api/event_slim/for_chapter/77/",
        ),
        ("powered by Indico", "https://i.example/category/12/", "https://i.example/export/categ/12.ics"),
        ("a page", "https://club.example/", None),
    ],
)
def test_software_is_known_by_its_marks(source, address, first):
    found = next(iter(marked(source, address)), None)
    assert (found is None and first is None) or (found is not None and found.address.startswith(first or "-"))
