"""What is asked for a source, by its kind and the form of its address."""

from __future__ import annotations

import pytest

from spiders import sites
from spiders.errors import SourceError
from spiders.items import Source

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
        ("ical", "webcal://club.example/x.ics", "https://club.example/x.ics", "ical"),
    ],
)
def test_what_is_asked(kind, url, asked, reading):
    source = Source(id="x", kind=kind, url=url, timezone="Asia/Shanghai")
    assert sites.addresses(source) == [asked]
    assert sites.kind_of_reading(source) == reading


def test_a_group_is_found_behind_its_page():
    source = Source(id="x", kind="site", url="https://www.meetup.com/sample-group", timezone="Asia/Shanghai",
                    options={"site": "meetup"})  # fmt: skip
    assert sites.addresses(source) == [GROUP]
    assert sites.kind_of_reading(source) == "ical"


@pytest.mark.parametrize(
    ("site", "url"), [("meetup", "https://www.meetup.com/find/"), ("nowhere", "https://x.example/")]
)
def test_what_no_site_knows_is_an_error(site, url):
    with pytest.raises(SourceError):
        sites.addresses(Source(id="x", kind="site", url=url, timezone="Asia/Shanghai", options={"site": site}))
