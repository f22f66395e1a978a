"""Hours kept for clients, and events to invite them to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.plan.client_time import blocks_for_clients, to_invite_to
from planner.types import Label
from tests.support.events import NOW, make_event
from tests.support.planning import WEEK, at, config, fair, rated


def test_key_account_keeps_a_long_and_a_short_block_for_clients():
    loaded = config("seller: key-account")
    long, short = blocks_for_clients(loaded, WEEK, NOW)
    assert (long[0].weekday(), long[1] - long[0]) == (5, timedelta(hours=4))
    assert short[0].weekday() < 5
    assert short[1] - short[0] == timedelta(hours=2)
    assert blocks_for_clients(config(), WEEK, NOW) == []
    assert blocks_for_clients(loaded, WEEK, WEEK.end) == []


def test_events_to_invite_a_client_to_are_fairs_talks_and_walks():
    walk = replace(
        rated(make_event("walk", start=at(6, 9), end=at(6, 12)), track="practice"),
        label=Label(track="practice", topics=("outdoors_together",)),
    )
    game = replace(rated(make_event("game", start=at(6, 19)), 9.0, "practice"), label=Label(track="practice"))
    assert [each.id for each in to_invite_to([game, walk, fair()], WEEK, NOW)] == ["fair", "walk"]
