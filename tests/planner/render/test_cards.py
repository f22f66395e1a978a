"""One event in words: its hours, its place, its price, its reasons."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.i18n.catalog import Catalog
from planner.plan.codes import Why
from planner.render.cards import CardFormatter, gist, marked_title
from planner.types import Term
from spiders.items import Evidence, Place, Price
from spiders.reasons import Code, Reason
from tests.support.events import SHANGHAI, make_event
from tests.support.planning import config

EN = CardFormatter(config(), Catalog("en"))
ZH = CardFormatter(config(), Catalog("zh"))
TUESDAY = datetime(2026, 11, 24, 19, 30, tzinfo=SHANGHAI)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("known", "hours"),
    [
        ({"end": TUESDAY + timedelta(hours=2)}, "19:30–21:30"),
        ({"end": TUESDAY + timedelta(hours=6)}, "19:30–01:30 (+1)"),
        ({"end": None}, "19:30"),
        ({"start": TUESDAY.astimezone(ZoneInfo("UTC")), "end": None}, "19:30"),  # in the user's zone
        ({"start": MIDNIGHT, "end": MIDNIGHT + timedelta(days=1), "all_day": True}, "all day"),
        ({"start": MIDNIGHT, "all_day": True}, "all day"),
        ({"start": MIDNIGHT, "end": MIDNIGHT + timedelta(days=3), "all_day": True}, "all day, until Thu 26 Nov"),
    ],
)
def test_hours(known, hours):
    assert EN.hours(make_event("x", **{"start": TUESDAY, **known}), assumed=False) == hours


def test_an_assumed_end_is_not_shown():
    assert EN.hours(make_event("x", start=TUESDAY, end=TUESDAY + timedelta(hours=2)), assumed=True) == "19:30"


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({}, "place not given"),
        ({"mode": "online"}, "online"),
        ({"mode": "online", "place": Place(name="Sample Hall")}, "online"),
        ({"place": Place(name="Sample Hall")}, "Sample Hall"),
        ({"mode": "hybrid", "place": Place(name="Sample Hall")}, "Sample Hall (also online)"),
    ],
)
def test_places(known, place):
    assert EN.place(make_event("x", **known)) == place


@pytest.mark.parametrize(
    ("price", "english", "chinese"),
    [
        (None, "price not given", "价格未写明"),
        (Price(), "price not given", "价格未写明"),
        (Price(min=0, max=0), "free", "免费"),
        (Price(min=0), "free", "免费"),
        (Price(min=45, max=45, currency="CNY"), "CNY 45", "45 元"),
        (Price(min=45, max=60, currency="CNY"), "CNY 45–60", "45–60 元"),
        (Price(min=9.5, currency="XDR"), "XDR 9.5", "9.5 XDR"),
    ],
)
def test_prices(price, english, chinese):
    assert (EN.price(price), ZH.price(price)) == (english, chinese)


def test_the_strongest_reasons_first_and_those_against_last():
    terms = [Term(name="travel", points=-0.5, about="40"), Term(name="free", points=0.3)]
    terms += [Term(name="interest", points=2.0, about="储能"), Term(name="novelty", points=1.0, about="Practice")]
    told = EN.reasons(terms, 3)
    assert len(told) == 3
    assert ["储能" in told[0], "Practice" in told[1], "free" in told[2]] == [True] * 3
    assert "40 min" in EN.reasons(terms)[-1]


def test_what_nobody_goes_out_for_is_told_by_why_alone():
    terms = [Term(name="base", points=-0.1), Term(name="small", points=0.2), Term(name="late", points=-0.2)]
    assert EN.reasons([*terms, Term(name="travel_unknown", points=-0.1, about="40")]) == ()
    assert all(EN.term(term) for term in terms)


def test_how_one_takes_part_is_told_where_it_is_said_clearly():
    assert EN.reasons([Term("way", 0.25, "fun")]) == ()
    assert "game night" in EN.reasons([Term("way", 0.42, "game night")])[0]


def test_why_it_may_not_be_planned_is_about_its_doubts_or_what_the_reason_names():
    doubts = (Reason(Code.WEEKDAY_CONTRADICTS), Reason(Code.ENDS_BEFORE_START))
    event = make_event("x", evidence=Evidence(sure="doubtful", doubts=doubts))
    assert EN.about(Reason(Why.DOUBTFUL), event) == "; ".join(EN.reason(each) for each in doubts)
    assert EN.about(Reason(Why.CLASH, about="Salon"), event) == "Salon"


@pytest.mark.parametrize(
    ("known", "title"),
    [
        ({}, "Salon"),
        ({"status": "cancelled"}, "Cancelled: Salon"),
        ({"status": "postponed"}, "Postponed: Salon"),
        ({"status": "tentative"}, "Salon"),
        ({"evidence": Evidence(sure="doubtful")}, "Time doubtful: Salon"),
        ({"status": "cancelled", "evidence": Evidence(sure="doubtful")}, "Cancelled: Salon"),
    ],
)
def test_titles_say_what_is_called_off_and_what_is_doubtful(known, title):
    assert marked_title(make_event("Salon", **known), Catalog("en")) == title


@pytest.mark.parametrize(
    ("description", "kept"),
    [
        ("三方坐到一张桌子旁。\n活动时间：周二 19:00\n地点: 园区\n报名截止：周一", "三方坐到一张桌子旁。"),
        ("Venue: Sample Hall\nWe play.\nTickets 5 EUR", "We play."),
        ("Dates are sweet", "Dates are sweet"),
        ("", ""),
    ],
)
def test_a_gist_repeats_no_facts(description, kept):
    assert gist(description) == kept


def test_signs_of_markup_that_platforms_leave_are_not_told():
    text = "## **Evening talk**\nBring a friend\\! #1 in town, C# and 2\\*3, stay_as_is"
    assert gist(text) == "Evening talk\nBring a friend! #1 in town, C# and 2*3, stay_as_is"
