"""A rating of an earlier run stands only where it would be made again to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.pipeline import Run
from planner.rating.kept_rating import Rating, from_text, made_of, to_text
from planner.rating.rate import RatedEvents, assess, rate
from planner.rating.travel import TravelTimes
from planner.store import Store, program
from planner.types import EventState, Feedback, Merged, Record, TrackedEvent
from spiders.items import Event, Place, Price
from tests.support.cli import CALENDAR, CONFIG, run
from tests.support.cli import NOW as MOMENT
from tests.support.events import NOW, make_event
from tests.support.planning import at

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AT_LENGTH = settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CONFIGS = (
    "city: 上海\nhome: 徐汇区\ninterests: {industry: [储能], practice: [头马]}\n",
    "city: 上海\nhome: 静安区\ninterests: {industry: [储能], practice: [头马]}\n",
    "city: 上海\nhome: 徐汇区\ninterests: {industry: [SaaS], avoid: [桌游]}\n",
    "city: 上海\nhome: 徐汇区\ntracks: {words: {沙龙: practice}}\n",
    "city: 上海\nhome: 徐汇区\nsources: [{id: club, url: 'https://club.example/', track: industry}]\n",
    "city: 上海\nhome: 徐汇区\nweek: {budget: 50}\n",
)
TITLES = ("储能供应链沙龙", "头马俱乐部例会", "周末桌游局", "亲子绘本", "Founders' breakfast", "SaaS 增长分享会")
CHANGES = {
    "title": st.sampled_from(TITLES),
    "organizer": st.sampled_from([None, "示例圈", "示例图书馆"]),
    "description": st.sampled_from([None, "6至12岁", "面向从业者，名额 20 人。", "Newcomers are welcome."]),
    "place": st.sampled_from([None, Place(address="徐汇区示例路 12 号"), Place(name="浦东新区云栖路")]),
    "price": st.sampled_from([None, Price(min=0, max=0), Price(min=200, currency="CNY")]),
    "mode": st.sampled_from([None, "online"]),
    "start": st.sampled_from([at(1, 19), at(1, 3), at(5, 14)]),
    "source": st.sampled_from(["club", "other"]),
}


def tracked(event: Event) -> TrackedEvent:
    name = event.uid
    records = (
        Record(source=event.source, key=name, event=event, event_id=name, first_seen=NOW, last_seen=NOW, changed=NOW),
    )
    state = EventState(id=name, snapshot={}, sequence=0, first_seen=NOW, changed=NOW)
    return TrackedEvent(merged=Merged(id=name, event=event, records=records), state=state)


def told(verdict: str) -> Feedback:
    return Feedback(event="0", verdict=verdict, at=NOW, title="", features=(("word", "头马"),), expected=1.0)


def check_life(data: st.DataObject) -> None:
    events = [make_event(title, uid=str(number), start=at(number, 19)) for number, title in enumerate(TITLES[:4])]
    text, feedback, planned, kept = CONFIGS[0], [], set(), None
    for _ in range(data.draw(st.integers(2, 5))):
        what = data.draw(st.sampled_from(["event", "event", "config", "feedback", "planned", "fewer", "no"]))
        if what == "event" and events:
            place, field = data.draw(st.integers(0, len(events) - 1)), data.draw(st.sampled_from(sorted(CHANGES)))
            events[place] = replace(events[place], **{field: data.draw(CHANGES[field])})
        elif what == "config":
            text = data.draw(st.sampled_from(CONFIGS))
        elif what == "feedback":
            feedback = [told(data.draw(st.sampled_from(["like", "dislike", "went"])))]
        elif what == "planned":
            planned = data.draw(st.sampled_from([set(), {"0"}, {"1", "2"}]))
        elif what == "fewer":
            events = events[1:]
        config = parse(text.encode(), "config.yaml", Catalog("zh"))
        now = [tracked(each) for each in events]
        places = TravelTimes.of(config.home, config.city, config.timezone, events)
        made = rate(assess(now, config.zone), config, places, feedback=feedback, planned=planned)
        fresh = made.rated
        wanted = made_of(now, config, feedback, planned)
        found = from_text(kept, wanted, now)
        caught = made.caught
        assert found is None or (found.rated, found.caught) == (fresh, caught)
        kept = to_text(Rating(made_of=wanted, rated=fresh, caught=caught))
        again = from_text(kept, wanted, now)
        assert repr(again.rated) == repr(fresh)
        assert again == Rating(made_of=wanted, rated=fresh, caught=caught, is_kept=True)


@QUICK
@given(st.data())
def test_what_is_kept_is_what_would_be_made(data):
    check_life(data)


@pytest.mark.long
@AT_LENGTH
@given(st.data())
def test_what_is_kept_is_what_would_be_made_at_length(data):
    check_life(data)


def test_another_program_makes_it_anew(monkeypatch):
    config, events = parse(CONFIGS[0].encode(), "config.yaml", Catalog("zh")), [tracked(make_event("储能沙龙"))]
    before = made_of(events, config, (), set())
    assert before == made_of(events, config, (), set())
    monkeypatch.setattr(program, "program", lambda: b"the next version")
    assert made_of(events, config, (), set()) != before


@pytest.fixture
def home(tmp_path):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    return tmp_path


def test_the_next_run_finds_it_and_a_look_at_some_events_keeps_nothing(home, monkeypatch):
    assert run(home, "week", "--now", MOMENT, "--quiet").returncode == 0
    rated = []
    monkeypatch.setattr(
        "planner.pipeline.known.rate", lambda known, *_, **__: rated.append(len(known.tracked)) or RatedEvents()
    )
    for command in ("plan", "publish", "refresh", "week"):
        assert run(home, command, "--now", MOMENT, "--quiet").returncode == 0
    assert sum(rated) == 0, "but for events without a time, of which there are none"
    config = parse((home / "config.yaml").read_bytes(), "config.yaml", Catalog("en"))
    with Store(home / "quanzi.db", "en") as store:
        kept = store.own_fact("rating")
        some = Run(config=config, store=store, now=NOW + timedelta(days=1), planned_alone=True)
        some.keep_trial(some.plan(some.this_week))
        assert store.own_fact("rating") == kept is not None


def test_a_rating_that_is_no_more_as_it_was_kept_is_made_anew():
    kept = to_text(Rating(made_of="x", rated=(), caught=()))
    assert from_text(kept, "x", ()) is not None
    for damaged in (kept[:-1], kept.replace("[]", "[ ]"), kept.partition("\n")[0], "x\n\n", "x"):
        assert from_text(damaged, "x", ()) is None
