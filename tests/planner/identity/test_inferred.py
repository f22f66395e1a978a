"""What a source states beats what was found in another's prose, whoever of them says more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.identity.merge import merge
from planner.types import Record
from spiders.items import Evidence, Place
from tests.support.events import NOW, SHANGHAI, make_event


def record(source: str, **known) -> Record:
    event = make_event("Board games at the harbour", source=source, **known)
    return Record(
        source=source, key="k", event=event, event_id=None, first_seen=NOW, last_seen=NOW, changed=NOW
    )  # fmt: skip


def test_a_stated_field_beats_an_inferred_one():
    start = make_event().start
    assert start is not None
    guide = record(
        "a-guide",
        end=start + timedelta(hours=4),
        organizer="Town Guide",
        url="https://guide.example/1",
        place=Place(name="Old Harbour Hall and Gardens, near the station"),
        description="A long description. " * 30,
        evidence=Evidence(inferred=("end", "organizer", "place")),
    )
    club = record("club", end=start + timedelta(hours=2), organizer="Harbour Gamers", place=Place(name="Harbour Hall"))
    (one,) = merge([guide, club], SHANGHAI)
    event = one.event
    assert (event.organizer, event.place, event.end) == ("Harbour Gamers", Place(name="Harbour Hall"), club.event.end)
    assert event.url == "https://guide.example/1"
    assert event.evidence.inferred == ()
    assert event.title == club.event.title


def test_what_nobody_states_is_still_told_and_marked():
    start = make_event().start
    assert start is not None
    guide = record("guide", organizer="Town Guide", evidence=Evidence(inferred=("organizer",)))
    other = record("other", end=start + timedelta(hours=2), evidence=Evidence(inferred=("end",)))
    (one,) = merge([guide, other], SHANGHAI)
    assert (one.event.organizer, one.event.end) == ("Town Guide", other.event.end)
    assert set(one.event.evidence.inferred) == {"organizer", "end"}


def test_another_host_in_the_name_of_a_calendar_keeps_nothing_apart():
    guide = record("guide", organizer="Town Guide", evidence=Evidence(inferred=("organizer",)))
    club = record("club", organizer="Harbour Gamers")
    assert len(merge([guide, club], SHANGHAI)) == 1
    assert merge([guide, club], SHANGHAI) == merge([club, guide], SHANGHAI)
    alone = replace(guide, event=replace(guide.event, title="Rowing"))
    assert len(merge([alone, club], SHANGHAI)) == 2
