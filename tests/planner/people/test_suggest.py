"""What is suggested about people: three things at most, each out of what stands there, nobody twice in two weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.people.person import Favour, Meeting, Person, Promise
from planner.people.suggest import ASKS, LEFT_ALONE, MOST, About, Coming, Named, Suggestion, named_now, suggest

TODAY = date(2026, 11, 27)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def met(*days: int, circle: str = "Sample circle") -> tuple[Meeting, ...]:
    return tuple(Meeting(on=days_ago(each), circle=circle) for each in sorted(days, reverse=True))


def favour(way: str, days: int, state: str = "open", what: str = "a buyer") -> Favour:
    return Favour(on=days_ago(days), way=way, what=what, state=state)  # type: ignore[arg-type]


def known_as(person: Person) -> str:
    return person.key


def suggested(*people: Person, **more: object) -> list[tuple[str, str]]:
    found = suggest(people, TODAY, "2026-W48", known_as=known_as, **more)  # type: ignore[arg-type]
    return [(each.about.value, each.person.name) for each in found]


@pytest.mark.parametrize(
    ("about", "person"),
    [
        ("follow_up", Person(name="A", met=met(0))),
        ("follow_up", Person(name="A", met=met(2, 30))),
        ("again", Person(name="A", met=met(3))),
        ("again", Person(name="A", met=met(21, 30, 40))),
        ("again", Person(name="A", met=met(9, 15))),
        ("referral", Person(name="A", role="client", content=True, met=met(40))),
        ("referral", Person(name="A", role="client", favours=(favour("received", 90, "done"),))),
        ("introduction", Person(name="A", role="upstream")),
        ("introduction", Person(name="A", role="downstream", favours=(favour("asked", 60, "declined"),))),
        ("advice", Person(name="A", role="expert")),
        ("advice", Person(name="A", role="peer")),
        ("return", Person(name="A", favours=(favour("received", 1),))),
        ("promise", Person(name="A", promises=(Promise(what="the sample", by=TODAY + timedelta(days=7)),))),
        ("promise", Person(name="A", promises=(Promise(what="the sample", by=days_ago(3)),))),
    ],
)  # fmt: skip
def test_what_follows_from_what_stands_there(about, person):
    assert suggested(person) == [(about, "A")]


@pytest.mark.parametrize(
    "person",
    [
        Person(name="A"),
        Person(name="A", role="client"),
        Person(name="A", role="friend", met=met(30)),
        Person(name="A", met=met(0), contact=TODAY),
        Person(name="A", met=met(22)),
        Person(name="A", met=met(3, 10, 17, 24)),
        Person(name="A", role="expert", favours=(favour("asked", 100),)),
        Person(name="A", role="expert", favours=(favour("asked", 59, "done"),)),
        Person(name="A", favours=(favour("received", 9, "done"), favour("given", 3, "done"))),
        Person(name="A", promises=(Promise(what="x", by=TODAY, is_kept=True), Promise(what="y"))),
        Person(name="A", promises=(Promise(what="x", by=TODAY + timedelta(days=8)),)),
        Person(name="A", met=(Meeting(on=TODAY + timedelta(days=1)),)),
    ],
)
def test_nothing_where_nothing_stands_there(person):
    assert suggested(person) == []


def test_whom_one_owes_much_is_asked_for_nothing():
    owed = tuple(favour("received", days) for days in (10, 20))
    assert suggested(Person(name="A", role="expert", favours=owed)) == [("return", "A")]


def test_the_ask_has_a_place_of_its_own_and_goes_round():
    people = [
        Person(name="New", met=met(1)),
        Person(name="Owed", promises=(Promise(what="x", by=TODAY),)),
        Person(name="Again", met=met(5)),
        Person(name="E1", role="expert", met=met(40)),
        Person(name="E2", role="expert", met=met(50)),
        Person(name="U", role="upstream", met=met(60)),
    ]
    asked, before = [], ()
    for week in range(8):
        today = TODAY + timedelta(weeks=week)
        name = f"{today.isocalendar().year}-W{today.isocalendar().week}"
        found = suggest(people, today, name, known_as=known_as, before=before)
        asked += [(each.about.value, each.person.name) for each in found if each.about in ASKS]
        before = named_now(found, name, today, known_as, before)
    assert suggested(*people) == [("follow_up", "New"), ("promise", "Owed"), ("introduction", "U")]
    assert [name for _, name in asked[:4]] == ["U", "E1", "U", "E2"]
    assert len(asked) == 8


def test_where_one_will_be_anyway_goes_first():
    far, near = Person(name="Far", met=met(20)), Person(name="Near", met=met(5))
    coming = {
        near.key: Coming(id="e1", day=TODAY, is_picked=True),
        far.key: Coming(id="e2", day=TODAY, is_picked=False),
    }
    found = suggest([far, near], TODAY, "2026-W48", known_as=known_as, coming=coming)
    assert [(each.person.name, each.coming and each.coming.id) for each in found] == [("Near", "e1")]


def test_the_weekend_is_for_clients_in_that_preset_alone():
    client = Person(name="C", role="client", met=met(30))
    assert suggested(client) == []
    assert suggested(client, for_clients=True) == [("weekend", "C")]
    assert suggested(Person(name="C", role="client", met=met(6)), for_clients=True) == [("again", "C")]


def test_the_same_week_says_the_same_and_what_is_done_falls_away():
    people = [Person(name="New", met=met(1)), Person(name="E", role="expert")]
    first = suggest(people, TODAY, "2026-W48", known_as=known_as)
    before = named_now(first, "2026-W48", TODAY, known_as, ())
    assert suggest(people, TODAY, "2026-W48", known_as=known_as, before=before) == first
    people[0] = Person(name="New", met=met(1), contact=TODAY)
    again = suggest(people, TODAY, "2026-W48", known_as=known_as, before=before)
    assert [each.person.name for each in again] == ["E"]


ROLES = st.sampled_from([None, "client", "upstream", "downstream", "peer", "expert", "friend"])
PAST = st.integers(0, 200).map(days_ago)
PERSONS = st.builds(
    Person,
    name=st.sampled_from("ABCDEFGHIJKL"),
    role=ROLES,
    content=st.booleans(),
    contact=st.none() | PAST,
    met=st.lists(PAST, max_size=4).map(lambda days: tuple(Meeting(on=day, circle="c") for day in sorted(days))),
    favours=st.lists(
        st.builds(
            Favour, on=PAST, way=st.sampled_from(["asked", "received", "given"]), what=st.just("x"),
            state=st.sampled_from(["open", "done"]),
        ),
        max_size=3,
    ).map(tuple),
    promises=st.lists(st.builds(Promise, what=st.just("y"), by=PAST), max_size=1).map(tuple),
)  # fmt: skip


@given(
    st.lists(PERSONS, max_size=12, unique_by=known_as),
    st.lists(st.integers(0, 6), min_size=1, max_size=12),
    st.booleans(),
)
def test_three_at_most_nobody_twice_in_two_weeks_and_each_follows_from_what_stands_there(people, steps, for_clients):
    before: tuple[Named, ...] = ()
    told: dict[str, list[Suggestion]] = {}
    today = TODAY
    for step in steps:
        today += timedelta(days=step)
        year, week, _ = today.isocalendar()
        name = f"{year}-W{week:02d}"
        found = suggest(people, today, name, known_as=known_as, before=before, for_clients=for_clients)
        assert found == suggest(people, today, name, known_as=known_as, before=before, for_clients=for_clients)
        before = named_now(found, name, today, known_as, before)
        told.setdefault(name, []).extend(found)
        assert len({known_as(each.person) for each in found}) == len(found)
        assert all(_follows(each, today) for each in found)
    weeks: dict[str, set[str]] = {}
    for each in before:
        weeks.setdefault(each.week, set()).add(each.who)
    assert all(len([one for one in before if one.week == week]) <= MOST for week in weeks)
    for one in before:
        for other in before:
            if one.who == other.who and one.week != other.week:
                assert abs((one.on - other.on).days) >= LEFT_ALONE


def _follows(each: Suggestion, today: date) -> bool:
    """The reason read back out of the person."""
    person = each.person
    match each.about:
        case About.FOLLOW_UP:
            return person.last_met is not None and (today - person.last_met).days <= 2
        case About.AGAIN:
            return person.last_met is not None and (today - person.last_met).days <= 21 and person.days_met < 4
        case About.PROMISE:
            return each.promise in person.promises
        case About.RETURN:
            return each.favour in person.favours and each.favour.way == "received" and each.favour.state == "open"
        case About.WEEKEND:
            return person.role == "client"
        case _:
            asked = [one.on for one in person.favours if one.way == "asked"]
            return not asked or (today - max(asked)).days >= 60
