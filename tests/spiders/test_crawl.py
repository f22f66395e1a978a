"""The crawler against a real server on loopback: manners, limits, safety, and one report for each source."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from spiders.crawl import crawl
from spiders.items import FetchResult, Source
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy, user_agent

CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//test//EN\r
BEGIN:VEVENT\r
UID:one\r
DTSTAMP:20261101T000000Z\r
DTSTART:20261124T113000Z\r
DTEND:20261124T133000Z\r
SUMMARY:Debate night\r
END:VEVENT\r
END:VCALENDAR\r
"""
OWN = CrawlPolicy(allow=("127.0.0.1",), delay=0.0)


def run(web, context, *paths, manners=OWN, known=None, host=None, kind="auto"):
    visits = []
    for number, path in enumerate(paths):
        address = path if "://" in path else f"http://{host or f'127.0.0.1:{web.port}'}{path}"
        visits.append((Source(id=f"s{number}", kind=kind, url=address, timezone="Asia/Shanghai"), context))
    if host is not None:
        manners = CrawlPolicy(delay=manners.delay, hosts={host: web.port})
    found = {each.source: each for each in crawl(visits, known or {}, manners)}
    return [found[f"s{number}"] for number in range(len(paths))]


def events(crawled: FetchResult) -> list[str]:
    return [event.title for reading in crawled.readings for event in reading.events]


def test_every_source_is_reported_once_whatever_happens_to_it(web, context):
    web.pages = {
        "/good.ics": (200, {"Content-Type": "text/calendar"}, CALENDAR),
        "/gone": (404, {}, b""),
        "/private": (401, {}, b""),
        "/broken": (500, {}, b""),
        "/elsewhere": (302, {"Location": "file:///etc/passwd"}, b""),
    }
    good, gone, private, broken, elsewhere, nowhere = run(
        web, context, "/good.ics", "/gone", "/private", "/broken", "/elsewhere", "http://no-such-host.invalid/"
    )
    assert events(good) == ["Debate night"]
    assert gone.failure == Reason(Code.STATUS_NOT_FOUND, status=404)
    assert private.failure == Reason(Code.STATUS_SIGN_IN, status=401)
    assert broken.failure == Reason(Code.STATUS_ERROR, status=500)
    assert elsewhere.failure
    assert not elsewhere.readings
    assert nowhere.failure == Reason(Code.HOST_NOT_FOUND)


def test_robots_are_obeyed(web, context):
    web.pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /closed\n"),
        "/closed/a.ics": (200, {}, CALENDAR),
        "/open/a.ics": (200, {}, CALENDAR),
    }
    closed, opened = run(web, context, "/closed/a.ics", "/open/a.ics")
    assert closed.failure == Reason(Code.ROBOTS_FORBID)
    assert events(opened) == ["Debate night"]
    assert "/closed/a.ics" not in web.paths()


def test_a_host_that_asks_for_more_time_between_requests_gets_it(web, context):
    web.pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 1\n"),
        **{f"/{name}.ics": (200, {}, CALENDAR) for name in "abc"},
    }
    found = run(web, context, "/a.ics", "/b.ics", "/c.ics", host="slow.example", manners=CrawlPolicy(delay=0.0))
    assert all(events(each) == ["Debate night"] for each in found)
    first, *others = [asked.at for asked in web.asked if asked.path.endswith(".ics")]
    for before, after in zip([first, *others], others, strict=False):
        assert after - before > 0.9


@pytest.mark.long
@pytest.mark.parametrize(("status", "may_fetch"), [(500, False), (503, False), (404, True), (403, True)])
def test_a_server_that_cannot_tell_its_rules_permits_nothing(web, context, status, may_fetch):
    web.pages = {"/robots.txt": (status, {}, b"User-agent: *\nDisallow: /x\n"), "/a.ics": (200, {}, CALENDAR)}
    (crawled,) = run(web, context, "/a.ics")
    assert ("/a.ics" in web.paths()) == may_fetch
    assert bool(events(crawled)) == may_fetch
    assert may_fetch or crawled.failure == Reason(Code.ROBOTS_UNREACHABLE, status=status)


def test_the_user_agent_is_honest_and_has_a_contact(web, context):
    web.pages = {"/a.ics": (200, {}, CALENDAR)}
    run(web, context, "/a.ics", manners=CrawlPolicy(allow=("127.0.0.1",), contact="keeper@mail.example", delay=0.0))
    agents = {asked.headers["user-agent"] for asked in web.asked}
    assert len(agents) == 1
    agent = agents.pop()
    assert agent.startswith("Quanzi/")
    assert "keeper@mail.example" in agent
    assert "Mozilla" not in agent
    assert "+https://" in user_agent(None, "1")


def test_the_user_agent_says_for_whom_it_reads(web, context):
    assert "for one person's calendar;" in user_agent("keeper@mail.example", "1")
    assert user_agent(None, "1", "person") == user_agent(None, "1")
    web.pages = {"/a.ics": (200, {}, CALENDAR)}
    run(web, context, "/a.ics", manners=CrawlPolicy(allow=("127.0.0.1",), delay=0.0, for_whom="organisation"))
    (agent,) = {asked.headers["user-agent"] for asked in web.asked}
    assert "for the calendars of an organisation's members;" in agent
    assert "person" not in agent


def test_validators_are_sent_and_unchanged_sources_are_not_read_again(web, context):
    def answer(asked):
        if asked.headers.get("if-none-match") == '"v1"':
            return 304, {"ETag": '"v1"'}, b""
        return 200, {"ETag": '"v1"', "Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT"}, CALENDAR

    web.pages = {"/a.ics": answer, "/b.ics": (200, {}, CALENDAR)}
    first = run(web, context, "/a.ics", "/b.ics")
    assert first[0].known.etag == '"v1"'
    second = run(web, context, "/a.ics", "/b.ics", known={"s0": first[0].known, "s1": first[1].known})
    assert [each.unchanged for each in second] == [True, True]
    assert second[0].known == first[0].known
    assert not second[0].readings


def test_private_addresses_are_refused_at_connect_time(web, context):
    web.pages = {"/a.ics": (200, {}, CALENDAR)}
    names = ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
    crawled = run(web, context, *[f"http://{name}:{web.port}/a.ics" for name in names], manners=CrawlPolicy(delay=0.0))
    assert not web.asked
    assert all(each.failure for each in crawled)
    inner = Reason(Code.ADDRESS_IN_RANGE, address="127.0.0.1", range=Reason(Code.RANGE_LOOPBACK))
    assert crawled[0].failure == Reason(Code.ADDRESS_REFUSED, why=inner)


def test_a_redirect_inwards_is_refused(web, context):
    web.pages = {
        "door.example/": (302, {"Location": f"http://localhost:{web.port}/secret"}, b""),
        "/secret": (200, {}, CALENDAR),
    }
    (crawled,) = run(web, context, "/", host="door.example", manners=CrawlPolicy(delay=0.0))
    assert crawled.failure
    assert "/secret" not in web.paths()


def test_answers_are_bounded(web, context):
    bomb = gzip.compress(b"A" * 40_000_000)
    web.pages = {
        "/large": (200, {"Content-Type": "text/html"}, b"x" * 11_000_000),
        "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, bomb),
        "/loop": lambda asked: (302, {"Location": asked.path + "x"}, b""),
    }
    for number in range(8):
        web.pages["/loop" + "x" * number] = web.pages["/loop"]
    large, bombed, looped = run(web, context, "/large", "/bomb", "/loop")
    assert large.failure
    assert bombed.failure
    assert looped.failure
    assert sum(path.startswith("/loop") for path in web.paths()) <= 6


def test_details_of_a_list_are_followed_on_the_same_host_only(web, context, monkeypatch):
    rows = "".join(f'<li><a href="/e/{n}.html">Salon {n}</a> <span>2026-11-2{n}</span></li>' for n in range(3))
    detail = (
        '<html><script type="application/ld+json">{{"@context":"https://schema.org","@type":"Event","name":"Salon {n}",'
        '"startDate":"2026-11-2{n}T19:00:00+08:00","url":"http://list.example/e/{n}.html"}}</script></html>'
    )
    web.pages = {"/list": (200, {"Content-Type": "text/html"}, f"<html><ul>{rows}</ul></html>".encode())}
    for n in range(3):
        web.pages[f"/e/{n}.html"] = (200, {"Content-Type": "text/html"}, detail.format(n=n).encode())
    (crawled,) = run(web, context, "/list", host="list.example", manners=CrawlPolicy(delay=0.0), kind="listing")
    followed = [path for path in web.paths() if path.startswith("/e/")]
    assert len(followed) == len(set(followed)) <= 10
    assert crawled.readings


def test_only_the_list_is_known_for_a_list(web, context):
    """An entry's own page that names one more evening in a row beside itself does not list it."""
    row = '<ul><li><a href="/e/{n}.html">{title}</a> <span>{day}</span></li></ul>'
    web.pages = {
        "/list": row.format(n=0, title="Salon evening", day="2026-11-24"),
        "/e/0.html": "<h1>Salon</h1><p>Come.</p>" + row.format(n=1, title="Another lecture", day="2026-11-26 19:00"),
    }
    web.pages = {path: (200, {"Content-Type": "text/html"}, text.encode()) for path, text in web.pages.items()}
    known = replace(context, is_list=True)
    (crawled,) = run(web, known, "/list", host="list.example", manners=CrawlPolicy(delay=0.0), kind="listing")
    assert [path for path in web.paths() if path.startswith("/e/")] == ["/e/0.html"]
    assert "Another lecture" not in events(crawled)


def test_nothing_listens_while_crawling(web, context):
    """Scrapy's telnet console and control port are off: the crawl opens no listening socket."""
    from spiders.settings import crawl_settings

    settings = crawl_settings(CrawlPolicy(), "1")
    assert settings["TELNETCONSOLE_ENABLED"] is False
    assert settings["REMOTE_CONTROL_ENABLED"] is False
    assert settings["DOWNLOAD_VERIFY_CERTIFICATES"] is True
    assert {name for name, handler in settings["DOWNLOAD_HANDLERS"].items() if handler is None} == {
        "data", "file", "ftp", "s3",
    }  # fmt: skip


@pytest.mark.long
def test_a_crawl_that_does_not_end_is_ended(web, context, caplog):
    import threading
    import time

    enough = threading.Event()

    def sleepy(asked):
        enough.wait(6)
        return 200, {}, CALENDAR

    web.pages = {"/a.ics": sleepy, "/b.ics": (200, {}, CALENDAR)}
    begun = time.monotonic()
    crawled = run(web, context, "/a.ics", "/b.ics", manners=CrawlPolicy(allow=("127.0.0.1",), seconds=1.0, delay=0.0))
    enough.set()
    assert time.monotonic() - begun < 40
    assert crawled[0].failure or events(crawled[0])
    assert isinstance(crawled[1], FetchResult)
    assert "the crawl was ended: closespider_timeout" in caplog.text
