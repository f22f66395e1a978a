"""Secret headers: read from a file's bytes, seen by the origin of their source and by nobody else."""

from __future__ import annotations

import base64
import logging
import pickle

import pytest

from spiders.crawl import crawl
from spiders.errors import SourceError
from spiders.guard import AddressGuard
from spiders.items import Source
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy
from spiders.sign_in import MAX_BYTES, SecretHeaders, SignIn, parse_headers
from tests.support.documents import calendar
from tests.support.servers import serving

CALENDAR = calendar("Debate")
SECRET = "plum-kettle-42"
LOG_IN = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (f"me:{SECRET}", (("Authorization", LOG_IN),)),
        (f"\ufeff# mine\r\n\r\nme:{SECRET}\r\n", (("Authorization", LOG_IN),)),
        (f"Authorization: Bearer {SECRET}", (("Authorization", f"Bearer {SECRET}"),)),
        ("X-Key: a:b\nX-Other:\tc d \n", (("X-Key", "a:b"), ("X-Other", "c d"))),
        ("X-Key:a\nX-Other:b", (("X-Key", "a"), ("X-Other", "b"))),
        ("x-key: a\nX-Key: b", (("X-Key", "b"),)),
        ("我:密码", (("Authorization", "Basic " + base64.b64encode("我:密码".encode()).decode()),)),
    ],
)
def test_a_file_of_headers(content, headers):
    assert parse_headers(content.encode()).headers == headers


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason(Code.HEADERS_EMPTY)),
        (b"# only words\n\n", Reason(Code.HEADERS_EMPTY)),
        (b"just a token", Reason(Code.HEADERS_GARBLED, line=1)),
        (b"X-Key: a\njust a token", Reason(Code.HEADERS_GARBLED, line=2)),
        (b"X Key: a", Reason(Code.HEADERS_GARBLED, line=1)),
        ("X-Key: 密码".encode(), Reason(Code.HEADERS_GARBLED, line=1)),
        (b"X-Key: a\n\xff\xfe", Reason(Code.HEADERS_GARBLED, line=2)),
        (b"X-Key: a\x00b", Reason(Code.HEADERS_GARBLED, line=1)),
        (b"# ours\nHost: elsewhere.example", Reason(Code.HEADERS_OURS, line=2)),
        (b"user-agent: Mozilla", Reason(Code.HEADERS_OURS, line=1)),
    ],
)
def test_what_is_no_file_of_headers_is_told_by_its_line_alone(content, reason):
    with pytest.raises(SourceError) as caught:
        parse_headers(content)
    assert caught.value.reason == reason


def test_its_text_tells_nothing():
    secret = parse_headers(f"me:{SECRET}".encode())
    sign_in = SignIn.of("https://a.example/", secret, AddressGuard())
    assert SECRET not in repr(sign_in) + str(secret) + f"{secret!r}"
    assert "Basic" not in repr(sign_in)
    assert pickle.loads(pickle.dumps(secret)) == secret
    assert MAX_BYTES > 1000


@pytest.mark.parametrize(
    ("source", "asked", "goes"),
    [
        ("https://a.example/x", "https://a.example/y?z", True),
        ("https://a.example/x", "https://a.example:443/", True),
        ("https://A.example./x", "https://a.example/", True),
        ("webcal://a.example/x", "https://a.example/x", True),
        ("webcal://a.example/x", "http://a.example/x", False),
        ("https://a.example/x", "http://a.example/x", False),
        ("https://a.example/x", "https://a.example:8443/x", False),
        ("https://a.example/x", "https://b.a.example/x", False),
        ("http://a.example/x", "http://a.example/x", False),
        ("http://192.168.1.5/x", "http://192.168.1.5/x", True),
        ("http://192.168.1.5/x", "http://192.168.1.6/x", False),
        ("http://192.168.1.5/x", "https://192.168.1.5/x", False),
    ],
)
def test_only_the_very_origin_may_see_it(source, asked, goes):
    guard = AddressGuard.allowing(["192.168.1.0/24"])
    assert SignIn.of(source, SecretHeaders((("A", "b"),)), guard).may_go_to(asked) is goes


def test_a_redirect_elsewhere_takes_it_off(web, context, caplog):
    """By every status, also back and forth: the second server never sees a header of the first one's."""
    caplog.set_level(logging.DEBUG)
    with serving() as other:
        web.pages = {
            f"/{status}": (status, {"Location": f"http://127.0.0.1:{other.port}/a"}, b"")
            for status in (301, 302, 303, 307, 308)
        }
        web.pages |= {
            "/open": (200, {"Content-Type": "text/calendar"}, CALENDAR),
            "/near": (302, {"Location": "/open"}, b""),
            "/there": (302, {"Location": f"http://127.0.0.1:{other.port}/back"}, b""),
            "/name": (302, {"Location": f"http://localhost:{web.port}/open"}, b""),
        }  # fmt: skip
        other.pages = {
            "/a": (200, {"Content-Type": "text/calendar"}, CALENDAR),
            "/back": (302, {"Location": f"http://127.0.0.1:{web.port}/open"}, b""),
        }
        secret = parse_headers(f"X-Key: {SECRET}\nAuthorization: Bearer {SECRET}\nCookie: k={SECRET}".encode())
        visits = [
            (Source(id=path, kind="ical", url=f"http://127.0.0.1:{web.port}/{path}", timezone="Asia/Shanghai"), context)
            for path in ("open", "near", "there", "name", "301", "302", "303", "307", "308")
        ]
        manners = CrawlPolicy(allow=("127.0.0.1", "::1"), delay=0.0)
        crawled = list(crawl(visits, {}, manners, secrets={source.id: secret for source, _ in visits}))
        assert all(each.readings for each in crawled)
        carried = [SECRET in str(asked.headers) for asked in web.asked if asked.path != "/robots.txt"]
        assert carried.count(False) == 1  # what was asked by another name
        assert other.asked
        assert SECRET not in str(other.asked)
    assert SECRET not in str([asked for asked in web.asked if asked.path == "/robots.txt"])
    assert SECRET not in str(crawled) + caplog.text
