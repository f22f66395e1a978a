"""Two events of ours that may yet be one evening: a plan does not rely on what identity was not sure enough to join."""

from __future__ import annotations

from planner.identity import pieces, times
from planner.identity.titles import HALF_A_NAME, Weights, compare, read_title
from planner.identity.venues import Places, words_of_place
from spiders.items import Event

NO_DAY = Weights(())


def perhaps_same(one: Event, other: Event) -> bool:
    """Whether two events may be one: about one hour, and alike in what their titles say beside the place.

    At the same minute and place one word in common, or titles in two languages, are enough: what else it may be (a
    parallel track) is in the same house at the same time, and shares its fate. Without a place, or within ninety
    minutes, half of the shorter title is asked for. Never two cities; False where a start is not known.
    """
    if one.start is None or other.start is None or abs(one.start - other.start) > times.DOOR:
        return False
    titles = read_title(one.title), read_title(other.title)
    where = Places([("one", one), ("other", other)]).relation("one", one, "other", other)
    if where == "far":
        return False
    known = words_of_place(one.place) | words_of_place(other.place)
    alike = compare(*titles, NO_DAY, known)
    if where == "same" and one.start == other.start:
        return alike is None or alike.rare > 0 or pieces.is_translated(*titles)
    if alike is None or alike.rare < HALF_A_NAME:
        return alike is not None and alike.equal
    told = max(alike.shared, pieces.covered(*titles, known))
    return told >= (0.5 if where != "other" else 0.9)
