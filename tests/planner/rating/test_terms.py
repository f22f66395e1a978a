"""The fields that words are looked for in."""

from __future__ import annotations

from planner.rating.classify import text_of
from planner.rating.terms import NAMES, texts_of
from tests.support.events import make_event


def test_title_organiser_and_text_are_looked_at():
    event = make_event("Salon", organizer="Sample Club", description="储能")
    assert texts_of(event) == (("title", "Salon"), ("organizer", "Sample Club"), ("text", text_of(event)))
    assert texts_of(make_event("Salon"))[1:] == (("organizer", ""), ("text", ""))


def test_every_name_stands_once():
    assert len(set(NAMES)) == len(NAMES)
