"""The fields that words of the user are looked for in."""

from __future__ import annotations

from planner.rating.evidence import LEAD
from planner.rating.terms import NAMES, texts_of
from tests.support.events import make_event


def test_title_category_organiser_and_lead_are_looked_at():
    event = make_event("Salon", organizer="Sample Club", description="储能" * LEAD, categories=("Talks", "Energy"))
    assert dict(texts_of(event)) == {
        "title": "Salon",
        "category": "Talks / Energy",
        "organizer": "Sample Club",
        "lead": ("储能" * LEAD)[:LEAD],
    }
    assert list(texts_of(make_event("Salon"))) == [("title", "Salon")]


def test_every_name_stands_once():
    assert len(set(NAMES)) == len(NAMES)
