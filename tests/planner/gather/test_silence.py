"""Which good answers are odd, held against what a source is like when it is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.gather.habit import Habit, after_good, after_unchanged, from_json, to_json
from planner.gather.silence import Answer, is_cut, oddity, same_for_long
from spiders.items import Evidence, Looks
from spiders.reasons import Code
from tests.support.events import NOW, make_event

HABIT = Habit(
    address="a", counts=(6, 6, 6), letters=(2000, 2000, 2000), title="Evenings", place="club.example/list",
    closed="</html>", ideographs=0.0, newest=NOW - timedelta(days=3),
)  # fmt: skip
LOOKS = Looks(letters=2000, title="Evenings", place="club.example/list", closed="</html>", ideographs=0.0)
KNOWN = {f"e{day}": make_event(f"Evening no {day}", start=NOW + timedelta(days=day)) for day in range(1, 7)}
PAST = {f"p{day}": make_event(f"Evening {day}", start=NOW - timedelta(days=day)) for day in range(300, 306)}


def code(told, known=KNOWN, habit=HABIT, **answer):
    looks = answer.pop("looks", LOOKS)
    found = oddity(Answer(told=told, looks=looks, now=NOW, **answer), habit, known)
    return found and found.reason.code


def first(count: int):
    return dict(list(KNOWN.items())[:count])


def renamed(title: str):
    return {key: replace(event, title=title.format(key)) for key, event in KNOWN.items()}


def test_who_tells_what_was_known_is_well():
    assert code(KNOWN) is None
    assert code(dict(reversed(KNOWN.items())) | {"new": make_event("New", start=NOW + timedelta(days=20))}) is None


def test_nothing_is_judged_at_the_first_answer():
    assert oddity(Answer(told={}, looks=LOOKS, now=NOW), None, {}) is None
    assert oddity(Answer(told={}, looks=LOOKS, now=NOW), Habit(address="a"), {}) is None


def test_nothing_where_there_were_three():
    assert code({}) is Code.NOTHING_ANY_MORE
    assert code({}, known=first(2), habit=replace(HABIT, counts=(6, 2, 6))) is None, "it told fewer than three lately"
    assert code({}, habit=replace(HABIT, counts=(1, 3, 3, 3))) is Code.NOTHING_ANY_MORE
    assert code({}, known={}) is None, "what it told is over"
    assert code({}, known={}, forgets=True) is Code.NOTHING_ANY_MORE, "a feed keeps what is over"
    assert code({}, partial=True) is None, "cut off: it may stand behind"


@pytest.mark.parametrize(("count", "odd"), [(3, Code.FEWER_THAN_USUAL), (4, None), (5, None)])
def test_fewer_than_was_known(count, odd):
    assert code(first(count)) is odd


def test_what_passes_is_not_missed():
    fading = replace(HABIT, counts=(20, 18, 12, 9, 5))
    few = dict(list(KNOWN.items())[3:])
    assert code(few, known=few, habit=fading) is None


@pytest.mark.parametrize(("count", "odd"), [(3, None), (2, Code.FEWER_THAN_USUAL), (0, Code.NOTHING_ANY_MORE)])
def test_a_feed_is_held_against_its_median(count, odd):
    habit = replace(HABIT, counts=(7, 6, 8, 6, 7))
    assert code(first(count), known={}, habit=habit, forgets=True) is odd


def test_a_feed_that_told_as_few_before_is_well():
    assert code(first(2), known={}, habit=replace(HABIT, counts=(7, 6, 2, 6, 7)), forgets=True) is None


def test_half_the_entries_of_a_feed():
    habit = replace(HABIT, entries=(12, 12, 12))
    half = replace(LOOKS, entries=6)
    assert code(first(4), known={}, habit=habit, forgets=True, looks=half) is Code.FEWER_THAN_USUAL
    assert code(KNOWN, habit=habit, looks=half) is None, "all that is known is told"


def test_a_password_is_wanted():
    asks = replace(LOOKS, asks_password=True)
    assert code({}, looks=asks) is Code.REFUSED
    assert code(KNOWN, looks=asks) is None, "a page may offer to sign in"
    assert code(first(5), looks=asks, habit=replace(HABIT, asks_password=True)) is None, "as it always did"


def test_led_to_another_page():
    away = replace(LOOKS, place="consent.example/choose")
    assert code({}, looks=away, habit=replace(HABIT, counts=(1, 1))) is Code.LED_ELSEWHERE
    assert code(KNOWN, looks=away) is None, "it moved and tells the same"


def test_all_is_over():
    assert code(PAST) is Code.ALL_OVER
    assert code(PAST, known={}) is None, "nothing was to come before either"


def test_written_before_the_last_answer():
    old = replace(LOOKS, newest=NOW - timedelta(days=364))
    assert code(first(5), looks=old) is Code.OLDER_THAN_BEFORE
    assert code(KNOWN, looks=old) is None, "nothing is lacking"
    assert code(first(5), looks=replace(LOOKS, newest=NOW - timedelta(days=20))) is None
    posts = {key: replace(event, published=NOW - timedelta(days=370)) for key, event in first(5).items()}
    assert code(posts) is Code.OLDER_THAN_BEFORE


def test_one_title_for_all():
    assert code(renamed("Club")) is Code.ONE_TITLE
    club = {key: replace(event, title="Club") for key, event in KNOWN.items()}
    assert code(club, known=club) is None, "a series has one"


def test_the_page_has_shrunk():
    small = replace(LOOKS, letters=300)
    assert code(first(5), looks=small) is Code.FEW_LETTERS
    assert code(KNOWN, looks=small) is None, "a page without its frills"
    assert code({}, known={}, looks=small) is None, "what it told is over"
    assert code({}, known={}, looks=replace(small, title="Back soon")) is Code.FEW_LETTERS


def test_prose_made_of_what_had_a_form():
    other = {"x": make_event("Club", start=NOW + timedelta(days=1))}
    few = first(2)
    asked = {"known": few, "reader": "announcement"}
    assert code(other, usual_reader="listing", **asked) is Code.READ_AS_PROSE
    assert code(few | other, usual_reader="listing", **asked) is None, "it tells what was known"
    assert code(other, usual_reader="announcement", **asked) is None, "it always was prose"
    assert code(other, usual_reader=None, **asked) is None
    assert code(other, known={}, reader="announcement", usual_reader="listing") is None, "what it told is over"
    assert code(other, known=few, reader="listing", usual_reader="json-ld") is None, "another form"


def test_another_language_and_other_titles():
    chinese = renamed("第{}场晚会")
    assert code(chinese, looks=replace(LOOKS, ideographs=0.9)) is Code.ANOTHER_LANGUAGE
    assert code(renamed("Soirée {}")) is Code.ALL_RENAMED
    assert code({**renamed("Soirée {}"), **first(1)}) is None
    series = {key: replace(event, title="Debate") for key, event in KNOWN.items()}
    assert code(renamed("Debate, with guests"), known=series) is None, "a series that is renamed"


def test_of_few_some_may_be_called_off_at_once():
    assert code(first(2), known=first(4)) is None
    assert code(first(2), known=first(5)) is None


def test_most_times_are_doubted_at_once():
    doubtful = {key: replace(event, evidence=Evidence(sure="doubtful")) for key, event in KNOWN.items()}
    assert code(doubtful) is Code.MANY_DOUBTFUL
    assert code(doubtful, known=doubtful) is None


@pytest.mark.parametrize(("told", "firm"), [({}, True), (PAST, True), (first(3), False)])
def test_what_tells_nothing_to_come_is_not_believed_by_being_said_again(told, firm):
    found = oddity(Answer(told=told, looks=LOOKS, now=NOW), HABIT, KNOWN)
    assert found is not None
    assert found.firm is firm


def test_its_end_is_missing():
    short = replace(LOOKS, letters=900, closed="</li>")
    assert is_cut(Answer(told=KNOWN, looks=short, now=NOW), HABIT)
    assert not is_cut(Answer(told=KNOWN, looks=LOOKS, now=NOW), HABIT)
    assert not is_cut(Answer(told=KNOWN, looks=short, now=NOW), replace(HABIT, closed=None)), "it never had one"
    assert not is_cut(Answer(told=KNOWN, looks=replace(short, letters=3000), now=NOW), HABIT), (
        "longer: it ends otherwise"
    )
    assert is_cut(Answer(told=KNOWN, looks=LOOKS, partial=True, now=NOW), None)


def test_a_habit_is_learnt_and_kept():
    habit = None
    for day in range(8):
        habit = after_good(
            habit, "a", count=day, looks=LOOKS, newest=NOW, digest=str(day // 4), now=NOW + timedelta(days=day)
        )
    assert habit is not None
    assert habit.counts == (3, 4, 5, 6, 7)
    assert habit.same_since == NOW + timedelta(days=4)
    assert habit.closed == "</html>"
    assert from_json(to_json(habit)) == habit
    assert from_json(None) is None
    assert after_unchanged(habit).counts == (4, 5, 6, 7, 7)
    odd = after_good(habit, "a", count=7, looks=replace(LOOKS, closed="</li>"), newest=NOW, digest="x", now=NOW)
    assert odd.closed is None, "it does not always end alike"
    again = after_good(odd, "a", count=7, looks=LOOKS, newest=NOW, digest="x", now=NOW)
    assert again.closed is None
    assert after_good(habit, "b", count=1, looks=None, newest=None, digest=None, now=NOW).counts == (1,)


def test_the_same_for_sixty_days():
    habit = replace(HABIT, same_since=NOW)
    assert same_for_long(habit, NOW + timedelta(days=59)) is None
    assert same_for_long(habit, NOW + timedelta(days=60)) == NOW
