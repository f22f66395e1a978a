"""Weeks to plan: events with a score, and the plan made of them in this process."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from planner.config import Config, parse
from planner.i18n.catalog import Catalog
from planner.plan.candidates import select
from planner.plan.model import Problem, solve
from planner.plan.reduce import enlarged, reduced
from planner.plan.week import plan_week
from planner.rating.travel import TravelTimes
from planner.types import EventState, Label, Merged, Rated, Score, Term, TrackedEvent, Travel
from planner.weeks import week_of
from spiders.items import Event, Place, Price
from tests.support.events import NOW, SHANGHAI, make_event

WEEK = week_of("2026-W48", NOW, SHANGHAI)
NOWHERE = TravelTimes.of(None, None)


def config(text: str = "") -> Config:
    return parse(text.encode(), "config.yaml", Catalog("en"))


def rated(event: Event, score: float = 2.0, track: str | None = "industry", minutes: int = 40) -> Rated:
    name = event.uid
    state = EventState(id=name, snapshot={}, sequence=0, first_seen=NOW, changed=NOW)
    return Rated(
        tracked=TrackedEvent(merged=Merged(id=name, event=event, records=()), state=state),
        label=Label(track=track),
        travel=Travel(minutes, minutes != 40),
        score=Score(total=score, terms=(Term(name="interest", points=score),), track=track),
    )


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return WEEK.start + timedelta(days=day, hours=hour, minutes=minute)


def plan(events: list[Rated], settings_: str = "", published=()):
    loaded = config(settings_)
    candidates, exclusions = select(events, loaded, WEEK, NOW)
    return plan_week(WEEK, candidates, exclusions, loaded, NOWHERE, published=published, solver=solve_reduced)


def solve_reduced(problem: Problem):
    """As the program solves, but in this process: starting one for each of hundreds of weeks would only cost time."""
    smaller, kept = reduced(problem)
    return enlarged(solve(smaller), kept)


def picked(week) -> set[str]:
    return {pick.candidate.id for pick in week.picks}


@st.composite
def weeks(draw):
    """Random weeks: crowded evenings, prices, tracks, repeated scores."""
    count = draw(st.integers(0, 14))
    events = []
    for number in range(count):
        day, hour = draw(st.integers(0, 6)), draw(st.integers(9, 21))
        length = draw(st.sampled_from([45, 60, 90, 120, 180]))
        price = draw(st.sampled_from([None, 0, 30, 80, 200]))
        event = make_event(
            f"event {number}",
            start=at(day, hour, draw(st.sampled_from([0, 30]))),
            end=at(day, hour) + timedelta(minutes=length + 30),
            price=None if price is None else Price(min=price, max=price, currency="CNY"),
            place=Place(name=draw(st.sampled_from(["甲", "乙", "丙"]))),
            organizer=draw(st.sampled_from([None, "甲社", "乙社"])),
        )
        score = draw(st.sampled_from([0.5, 1.0, 1.0, 2.0, 3.5]))
        events.append(rated(event, score, draw(st.sampled_from(["industry", "practice", "client"]))))
    per_day, per_week = draw(st.integers(0, 3)), draw(st.integers(0, 5))
    budget = draw(st.sampled_from(["null", "0", "100", "250"]))
    text = (
        "week: {free: {weekdays: '09:00-23:00', weekend: '09:00-23:00'}, "
        f"at_most: {{per_day: {per_day}, per_week: {per_week}, per_community: {draw(st.integers(1, 3))}, "
        f"days: {draw(st.sampled_from(['null', '2', '4']))}}}, budget: {budget}}}"
    )
    return events, text


def choose(events, settings_="", **wishes):
    loaded = config(settings_)
    candidates, exclusions = select(events, loaded, WEEK, NOW, **wishes)
    return plan_week(WEEK, candidates, exclusions, loaded, NOWHERE, solver=solve_reduced)


def fair(days: int = 3, **known):
    """An exhibition from Friday on, told by the day."""
    start = at(4, 0)
    event = make_event("fair", start=start, end=start + timedelta(days=days), all_day=True, **known)
    return replace(rated(event), label=Label(track="industry", form="expo"))
