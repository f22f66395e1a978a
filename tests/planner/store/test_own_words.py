"""The user's own word, and the steps that can be undone, as the store keeps them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from planner.store import Store
from planner.store.own_words import STEPS_KEPT
from planner.types import OwnStep, OwnWord
from tests.support.events import make_event

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORD = OwnWord(id="aaaa", at=NOW, fields=("title", "time"), event=make_event("Dinner", start=NOW))


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def test_a_word_is_kept_replaced_and_taken_back(store):
    with store.transaction():
        store.put_own_word("aaaa", WORD)
    (kept,) = store.own_words().values()
    assert (kept.id, kept.at, kept.fields, kept.event.title) == ("aaaa", NOW, ("title", "time"), "Dinner")
    with store.transaction():
        store.put_own_word("aaaa", OwnWord(id="aaaa", at=NOW, removed=True))
    assert store.own_words()["aaaa"] == OwnWord(id="aaaa", at=NOW, removed=True)
    with store.transaction():
        store.put_own_word("aaaa", None)
    assert store.own_words() == {}


def test_steps_come_back_the_last_first_with_what_was_before(store):
    added = OwnStep(what="add", at=NOW, title="Dinner", keys=("k",), records=(("k", '{"title": "晚饭"}'),))
    edited = OwnStep(what="edit", at=NOW, title="Dinner", event="aaaa", before=OwnWord(id="aaaa", at=NOW, removed=True))
    with store.transaction():
        store.put_own_step(added)
        store.put_own_step(edited)
    assert store.last_own_step() == edited
    with store.transaction():
        store.drop_last_own_step()
    assert store.last_own_step() == added


def test_old_steps_are_forgotten(store):
    with store.transaction():
        for number in range(STEPS_KEPT + 5):
            store.put_own_step(OwnStep(what="remove", at=NOW, title=str(number), event="aaaa"))
        for _ in range(STEPS_KEPT):
            store.drop_last_own_step()
    assert store.last_own_step() is None
