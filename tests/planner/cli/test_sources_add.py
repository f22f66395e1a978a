"""``quanzi sources add``: from an address to its events in the plan."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import unquote

import pytest

from planner.config import parse
from planner.i18n.catalog import Catalog
from tests.support.cli import NOW, run
from tests.support.discovery import searched

CONFIG = """# mine
language: en
interests: {industry: [storage], practice: [board games]}
sources:
  # what I follow
  - {id: notes, text: "nothing yet"}  # stays

network: {allow: [127.0.0.1], delay: 0}
"""
WEEKLY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:Sample Players\r\n"
    b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n"
    b"BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Asia/Shanghai:20261123T190000\r\nDTEND;TZID=Asia/Shanghai:20261123T210000\r\n"
    b"RRULE:FREQ=WEEKLY\r\nSUMMARY:Board games night\r\nLOCATION:South Studio\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CALENDAR = "https://club.example/all.ics"
EMPTY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def pages(monkeypatch) -> dict[str, bytes]:
    """A web for searches that need no crawl: what stands at each address."""
    from spiders.discover import visit

    web: dict[str, bytes] = {}

    def discover(address, context, manners, *, instance, plain, **others):
        return searched(web, address, context.now, context, instance=instance, plain=plain)[0]

    monkeypatch.setattr(visit, "discover", discover)
    return web


@pytest.fixture
def home(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    return tmp_path


def add(home, *given, **more):
    return run(home, "sources", "add", *given, "--now", NOW, **more)


def sources(home):
    raw = (home / "config.yaml").read_bytes()
    return {entry.id: entry for entry in parse(raw, "config.yaml", Catalog("en")).sources}


def test_from_an_address_to_its_events_in_the_plan_in_one_command(home, web):
    web.pages = {
        "/": (200, {}, b'<title>Sample Players - Home</title><a href="/events/">Events</a>'),
        "/events/": (200, {}, b'<a href="/all.ics">Subscribe</a>'),
        "/all.ics": (200, {"ETag": '"1"'}, WEEKLY),
    }
    result = add(home, f"http://127.0.0.1:{web.port}/", "--yes", "--track", "practice")
    assert result.returncode == 0, result.stderr
    assert "Sample Players" in result.stdout
    assert "says that it changes every 12 h" in result.stdout
    assert "most do not tell: the address, a link, the price" in result.stdout
    assert result.stdout.count("Board games night") == 6  # five of the preview, and the pick
    assert "in the plan" in result.stdout
    (entry,) = [each for each in sources(home).values() if each.id != "notes"]
    assert (entry.kind, entry.url, entry.track) == ("ical", f"http://127.0.0.1:{web.port}/all.ics", "practice")
    assert (home / "config.yaml").read_text("utf-8").startswith(CONFIG[: CONFIG.index("# stays") + 7])
    assert [path for path in web.paths() if path != "/robots.txt"] == ["/", "/events/", "/all.ics"]
    known = json.loads(run(home, "sources", "list", "--json", "--now", NOW).stdout.splitlines()[1])
    assert (known["outcome"], known["count"] > 10) == ("ok", True)


def test_without_a_terminal_and_without_yes_nothing_is_written(home, pages):
    pages[CALENDAR] = WEEKLY
    result = add(home, CALENDAR)
    assert result.returncode == 0
    assert (home / "config.yaml").read_text("utf-8") == CONFIG
    assert "--yes" in result.stderr
    assert f"url: {CALENDAR}" in result.stderr
    assert not (home / "quanzi.db").exists()


def test_a_program_reads_what_was_found(home, pages):
    pages[CALENDAR] = WEEKLY
    told = json.loads(add(home, CALENDAR, "--yes", "--json", "--id", "players").stdout)
    assert told["written"] is True
    assert told["picked"][0]["title"] == "Board games night"
    (source,) = told["sources"]
    assert (source["id"], source["kind"], source["zone"]) == ("players", "ical", "stated")
    assert source["shares"]["date"] == 1
    assert len(source["first"]) == 5


def test_the_same_source_twice_is_said(home, pages):
    pages[CALENDAR] = WEEKLY
    pages["https://club.example/"] = b'<link rel="alternate" type="text/calendar" href="/all.ics">'
    assert add(home, CALENDAR, "--yes", "--id", "players").returncode == 0
    before = (home / "config.yaml").read_bytes()
    for again in ("webcal://club.example/all.ics", "https://club.example/"):
        result = add(home, again, "--yes")
        assert (result.returncode, "is a source already: players" in result.stderr) == (2, True)
    assert (home / "config.yaml").read_bytes() == before


def test_an_empty_calendar_is_shown_and_not_written(home, pages):
    pages[CALENDAR] = EMPTY
    result = add(home, CALENDAR, "--yes")
    assert result.returncode == 0
    assert "nothing ahead" in result.stdout
    assert "nothing lies ahead" in result.stderr
    assert (home / "config.yaml").read_text("utf-8") == CONFIG


@pytest.mark.parametrize(
    ("given", "said", "way"),
    [
        ("https://me:hunter2@club.example/", "headers_from", ""),
        ("http://10.0.0.1/", "private", "quanzi add -"),
        ("https://www.xiaohongshu.com/user/profile/1", "without an account", "quanzi add -"),
        ("https://mp.weixin.qq.com/s/abc", "single article", "bridge"),
        ("https://www.toastmasters.org/Find-a-Club/00001234-sample", "without dates", "quanzi sources add"),
        ("some club", "neither an address", "quanzi sources add"),
    ],
)
def test_what_cannot_be_followed_is_told_with_another_way(home, given, said, way):
    result = add(home, given, "--yes")
    assert result.returncode == 2
    assert said in result.stderr
    assert way in result.stderr
    assert "hunter2" not in result.stderr
    assert (home / "config.yaml").read_text("utf-8") == CONFIG


def test_each_request_is_told_to_who_wants_to_know(home, pages):
    pages[CALENDAR] = WEEKLY
    pages["https://club.example/"] = b'<a href="/events/">Events</a><a href="/all.ics">ics</a>'
    told = add(home, "https://club.example/", "--verbose").stderr
    assert f"https://club.example/: no event: an article\n  {CALENDAR}: 17 events ahead" in told


def test_a_program_reads_why_nothing_was_found(home):
    result = add(home, "https://www.xiaohongshu.com/user/profile/1", "--json")
    told = json.loads(result.stdout)
    assert result.returncode == 2
    assert (told["code"], told["sources"], told["written"], told["tried"]) == ("closed_sign_in", [], False, [])
    assert "paste" in told["ways"]


def test_a_clubs_rule_is_a_source(home):
    result = add(home, "every Thursday 19:30-21:30 Sample Toastmasters", "--place", "South Studio", "--yes")
    assert result.returncode == 0, result.stderr
    entry = sources(home)["sample-toastmasters"]
    assert (entry.kind, entry.title, entry.place) == ("recurrence", "Sample Toastmasters", "South Studio")
    listed = run(home, "events", "--now", NOW).stdout
    assert "Sample Toastmasters" in listed
    assert "South Studio" in listed


def test_it_speaks_chinese(home, pages):
    (home / "config.yaml").write_text(CONFIG.replace("language: en", "language: zh"), "utf-8")
    pages[CALENDAR] = WEEKLY
    result = add(home, CALENDAR, "--yes")
    assert "从现在起关注" in result.stdout
    assert "它说自己每 12 小时更新一次" in result.stdout


def test_a_site_with_a_module_is_read_by_it(home, monkeypatch):
    from spiders import crawl
    from tests.support import site_cases, site_driver

    case = next(each for each in site_cases.all_cases() if each.name == "huodongxing")

    def answered(visits, known, manners, **others):
        ((source, _),) = visits
        own = replace(case, name=source.id, start=source.url)
        assert (source.kind, source.options["site"]) == ("site", "huodongxing")
        yield replace(site_driver.fetched(own, case.files), source=source.id)

    monkeypatch.setattr(crawl, "crawl", answered)
    result = add(home, case.start, "--id", "salons", "--yes")
    assert result.returncode == 0, result.stderr
    assert "活动行" in result.stdout
    assert "Thu 26 Nov  19:00–21:30  灯笼街储能沙龙" in result.stdout
    written = sources(home)["salons"]
    assert (written.kind, written.site, unquote(written.url)) == ("site", "huodongxing", case.start)
    told = run(home, "events", "--from", "2026-11-22", "--to", "2026-12-20", "--now", NOW, "--json").stdout
    assert told.count("huodongxing.com/event/") >= 3


def test_a_city_brings_the_sources_of_the_catalogue_that_tell_of_events(home, monkeypatch):
    from spiders import crawl
    from spiders.items import Context, Document, FetchResult
    from spiders.readers import dispatch
    from spiders.reasons import Code, Reason

    def answered(visits, known, manners, **others):
        for source, context in visits:
            assert isinstance(context, Context)
            if source.id.startswith("luma"):
                yield FetchResult(source=source.id, readings=(dispatch.read(Document(body=WEEKLY), context, "ical"),))
            else:
                yield FetchResult(source=source.id, failure=Reason(Code.HOST_NOT_FOUND))

    monkeypatch.setattr(crawl, "crawl", answered)
    told = json.loads(add(home, "Singapore", "--json").stdout)
    ahead = {source["id"]: source["ahead"] for source in told["sources"]}
    assert [count > 0 for count in ahead.values()] == sorted((count > 0 for count in ahead.values()), reverse=True)
    assert add(home, "Singapore", "--yes").returncode == 0
    written = set(sources(home)) - {"notes"}
    assert written == {name for name, count in ahead.items() if count}
    assert written


def test_a_city_that_the_catalogue_does_not_know_is_not_guessed(home):
    result = add(home, "Sampleton", "--yes")
    assert (result.returncode, "nor a city of the catalogue" in result.stderr) == (2, True)
