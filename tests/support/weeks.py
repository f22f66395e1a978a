"""A week with one of everything, as digest and pages show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.plan.candidates import select
from planner.plan.week import plan_week
from planner.rating.travel import TravelTimes
from planner.types import Label, Rated, Score, Term, Travel
from planner.weeks import week_of
from spiders.items import Evidence, Place, Price, SourceReport
from spiders.reasons import Code, Reason
from tests.support.calendars import entry
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.planning import solve_reduced

WEEK = week_of("2026-W48", NOW, SHANGHAI)


def rated(event, track="industry", *terms: Term) -> Rated:
    kind = Term(name="trade" if track == "industry" else "kind", points=1.0, about="沙龙")
    chosen = terms or (Term(name="interest", points=2.0, about="储能"), kind)
    return Rated(
        tracked=entry(event).tracked,
        label=Label(track=track),
        travel=Travel(40, False),
        score=Score(total=round(sum(term.points for term in chosen), 3), terms=chosen, track=track),
    )


def small_week(language: str):
    """A week with one of everything: paid, free, online, doubtful, cancelled, a runner-up."""
    start = WEEK.start
    events = [
        rated(make_event(
            "长三角储能对接沙龙", uid="aaaa", start=start + timedelta(days=1, hours=19),
            end=start + timedelta(days=1, hours=21, minutes=30), url="https://hub.example/e/1",
            place=Place(name="云栖创意园", address="示例路88号", city="上海"),
            price=Price(min=0, max=0, currency="CNY"),
            description="三方坐到一张桌子旁。\n活动时间：周二 19:00\n报名截止：周一中午12点\n"
            "电话 13800138000，微信 sample_id_1",
        )),
        rated(make_event(
            "狼人杀标准局", uid="bbbb", start=start + timedelta(days=1, hours=19, minutes=30),
            end=start + timedelta(days=1, hours=22), price=Price(min=45, max=60, currency="CNY"),
        ), "practice", Term("kind", 1.5, "狼人杀"), Term("travel_unknown", -0.1, "40")),
        rated(make_event(
            "线上辩论夜", uid="cccc", start=start + timedelta(days=3, hours=20), mode="online"), "practice"),
        rated(make_event(
            "时间存疑的论坛", uid="dddd", start=start + timedelta(days=5, hours=10),
            evidence=Evidence(sure="doubtful", doubts=(Reason(Code.WEEKDAY_CONTRADICTS),)),
        )),
        rated(make_event("被取消的讲座", uid="eeee", start=start + timedelta(days=4, hours=19), status="cancelled")),
    ]  # fmt: skip
    config = parse(f"language: {language}".encode(), "config.yaml", Catalog("en"))
    candidates, exclusions = select(events, config, WEEK, NOW)
    plan = plan_week(WEEK, candidates, exclusions, config, TravelTimes.of(None, None), solver=solve_reduced)
    changes = (
        {"what": "moved", "title": "旧闻夜谈", "before": "2026-11-24T19:00+08:00", "after": "2026-11-25T19:00+08:00"},
    )
    reports = (
        SourceReport(source="hub", outcome="ok", count=5),
        SourceReport(source="坏掉的来源", outcome="failed", reason=Reason(Code.STATUS_ERROR, status=502)),
    )
    return config, PlanResult(plan=plan, rated=tuple(events), changes=changes, earlier={}), reports


def replace_event(each: Rated, **known) -> Rated:
    merged = replace(each.tracked.merged, event=replace(each.event, **known))
    return replace(each, tracked=replace(each.tracked, merged=merged))
