"""Digest and pages: the facts are there, in both forms and both languages, and nothing from outside is markup."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.plan.candidates import Exclusion, select
from planner.plan.codes import Why
from planner.plan.saved import to_saved
from planner.plan.week import plan_week
from planner.rating.travel import TravelTimes
from planner.render import calendar, pages
from planner.render.cards import CardFormatter
from planner.render.digest import DigestBuilder
from planner.render.files import OutputFiles
from planner.weeks import week_of
from spiders.items import Evidence, Place, SourceReport
from spiders.reasons import Code, Reason
from tests.support.calendars import events
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.planning import solve_reduced
from tests.support.weeks import WEEK, rated, replace_event, small_week

GOLDEN = Path(__file__).parents[2] / "golden"
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


def files(language: str) -> dict[str, bytes]:
    config, planned, reports = small_week(language)
    return OutputFiles(config=config, words=Catalog(language), now=NOW).files(planned, reports)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_files_are_as_they_were_approved(language):
    """Golden files. To approve a change, run this module with QUANZI_GOLDEN=write, then read the diff."""
    for name, content in files(language).items():
        path = GOLDEN / language / name
        if os.environ.get("QUANZI_GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert content == path.read_bytes(), f"{path} differs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_and_page_tell_the_same_facts(language):
    config, planned, reports = small_week(language)
    view = DigestBuilder(config, Catalog(language)).view(planned, reports)
    page = pages.digest_html(view, Catalog(language), sample=False).decode()
    text = pages.digest_text(view, Catalog(language), sample=False).decode()
    facts = [view.week, view.summary, *view.changes, *view.failures, *view.notes, *view.settings]
    for card in view.cards:
        facts += [
            card.title,
            card.hours,
            card.place,
            card.price,
            *card.reasons,
            *([card.backup.title, card.backup.facts] if card.backup else []),
        ]
        facts += [card.deadline] if card.deadline else []
    for fact in facts:
        assert fact in text
        assert fact.replace("“", "“") in page.replace("&#43;", "+").replace("&#39;", "'").replace("&amp;", "&")


def test_a_pick_says_why_and_what_it_beat():
    text = files("zh")["digest.txt"].decode()
    assert "你关注的“储能”" in text
    assert "备选：“狼人杀标准局”，11月24日 周二 19:30–22:00 · " in text


def test_what_failed_and_what_changed_is_named():
    text = files("en")["digest.txt"].decode()
    assert "坏掉的来源" in text
    assert "Moved: 旧闻夜谈: Tue 24 Nov 19:00 → Wed 25 Nov 19:00" in text
    assert "Events left out because their time is not certain: 1." in text


def test_an_empty_week_is_never_an_empty_page():
    config, planned, reports = small_week("zh")
    empty = plan_week(WEEK, [], planned.plan.exclusions, config, TravelTimes.of(None, None))
    view = DigestBuilder(config, Catalog("zh")).view(replace(planned, plan=empty, changes=()), reports)
    text = pages.digest_text(view, Catalog("zh"), sample=False).decode()
    assert "没有合适的活动" in text
    assert "时间拿不准：" in text
    assert "11月2" in (view.initiative or "")


def test_private_and_public_outputs_are_apart():
    produced = files("zh")
    private, public = (
        produced["plan.ics"].decode(),
        b"".join(content for name, content in produced.items() if name.startswith("public/")).decode(),
    )
    assert "为什么选它" in private
    for secret in ("为什么选它", "备选", "储能”（", "13800138000", "sample_id_1", "坏掉的来源"):
        assert secret not in public


def test_the_picks_of_other_weeks_keep_their_reasons_backups_and_visits():
    """The next week's plan must not take away what this week's says of its evenings."""
    config, planned, reports = small_week("en")
    first, second = (pick.candidate for pick in planned.plan.picks[:2])
    body = to_saved(planned.plan, None, planned.rated)
    kept = [{**pick, "visit": second.start.isoformat()} if pick["id"] == second.id else pick for pick in body["picks"]]
    later = plan_week(week_of("2026-W49", NOW, SHANGHAI), [], [], config, TravelTimes.of(None, None))
    after = replace(planned, plan=later, earlier={"2026-W48": {**body, "picks": kept}})
    before = OutputFiles(config=config, words=Catalog("en"), now=NOW).files(planned, reports)["plan.ics"]
    shown = OutputFiles(config=config, words=Catalog("en"), now=NOW).files(after, reports)["plan.ics"]
    told = {each["UID"]: each for each in events(shown)}
    assert told[f"{first.id}@quanzi"] == {each["UID"]: each for each in events(before)}[f"{first.id}@quanzi"]
    assert "Backup: " in told[f"{first.id}@quanzi"]["DESCRIPTION"]
    assert told[f"{second.id}@quanzi"]["DTEND;TZID=Asia/Shanghai"] == "20261126T220000"


def test_a_calendar_that_is_too_large_is_said_to_be(monkeypatch):
    monkeypatch.setattr(calendar, "MAX_EVENTS", 1)
    text = files("en")["digest.txt"].decode()
    assert "plan.ics is too large for some calendars to read whole: 1 events, the oldest first, were left out." in text


def test_page_feed_and_calendar_say_alike_what_is_called_off_and_what_is_doubtful():
    produced = files("zh")
    for name in ("public/all.ics", "public/index.html", "public/atom.xml"):
        shown = produced[name].decode().replace("\r\n ", "")
        assert "【取消】被取消的讲座" in shown, name
        assert "【时间存疑】时间存疑的论坛" in shown, name
        assert "提醒：" in shown or name.endswith("xml"), name


def test_what_is_doubtful_and_the_text_share_the_room_of_a_public_description():
    config, planned, reports = small_week("en")
    doubts = (Reason(Code.NOT_CONFIRMED_SINCE, day="2026-11-18"), Reason(Code.NO_SUCH_DATE, words="x" * 300))
    told = tuple(
        replace_event(each, description="很长的说明。" * 200, evidence=Evidence(sure="inferred", doubts=doubts))
        for each in planned.rated
    )
    produced = OutputFiles(config=config, words=Catalog("en"), now=NOW).files(replace(planned, rated=told), reports)
    for each in events(produced["public/all.ics"]):
        text = each["DESCRIPTION"].replace("\\n", "\n").replace("The end is not given: two hours are assumed.\n", "")
        assert "Note: not confirmed since 18 Nov 2026" in text
        assert len(text) <= 201
    assert "Note: not confirmed since" in produced["plan.ics"].decode().replace("\r\n ", "")


def test_what_lasts_for_days_says_until_when_and_is_also_good():
    config, planned, reports = small_week("en")
    midnight = WEEK.start + timedelta(days=4)
    fair = rated(make_event("Trade fair", start=midnight, end=midnight + timedelta(days=3), all_day=True))
    day = rated(make_event("Open day", uid="day", start=midnight, end=midnight + timedelta(days=1), all_day=True))
    plan = replace(
        planned.plan,
        exclusions=(Exclusion(rated=fair, reason=Reason(Why.ALL_DAY)), Exclusion(rated=day, reason=Reason(Why.PAST))),
    )
    view = DigestBuilder(config, Catalog("en")).view(replace(planned, plan=plan), reports)
    assert [(card.title, card.day, card.hours) for card in view.also_good] == [
        ("Trade fair", "Fri 27 Nov", "all day, until Sun 29 Nov")
    ]
    assert CardFormatter(config, Catalog("en")).card(day).hours == "all day"


def test_titles_and_places_hold_no_private_data_in_public():
    config, planned, reports = small_week("zh")
    private = "联系 13800138000 微信 sample_id_1 someone@mail.example"
    told = tuple(
        replace_event(each, title=f"桌游夜 {private}", place=Place(name=private, address=private), description=private)
        for each in planned.rated
    )
    produced = OutputFiles(config=config, words=Catalog("zh"), now=NOW).files(replace(planned, rated=told), reports)
    for name in (name for name in produced if name.startswith("public/")):
        shown = produced[name].decode().replace("\r\n ", "")
        assert "桌游夜 联系 …" in shown or "industry" in name or "practice" in name
        for secret in ("13800138000", "sample_id_1", "someone@mail.example"):
            assert secret not in shown


def test_nothing_from_outside_is_markup_or_a_template():
    config, planned, reports = small_week("en")
    nasty = [
        replace_event(each, title=NASTY, description=NASTY, organizer=NASTY, url='javascript:alert("x")')
        for each in planned.rated
    ]
    candidates, exclusions = select(nasty, config, WEEK, NOW)
    plan = plan_week(WEEK, candidates, exclusions, config, TravelTimes.of(None, None), solver=solve_reduced)
    hostile = PlanResult(plan=plan, rated=tuple(nasty), changes=({"what": "came", "title": NASTY},), earlier={})
    reports = (SourceReport(source="x", outcome="failed", reason=Reason(Code.AS_SAID, text=NASTY)),)
    produced = OutputFiles(config=config, words=Catalog("en"), now=NOW).files(hostile, reports)
    for name in ("digest.html", "index.html", "public/index.html"):
        page = produced[name].decode()
        assert "{{7*7}}" in page
        assert "<script" not in page
        assert "<img" not in page
        assert "javascript:" not in page
    ElementTree.fromstring(produced["public/atom.xml"])


def test_the_digest_stays_small():
    assert len(files("zh")["digest.html"]) < 45_000


@pytest.mark.parametrize("name", ["digest.html", "index.html", "public/index.html"])
def test_the_charset_is_said_where_browsers_look_for_it(name):
    assert b'<meta charset="utf-8">' in files("zh")[name][:1024]


def test_dark_mode_survives_the_inlining():
    page = files("zh")["digest.html"].decode()
    assert "prefers-color-scheme: dark" in page
    assert 'style="' in page
