"""A list and its entries' own pages, told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from spiders.items import Place, Price, Reading
from spiders.listed import of_entry, with_own_pages
from tests.support.events import NOW, make_event

LINK = "https://club.example/e/1"
ENTRY = make_event("灯塔沙龙", uid="list-1", url=LINK, start=NOW, place=None)
PAGE = replace(
    ENTRY, uid=LINK, title="灯塔沙龙第三期", place=Place(name="三叶会客厅"), price=Price(min=50, max=50, currency="CNY")
)


def test_the_page_fills_what_a_timed_entry_lacks():
    (event,) = with_own_pages([ENTRY], [PAGE])
    assert (event.uid, event.title, event.start) == (ENTRY.uid, ENTRY.title, ENTRY.start)
    assert event.place == PAGE.place
    assert event.price == PAGE.price


def test_the_page_speaks_for_an_entry_without_an_hour():
    day = replace(ENTRY, all_day=True)
    assert with_own_pages([day], [PAGE]) == [PAGE]


def test_two_hours_of_one_day_are_told():
    (event,) = with_own_pages([ENTRY], [replace(PAGE, start=NOW + timedelta(minutes=30))])
    assert event.start == NOW
    assert event.place == PAGE.place
    assert event.evidence.sure == "inferred"
    assert len(event.evidence.doubts) == 1


def test_a_page_of_another_day_counts_for_less():
    assert with_own_pages([ENTRY], [replace(PAGE, start=NOW + timedelta(days=3))]) == [ENTRY]


def test_a_page_that_calls_off_speaks_for_its_entry():
    off = replace(PAGE, notice="off", status="cancelled")
    assert with_own_pages([ENTRY], [off]) == [off]


def test_entries_and_pages_of_other_addresses_stand_apart():
    other = replace(PAGE, url="https://club.example/e/2")
    bare = replace(ENTRY, url=None)
    assert with_own_pages([ENTRY, bare], [other]) == [ENTRY, bare, other]


def test_a_page_stands_under_the_address_that_the_list_gave():
    found = of_entry(Reading(reader="auto", events=(replace(PAGE, url="https://www.club.example/e/1?ref=x"),)), LINK)
    assert [event.url for event in found.events] == [LINK]
    two = Reading(reader="auto", events=(PAGE, replace(PAGE, url="https://club.example/e/9")))
    assert of_entry(two, LINK) is two, "a page of several events is no entry's own"
