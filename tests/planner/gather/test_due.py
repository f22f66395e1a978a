"""When a source is asked: what its host wants, its own failures, how often is enough; and who may overrule what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.gather.due import BACK_OFF, Wish, asked_next, left_alone
from planner.gather.fingerprint import fingerprint
from planner.store import SourceState
from spiders.items import FetchResult, Source, Validators
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy
from tests.support.events import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOURCE = Source(id="club", kind="ical", url="https://club.example/a b.ics", timezone="Asia/Shanghai")
GOOD = SourceState(
    id="club", address=fingerprint(SOURCE), tried=NOW, good=NOW, outcome="ok", count=3, known=Validators(digest="d")
)
FAILED = replace(GOOD, outcome="failed", failures=1, reason=Reason(Code.STATUS_ERROR, status=500), good=NOW - DAY)
GONE = replace(FAILED, reason=Reason(Code.STATUS_GONE, status=410))
NOBODY, INSISTING, FRESH = Wish(), Wish(insist=True), Wish(fresh=frozenset({"club"}))
ALONE = FetchResult(source="club", asked=False)


def at(state, after, *, source=SOURCE, wish=NOBODY, manners=None, waits=None):
    return left_alone(source, state, NOW + after, manners=manners or CrawlPolicy(), waits=waits or {}, wish=wish)


def asks(*args, **known) -> bool:
    return at(*args, **known) is None


def test_who_was_never_asked_is_asked():
    assert asks(None, timedelta())
    assert asks(replace(GOOD, retired=NOW), timedelta())


@pytest.mark.parametrize(("failures", "rest"), [*enumerate(BACK_OFF, 1), (6, BACK_OFF[-1]), (99, BACK_OFF[-1])])
def test_who_failed_is_left_alone_for_longer_each_time(failures, rest):
    state = replace(FAILED, failures=failures)
    assert at(state, rest * 0.89) == ALONE
    assert asks(state, rest * 0.9), "a tenth of slack"
    assert asked_next(state) == NOW + rest * 0.9
    assert asks(state, timedelta(minutes=1), wish=INSISTING)
    assert asks(state, timedelta(minutes=1), wish=FRESH)


def test_a_failure_that_counts_for_none_is_asked_at_once():
    """A source that was taken for broken because too much was gone, or a network that was down."""
    frozen = replace(FAILED, failures=0)
    assert asks(frozen, timedelta())
    assert asked_next(frozen) is None


def test_a_clock_that_was_set_back_keeps_nobody_waiting():
    assert asks(FAILED, -HOUR)
    waiting = replace(FAILED, not_before=NOW + 7 * DAY)
    assert not asks(waiting, timedelta(), wish=INSISTING)
    assert asks(waiting, -5 * DAY, wish=INSISTING), "twelve days: nobody may ask for so much"
    assert asks(replace(GOOD, good=NOW), -HOUR)
    assert asks(GOOD, -HOUR, source=replace(SOURCE, every=7 * DAY))


@pytest.mark.parametrize("wish", [NOBODY, INSISTING, FRESH])
def test_nobody_overrules_the_time_that_a_host_named(wish):
    for state, waits in (
        (replace(FAILED, not_before=NOW + 2 * DAY), {}),
        (None, {"club.example": NOW + 2 * DAY}),
        (replace(GONE, not_before=NOW + 2 * DAY), {}),
        (replace(FAILED, not_before=NOW + HOUR), {"club.example": NOW + 2 * DAY}),
    ):
        left = at(state, DAY, wish=wish, waits=waits)
        assert (left.failure, left.asked) == (Reason(Code.ASKED_TO_WAIT, moment="2026-11-22 20:00"), False)
    assert asked_next(replace(FAILED, not_before=NOW + 2 * DAY)) == NOW + 2 * DAY


def test_that_time_holds_for_the_address_however_it_is_read():
    state = replace(FAILED, not_before=NOW + DAY)
    assert not asks(state, HOUR, source=replace(SOURCE, kind="page", only=("x",)))
    assert asks(state, HOUR, source=replace(SOURCE, url="https://club.example/b.ics"))
    assert asks(state, DAY)


def test_what_is_gone_for_good_is_asked_no_more_until_its_address_changes():
    for wish in (NOBODY, INSISTING):
        assert at(GONE, 300 * DAY, wish=wish) == ALONE
        assert not asks(GONE, 300 * DAY, wish=wish, source=replace(SOURCE, kind="page"))
        assert asks(GONE, timedelta(), wish=wish, source=replace(SOURCE, url="https://club.example/new.ics"))
    assert asks(GONE, timedelta(), wish=FRESH)


def test_another_way_of_reading_is_asked_for_at_once():
    for state in (GOOD, FAILED):
        for other in (
            replace(SOURCE, only=("tea",)),
            replace(SOURCE, headers_from="/k"),
            replace(SOURCE, timezone="UTC"),
        ):
            assert asks(state, timedelta(minutes=1), source=other)


def test_strangers_are_asked_once_an_hour():
    assert at(GOOD, HOUR * 0.99) == ALONE
    assert asks(GOOD, HOUR)
    assert at(GOOD, HOUR / 2, wish=INSISTING) == ALONE
    assert asks(GOOD, HOUR / 2, wish=FRESH)
    near = replace(SOURCE, url="http://192.168.1.5/a.ics")
    assert asks(
        replace(GOOD, address=fingerprint(near)), timedelta(), source=near, manners=CrawlPolicy(allow=("192.168.1.5",))
    )
    assert asks(GOOD, timedelta(), manners=CrawlPolicy(hosts={"*": 1}))


def test_who_is_wanted_seldom_is_asked_seldom():
    weekly = replace(SOURCE, every=7 * DAY)
    assert at(GOOD, 6 * DAY, source=weekly) == ALONE
    assert at(GOOD, 6 * DAY, source=weekly, wish=INSISTING) == ALONE
    assert asks(GOOD, 6.3 * DAY, source=weekly)
    assert asks(GOOD, HOUR, source=weekly, wish=FRESH)
    assert asks(replace(GOOD, known=Validators()), 2 * HOUR, source=weekly), "it has to be read anew"
    assert asks(FAILED, 2 * HOUR, source=weekly), "a failure is followed by its own times"


def test_where_some_are_to_be_read_anew_the_others_rest():
    other = Wish(fresh=frozenset({"hall"}))
    for state in (None, GOOD, FAILED, GONE, replace(FAILED, not_before=NOW + DAY)):
        assert at(state, HOUR, wish=other) == ALONE
