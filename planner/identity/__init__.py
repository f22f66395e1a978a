"""Which records are one event, and how that event lives: records -> merged events with ids that never change.

An id is drawn once, from the first record of an event, and then kept: it survives new titles, times and places,
merges (the id that more of its records had stays) and splits (it stays where subscribers see least change).
"""

from __future__ import annotations

from planner.identity.lifecycle import track_changes
from planner.identity.merge import load_groups, merge
from planner.identity.names import event_id
from planner.identity.own_word import with_own_words
from planner.identity.relate import known_records, reconcile, undated_records

__all__ = [
    "event_id",
    "known_records",
    "load_groups",
    "merge",
    "reconcile",
    "track_changes",
    "undated_records",
    "with_own_words",
]
