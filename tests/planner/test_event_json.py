"""Events as JSON: for other programs by the contract, for the store by codes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.event_json import from_json, to_json, to_store
from tests.support.events import NOW, full_event, make_event


def test_an_event_survives_its_json_whole():
    assert from_json(to_store(full_event())) == full_event()


def test_an_all_day_event_is_a_date_with_an_exclusive_end():
    start = NOW.replace(hour=0)
    event = make_event("展会", start=start, end=start + timedelta(days=3), all_day=True)
    shown = to_json(event)
    assert (shown["start"], shown["end"]) == ("2026-11-20", "2026-11-23")
    assert from_json(shown) == event


@pytest.mark.parametrize("values", [{}, {"title": " "}, {"title": 3}, {"title": "x", "start": "soon"}])
def test_what_is_no_event_is_a_value_error(values):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the library's for dates
        from_json(values)


def test_the_contract_tells_doubts_in_english_and_the_store_by_their_codes():
    event = full_event()
    assert to_json(event)["evidence"]["doubts"] == ["weekday contradicts date"]
    assert to_store(event)["evidence"]["doubts"] == [{"code": "weekday_contradicts"}]
    assert from_json(to_store(event)) == event
