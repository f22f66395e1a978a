"""Which reader speaks, refusals by name, merging, and that no bytes raise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Reading
from spiders.readers import dispatch

NOW = datetime.fromisoformat("2026-11-20T20:00:00+08:00")
CONTEXT = Context(source="x", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=60))
ICS = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Walk\nDTSTART:20261125T110000Z\nEND:VEVENT\nEND:VCALENDAR"


def read(text: str | bytes, kind: dispatch.Kind = "auto", content_type: str = "text/html") -> Reading:
    body = text if isinstance(text, bytes) else text.encode()
    return dispatch.read(
        Document(body=body, url="https://x.example.org/", headers={"content-type": content_type}), CONTEXT, kind
    )


def html(title: str, body: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def test_the_bytes_decide_not_the_content_type() -> None:
    assert read(ICS, content_type="text/html").reader == "ical"
    assert read("<rss><channel></channel></rss>", content_type="text/calendar").reader == "feed"
    assert read('{"items": []}', content_type="text/html").reader == "json"
    assert read("读书会 11月28日 14:00 地点：木叶书店 欢迎报名", content_type="text/html").reader == "announcement"


REFUSED = {
    "sign-in": [html("Sign in - Harbour"), html("用户登录"), html("统一身份认证"), html("Groups | Log in"), html("",
    '<form><input type="password">Log in</form>')],
    "challenge": [html("Just a moment..."), html("Access denied"), html("403 Forbidden"), html("安全验证"),
    html("访问受限"),
                  html("", "<script src='/cdn/cf-chl-bypass'></script>"), html("Attention Required! | Guard")],
    "consent": [html("Before you continue to Harbour")],
    "queue": [html("Waiting Room"), html("", '<a href="https://harbour.queue-it.net/?c=1">redirected</a>'),
    html("正在排队")],
    "not found": [html("404 Not Found"), html("Page not found | Harbour"), html("页面不存在"), html("提示",
    "该内容已被发布者删除"), html("Oops", "This event no longer exists")],
    "redirected": [html("301 Moved Permanently"), html("Object moved"), html("",
    'You are being <a href="/x">redirected</a>')],
    "script": [html("App", "<div id=app></div><script src=/a.js></script>")],
    "server error": [html("502 Bad Gateway"), html("系统繁忙")],
}  # fmt: skip


@pytest.mark.parametrize(("name", "number"), [(name, n) for name, pages in REFUSED.items() for n in range(len(pages))])
def test_refusals_are_named(name: str, number: int) -> None:
    reading = read(REFUSED[name][number])
    assert reading.refused
    assert reading.events == ()
    assert name in translate(reading.reason, "en")


def test_an_event_page_that_offers_a_sign_in_is_no_refusal() -> None:
    body = (
        "<nav>Log in <input type=password></nav>"
        '<script type="application/ld+json">{"@type":"Event","name":"Walk","startDate":"2026-11-28"}</script>'
        + "<p>A long walk along the harbour with many stops. </p>"
        * 80
    )
    assert [event.title for event in read(html("Walks - Harbour", body)).events] == ["Walk"]


def test_a_page_where_a_calendar_should_be() -> None:
    reading = read(html("Sign in - accounts"), kind="ical")
    assert reading.refused
    assert translate(reading.reason, "en") == "not a calendar: HTML (refused: sign-in page)"


def test_an_empty_answer() -> None:
    for kind in ("auto", "html", "ical", "feed"):
        reading = read(b"  \n", kind=kind)  # type: ignore[arg-type]
        assert reading.events == ()
        assert "empty" in translate(reading.reason, "en")


def test_text_kind_is_the_announcement_reader_whatever_the_markup() -> None:
    body = '<script type="application/ld+json">{"@type":"Event","name":"Walk","startDate":"2026-11-28"}</script>'
    assert read(html("x", body), kind="text").reader == "announcement"


def test_uids_join_the_start_only_where_an_address_is_shared() -> None:
    node = '{{"@type":"Event","name":"{}","startDate":"2026-11-{}T19:00","url":"{}"}}'
    blocks = [node.format("A", 28, "/a"), node.format("B", 28, "/b"), node.format("B", 29, "/b")]
    page = html("x", "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks))
    assert [event.uid for event in read(page).events] == [
        "https://x.example.org/a", "https://x.example.org/b#20261128T1900", "https://x.example.org/b#20261129T1900",
    ]  # fmt: skip


def test_two_events_at_one_hour_on_one_page_have_two_uids() -> None:
    node = '{{"@type":"Event","name":"{}","startDate":"2026-11-28T19:00"}}'
    page = html(
        "x",
        "".join(
            f'<script type="application/ld+json">{node.format(name)}</script>' for name in ("A talk", "Other song")
        ),
    )
    assert len({event.uid for event in read(page).events}) == 2


NASTY = [
    "\x00\x07\x1b[31m",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u2028line\u2029",
    "\x85\x9f",
    "\ufeff\u200b",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;bold&lt;/b&gt;",
    "{{7*7}}",
    "a\r\nATTENDEE:x",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_stored_text_has_no_control_characters_and_no_markup(nasty: str) -> None:
    words = f"Walk {nasty} home"
    node = json.dumps(
        {
            "@type": "Event",
            "name": words,
            "description": words,
            "organizer": words,
            "startDate": "2026-11-28T19:00",
            "location": words,
        }
    )
    ics = ICS.replace(
        "SUMMARY:Walk", "SUMMARY:" + words.replace("\r\n", "\\n") + "\nDESCRIPTION:" + words.replace("\r\n", "\\n")
    )
    item = f"<title><![CDATA[{words}]]></title><link>https://x.example.org/1</link><description><![CDATA[{words}]]></description><ev:startdate>2026-11-28T19:00</ev:startdate>"
    feed = f'<rss xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><item>{item}</item></channel></rss>'
    for text in (
        html("x", f'<script type="application/ld+json">{node.replace("</", "<" + chr(92) + "/")}</script>'),
        ics,
        feed,
    ):
        event = read(text).events[0]
        for value in (event.title, event.description or "", event.organizer or "", str(event.place)):
            assert not re.search(
                "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|<script|<img|<b>", value
            ), (text, value)
        assert "\n" not in event.title


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: ("<p>" + t).encode("utf-8", "replace"))),
       st.sampled_from(["auto", "html", "ical", "feed", "json", "listing", "picture"]))  # fmt: skip
def test_no_bytes_raise(body: bytes, kind: dispatch.Kind) -> None:
    reading = dispatch.read(Document(body=body), CONTEXT, kind)
    for event in reading.events:
        assert event.start is None or event.start.tzinfo is not None


def test_reading_imports_no_network() -> None:
    code = (
        "import sys, spiders.readers.dispatch; bad = {'scrapy', 'twisted', 'icalendar', 'feedparser', 'requests', "
        "'numpy', 'PIL', 'onnxruntime', 'zxingcpp', 'pypdfium2'} & "
        "set(sys.modules); sys.exit(str(bad) if bad else 0)"
    )
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


@pytest.mark.parametrize(
    "body",
    [
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{}\nSUMMARY:Walk\nDTSTART:20261128T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
        '[{{"id": "{}", "name": "Walk", "start_date": "2026-11-28T19:00:00+08:00", "end_date": "2026-11-28T20:00"}}]',
        (
            '<rss xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><item><title>Walk</title><guid>{}</guid>'
            "<ev:startdate>2026-11-28T19:00</ev:startdate></item></channel></rss>"
        ),
        (
            '{{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{{"id": "{}", "title": "Walk",'
            ' "content_text": "Sat 28 Nov 2026, 19:30, Room 3"}}]}}'
        ),
    ],
    ids=["calendar", "state", "feed", "json feed"],
)
def test_a_sources_own_id_is_stored_without_control_characters(body: str) -> None:
    """Found by breeding inputs (`benchmarks/fuzz.py`)."""
    (event,) = read(body.format("a\x0e\x1b[2J\u202eb")).events
    assert event.uid.startswith("a[2Jb")
    (plain,) = read(body.format("a b")).events
    assert plain.uid.startswith("a b"), "what is written here is left as it is"
