"""Servers that mean harm: what leads inside, what never ends, what grows, what pretends. One hostile source among
twenty costs the other nineteen nothing."""

from __future__ import annotations

import bz2
import gzip
import itertools
import os
import socketserver
import ssl
import subprocess
import sys
import threading
import time
import zlib
from contextlib import contextmanager

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from spiders.crawl import crawl
from spiders.guard import AddressGuard
from spiders.items import Source
from spiders.reasons import Code
from spiders.resolver import GuardedResolver
from spiders.settings import CrawlPolicy
from tests.support.canary import SPELLINGS, canary
from tests.support.certificates import self_signed
from tests.support.documents import calendar
from tests.support.listening import listening_below_us

CALENDAR = calendar("Debate night")
HTML = {"Content-Type": "text/html; charset=utf-8"}


def gathered(addresses, context, policy, kind="auto"):
    """What is reported of each address, by its number; each once."""
    visits = [
        (Source(id=f"s{number}", kind=kind, url=address, timezone="Asia/Shanghai"), context)
        for number, address in enumerate(addresses)
    ]
    found = list(crawl(visits, {}, policy))
    assert sorted(each.source for each in found) == sorted(source.id for source, _ in visits)
    return [next(each for each in found if each.source == source.id) for source, _ in visits]


def titles(told):
    return [event.title for reading in told.readings for event in reading.events]


# What leads inside.


def test_nothing_private_is_reached_however_it_is_spelled(web, context):
    with canary() as inside:
        direct = [f"http://{spelled}:{inside.port}/" for spelled in SPELLINGS]
        found = gathered(direct, context, CrawlPolicy(delay=0.0))
        assert inside.heard == []
    assert all(each.failure is not None and not each.readings for each in found), [each.failure for each in found]


def test_nothing_private_is_reached_by_a_redirect(web, context):
    with canary() as inside:
        for number, (spelled, status) in enumerate(itertools.product(SPELLINGS, (302, 307))):
            web.pages[f"/{number}"] = (status, {"Location": f"http://{spelled}:{inside.port}/"}, b"")
        addresses = [f"http://front.example/{number}" for number in range(len(web.pages))]
        assert len(addresses) >= 60
        found = gathered(addresses, context, CrawlPolicy(delay=0.0, hosts={"front.example": web.port}))
        assert len(web.asked) > len(addresses), "each was asked, and the rules once"
        assert inside.heard == []
    assert all(each.failure is not None and not each.readings for each in found)


def test_nothing_private_is_reached_by_what_a_page_names(web, context):
    with canary() as inside:
        for number, host in enumerate(("127.0.0.1", "localhost", "2130706433", "[::1]")):
            at = f"http://{host}:{inside.port}"
            web.pages |= {
                f"/refresh{number}": (200, HTML, f'<meta http-equiv="refresh" content="0;url={at}/">'.encode()),
                f"/page{number}": (200, HTML, _page(at).encode()),
                f"/feed{number}": (200, {"Content-Type": "application/rss+xml"}, _feed(at).encode()),
                f"/entity{number}": (200, {"Content-Type": "application/rss+xml"}, _entity(at).encode()),
                f"/list{number}": (200, HTML, _list(at).encode()),
            }
        kinds = {"list": "listing", "feed": "feed"}
        policy = CrawlPolicy(delay=0.0, hosts={"front.example": web.port})
        visits = []
        for number, path in enumerate(web.pages):
            kind = kinds.get(path.strip("/0123456789"), "auto")
            source = Source(id=f"s{number}", kind=kind, url=f"http://front.example{path}", timezone="UTC")
            visits.append((source, context))
        assert len(list(crawl(visits, {}, policy))) == len(visits)
        assert inside.heard == []


def _page(at: str) -> str:
    return (
        f'<html><head><base href="{at}/"><link rel="alternate" type="application/rss+xml" href="{at}/feed">'
        f'<link rel="alternate" type="text/calendar" href="{at}/a.ics"></head><body><h1>读书会</h1>'
        f'<img src="{at}/poster.png"><iframe src="{at}/"></iframe><a href="{at}/next" rel="next">2</a>'
        f'<script type="application/ld+json">{{"@type":"Event","name":"读书会","url":"{at}/e","image":"{at}/i.png"}}'
        "</script></body></html>"
    )


def _feed(at: str) -> str:
    return (
        '<rss version="2.0"><channel><title>x</title><item><title>读书会</title>'
        f"<link>{at}/e</link><description>&lt;img src='{at}/p.png'&gt; 看海报</description>"
        f'<enclosure url="{at}/a.ics" type="text/calendar" length="1"/></item></channel></rss>'
    )


def _entity(at: str) -> str:
    return (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{at}/x"><!ENTITY % y SYSTEM "{at}/y.dtd"> %y;]>'
        "<rss version='2.0'><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>"
    )


def _list(at: str) -> str:
    rows = "".join(f'<li><a href="{at}/e{n}.html">读书会 {n}</a> <span>2026-11-2{n}</span></li>' for n in range(4))
    return f"<html><ul>{rows}</ul><a rel=next href='{at}/2'>下一页</a></html>"


def test_rules_are_not_fetched_from_inside(web, context):
    with canary() as inside:
        web.pages = {
            "/robots.txt": (302, {"Location": f"http://127.0.0.1:{inside.port}/robots.txt"}, b""),
            "/a.ics": (200, {}, CALENDAR),
        }
        (told,) = gathered(
            ["http://front.example/a.ics"], context, CrawlPolicy(delay=0.0, hosts={"front.example": web.port})
        )
        assert inside.heard == []
    assert told.failure is not None, "rules that cannot be had permit nothing"


class _Resolves:
    """A resolver whose answers alternate, as those of a name that is rebound."""

    def __init__(self, *answers: list[IPv4Address | IPv6Address]) -> None:
        self._answers = itertools.cycle(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver, host, *more):
        receiver.resolutionBegan(None)
        for address in next(self._answers):
            receiver.addressResolved(address)
        receiver.resolutionComplete()


class _Heard:
    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, resolution):
        """Nothing to keep."""

    def addressResolved(self, address):
        self.addresses.append(address.host)

    def resolutionComplete(self):
        """Nothing to keep."""


@pytest.mark.parametrize("private", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "64:ff9b::7f00:1"])
def test_a_name_that_is_rebound_leads_nowhere_private_in_a_hundred_answers(private):
    kind = IPv6Address if ":" in private else IPv4Address
    public, inside = IPv4Address("TCP", "203.0.114.7", 80), kind("TCP", private, 80)
    resolver = GuardedResolver(_Resolves([public], [inside], [public, inside]), AddressGuard(), {})
    heard = [_Heard() for _ in range(100)]
    for each in heard:
        resolver.resolveHostName(each, "rebound.example")
    assert {address for each in heard for address in each.addresses} == {"203.0.114.7"}
    assert sum(not each.addresses for each in heard) == 33, "a private answer is no answer"


def test_other_schemes_are_refused(web, context, tmp_path):
    secret = tmp_path / "secret.ics"
    secret.write_bytes(CALENDAR)
    places = (
        f"file://{secret}", f"file:{secret}", f"source:file://{secret}", "data:text/calendar,BEGIN:VCALENDAR",
        "ftp://front.example/a.ics", "s3://bucket/a.ics", "gopher://front.example/1a", "javascript:alert(1)",
        f"FILE://localhost{secret}", f"//{secret}", "dict://front.example:11211/stat", "about:blank",
    )  # fmt: skip
    for number, place in enumerate(places):
        web.pages[f"/{number}"] = (302, {"Location": place}, b"")
    policy = CrawlPolicy(delay=0.0, hosts={"front.example": web.port})
    found = gathered([f"http://front.example/{number}" for number in range(len(places))], context, policy)
    assert not [titles(each) for each in found if titles(each)]
    assert all(each.failure is not None or not each.readings[0].events for each in found)
    direct = gathered([each for each in places if not each.startswith("//")], context, policy)
    assert all(each.failure is not None and not each.readings for each in direct)


# What never ends, and what grows.


class _Raw(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """Silent: whoever has had enough hangs up."""


@contextmanager
def answering(write):
    """A server that answers each request but for robots.txt by calling ``write`` with a function that sends bytes."""

    class Handler(socketserver.StreamRequestHandler):
        timeout = 60.0

        def handle(self):
            words = self.rfile.readline(2000).split()
            while self.rfile.readline(2000).strip():
                """The headers of the request."""
            if words[1:2] == [b"/robots.txt"]:
                self.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                write(self.wfile.write)

    with _Raw(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def many_headers(send):
    send(b"HTTP/1.1 200 OK\r\n")
    for number in range(200_000):
        send(b"X-%d: %d\r\n" % (number, number))
    send(b"Content-Length: 0\r\n\r\n")


def endless_headers(send):
    send(b"HTTP/1.1 200 OK\r\n")
    line = b"X-Header: " + b"x" * 8_000 + b"\r\n"
    for _ in range(500_000):
        send(line)


def endless_line(send):
    send(b"HTTP/1.1 200 ")
    for _ in range(200_000):
        send(b"O" * 10_000)


def endless_body(send):
    send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(1_000_000):
        send(b"2000\r\n" + b"x" * 8192 + b"\r\n")


def drip(send):
    send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(90):
        send(b"x")
        time.sleep(1)


def nothing(send):
    time.sleep(90)


def redirects_without_end(send):
    send(b"HTTP/1.1 302 Found\r\nLocation: /%s\r\nContent-Length: 0\r\n\r\n" % os.urandom(8).hex().encode())


FAST = (many_headers, endless_headers, endless_line, endless_body, redirects_without_end)


@pytest.mark.parametrize(
    "write", [*FAST, *(pytest.param(each, marks=pytest.mark.long) for each in (drip, nothing))]
)  # fmt: skip
def test_one_hostile_source_among_twenty_costs_the_others_nothing(web, context, write):
    for number in range(19):
        web.pages[f"/{number}.ics"] = (200, {"Content-Type": "text/calendar"}, CALENDAR)
    policy = CrawlPolicy(allow=("127.0.0.1",), delay=0.0, hosts={"*.example": web.port})
    good = [f"http://h{number}.example/{number}.ics" for number in range(19)]
    begun = time.monotonic()
    with answering(write) as port:
        *others, hostile = gathered([*good, f"http://127.0.0.1:{port}/"], context, policy)
    assert time.monotonic() - begun < 75
    assert all(titles(each) == ["Debate night"] for each in others)
    assert hostile.failure is not None
    assert not titles(hostile)


MEASURED = """
import resource, sys, time
from datetime import datetime, timedelta, UTC
from spiders.crawl import crawl
from spiders.items import Context, Source
from spiders.settings import CrawlPolicy

now = datetime(2026, 11, 20, tzinfo=UTC)
if __name__ == "__main__":
    context = Context(source="s", now=now, timezone="UTC", window_start=now, window_end=now + timedelta(days=90))
    begun = time.monotonic()
    source = Source(id="s", kind="auto", url=sys.argv[1], timezone="UTC")
    found = list(crawl([(source, context)], {}, CrawlPolicy(allow=("127.0.0.1",))))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(peak, time.monotonic() - begun, found[0].failure is not None)
"""


def _measured(address: str) -> tuple[int, float, bool]:
    """The peak memory in MiB of any process of a crawl, its seconds, and whether it failed."""
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, address], check=True, capture_output=True, text=True, env=os.environ
    )
    peak, seconds, failed = told.stdout.split()
    return int(peak), float(seconds), failed == "True"


def _nested(times: int) -> bytes:
    body = b"A" * 10_000_000
    for _ in range(times):
        body = gzip.compress(body)
    return body


def _zlib_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


BOMB = b"A" * 200_000_000
BOMBS = {
    "gzip": lambda: ({"Content-Encoding": "gzip"}, gzip.compress(BOMB)),
    "deflate": lambda: ({"Content-Encoding": "deflate"}, zlib.compress(BOMB)),
    "raw deflate": lambda: ({"Content-Encoding": "deflate"}, _zlib_raw(BOMB)),
    "feed.gz": lambda: ({"Content-Type": "application/gzip"}, gzip.compress(b"<rss>" + BOMB)),
    "nested": lambda: ({"Content-Encoding": "gzip"}, _nested(5)),
    "twice": lambda: ({"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(BOMB))),
    "bzip2": lambda: ({"Content-Type": "application/x-bzip2"}, bz2.compress(BOMB)),
}


@pytest.mark.parametrize("name", ["gzip", *(pytest.param(name, marks=pytest.mark.long) for name in [*BOMBS][1:])])
def test_a_bomb_is_stopped_at_the_cap(web, name):
    headers, body = BOMBS[name]()
    web.pages = {"/bomb": (200, headers, body)}
    peak, seconds, _ = _measured(f"http://127.0.0.1:{web.port}/bomb")
    assert peak < 300
    assert seconds < 20, "of which most is the start of two processes"


@pytest.mark.long
@pytest.mark.parametrize("codec", ["bomb-br", "bomb-deflate", "bomb-gzip", "bomb-zstd"])
def test_the_bombs_of_others_are_stopped_too(web, cases, codec):
    found = sorted((cases / "corpus/hostile/scrapy-compressed").glob(f"{codec}*"))
    assert found
    encoding = {"bomb-br": "br", "bomb-deflate": "deflate", "bomb-gzip": "gzip", "bomb-zstd": "zstd"}[codec]
    web.pages = {"/bomb": (200, {"Content-Encoding": encoding, **HTML}, found[0].read_bytes())}
    peak, seconds, _ = _measured(f"http://127.0.0.1:{web.port}/bomb")
    assert peak < 300
    assert seconds < 20


# What pretends.


def test_a_certificate_that_nobody_vouches_for_is_refused(context, tmp_path):
    certificate, key = self_signed(tmp_path)
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(certificate, key)
    asked = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            asked.append(self.rfile.readline(200))

    class Server(_Raw):
        def get_request(self):
            client, address = self.socket.accept()
            return server_side.wrap_socket(client, server_side=True, do_handshake_on_connect=False), address

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address = f"https://127.0.0.1:{server.server_address[1]}/a.ics"
        (told,) = gathered([address], context, CrawlPolicy(allow=("127.0.0.1",), delay=0.0))
        server.shutdown()
    assert told.failure is not None
    assert told.failure.code in {Code.CERTIFICATE_NOT_TRUSTED, Code.CERTIFICATE_SELF_SIGNED}
    assert not any(line.startswith(b"GET") for line in asked), "nothing was asked over it"


def test_nothing_listens_while_a_crawl_is_under_way(web, context):
    before = set(listening_below_us())  # a database that other tests ask
    listening: list[int] = []

    def look(asked):
        listening.extend(set(listening_below_us()) - before)
        return 200, {"Content-Type": "text/calendar"}, CALENDAR

    web.pages = {"/a.ics": look}
    (told,) = gathered(
        [f"http://127.0.0.1:{web.port}/a.ics"], context, CrawlPolicy(allow=("127.0.0.1",), delay=0.0)
    )  # fmt: skip
    assert titles(told) == ["Debate night"]
    assert listening == []
