"""What an announcement says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rating.evidence import LONGEST, entries_of_evidence, evidence_of
from planner.rating.kept_evidence import EvidenceReader, digest_of, from_body, to_body
from planner.rating.vocabulary import entries, plain
from planner.rating.weights import learnt_weights
from spiders.items import Evidence, Place
from tests.support.events import make_event
from tests.support.timing import spent


def strength(event, sign: str) -> float:
    return evidence_of(event).of(sign).strength


def test_a_word_says_most_in_a_title_then_in_a_category_then_in_the_text():
    said = [
        strength(make_event("Teens: Open Lab"), "audience.teens"),
        strength(make_event("Open Lab", categories=("Teens",)), "audience.teens"),
        strength(make_event("Open Lab", description="For teens."), "audience.teens"),
        strength(make_event("Open Lab", description="x" * 400 + " For teens."), "audience.teens"),
        strength(make_event("Open Lab"), "audience.teens"),
    ]
    assert said == sorted(said, reverse=True)
    assert (said[0], said[-1]) == (1.0, 0.0)


def test_an_age_is_exact_wherever_it_stands():
    text = "An afternoon of machines. " * 20 + "Ages 8-12."
    assert evidence_of(make_event("Robots", description=text)).of("age.children") == (0.7, "Ages 8-12")


def test_a_category_that_is_an_audience_says_it_clearly():
    event = make_event("Game Night", categories=("Gaming", "Adults"))
    assert strength(event, "audience.adults") == 0.8


def test_further_words_make_a_sign_clearer_but_never_more_than_whole():
    once = strength(make_event("x", description="bring the kids"), "audience.families")
    often = strength(make_event("x", description="bring the kids, all ages, family friendly"), "audience.families")
    assert once < often <= 1.0


def test_whose_calendar_it_is_says_less_than_who_holds_it():
    held = make_event("Evening", organizer="样板市新能源行业协会")
    listed = replace(held, evidence=Evidence(inferred=("organizer",)))
    assert 0 < strength(listed, "organiser.chamber") < strength(held, "organiser.chamber")


@pytest.mark.parametrize("text", ["", "适合 6-12 岁，亲子", "Members only. Doors open at 7, tickets at the door."])
def test_what_is_kept_is_what_was_read(text):
    made = evidence_of(make_event("头马例会", description=text, organizer="木桥", place=Place(name="梧桐里")))
    kept = from_body(to_body(made))
    assert (kept.label, kept.worth, kept.size) == (made.label, made.worth, made.size)
    assert {group: tuple(sign) for group, sign in kept.signs.items()} == {**made.signs}


def test_an_event_is_read_once_until_its_words_change():
    event = make_event("桌游夜", description="欢迎新手")
    first = EvidenceReader({})
    first(event)
    assert list(first.made) == [digest_of(event)]
    again = EvidenceReader(first.made)
    assert again(replace(event, uid="another of the series")).label == first(event).label
    assert again.made == {}
    again(replace(event, description="仅限会员"))
    assert len(again.made) == 1
    assert len(again.used) == 2


def test_no_word_stands_twice_in_one_group_and_every_sign_can_have_a_weight():
    words = [(each.family, each.group, plain(each.word)) for each in entries_of_evidence()]
    assert len(words) == len(set(words))
    weights = learnt_weights()
    signs = {f"{each.family}.{each.group}" for each in (*entries(), *entries_of_evidence())}
    never_seen = {sign for sign in signs if sign not in weights}
    assert len(never_seen) <= 10, never_seen  # a sign that no graded event bears keeps no weight


def test_a_very_long_text_is_read_as_far_as_it_counts():
    long = make_event("x", description="欢迎新朋友。members only. " * 20_000)
    assert len(long.description or "") >= 100 * LONGEST
    assert evidence_of(long) == evidence_of(replace(long, description=(long.description or "")[:LONGEST]))


def test_a_text_that_pleases_everybody_takes_no_longer_than_its_length():
    words = " ".join(sorted({each.word for each in (*entries(), *entries_of_evidence())}))

    def seconds(length: int) -> float:
        return spent(lambda: evidence_of(make_event("x", description=words[:length])))

    assert seconds(4_000) < max(seconds(500) * 40, 0.05)


@given(st.text(st.sampled_from("ab儿童桌游members18+岁-0 \n🎲学生"), max_size=80))
def test_any_text_gives_signs_between_nothing_and_whole(text):
    made = evidence_of(make_event(text, description=text))
    assert all(0 < share <= 1 and word for share, word in made.signs.values())
