"""Public files of an earlier run stand only where they would be written anew to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.config import Config, parse
from planner.i18n.catalog import Catalog
from planner.render.public_files import PublicFiles, PublicWriter
from planner.store import program
from planner.types import Rated, Record
from spiders.items import Evidence, Place, Price
from spiders.reasons import Code, Reason
from tests.support.events import NOW, make_event
from tests.support.planning import at, rated

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AT_LENGTH = settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ONE, OTHER = UUID(int=1), UUID(int=2)
SECRET = "https://club.example/feed?token=k3y-s3cret-99"
CONFIGS = (
    "language: en\n",
    "language: zh\n",
    "language: en\ncurrency: EUR\n",
    "language: en\noutput: {address: 'https://club.example/out/'}\n",
    "language: en\noutput: {cancelled: status}\n",
    "language: en\ntimezone: Europe/Berlin\n",
    f"language: en\nsources: [{{id: club, url: '{SECRET}', title: Sample Club}}]\n",
    f"language: en\nsources: [{{id: club, url: '{SECRET}', title: Other Club}}]\n",
)
CHANGES = {
    "title": st.sampled_from(["Debate", "Founders' breakfast", "[CANCELLED] Debate", "Call 138 1234 5678"]),
    "start": st.sampled_from([at(1, 19), at(2, 19), at(-3, 19), at(1, 19).astimezone(ZoneInfo("Europe/Berlin"))]),
    "end": st.sampled_from([None, at(1, 21), at(2, 22), at(9, 10)]),
    "place": st.sampled_from([None, Place(name="Hall"), Place(address="12 Road"), Place(latitude=1.5, longitude=2)]),
    "mode": st.sampled_from([None, "online", "hybrid"]),
    "url": st.sampled_from([None, "https://club.example/1", SECRET, "javascript:alert(1)"]),
    "description": st.sampled_from([None, "One question.", "Write to post@club.example " * 9, "Sign up until 20 Nov"]),
    "price": st.sampled_from([None, Price(min=0, max=0), Price(min=30, max=80), Price(min=30, currency="USD")]),
    "status": st.sampled_from(["confirmed", "tentative", "cancelled", "postponed"]),
    "organizer": st.sampled_from([None, "Sample Speakers"]),
    "recurrence": st.sampled_from([None, "FREQ=WEEKLY"]),
    "evidence": st.sampled_from([Evidence(), Evidence(sure="doubtful", doubts=(Reason(Code.AS_SAID, text="hour"),))]),
}


@st.composite
def changed(draw, before: Rated) -> Rated:
    """The event with one thing changed."""
    tracked, merged = before.tracked, before.tracked.merged
    what = draw(st.sampled_from([*CHANGES, "sequence", "changed", "track", "source"]))
    if what == "track":
        return replace(
            before, score=replace(before.score, track=draw(st.sampled_from(["industry", "practice", "client"])))
        )
    if what == "source":
        source = draw(st.sampled_from(["club", "other", "own", "quanzi.carried.public.industry"]))
        records = (
            Record(
                source=source,
                key="k",
                event=merged.event,
                event_id=merged.id,
                first_seen=NOW,
                last_seen=NOW,
                changed=NOW,
            ),
        )
        return replace(before, tracked=replace(tracked, merged=replace(merged, records=records)))
    if what == "sequence":
        state = replace(tracked.state, sequence=draw(st.integers(0, 3)))
        return replace(before, tracked=replace(tracked, state=state))
    if what == "changed":
        state = replace(tracked.state, changed=NOW - timedelta(days=draw(st.integers(0, 3))))
        return replace(before, tracked=replace(tracked, state=state))
    event = replace(merged.event, **{what: draw(CHANGES[what])})
    return replace(before, tracked=replace(tracked, merged=replace(merged, event=event)))


def loaded(text: str) -> Config:
    return parse(text.encode(), "config.yaml", Catalog("en"))


def writer(events: list[Rated], text: str = CONFIGS[0], **given) -> PublicWriter:
    config = loaded(text)
    usual = {"now": NOW, "sample": False, "installation": ONE, "keys": frozenset({"k3y-s3cret-99"})}
    return PublicWriter(config=config, words=Catalog(config.language), chosen=events, **(usual | given))


def check_life(data: st.DataObject) -> None:
    """A store's life: whatever changes between two runs, what is kept is what would be written."""
    events = [rated(make_event(f"event {number}", uid=str(number), start=at(number, 19))) for number in range(3)]
    text, now, installation, sample, keys = CONFIGS[0], NOW, ONE, False, frozenset({"k3y-s3cret-99"})
    kept: PublicFiles | None = None
    for _ in range(data.draw(st.integers(2, 6))):
        what = data.draw(st.sampled_from([*["event"] * 3, "more", "fewer", "config", "now", "us", "keys", "no"]))
        if what == "event" and events:
            place = data.draw(st.integers(0, len(events) - 1))
            events[place] = data.draw(changed(events[place]))
        elif what == "more":
            events.append(rated(make_event("more", uid=f"more-{len(events)}", start=at(3, 20)), track="practice"))
        elif what == "fewer":
            events = events[1:]
        elif what == "config":
            text = data.draw(st.sampled_from(CONFIGS))
        elif what == "now":
            now = NOW + timedelta(days=data.draw(st.integers(0, 9)))
        elif what == "us":
            installation, sample = data.draw(st.sampled_from([ONE, OTHER])), data.draw(st.booleans())
        elif what == "keys":
            keys = data.draw(st.sampled_from([frozenset(), frozenset({"k3y-s3cret-99"}), frozenset({"Hall"})]))
        made = writer(list(events), text, now=now, installation=installation, sample=sample, keys=keys)
        fresh = made.files()
        kept = made.files(kept)
        assert kept == fresh


@QUICK
@given(st.data())
def test_what_is_kept_is_what_would_be_written(data):
    check_life(data)


@pytest.mark.long
@AT_LENGTH
@given(st.data())
def test_what_is_kept_is_what_would_be_written_at_length(data):
    check_life(data)


def test_a_later_hour_alone_makes_nothing_anew():
    events = [rated(make_event("Debate", start=at(1, 19)))]
    kept = writer(events).files()
    assert writer(events, now=NOW + timedelta(hours=1)).files(kept) is kept
    over = writer(events, now=at(3, 0))
    assert over.files(kept) is not kept
    assert b"Debate" in kept.files["public/index.html"]
    assert b"Debate" not in over.files(kept).files["public/index.html"]


def test_what_only_the_user_may_know_makes_nothing_anew():
    before = rated(make_event("event", start=at(1, 19)))
    after = rated(make_event("event", start=at(1, 19)), score=9.0, minutes=5)
    kept = writer([before]).files()
    assert writer([after]).files(kept) is kept
    assert writer([after]).files() == kept


def test_another_program_and_another_rule_of_a_zone_make_all_anew(monkeypatch):
    events = [rated(make_event("event", start=at(1, 19)))]
    kept = writer(events).files()
    with monkeypatch.context() as patch:
        patch.setattr(program, "program", lambda: b"the next version")
        assert writer(events).files(kept) is not kept
    monkeypatch.setattr(program, "rules_of", lambda zone: b"summer time is gone")
    assert writer(events).files(kept) is not kept


def test_the_rules_of_a_zone_are_found_with_and_without_those_of_the_system(monkeypatch):
    assert program.rules_of("Asia/Shanghai").startswith(b"TZif")
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    assert program.rules_of("Asia/Shanghai").startswith(b"TZif")
    assert program.rules_of("No/Where") == b""
