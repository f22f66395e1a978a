"""What hosts ask for is done: one request at a time, the delay between them, the time to wait, the rules."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from spiders.crawl import crawl
from spiders.hosts import HostFacts, RulesBefore, RulesHeard, WaitHeard, host_of, origin_of, seconds_to_wait
from spiders.items import Source
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy
from tests.support.documents import calendar
from tests.support.events import NOW

CALENDAR = calendar("Debate")
WEEK = 7 * 24 * 3600


@pytest.mark.parametrize(
    ("said", "date", "seconds"),
    [
        ("120", "", 120),
        (" 0 ", "", 0),
        ("999999999999999999999", "", WEEK),
        ("Fri, 20 Nov 2026 12:02:00 GMT", "Fri, 20 Nov 2026 12:00:00 GMT", 120),
        ("Fri, 20 Nov 2026 12:02:00 GMT", "", 120),  # from now, which is 12:00 UTC
        ("Fri, 20 Nov 2026 12:02:00 GMT", "yesterday", 120),
        ("Fri, 20-Nov-26 12:02:00 GMT", "", 120),
        ("Fri, 20 Nov 2026 11:00:00 GMT", "", 0),
        ("Fri, 20 Nov 2099 11:00:00 GMT", "", WEEK),
        ("soon", "", None),
        ("-5", "", None),
        ("１２", "", None),
        ("", "", None),
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(said, date, seconds):
    assert seconds_to_wait(said, date, NOW) == seconds


def test_without_any_clock_a_date_says_nothing():
    assert seconds_to_wait("Fri, 20 Nov 2026 12:02:00 GMT", "", None) is None
    assert seconds_to_wait("5", "", None) == 5


def test_hosts_and_origins():
    assert host_of("https://A.Example.:8443/x") == "a.example"
    assert host_of("http://[") == ""
    assert origin_of("https://A.example:443/x?y") == origin_of("https://a.example") == "https://a.example"
    assert origin_of("http://a.example:8000/") == "http://a.example:8000"
    assert origin_of("http://[::1]:80/") == "http://[::1]"


def crawled(context, addresses, manners, **known):
    """-> results in the order of the addresses, and the news."""
    visits = [(Source(id=each, kind="ical", url=each, timezone="Asia/Shanghai"), context) for each in addresses]
    news = []
    found = {each.source: each for each in crawl(visits, {}, manners, on_news=news.append, **known)}
    return [found[each] for each in addresses], news


def own(web, *paths):
    return [f"http://127.0.0.1:{web.port}{path}" for path in paths]


def manners(web, *hosts, delay=0.0):
    return CrawlPolicy(allow=("127.0.0.1",), delay=delay, hosts=dict.fromkeys(hosts, web.port) or None)


def test_one_request_at_a_time_with_the_delay_between_their_starts(web, context):
    """robots.txt, redirects and repeats too; for many sources of one host, on this machine; also where a redirect leads
    to a host that others are asked for."""

    def slow(asked):
        time.sleep(0.3)
        return 200, {}, CALENDAR

    failed = []

    def broken_once(asked):
        failed.append(asked)
        return (500, {}, b"") if len(failed) == 1 else (200, {}, CALENDAR)

    web.pages = {f"/{name}.ics": slow for name in "ab"} | {
        "/near": (302, {"Location": "/b.ics"}, b""),
        "/broken": broken_once,
        "far.example/there": (302, {"Location": f"http://127.0.0.1:{web.port}/a.ics"}, b""),
    }
    addresses = [*own(web, "/a.ics", "/near", "/broken"), "http://far.example/there"]
    results, _ = crawled(context, addresses, manners(web, "far.example", delay=0.6))
    assert all(each.readings for each in results)
    here = sorted((asked for asked in web.asked if asked.host == "127.0.0.1"), key=lambda asked: asked.at)
    assert len(here) == 7  # robots.txt, a twice, near and b, broken twice
    for one, other in pairwise(here):
        assert one.done < other.at
        assert other.at - one.at >= 0.6 * 0.7  # what a busy machine adds to one, the next lacks


@pytest.mark.long
def test_ones_own_machines_have_a_delay_of_their_own(web, context):
    web.pages = {"/a.ics": (200, {}, CALENDAR), "far.example/": (302, {"Location": own(web, "/a.ics")[0]}, b"")}
    policy = CrawlPolicy(allow=("127.0.0.1",), delay=1.0, own_delay=0.0, hosts={"far.example": web.port})
    crawled(context, [*own(web, "/a.ics?1", "/a.ics?2"), "http://far.example/"], policy)
    near = [asked.at for asked in web.asked if asked.host == "127.0.0.1"]
    far = [asked.at for asked in web.asked if asked.host == "far.example"]
    assert (len(near), len(far)) == (4, 2)
    assert sorted(near)[2] - min(near) < 0.95
    assert far[1] - far[0] >= 0.7


@pytest.mark.long
def test_hosts_do_not_keep_each_other_waiting(web, context):
    names = [f"h{number}.example" for number in range(4)]
    web.pages = {"/a.ics": (200, {}, CALENDAR)}
    addresses = [f"http://{names[0]}/a.ics?{number}" for number in range(20)] + [
        f"http://{name}/a.ics" for name in names[1:]
    ]
    web.pages |= {f"/a.ics?{number}": (200, {}, CALENDAR) for number in range(20)}
    results, _ = crawled(context, addresses, manners(web, *names, delay=0.1))
    assert all(each.readings for each in results)
    last = max(asked.at for asked in web.asked if asked.host == names[0])
    assert all(asked.at < last - 1.0 for asked in web.asked if asked.host != names[0])


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (429, {"Retry-After": "120"}),
        (503, {"Retry-After": "Fri, 20 Nov 2026 12:02:00 GMT", "Date": ""}),
        (500, {"Retry-After": "Fri, 20 Nov 2026 12:02:00 GMT", "Date": "Fri, 20 Nov 2026 12:00:00 GMT"}),
    ],
)
def test_a_host_that_asks_to_wait_is_left_alone_by_all_sources(web, context, status, headers):
    web.pages = {"/wait": (status, headers, b""), "/other": (200, {}, CALENDAR)}
    addresses = [*own(web, "/wait", "/other"), "http://far.example/other"]
    facts = HostFacts(now=NOW)
    (waiting, other, elsewhere), news = crawled(context, addresses, manners(web, "far.example", delay=0.3), facts=facts)
    assert (waiting.failure["status"], waiting.wait, waiting.asked) == (status, 120, True)
    assert web.paths().count("/wait") == 1
    assert WaitHeard("127.0.0.1", 120) in news
    assert elsewhere.readings
    if not other.readings:  # its turn was the later one
        assert (other.failure.code, other.asked) == (Code.ASKED_TO_WAIT, False)
        assert 100 < other.wait <= 120
        assert "/other" not in [asked.path for asked in web.asked if asked.host == "127.0.0.1"]


@pytest.mark.long
def test_what_a_host_asked_for_before_still_holds_also_behind_a_redirect(web, context):
    web.pages = {
        "/a.ics": (200, {}, CALENDAR),
        "door.example/": (302, {"Location": "http://shut.example/a.ics"}, b""),
    }
    facts = HostFacts(now=NOW, waits={"shut.example": 3600.0})
    hosts = ("shut.example", "door.example")
    results, _ = crawled(
        context, ["http://shut.example/a.ics", "http://door.example/"], manners(web, *hosts), facts=facts
    )
    moment = (NOW + timedelta(hours=1)).strftime("%Y-%m-%d %H:")
    for each, asked in zip(results, (False, True), strict=True):
        assert each.failure.code is Code.ASKED_TO_WAIT
        assert (each.failure["moment"][:14] in {moment, NOW.strftime("%Y-%m-%d %H:")}, each.asked) == (True, asked)
        assert 3500 < each.wait <= 3600
    assert {asked.host for asked in web.asked} == {"door.example"}


def test_rules_that_are_fresh_are_not_asked_for_and_obeyed(web, context):
    web.pages = {"/a.ics": (200, {}, CALENDAR), "/shut/a.ics": (200, {}, CALENDAR)}
    origin = f"http://127.0.0.1:{web.port}"
    facts = HostFacts(rules={origin: RulesBefore(b"User-agent: *\nDisallow: /shut/\n", fresh=True)})
    (good, shut), news = crawled(context, own(web, "/a.ics", "/shut/a.ics"), manners(web), facts=facts)
    assert good.readings
    assert shut.failure == Reason(Code.ROBOTS_FORBID)
    assert web.paths() == ["/a.ics"]
    assert news == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("status", "heard", "permits"),
    [(503, None, False), (500, None, False), (404, b"", True), (200, b"User-agent: *\nDisallow:\n", True)],
)
def test_old_rules_hold_where_new_ones_cannot_be_had(web, context, status, heard, permits):
    web.pages = {"/robots.txt": (status, {}, heard or b""), "/a.ics": (200, {}, CALENDAR)}
    origin = f"http://127.0.0.1:{web.port}"
    facts = HostFacts(rules={origin: RulesBefore(b"User-agent: *\nDisallow: /\n", fresh=False)})
    (result,), news = crawled(context, own(web, "/a.ics"), manners(web), facts=facts)
    assert bool(result.readings) is permits
    assert news == ([] if heard is None else [RulesHeard(origin, heard)])
    assert permits or result.failure == Reason(Code.ROBOTS_FORBID)
    assert "/robots.txt" in web.paths()


@pytest.mark.long
def test_old_rules_of_a_host_that_does_not_answer_for_them_permit_what_they_permitted(web, context):
    web.pages = {"/robots.txt": (500, {}, b""), "/a.ics": (200, {}, CALENDAR)}
    facts = HostFacts(rules={f"http://127.0.0.1:{web.port}": RulesBefore(b"", fresh=False)})
    (result,), _ = crawled(context, own(web, "/a.ics"), manners(web), facts=facts)
    assert result.readings


@pytest.mark.long
def test_rules_are_cut_at_500_kibibytes(web, context):
    web.pages = {
        "/robots.txt": (200, {}, b"# " + b"x" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"),
        "/a.ics": (200, {}, CALENDAR),
    }
    (result,), (news,) = crawled(context, own(web, "/a.ics"), manners(web))
    assert result.readings
    assert len(news.rules) == 500 * 1024


def test_moments_are_shown_on_the_users_clock():
    from spiders.hosts import asked_to_wait

    utc = datetime.fromisoformat("2026-11-20T13:00:00+00:00")
    assert asked_to_wait(utc, NOW) == Reason(Code.ASKED_TO_WAIT, moment="2026-11-20 21:00")
