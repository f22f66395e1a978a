"""Which records are one event, and how that event lives: records -> merged events with ids that never change.

An id is drawn once, from the first record of an event, and then kept: it survives new titles, times and places,
merges (the id that more of its records had stays) and splits (it stays where subscribers see least change).
"""

from __future__ import annotations

from planner.identity.lifecycle import Living, live
from planner.identity.merge import Merged, event_id, merge, regroup

__all__ = ["Living", "Merged", "event_id", "live", "merge", "regroup"]
