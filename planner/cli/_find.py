"""Which event a person means, among all that are known."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.lookup import is_id_of, is_title_of
from planner.types import Rated
from planner.weeks import WeekSpan


def find_event(rated: Sequence[Rated], wanted: str, span: WeekSpan, words: Catalog) -> Rated:
    """The event meant by our uid, its prefix, or words of the title; the planned week's come first.

    Raises UsageError where none or several are meant.
    """
    by_id = [each for each in rated if is_id_of(each, wanted)]
    if len(by_id) == 1:
        return by_id[0]
    matches = by_id or [each for each in rated if is_title_of(each, wanted)]
    in_week = [each for each in matches if each.event.start and span.start <= each.event.start < span.end]
    matches = in_week or matches
    if not matches:
        raise UsageError(words("cli.event_unknown", event=wanted))
    if len(matches) > 1:
        shown = "; ".join(f"{each.id[:6]} {each.event.title}" for each in matches[:5])
        raise UsageError(words("cli.event_ambiguous", event=wanted, matches=shown))
    return matches[0]
