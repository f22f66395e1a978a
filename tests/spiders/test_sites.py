"""What is asked for a source, by its kind and the form of its address."""

from __future__ import annotations

import re
import sys

import pytest

from spiders import sites
from spiders.errors import SourceError
from spiders.items import Source
from tests.support.events import NOW

WEEK = "https://www.douban.com/location/shanghai/events/week-salon"
GROUP = "https://www.meetup.com/sample-group/events/ical/"


@pytest.mark.parametrize(
    ("kind", "url", "asked", "reading"),
    [
        ("auto", "https://www.meetup.com/zh-CN/sample-group/", GROUP, "ical"),
        ("auto", "https://club.example/events", "https://club.example/events", "auto"),
        ("page", "https://www.meetup.com/sample-group/", "https://www.meetup.com/sample-group/", "html"),
        (
            "auto",
            "https://calendar.google.com/calendar/embed?src=a%40club.example",
            "https://calendar.google.com/calendar/ical/a%40club.example/public/basic.ics",
            "ical",
        ),
        ("auto", "https://www.meetup.com/find/", "https://www.meetup.com/find/", "auto"),
        ("auto", "https://www.douban.com/event/90000001/", "https://www.douban.com/event/90000001/", "auto"),
        ("auto", WEEK, WEEK, "site:douban"),
        ("page", WEEK, WEEK, "html"),
        ("ical", "webcal://club.example/x.ics", "https://club.example/x.ics", "ical"),
    ],
)
def test_what_is_asked(kind, url, asked, reading):
    source = Source(id="x", kind=kind, url=url, timezone="Asia/Shanghai")
    assert sites.addresses(source, NOW) == [asked]
    assert sites.kind_of_reading(source) == reading


def test_a_group_is_found_behind_its_page():
    source = Source(id="x", kind="site", url="https://www.meetup.com/sample-group", timezone="Asia/Shanghai",
                    options={"site": "meetup"})  # fmt: skip
    assert sites.addresses(source, NOW) == [GROUP]
    assert sites.kind_of_reading(source) == "site:meetup"


@pytest.mark.parametrize(
    ("site", "url"), [("meetup", "https://www.meetup.com/find/"), ("nowhere", "https://x.example/")]
)
def test_what_no_site_knows_is_an_error(site, url):
    with pytest.raises(SourceError):
        sites.addresses(Source(id="x", kind="site", url=url, timezone="Asia/Shanghai", options={"site": site}), NOW)


@pytest.mark.parametrize("name", sites.names())
def test_every_site_is_wholly_described(name):
    site = sites.site(name)
    assert site.answers_to(site.example)
    assert site.asks(site.example, NOW)
    assert site.proof.basis in {"recorded", "facts"}
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", site.proof.month)
    told = sys.modules[f"spiders.sites.{name}"].__doc__
    assert "``url``" in told
    assert ("unconfirmed" in told.casefold()) == site.proof.is_unconfirmed


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://lu.ma/kiteport", "luma"),
        ("https://www.eventbrite.co.uk/o/lantern-house-700", "eventbrite"),
        ("https://www.eventbrite.co.uk/e/quiz-700", None),
        ("https://bj.huodongxing.com/events?tag=AI", "huodongxing"),
        ("https://www.huodongxing.com/event/9000000000001", None),
        ("https://huodong.com/event/detail/fict1", None),
        ("https://www.toastmasters.org/find-a-club", None),
        ("https://www.toastmasters.org/Find-a-Club?latitude=31.2&longitude=121.4", "toastmasters"),
        ("https://www.toastmasters.org/find-a-club?latitude=0&longitude=121.4", None),
        ("https://gdg.community.dev/events/details/lamp-night/", None),
        ("https://club.example/list.htm", None),
    ],
)
def test_an_address_is_known_by_host_and_form(address, name):
    assert sites.named_for(address) == name


def test_no_address_belongs_to_two_sites():
    for name in sites.names():
        example = sites.site(name).example
        others = [one for one in sites.names() if sites.site(one).hosts and sites.site(one).answers_to(example)]
        assert others in ([name], [])
