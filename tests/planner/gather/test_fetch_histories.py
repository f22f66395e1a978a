"""Answers that are odd and still calendars, as they came from real servers: each is read, its title intact."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from planner.config import parse
from planner.errors import ConfigError
from planner.gather import gather
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.store import Store
from spiders.reasons import Code
from tests.support.documents import calendar
from tests.support.events import NOW

TITLE = "示例读书会：第一场"
CALENDAR = calendar(TITLE)
PLAIN = {"Content-Type": "text/calendar; charset=utf-8"}
WARNINGS = b"<b>Warning</b>: the clock of this server is not set<br />\n"


def where(path: str) -> dict[str, str]:
    return {"Location": path}


def latin(text: str) -> str:
    """Bytes of UTF-8 as a server of ours can be told to send them."""
    return text.encode().decode("latin-1")


ODD = {
    "octet-stream": (200, {"Content-Type": "application/octet-stream"}, CALENDAR),
    "quoted": (200, {"Content-Type": '"text/calendar; charset=utf-8"'}, CALENDAR),
    "quoted-charset": (200, {"Content-Type": "text/calendar; charset='UTF-8'"}, CALENDAR),
    "nothing": (200, {}, CALENDAR),
    "nonsense": (200, {"Content-Type": "calendar"}, CALENDAR),
    "html": (200, {"Content-Type": "text/html"}, CALENDAR),
    "utf8mb4": (200, {"Content-Type": "text/calendar; charset=utf8mb4"}, CALENDAR),
    "latin-1": (200, {"Content-Type": "text/calendar; charset=ISO-8859-1"}, CALENDAR),
    "warnings": (200, PLAIN, WARNINGS + CALENDAR),
    "blank-lines": (200, PLAIN, b"\r\n\r\n  \n" + CALENDAR),
    "mark": (200, PLAIN, b"\xef\xbb\xbf" + CALENDAR),
    "accepted": (202, PLAIN, CALENDAR),
    "of-1970": (200, {**PLAIN, "Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT"}, CALENDAR),
    "found": (302, where(latin("/日历/全部.ics")), b""),
    "see-other": (303, where("/plain.ics"), b""),
    "permanent": (308, where("/plain.ics"), b""),
    "temporary": (307, where("//see-other.example/plain.ics"), b""),
    "packed": (200, {"Content-Type": "text/calendar"}, gzip.compress(CALENDAR)),
    "packed-twice": (200, {**PLAIN, "Content-Encoding": "gzip"}, gzip.compress(gzip.compress(CALENDAR))),
}  # fmt: skip


def configured(*lines: str, more: str = "language: zh\n"):
    return parse((more + "sources:\n" + "".join(f"- {line}\n" for line in lines)).encode(), "c", Catalog("en"))


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def told(store: Store) -> dict[str, str]:
    return {each.source: each.event.title for each in store.records(NOW, NOW + timedelta(days=99))}


@pytest.mark.parametrize("kind", [pytest.param("ical", marks=pytest.mark.long), "auto"])
def test_odd_answers_are_read(store, web, kind):
    odd = ODD if kind == "auto" else ODD | {"many-warnings": (200, PLAIN, WARNINGS * 100 + CALENDAR)}
    web.pages = {f"{name}.example/a.ics": answer for name, answer in odd.items()}
    web.pages |= {
        "/plain.ics": (200, PLAIN, CALENDAR),
        "/%E6%97%A5%E5%8E%86/%E5%85%A8%E9%83%A8.ics": (200, PLAIN, CALENDAR),
    }
    config = configured(*(f"{{id: {name}, kind: {kind}, url: 'http://{name}.example/a.ics'}}" for name in odd))
    reports = {each.source: each for each in gather(config, store, NOW, hosts={"*.example": web.port}).reports}
    assert {name: translate(each.reason, "en") for name, each in reports.items() if each.outcome != "ok"} == {}
    assert told(store) == dict.fromkeys(odd, TITLE)


@pytest.mark.long
def test_what_is_packed_too_large_or_torn_is_refused(store, web):
    web.pages = {
        "bomb.example/": (200, {}, gzip.compress(b"BEGIN:VCALENDAR\n" * 1_000_000)),
        "torn.example/": (200, {}, gzip.compress(CALENDAR)[:-20]),
        "rubbish.example/": (200, {}, b"\x1f\x8b\x08 no gzip at all"),
    }
    config = configured(*(f"{{id: {name}, url: 'http://{name}.example/'}}" for name in ("bomb", "torn", "rubbish")))
    reports = {each.source: each for each in gather(config, store, NOW, hosts={"*.example": web.port}).reports}
    assert {name: each.reason.code for name, each in reports.items()} == {
        "bomb": Code.TOO_LARGE, "torn": Code.CUT_OFF, "rubbish": Code.GARBLED_ANSWER,
    }  # fmt: skip


@pytest.mark.usefixtures("processes_stay")
def test_a_file_may_be_packed_too(tmp_path, store):
    (tmp_path / "a.ics.gz").write_bytes(gzip.compress(CALENDAR))
    assert gather(configured("{id: a, file: a.ics.gz}").resolved(tmp_path), store, NOW).reports[0].count == 1
    assert told(store) == {"a": TITLE}


def by_wish(asked):
    """A server that gives a page to whoever wants HTML before anything else, a calendar to whoever wants one."""
    first = asked.headers.get("accept", "").split(",")[0].strip()
    if first == "text/calendar":
        return 200, PLAIN, CALENDAR
    return 200, {"Content-Type": "text/html"}, f"<html><title>{first}</title><body>A page</body></html>".encode()


@pytest.mark.long
def test_a_request_says_what_it_wants_and_in_which_language(store, web):
    kinds = {
        "ical": "text/calendar",
        "feed": "application/atom+xml",
        "page": "text/html",
        "listing": "text/html",
        "auto": "text/calendar",
    }
    web.pages = {"/": by_wish}
    lines = [f"{{id: {kind}, kind: {kind}, url: 'http://{kind}.example/'}}" for kind in kinds]
    lines.append("{id: other, kind: ical, url: 'http://other.example/', language: ja}")
    gather(configured(*lines), store, NOW, hosts={"*.example": web.port})
    asked = {each.host.partition(".")[0]: each.headers for each in web.asked if each.path == "/"}
    assert {kind: asked[kind]["accept"].split(",")[0] for kind in kinds} == kinds
    assert {headers["accept-language"] for name, headers in asked.items() if name != "other"} == {
        "zh-CN,zh;q=0.9,en;q=0.5"
    }
    assert asked["other"]["accept-language"] == "ja,en;q=0.5"
    assert all("*/*;q=0.1" in headers["accept"] for headers in asked.values())
    assert told(store).keys() == {"ical", "auto", "other"}


@pytest.mark.long
def test_webcal_is_asked_for_by_https_and_then_by_http(store, web):
    web.pages = {"/a.ics": (200, PLAIN, CALENDAR)}
    config = configured(
        "{id: webcal, kind: ical, url: 'webcal://club.example/a.ics'}",
        "{id: https, kind: ical, url: 'https://hall.example/a.ics'}",
        "{id: gone, kind: ical, url: 'webcal://gone.example/none.ics'}",
        "{id: nowhere, kind: ical, url: 'webcal://no-such-host.invalid/a.ics'}",
    )
    reports = {each.source: each for each in gather(config, store, NOW, hosts={"*.example": web.port}).reports}
    assert reports["webcal"].outcome == "ok"
    assert told(store) == {"webcal": TITLE}
    assert reports["https"].outcome == "failed", "only webcal: says neither"
    assert reports["gone"].reason.code is Code.STATUS_NOT_FOUND
    assert reports["nowhere"].reason.code is Code.HOST_NOT_FOUND


@pytest.mark.long
def test_the_secret_is_not_sent_where_webcal_falls_back_to_http(tmp_path, store, web):
    (tmp_path / "k").write_text("me:plum-kettle-42")
    (tmp_path / "k").chmod(0o600)
    web.pages = {"/a.ics": (200, PLAIN, CALENDAR)}
    config = configured("{id: a, kind: ical, url: 'webcal://club.example/a.ics', headers_from: k}").resolved(tmp_path)
    gather(config, store, NOW, hosts={"*.example": web.port})
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/a.ics"]
    assert not any("authorization" in asked.headers for asked in web.asked)


def test_a_password_in_an_address_is_refused_and_printed_by_nobody():
    with pytest.raises(ConfigError) as caught:
        configured("{id: a, kind: ical, url: 'https://me:plum-kettle-42@club.example/a.ics'}")
    assert "plum" not in str(caught.value)


def test_a_second_run_asks_with_what_it_knows_and_not_for_the_rules(store, web):
    """304 for what did not change, and robots.txt once a day; a move for good is proposed after two runs."""

    def answer(asked):
        if asked.headers.get("if-none-match") == '"v1"':
            return 304, {"ETag": '"v1"'}, b""
        return 200, {**PLAIN, "ETag": '"v1"'}, CALENDAR

    web.pages = {"new.example/a.ics": answer, "old.example/a.ics": (308, where("http://new.example/a.ics"), b"")}
    config = configured("{id: a, kind: ical, url: 'http://old.example/a.ics'}")
    hosts = {"*.example": web.port}
    first = gather(config, store, NOW, hosts=hosts).reports[0]
    second = gather(config, store, NOW + timedelta(hours=12), hosts=hosts).reports[0]
    assert (first.count, second.count, first.notes) == (1, 1, ())
    assert [note["address"] for note in second.notes] == ["http://new.example/a.ics"]
    assert web.paths().count("/robots.txt") == 2
    assert web.paths().count("/a.ics") == 4
    assert store.sources()["a"].known.etag == '"v1"'
