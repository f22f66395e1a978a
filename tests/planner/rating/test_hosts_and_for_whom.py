"""What a host usually gives, and for whom an evening is certainly not meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.rating.evidence import evidence_of
from planner.rating.for_whom import unfit
from planner.rating.hosts import host_of, hosts_of
from spiders.items import Event, Evidence, Place
from tests.support.events import make_event


def hosts(events):
    return hosts_of((event, evidence_of(event)) for event in events)


def kind(event: Event, among: list[Event] | None = None) -> str | None:
    found = unfit(evidence_of(event), hosts([*(among or []), event]).circle(event))
    return found and found.kind


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Robots for Ages 8-12", "", "children"),
        ("Open Lab", "Come and build. " * 30 + "For ages 12-18.", "children"),
        ("亲子桌游", "", "children"),
        ("Adult Board Game Night", "For adults who love games. Kids have their own hour on Sunday.", None),
        ("Dungeons & Dragons for Teens", "", "children"),
        ("Members Only: Wine Evening", "", "members"),
        ("Executive Board Meeting", "", "members"),
        ("Canvassing for the candidate", "Phone bank and canvassing with the Democratic Party.", "partisan"),
        ("Bible Study", "", "worship"),
        ("Planning Commission", "", "officials"),
        ("Grief Support Group", "", "in_need"),
        ("头马俱乐部例会", "欢迎新朋友", None),
        ("Chamber Coffee", "Networking for business owners.", None),
    ],
)
def test_for_whom_an_evening_is_certainly_not_meant(title, text, expected):
    assert kind(make_event(title, description=text or None)) == expected


def test_the_word_that_says_so_is_named():
    found = unfit(evidence_of(make_event("Robots for Ages 8-12")), {})
    assert found is not None
    assert found.word == "Ages 8-12"


def campus(count: int = 8) -> list[Event]:
    return [
        make_event(f"Evening {number}", uid=str(number), source="campus", description="All students are welcome.")
        for number in range(count)
    ]


def test_a_campus_calendar_is_for_its_students_unless_an_evening_is_open_to_all():
    silent = make_event("Board Game Night", source="campus")
    assert kind(silent, campus()) == "students"
    assert kind(replace(silent, description="Free and open to the public."), campus()) is None
    assert kind(replace(silent, source="town"), campus()) is None


def test_a_calendar_that_is_named_after_a_party_is_the_partys():
    named = make_event("Book Club", organizer="Sample County Democrats", evidence=Evidence(inferred=("organizer",)))
    assert kind(named) == "partisan"
    assert kind(replace(named, organizer="Sample County Readers")) is None


def test_a_room_that_many_use_does_not_speak_for_its_evenings():
    place = Place(name="Sample Hall")
    lectures = [
        make_event(f"第{number}场", uid=str(number), source="paper", place=place, description="本科生和研究生都来")
        for number in range(2)
    ]
    others = [make_event(f"夜谈 {number}", uid=f"o{number}", source="paper") for number in range(20)]
    assert kind(make_event("年轻人之夜", source="paper", place=place), [*lectures, *others]) is None


def test_few_events_of_a_host_say_little_and_many_say_much():
    sign = "other.children"

    def share(count: int) -> float:
        events = [make_event(f"亲子绘本 {number}", uid=str(number), organizer="样板图书馆") for number in range(count)]
        return hosts(events).usual(events[0])[sign]

    assert 0 < share(1) < share(3) < share(30) <= 1.0
    assert share(1) < 0.5 < share(30)


def test_each_title_of_a_series_counts_once():
    once = [make_event("亲子绘本", uid="1"), make_event("桌游夜", uid="2")]
    often = [*(make_event("亲子绘本", uid=str(number)) for number in range(20)), make_event("桌游夜", uid="x")]
    assert hosts(once).of_sources == hosts(often).of_sources


def test_the_host_is_the_organiser_else_the_place_else_whose_calendar_it_is():
    place = Place(name="Sample Hall")
    inferred = Evidence(inferred=("organizer",))
    assert host_of(make_event("x", organizer="Dice Club", place=place)) == "dice club"
    assert host_of(make_event("x", organizer="Town Paper", place=place, evidence=inferred)) == "sample hall"
    assert host_of(make_event("x", organizer="Town Paper", evidence=inferred)) == "town paper"
    assert host_of(make_event("x")) == ""


def test_five_thousand_events_of_one_host_are_weighed_in_one_pass():
    events = [make_event(f"x {number}", uid=str(number), organizer="Dice Club") for number in range(5_000)]
    assert len(hosts(events).of_hosts) == 1
