"""Codes of what planning says of events and weeks; their words stand under ``why.`` and ``note.`` in the catalogue."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Why an event may not be planned, or no longer fits where it was planned (value ``about``)."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    PAST = "past"
    DOUBTFUL = "doubtful"
    ALL_DAY = "all_day"
    UNSORTED = "unsorted"
    OTHER = "other"
    CHILDREN = "children"
    STUDENTS = "students"
    PARTISAN = "partisan"
    MEMBERS = "members"
    WORSHIP = "worship"
    OFFICIALS = "officials"
    IN_NEED = "in_need"
    POOR = "poor"
    AVOIDED = "avoided"
    TOO_FAR = "too_far"
    REFUSED = "refused"
    BUSY = "busy"
    BUSY_PERHAPS = "busy_perhaps"
    NO_FREE_HOURS = "no_free_hours"
    OUTSIDE_FREE_HOURS = "outside_free_hours"
    OTHER_WEEK = "other_week"
    CLASH = "clash"


class Note(StrEnum):
    """What is to be known of a whole week (value ``about``; of a track that is short for ``weeks`` in a row also the
    ids of ``sources`` that would help, parted by spaces)."""

    HOLIDAYS_UNKNOWN = "holidays_unknown"
    HOME_UNKNOWN = "home_unknown"
    BUSY_FAILED = "busy_failed"
    PIN_DROPPED = "pin_dropped"
    PIN_UNMET = "pin_unmet"
    REFUSAL_UNMET = "refusal_unmet"
    NOTHING_CONFIGURED = "nothing_configured"
    NOTHING_ALLOWED = "nothing_allowed"
    CITY_EMPTY = "city_empty"
    POOR = "poor"
    FEW_OF = "few_of"
    FEW_FOR_WEEKS = "few_for_weeks"
    FEW_FOR_WEEKS_NONE = "few_for_weeks_none"
    KEYWORD_SILENT = "keyword_silent"
    KEYWORD_SILENT_ALONE = "keyword_silent_alone"


OF_A_TRACK = frozenset({Note.FEW_OF, Note.FEW_FOR_WEEKS, Note.FEW_FOR_WEEKS_NONE})
"""Notes that are about a track."""
