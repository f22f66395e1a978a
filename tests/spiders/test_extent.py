"""What follows of how large a crawl is: requests at once, and the time that it may take."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import limits
from spiders.extent import AT_ONCE_AT_MOST, LONGEST, at_once, bounds_of, seconds_for
from spiders.items import Source
from spiders.settings import AT_ONCE, MAX_DETAILS, SECONDS, Bounds, CrawlPolicy, crawl_settings

USUAL = CrawlPolicy()


def sources(count, *, hosts=1, kind="ical", name="h{}.example"):
    return [
        Source(id=f"s{number}", kind=kind, url=f"https://{name.format(number % hosts)}/{number}", timezone="UTC")
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("hosts", "files", "expected"),
    [
        (1, 20_000, AT_ONCE),
        (8, 20_000, AT_ONCE),
        (100, 20_000, 200),  # the page and the robots.txt that it waits for
        (100, None, 200),
        (10_000, 20_000, AT_ONCE_AT_MOST),
        (10_000, 1024, 320),
        (10_000, 256, 64),
        (10_000, 40, AT_ONCE),
        (100, 1024, 200),
    ],
)
def test_requests_at_once_follow_the_hosts_as_far_as_files_go(hosts, files, expected):
    assert at_once(hosts, files) == expected


def test_settings_follow_the_hosts_and_each_host_is_asked_as_before():
    few, many = (bounds_of(USUAL, sources(400, hosts=count)) for count in (3, 200))
    assert (few.at_once, many.at_once) == (AT_ONCE, at_once(200, limits.open_files()))
    assert many.at_once > few.at_once
    told = [crawl_settings(USUAL, "1", None, bounds) for bounds in (few, many)]
    assert [each["CONCURRENT_REQUESTS"] for each in told] == [few.at_once, many.at_once]
    assert [each["CLOSESPIDER_TIMEOUT"] for each in told] == [few.seconds, many.seconds]
    assert told[1]["REACTOR_THREADPOOL_MAXSIZE"] > told[0]["REACTOR_THREADPOOL_MAXSIZE"] == 10
    for each in told:
        assert each["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
        assert (each["DOWNLOAD_DELAY"], each["DOWNLOAD_DELAY_JITTER"]) == (USUAL.delay, 0)


def test_many_sources_of_one_host_are_one_host():
    assert bounds_of(USUAL, sources(500, hosts=1)).at_once == AT_ONCE


def test_what_the_policy_says_itself_holds():
    policy = replace(USUAL, at_once=20, seconds=5.0)
    assert bounds_of(policy, sources(900, hosts=300)) == Bounds(at_once=20, seconds=5.0)


def test_a_small_crawl_has_the_usual_time():
    assert seconds_for([], USUAL) == SECONDS
    assert seconds_for(sources(50, hosts=40, kind="listing"), USUAL) == SECONDS


def test_the_fullest_host_decides_how_long_a_crawl_may_take():
    """With robots.txt, the pages that lists go on to, and the delay of its own."""
    calendars = seconds_for(sources(500), USUAL)
    assert 501 * 2.0 < calendars < 501 * 2.0 * 1.5
    assert seconds_for(sources(500, hosts=100), USUAL) == SECONDS
    lists = seconds_for(sources(60, kind="listing"), USUAL)
    assert lists > 60 * (1 + MAX_DETAILS) * 2.0
    near = replace(USUAL, allow=("127.0.0.1",), own_delay=0.0)
    assert SECONDS <= seconds_for(sources(800, name="127.0.0.1"), near) < seconds_for(sources(800), near)


def test_very_many_sources_have_the_time_that_the_machine_needs():
    assert seconds_for(sources(40_000, hosts=40_000), USUAL) > SECONDS


def test_what_is_on_no_host_takes_no_time():
    text = [Source(id=f"t{number}", text="Tue 19:00", timezone="UTC") for number in range(5_000)]
    assert seconds_for(text, USUAL) == SECONDS


@given(st.integers(0, 20_000), st.integers(1, 400), st.floats(0, 60))
def test_no_crawl_is_shorter_than_usual_or_endless(count, hosts, delay):
    source = sources(1)[0]
    told = [replace(source, url=f"http://h{number % hosts}.example/") for number in range(min(count, 300))]
    assert SECONDS <= seconds_for(told * (1 + count // 300), replace(USUAL, delay=delay)) <= LONGEST


def test_how_many_files_may_be_open(monkeypatch):
    if limits.resource is not None:
        assert limits.open_files() == limits.resource.getrlimit(limits.resource.RLIMIT_NOFILE)[0]
    monkeypatch.setattr(limits, "resource", None)
    assert limits.open_files() is None
