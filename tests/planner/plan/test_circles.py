"""The people behind events become records; what is expected of them is never told as certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.i18n.catalog import Catalog
from planner.plan.circles import circles, holders
from planner.plan.communities import communities_of
from planner.plan.history import history_of
from planner.render import news, rhythm
from planner.render.cards import CardFormatter
from planner.render.digest import DigestBuilder
from planner.render.files import OutputFiles
from planner.store import Store
from planner.store.steady import found_steady, keep_steady
from spiders.items import Evidence, Place
from spiders.reasons import Code, Reason
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.planning import choose, config
from tests.support.weeks import WEEK, rated, small_week

HALL = Place(name="South Studio")


def evening(week: int, title: str = "Evening", organizer: str | None = "Sample Speakers", **known):
    """A Tuesday evening, ``week`` weeks from the week that is planned."""
    start = WEEK.start + timedelta(weeks=week, days=1, hours=19)
    known = {"place": HALL, "url": f"https://club.example/speakers/{week}", **known}
    return make_event(title, uid=f"{organizer}-{title}-{week}", start=start, organizer=organizer, **known)


def known(*events, older=(), now=NOW):
    return circles([rated(event, "practice") for event in events], list(older), now, SHANGHAI)


def test_a_club_is_a_record_with_rhythm_page_and_next_evening():
    (circle,) = known(*(evening(week) for week in range(-3, 1)))
    assert (circle.name, circle.track, circle.meetings, circle.is_steady) == ("Sample Speakers", "practice", 4, True)
    assert circle.cadence.weekdays == (1,)
    assert circle.coming.event.uid == "Sample Speakers-Evening-0@quanzi"
    assert circle.expected is None, "it is announced"
    assert circle.join.sign_up == "https://club.example/speakers/0"
    assert circle.join.group == circle.links[0] == "https://club.example/speakers/"


def test_those_of_the_users_tracks_stand_first_then_the_steadiest():
    others = [rated(evening(week, organizer="Steady Others"), "other") for week in range(-3, 1)]
    mine = [rated(evening(week, organizer="Sample Speakers"), "practice") for week in (-1, 0)]
    told = circles([*others, *mine], [], NOW, SHANGHAI)
    assert [circle.name for circle in told] == ["Sample Speakers", "Steady Others"]


def test_where_they_meet_is_the_place_of_most_evenings():
    park = Place(name="North Park")
    (usual,) = known(*(evening(week) for week in range(-3, 1)), evening(1, place=park))
    assert usual.where == "South Studio"
    (moving,) = known(evening(0), evening(1, place=park))
    assert moving.where is None


def test_what_is_not_announced_is_expected_and_no_event():
    (circle,) = known(*(evening(week) for week in range(-4, 0)))
    assert circle.coming is None
    assert circle.expected == date(2026, 11, 24)
    assert circle.last.astimezone(SHANGHAI).date() == date(2026, 11, 17)


def test_a_later_evening_leaves_the_usual_one_expected():
    (circle,) = known(*(evening(week) for week in (-4, -3, -2, -1, 2)))
    assert circle.expected == date(2026, 11, 24)
    assert circle.coming.event.uid == "Sample Speakers-Evening-2@quanzi"


def test_nothing_is_expected_of_people_who_fell_silent():
    (circle,) = known(older=[evening(week) for week in range(-14, -9)])
    assert circle.is_steady
    assert circle.expected is None


def test_the_past_that_is_no_longer_rated_counts():
    (circle,) = known(evening(0), older=[evening(week) for week in range(-8, -4)])
    assert circle.meetings == 5


def test_called_off_evenings_are_no_meetings():
    (circle,) = known(evening(-1), evening(0, status="cancelled"))
    assert (circle.meetings, circle.coming) == (1, None)


def test_a_calendar_of_many_places_is_a_list_of_other_peoples_evenings():
    told = [
        evening(week, f"Night {letter}", "City Guide", place=Place(name=f"House {letter}"))
        for week in (-1, 0)
        for letter in "abcdefg"
    ]
    assert len(set(holders(told))) == 7
    names = {circle.name for circle in known(*told)}
    assert names == {f"Night {letter}" for letter in "abcdefg"}
    assert not any(circle.name_is_own for circle in known(*told))


def test_an_evening_of_nobody_that_does_not_repeat_is_no_community():
    assert known(evening(0, organizer=None)) == ()


def test_the_users_own_rule_is_no_announcement():
    by_rule = Evidence(sure="inferred", doubts=(Reason(Code.FROM_A_RULE),))
    (circle,) = known(*(evening(week, evidence=by_rule) for week in range(4)))
    assert circle.coming is None
    assert circle.expected == date(2026, 11, 24)
    confirmed = [evening(0), *(evening(week, evidence=by_rule) for week in range(1, 4))]
    (circle,) = known(*confirmed)
    assert circle.coming.event.uid == "Sample Speakers-Evening-0@quanzi"


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("关注公众号：样板头马，回复报名", "样板头马"),
        ("微信公众号「样板桌游」", "样板桌游"),
        ("Official account: Sample Speakers", "Sample Speakers"),
        ("公众号：13812345678", None),
        ("加微信 wxid_sample123 进群", None),
        ("电话 021-64681234", None),
    ],
)
def test_a_public_account_is_told_and_nobodys_number_or_chat(text, account):
    (circle,) = known(evening(-1), evening(0, description=text))
    assert circle.join.account == account
    assert "138" not in str(circle.join)
    assert "wxid" not in str(circle.join)


def test_a_chat_link_is_no_sign_up():
    (circle,) = known(evening(-1), evening(0, url="https://wa.me/8613812345678"))
    assert circle.join.sign_up is None


NO_PLANS = history_of({}, WEEK)
LONG_AGO = WEEK.start - timedelta(weeks=5)


def news_of(found, *events):
    plan = choose([])
    people = [rated(event, "practice") for event in events]
    told = circles(people, [], NOW, SHANGHAI)
    return communities_of(plan, people, NO_PLANS, {}, circles=told, found_steady=found).steady


def test_a_rhythm_that_was_found_lately_is_news_once():
    club, begun, lately = [evening(week) for week in range(-4, 0)], {"": LONG_AGO}, WEEK.start - timedelta(days=2)
    assert [each.name for each in news_of(begun | {"sample speakers": lately}, *club)] == ["Sample Speakers"]
    assert news_of(begun | {"sample speakers": LONG_AGO + timedelta(days=2)}, *club) == ()
    assert news_of({"": lately, "sample speakers": lately}, *club) == (), "on the first day everybody's is new"
    assert news_of({}, *club) == ()
    assert news_of(begun | {"sample speakers": lately}, *club[:2]) == (), "two evenings are a guess"


def test_the_store_remembers_since_when_a_rhythm_is_known(tmp_path):
    later = NOW + timedelta(days=7)
    with Store(tmp_path / "quanzi.db", "en") as store:
        assert found_steady(store) == {}
        with store.transaction():
            keep_steady(store, ["a", "b"], NOW)
        with store.transaction():
            keep_steady(store, ["b", "c"], later)
        assert found_steady(store) == {"": NOW, "b": NOW, "c": later}


@pytest.mark.parametrize(
    ("language", "expected", "guess"),
    [("en", "every Tue at 19:00", "perhaps"), ("zh", "每周二 19:00", "也许")],
)
def test_in_words_the_expected_is_a_guess(language, expected, guess):
    (circle,) = known(*(evening(week) for week in range(-4, 0)))
    formatter = CardFormatter(config(f"language: {language}\ntimezone: Asia/Shanghai\n"), Catalog(language))
    text = "\n".join(rhythm.lines(formatter, circle))
    assert expected in text
    assert guess in text
    assert guess in rhythm.steady(formatter, circle)


def test_whom_one_is_getting_to_know_is_told_with_the_day_that_is_expected():
    club = [rated(evening(week), "practice") for week in range(-4, 0)]
    plans = history_of(
        {
            WEEK.shifted(-back).name: {"picks": [{"community": "sample speakers", "track": "practice"}]}
            for back in (1, 2)
        },
        WEEK,
    )
    told = communities_of(choose([]), club, plans, {}, circles=circles(club, [], NOW, SHANGHAI), found_steady={})
    formatter = CardFormatter(config("language: en\n"), Catalog("en"))
    (line,) = news.streaks(formatter, told)
    assert "perhaps on Tue 24 Nov" in line


def test_the_digest_holds_the_news_under_new_circles():
    (circle,) = known(*(evening(week) for week in range(-4, 0)))
    settings, planned, reports = small_week("en")
    communities = replace(planned.communities, steady=(circle,))
    planned = replace(planned, tell_communities=lambda: communities)
    view = DigestBuilder(settings, Catalog("en")).view(planned, reports)
    assert any("Sample Speakers" in line and "perhaps" in line for line in view.newcomers)
    files = OutputFiles(config=settings, words=Catalog("en"), now=NOW).files(planned, reports)
    assert b"Sample Speakers" in files["digest.txt"]
    assert b"Sample Speakers" not in files["plan.ics"] + files["public/all.ics"], "what is expected is no event"
