"""Which event a person means, among all that are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.plan.lookup import is_about, is_id_of, is_title_of
from planner.text import casefold
from planner.types import OFF, Rated
from planner.weeks import WeekSpan

SHOWN = 6
"""So many dates and titles are listed where it must be asked which is meant."""


def find_event(
    rated: Sequence[Rated],
    wanted: str,
    span: WeekSpan,
    words: Catalog,
    *,
    picked: Collection[str] = (),
    now: datetime | None = None,
    past: bool = False,
) -> Rated:
    """The event meant by our uid, its prefix, or words of the title, else of title, organiser and place.

    ``picked`` are ids of planned events: of several the one that is planned is meant, else the one of the week. Of a
    series, whose titles are alike, it is the next date from ``now`` on (with ``past`` the last one before it).
    Raises UsageError, with titles and dates, where none or several are meant.
    """
    by_id = [each for each in rated if is_id_of(each, wanted)]
    if len(by_id) == 1:
        return by_id[0]
    matches = by_id or [each for each in rated if is_title_of(each, wanted)]
    matches = matches or [each for each in rated if is_about(each, wanted)]
    if not matches:
        raise UsageError(words("cli.event_unknown", event=wanted))
    if past and now is not None:
        matches = _kept(matches, lambda each: each.event.start is not None and each.event.start <= now)
        matches = _of_series(matches, now, past=True)
    matches = _kept(matches, lambda each: each.id in picked)
    if len(matches) > 1:
        matches = _kept(matches, lambda each: bool(each.event.start and span.start <= each.event.start < span.end))
    if now is not None:
        matches = _of_series(matches, now, past=past)
    if len(matches) > 1:
        raise UsageError(words("cli.event_ambiguous", event=wanted, matches=_listed(matches)))
    return matches[0]


def _kept(matches: list[Rated], holds: Callable[[Rated], bool]) -> list[Rated]:
    """Those for which it holds; all where it holds for none."""
    return [each for each in matches if holds(each)] or matches


def _of_series(matches: list[Rated], now: datetime, *, past: bool) -> list[Rated]:
    """Of events that are called alike the next date, or the last one where none is to come or ``past`` is meant."""
    if len({casefold(each.event.title) for each in matches}) != 1:
        return matches
    dated = sorted((each.event.start, each.id, each) for each in matches if each.event.start is not None)
    coming = [each for start, _, each in dated if start >= now and each.event.status not in OFF]
    gone = [each for start, _, each in dated if start < now]
    nearest = (gone[-1:] or coming[:1]) if past else (coming[:1] or gone[-1:])
    return nearest or matches


def _listed(matches: Sequence[Rated]) -> str:
    shown = sorted(matches, key=lambda each: (each.event.start is None, each.event.start or 0, each.id))
    lines = [
        f"{each.id[:6]} {each.event.title}" + (f" ({each.event.start:%Y-%m-%d %H:%M})" if each.event.start else "")
        for each in shown[:SHOWN]
    ]
    return "; ".join([*lines, *(["…"] if len(matches) > SHOWN else [])])
