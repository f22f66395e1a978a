"""The values that stages hand on: their lists agree with their types, and nobody edits them."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from planner import types
from planner.types import BALANCED, KIND_OF_VERDICT, OFF, OWN, PLANNABLE, Rated, Track, Verdict
from spiders.items import Status
from tests.support.events import make_event
from tests.support.planning import rated


def test_the_lists_are_of_their_types():
    assert set(BALANCED) < set(PLANNABLE) < set(get_args(Track))
    assert set(KIND_OF_VERDICT) == set(get_args(Verdict))
    assert set(get_args(Status)) > OFF
    assert OWN.isidentifier()


def test_what_is_rated_knows_its_event():
    each = rated(make_event("读书会"))
    assert (each.id, each.event.title) == ("读书会", "读书会")


@pytest.mark.parametrize("kind", [each for each in vars(types).values() if dataclasses.is_dataclass(each)])
def test_every_value_is_frozen_and_has_no_room_for_more(kind):
    assert kind.__dataclass_params__.frozen
    assert "__slots__" in vars(kind)


def test_a_later_stage_cannot_edit_an_earlier_one():
    with pytest.raises(dataclasses.FrozenInstanceError):
        rated(make_event("x")).score = None
    assert Rated.__slots__ == ("tracked", "label", "travel", "score")
