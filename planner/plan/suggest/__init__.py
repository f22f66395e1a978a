"""Which sources suit a user, chosen from the shipped catalogue by city, language, interests and chain; and what to type
in places that no program may read.
"""

from planner.plan.suggest.choose import AT_START, Suggestion, choose, missing, place, starters, unfollowed
from planner.plan.suggest.closed import Search, searches
from planner.plan.suggest.wishes import Wishes, wishes_about, wishes_of

__all__ = [
    "AT_START",
    "Search",
    "Suggestion",
    "Wishes",
    "choose",
    "missing",
    "place",
    "searches",
    "starters",
    "unfollowed",
    "wishes_about",
    "wishes_of",
]
