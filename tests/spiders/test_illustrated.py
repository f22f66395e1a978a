"""Articles whose time stands in a picture: which pictures are asked for, what they add, and what they may not do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from spiders import illustrated
from spiders.crawl import crawl
from spiders.items import Context, Event, Evidence, Illustrated, Place, Reading, Source
from spiders.reasons import Code
from spiders.settings import CrawlPolicy
from tests.support.pictures import poster, saved

NOW = datetime(2027, 4, 10, 2, tzinfo=UTC)
CONTEXT = Context(
    source="club", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
)
START = datetime.fromisoformat("2027-04-16T19:30+08:00")
POSTER, LOGO = saved(poster()), saved(poster(("Lantern Circle",)))
JPEG = {"Content-Type": "image/png"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
TEXT = (
    "<p>灯笼桌游社邀请大家参加本周的桌游之夜，欢迎新朋友，报名请扫海报上的二维码，座位有限，先到先得。</p>"
    "<p>时间、地点见海报。我们准备了茶水和二十款桌游，有人讲解规则，第一次来也不用担心。</p>"
)


def page(*pictures: str, title: str = "桌游之夜活动报名", body: str = TEXT) -> bytes:
    shown = "".join(f'<p><img data-src="{picture}" width="640"></p>' for picture in pictures)
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}{shown}</article></body></html>".encode()


def run(web, path="/a.html", *, hosts="club.example", context=CONTEXT):
    source = Source(id="club", url=f"http://{hosts}{path}", timezone="Asia/Shanghai")
    policy = CrawlPolicy(delay=0.0, hosts={"*.example": web.port, "*.club.example": web.port})
    (crawled,) = crawl([(source, context)], {}, policy)
    return [event for reading in crawled.readings for event in reading.events]


def asked(web) -> list[str]:
    return [path for path in web.paths() if path != "/robots.txt"]


def test_the_picture_tells_when_and_where_and_the_article_what(web):
    web.pages = {"/a.html": (200, HTML, page("/poster.png")), "/poster.png": (200, JPEG, POSTER)}
    (event,) = run(web)
    assert (event.start, event.place and event.place.name) == (START, "Harbour Room 3")
    assert "桌游之夜" in event.title
    assert "茶水" in (event.description or "")
    assert event.evidence.picture == "http://club.example/poster.png"
    assert "16 April" in (event.evidence.when or "")


def test_a_title_alone_is_enough_where_all_else_stands_in_the_picture(web):
    web.pages = {"/a.html": (200, HTML, page("/poster.png", body="")), "/poster.png": (200, JPEG, POSTER)}
    (event,) = run(web)
    assert event.start == START
    assert "桌游之夜" in event.title


def test_pictures_are_asked_for_in_order_until_one_tells_a_time_three_at_most(web):
    web.pages = {
        "/a.html": (200, HTML, page(*(f"/{name}.png" for name in "abcde"))),
        "/a.png": (200, JPEG, LOGO),
        "/b.png": (404, {}, b""),
        "/c.png": (200, JPEG, POSTER),
        "/d.png": (200, JPEG, POSTER),
    }
    (event,) = run(web)
    assert event.start == START
    assert asked(web) == ["/a.html", "/a.png", "/b.png", "/c.png"]
    web.asked.clear()
    web.pages["/c.png"] = (200, JPEG, b"\x89PNG\r\n\x1a\nbroken")
    (event,) = run(web)
    assert event.start is None
    assert asked(web) == ["/a.html", "/a.png", "/b.png", "/c.png"]


def test_an_article_that_tells_its_time_is_believed(web):
    body = TEXT.replace("时间、地点见海报", "时间：2027年4月17日 14:00")
    web.pages = {"/a.html": (200, HTML, page("/poster.png", body=body)), "/poster.png": (200, JPEG, POSTER)}
    (event,) = run(web)
    assert event.start == datetime.fromisoformat("2027-04-17T14:00+08:00")
    assert asked(web) == ["/a.html"]


def test_robots_of_the_host_of_the_picture_are_obeyed(web):
    web.pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /img/\n"),
        "/a.html": (200, HTML, page("/img/a.png", "/b.png")),
        "/img/a.png": (200, JPEG, POSTER),
        "/b.png": (200, JPEG, POSTER),
    }
    (event,) = run(web)
    assert event.evidence.picture == "http://club.example/b.png"
    assert "/img/a.png" not in web.paths()


def test_a_private_address_is_not_reached_by_a_picture(web):
    web.pages = {
        "/a.html": (200, HTML, page(f"http://127.0.0.1:{web.port}/secret.png", "/hop.png")),
        "/hop.png": (302, {"Location": f"http://127.0.0.1:{web.port}/secret.png"}, b""),
        "/secret.png": (200, JPEG, POSTER),
    }
    (event,) = run(web)
    assert event.start is None
    assert "/secret.png" not in web.paths()


def test_ten_mebibytes_in_all(web):
    large = LOGO + bytes(6 << 20)
    web.pages = {
        "/a.html": (200, HTML, page("/a.png", "/b.png", "/c.png")),
        **{f"/{name}.png": (200, JPEG, large) for name in "ab"},
        "/c.png": (200, JPEG, POSTER),
    }
    run(web)
    assert asked(web)[:3] == ["/a.html", "/a.png", "/b.png"]


def test_items_of_a_feed(web):
    item = "<item><title>{0}</title><link>http://club.example/{1}</link><guid>{1}</guid><description>{2}</description></item>"
    shown = f'<![CDATA[{TEXT}<img src="http://club.example/poster.png">]]>'
    items = item.format("桌游之夜活动报名", "one", shown) + item.format("读书会", "two", "2027年4月20日 19:00")
    feed = f"<rss version='2.0'><channel><title>Club</title>{items}</channel></rss>".encode()
    web.pages = {"/feed": (200, {"Content-Type": "application/rss+xml"}, feed), "/poster.png": (200, JPEG, POSTER)}
    events = {event.uid: event for event in run(web, "/feed")}
    assert events["one"].start == START
    assert events["one"].evidence.picture == "http://club.example/poster.png"
    assert events["two"].evidence.picture is None
    assert asked(web) == ["/feed", "/poster.png"]


def event(**values) -> Event:
    return Event(**{"source": "club", "uid": "u", "title": "Evening", "start": None, "timezone": "UTC"} | values)


def article(*pictures: str, url: str | None = "https://mp.weixin.qq.com/s/x") -> Illustrated:
    return Illustrated(event=event(url=url), pictures=pictures, now=NOW)


@pytest.mark.parametrize(
    ("page", "picture", "may"),
    [
        ("https://club.example.org/e", "https://club.example.org/a.png", True),
        ("https://club.example.org/e", "https://static.example.org/a.png", True),
        ("https://mp.weixin.qq.com/s/x", "https://mmbiz.qpic.cn/a", True),
        ("https://club.example.org/e", "https://mmbiz.qpic.cn/a", False),
        ("https://club.example.org/e", "https://i0.wp.com/club.example.org/a.png", True),
        ("https://club.example.org/e", "https://elsewhere.example.net/a.png", False),
        ("https://club.example.org/e", "http://127.0.0.1/a.png", False),
        ("https://club.example.org/e", "ftp://club.example.org/a.png", False),
    ],
)
def test_only_pictures_of_the_article_s_own_host_or_its_platform(page, picture, may):
    assert illustrated.pictures_of(article(picture, url=page), page) == ([picture] if may else [])


def test_what_a_picture_adds():
    seen = event(
        title="BOARD GAMES", start=START, url="https://club.example/signup", place=Place(name="Room 3"),
        evidence=Evidence(when="16 April", sure="inferred"),
    )  # fmt: skip
    own = event(url="https://club.example/a", description="Tea.")
    told = illustrated.told_by(
        own, Reading(reader="picture", events=(seen,)), "https://p.example/1.png", is_entry=False
    )
    assert told == replace(
        own,
        start=START,
        place=seen.place,
        url=seen.url,
        evidence=replace(seen.evidence, picture="https://p.example/1.png"),
    )
    entry = illustrated.told_by(
        own, Reading(reader="picture", events=(seen,)), "https://p.example/1.png", is_entry=True
    )
    assert entry is not None
    assert entry.url == own.url
    assert illustrated.told_by(own, Reading(reader="picture", events=(event(),)), "x", is_entry=False) is None


def test_two_starts_are_doubtful():
    seen = [event(start=START + timedelta(days=day)) for day in (3, 0)]
    told = illustrated.told_by(event(), Reading(reader="picture", events=tuple(seen)), "x", is_entry=False)
    assert told is not None
    assert (told.start, told.evidence.sure) == (START, "doubtful")
    assert [doubt.code for doubt in told.evidence.doubts] == [Code.TWO_STARTS]
