"""Reasons as values: what they are about, and their way through JSON and back."""

from __future__ import annotations

import json
from enum import StrEnum, auto

import pytest

from spiders.reason_json import from_json, recalled, to_json
from spiders.reasons import WEEKDAYS, Code, Reason

REASONS = [
    (Reason(Code.EMPTY), "empty"),
    (Reason(Code.STATUS_ERROR, status=502), "status_error (status=502)"),
    (Reason(Code.EVENTS_SKIPPED, count=1, why=Reason(Code.NO_START)), "events_skipped (count=1 why=no_start)"),
    (Reason(Code.OF_FILE, name=None, share=0.5), "of_file (name=None share=0.5)"),
    (
        Reason(Code.SOURCES_DIFFER, about=(Reason(Code.MONDAY), Reason(Code.OPINION, name="x"))),
        "sources_differ (about=monday; opinion (name=x))",
    ),
]


class Other(StrEnum):
    SOMETHING = auto()


@pytest.mark.parametrize(("reason", "text"), REASONS)
def test_through_json_and_back(reason, text):
    assert str(reason) == text
    assert from_json(json.loads(json.dumps(to_json(reason)))) == reason
    assert recalled(to_json(reason)) == reason
    assert hash(reason) == hash(from_json(to_json(reason)))


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ("status 502: refused", "status 502: refused"),
        (12, "12"),
        (None, "None"),
        ({"code": "eaten_by_bears", "count": 2}, "eaten_by_bears"),
        ({}, "None"),
        ({"code": "events_skipped", "why": {"code": "eaten_by_bears"}}, "events_skipped"),
    ],
)
def test_what_is_no_reason_of_ours_stays_as_it_was_said(kept, text):
    assert recalled(kept) == Reason(Code.AS_SAID, text=text)


def test_values_are_found_by_name_and_the_usual_one_is_never_missing():
    reason = Reason(Code.STATUS_ERROR, status=502, about="club")
    assert (reason["status"], reason.about, Reason(Code.EMPTY).about) == (502, "club", "")
    with pytest.raises(KeyError):
        reason["count"]
    assert reason != Reason(Code.STATUS_ERROR, status=503, about="club")


def test_no_value_can_stand_in_the_place_of_the_code():
    with pytest.raises(TypeError):
        Reason(Code.STATUS_ERROR, code="empty")


def test_codes_of_others_are_read_by_their_own_list():
    reason = Reason(Other.SOMETHING, about="x")
    assert from_json(to_json(reason), Other) == reason
    with pytest.raises(ValueError, match="something"):
        from_json(to_json(reason))


def test_there_are_seven_weekdays():
    assert [str(day) for day in WEEKDAYS[:2]] == ["monday", "tuesday"]
    assert len(set(WEEKDAYS)) == 7
