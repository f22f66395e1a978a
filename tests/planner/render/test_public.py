"""Which events the public calendars hold: the best 500 to come, and nothing falls out before it is past."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.render.public import MAX_COMING, MAX_PAST, public_events
from planner.store import Store
from planner.store.shown import shown_in_public
from planner.types import Term
from tests.support.events import NOW, make_event
from tests.support.weeks import rated

HOUR = timedelta(hours=1)


def many(count: int, *, hours: int = 1, points: float = 1.0, name: str = "e", track: str = "practice"):
    term = Term(name="interest", points=points)
    return [
        rated(make_event("x", uid=f"{name}{number:04d}", start=NOW + hours * HOUR * (number + 1)), track, term)
        for number in range(count)
    ]


def ids(chosen) -> set[str]:
    return {each.id for each in chosen}


def test_the_best_five_hundred_to_come():
    dull, good = many(MAX_COMING, name="dull"), many(20, name="good", points=3.0)
    chosen = public_events([*dull, *good], frozenset(), NOW)
    assert len(chosen) == MAX_COMING
    assert ids(good) <= ids(chosen)


def test_what_is_shown_stays_until_it_is_past_even_when_better_ones_come():
    dull = many(MAX_COMING, name="dull")
    shown = ids(public_events(dull, frozenset(), NOW))
    better = many(300, name="better", points=9.0)
    later = public_events([*dull, *better], shown, NOW)
    assert shown <= ids(later)
    evening = NOW + 100 * HOUR + HOUR / 2
    after = public_events([*dull, *better], shown, evening)
    assert shown <= ids(after), "the past stays"
    assert len(ids(after) & ids(better)) == 100, "what became past makes room"


def test_the_past_stays_a_month_if_it_was_shown():
    shown, never = many(3, hours=-24, name="shown"), many(3, hours=-24, name="never")
    long_ago = many(3, hours=-24 * 20, name="long")
    assert ids(public_events([*shown, *never, *long_ago], ids([*shown, *long_ago]), NOW)) == {*ids(shown), "long0000"}
    assert ids(public_events([*shown, *never], None, NOW)) == ids([*shown, *never]), (
        "a lost store forgets what was shown"
    )


def test_the_far_past_goes_first_where_it_is_too_much():
    past = many(MAX_PAST + 50, hours=-1, name="past")
    chosen = public_events(past, ids(past), NOW)
    assert ids(chosen) == ids(past[:MAX_PAST])


def test_the_way_from_home_plays_no_part():
    here = rated(make_event("x", uid="near"), "practice", Term(name="interest", points=1.0))
    far = rated(
        make_event("x", uid="far"), "practice", Term(name="interest", points=1.1), Term(name="travel", points=-3.0)
    )
    crowd = many(MAX_COMING - 1, name="crowd", points=5.0)
    assert "far" in ids(public_events([here, far, *crowd], frozenset(), NOW))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-40 * 24, 60 * 24), st.floats(0, 9), st.booleans()), max_size=60),
    st.integers(0, 900),
)
def test_nothing_shown_ever_disappears_between_two_runs_within_a_month(drawn, passed):
    events = [
        rated(
            make_event("x", uid=f"e{number}", start=NOW + hours * HOUR),
            "practice",
            Term(name="interest", points=points),
        )
        for number, (hours, points, _) in enumerate(drawn)
    ]
    known = [each for each, (_, _, at_first) in zip(events, drawn, strict=True) if at_first]
    first = ids(public_events(known, frozenset(), NOW))
    later = NOW + passed * HOUR
    second = ids(public_events(events, first, later))
    gone = [each for each in events if each.id in first - second]
    assert all(each.event.start < later - timedelta(days=30) for each in gone)


def test_the_store_remembers_what_was_shown():
    with Store(":memory:") as store:
        assert shown_in_public(store) is None
        with store.transaction():
            store.put_fact("public", '["a", "b"]')
        assert shown_in_public(store) == {"a", "b"}
