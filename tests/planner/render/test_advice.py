"""Cards and initiatives: the same in both languages, one for each kind that the vocabulary knows."""

from __future__ import annotations

from datetime import date

import pytest

from planner.people.person import SKILLS, Practice
from planner.rating import vocabulary
from planner.render.advice import _texts, card_for, initiative_for, next_step
from planner.types import Label


def test_both_languages_have_the_same_cards():
    zh, en = _texts("cards", "zh"), _texts("cards", "en")
    assert {group: set(cards) for group, cards in zh.items()} == {group: set(cards) for group, cards in en.items()}
    assert all(text.strip() for cards in (*zh.values(), *en.values()) for text in cards.values())


def test_every_kind_has_its_card():
    cards = _texts("cards", "en")
    assert set(cards["practice"]) == set(vocabulary.load("practice"))
    assert set(cards["industry"]) == set(vocabulary.load("industry")["form"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_nearest_card_is_given(language):
    cards = _texts("cards", language)
    assert card_for(Label(track="practice", topics=("debate",)), "practice", language) == cards["practice"]["debate"]
    assert card_for(Label(track="industry", form="expo"), "industry", language) == cards["industry"]["expo"]
    assert card_for(Label(track="industry"), "industry", language) == cards["track"]["industry"]
    assert card_for(Label(track=None), "client", language) == cards["track"]["client"]


def test_initiatives_change_by_the_week_and_the_kind_of_seller():
    weeks = {initiative_for("expansion", week, "zh") for week in range(8)}
    assert len(weeks) == 4
    assert weeks.isdisjoint({initiative_for("key-account", week, "zh") for week in range(8)})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_tried_leads_to_the_next_small_step_where_it_is_trained(language):
    cards, steps = _texts("cards", language), _texts("steps", language)
    days = ((1, "speaking"), (2, "speaking"), (3, "opening"))
    tried = [Practice(on=date(2026, 11, day), skill=skill) for day, skill in days]
    debate = Label(track="practice", topics=("debate",))
    assert card_for(debate, "practice", language, tried) == steps["speaking"]["steps"][1]
    assert card_for(Label(track="industry", form="expo"), "industry", language, tried) == steps["opening"]["steps"][0]
    other = Label(track="industry", topics=("debate",))
    assert card_for(other, "industry", language, tried) == cards["track"]["industry"]
    assert next_step("speaking", 99, language) == steps["speaking"]["steps"][-1]


def test_both_languages_have_the_same_steps_for_evenings_that_there_are():
    zh, en = _texts("steps", "zh"), _texts("steps", "en")
    known = set(vocabulary.load("practice")) | set(vocabulary.load("industry")["form"])
    assert list(zh) == list(en) == list(SKILLS)
    for skill in SKILLS:
        assert zh[skill]["trained_by"] == en[skill]["trained_by"]
        assert set(en[skill]["trained_by"]) <= known
        assert len(zh[skill]["steps"]) == len(en[skill]["steps"]) >= 5
