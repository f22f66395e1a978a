"""Layouts whatever comes: no bytes make them raise, and what they tell has a start or is no event of theirs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import sites
from spiders.items import Document
from spiders.layouts import Cards, OneOf, Rows
from spiders.reasons import Code
from tests.support.site_cases import all_cases

CASES = all_cases()
GARBAGE = (
    b"",
    b"\x00" * 64,
    b"\xff\xfe<\x00l\x00i\x00",
    b"{",
    b"[[[[" * 2000,
    b'{"events": 7}',
    b'{"events": [null, 3, []]}',
    b"null",
    b"[1, 2]",
    b'{"Clubs": {"a": 1}}',
    b'{"Clubs": [{"Identification": 3, "MeetingDay": 5, "MeetingTime": []}]}',
    b"<ul class='events-list'><li class='list-entry'>",
    b"<script id='__NEXT_DATA__'>{\"recommendList\": [{}]}</script>",
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n",
    b"<rss><channel><item>",
    b"<html><head><title>x</title></head></html>",
)


@pytest.mark.parametrize("name", sites.names())
def test_no_garbage_makes_a_layout_raise(name, context):
    for body in GARBAGE:
        for kind in (f"site:{name}", f"own-page:{name}"):
            for url in (None, "https://any.example/x?y=%"):
                reading = sites.read(Document(body=body, url=url), context, kind)
                assert all(event.title for event in reading.events)


@given(st.data())
def test_a_case_that_is_torn_anywhere_is_read_or_refused(data):
    case = data.draw(st.sampled_from(CASES))
    name = data.draw(st.sampled_from(sorted(case.files)))
    body = case.files[name].encode()
    start, length = data.draw(st.integers(0, len(body))), data.draw(st.integers(0, 400))
    torn = body[:start] + body[start + length :]
    address = next((one for one, file in case.pages.items() if file == name), None)
    reading = sites.read(Document(body=torn, url=address), case.context, f"site:{case.site}")
    assert not (reading.refused and reading.events)


def test_what_leads_to_entries_is_no_sign_in_page(context):
    layout = Cards(card="li.card", title="h3", when=".day", link='a[href*="/event/"]')
    page = "<title>Sign in</title><input type=password><div><a href='/event/1'>Evening</a></div>"
    reading = layout.read(Document(body=page.encode(), url="https://club.example/"), context)
    assert (reading.refused, reading.reason.code) == (True, Code.LAYOUT_CHANGED)


def test_the_first_layout_that_is_there_is_read(context):
    one, other = (Cards(card=f"li.{name}", title="h3", when=".day", frame="ul") for name in ("a", "b"))
    page = "<ul><li class='b'><h3>Evening</h3><p class='day'>2026-12-01 19:00</p></li></ul>"
    reading = OneOf((one, other)).read(Document(body=page.encode(), url="https://club.example/"), context)
    assert [f"{event.start:%m-%d %H:%M}" for event in reading.events] == ["12-01 19:00"]


def test_words_are_read_as_words_and_attributes_as_moments(context):
    layout = Cards(card="li", title="h3", when=".day", where=re.compile(r"in (\w+)"))
    page = (
        "<li><h3><a href='/1'>One</a></h3><p class='day'>Thu 3 Dec 2026, 19:00-21:00</p>in Kiteport</li>"
        "<li><h3><a href='/2'>Two</a></h3><time class='day' datetime='2026-12-04T19:00:00+08:00'>soon</time></li>"
    )
    reading = layout.read(Document(body=page.encode(), url="https://club.example/"), context)
    one, two = reading.events
    assert (f"{one.start:%d %H:%M}", f"{one.end:%H:%M}", one.place.name) == ("03 19:00", "21:00", "Kiteport")
    assert (f"{two.start:%d %H:%M}", two.end) == ("04 19:00", None)


def test_rows_are_found_however_deep_and_by_their_keys(context):
    layout = Rows(lists=("nights",), each=("name", "start"))
    deep = b'{"a":[{"b":{"nights":[{"name":"One","when":{"start":"2026-12-01T19:00:00"},"city":"Kiteport"}]}}]}'
    assert len(layout.read(Document(body=deep, url=None), context).events) == 1
    other = layout.read(Document(body=deep.replace(b"nights", b"days"), url=None), context)
    assert (other.reason.code, other.reason["missing"]) == (Code.LAYOUT_CHANGED, "nights")
