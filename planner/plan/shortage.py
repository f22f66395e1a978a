"""Tracks that came short week after week, and which sources would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planner.config import Config
from planner.plan.codes import OF_A_TRACK, Note
from planner.plan.suggest import missing
from planner.types import BALANCED
from planner.weeks import WeekSpan
from spiders.reasons import Reason

WEEKS_UNTIL_TOLD = 3
"""One poor week is chance, and the next is favoured; so many in a row want other sources."""
MOST_NAMED = 3


def with_advice(
    notes: Sequence[Reason], week: WeekSpan, plans: Mapping[str, Mapping[str, Any]], config: Config, *, empty: bool
) -> tuple[Reason, ...]:
    """The notes of a week; a track that is short for the third week in a row, or longer, is told with the sources that
    one could add. ``plans`` are kept ones by week; ``empty``: the week has no pick at all, so that it is short of all
    that is wanted."""
    told = []
    for track in BALANCED:
        short_now = any(note.code == Note.FEW_OF and note.about == track for note in notes)
        weeks = 1 + _weeks_before(track, week, plans)
        if (short_now or (empty and _is_wanted(track, config))) and weeks >= WEEKS_UNTIL_TOLD:
            told.append(_advice(track, weeks, config))
    tracks = {note.about for note in told}
    return (*(note for note in notes if note.code != Note.FEW_OF or note.about not in tracks), *told)


def _advice(track: str, weeks: int, config: Config) -> Reason:
    names = [each.id for each in missing(config, track)[:MOST_NAMED]]
    if not names:
        return Reason(Note.FEW_FOR_WEEKS_NONE, about=track, weeks=weeks)
    return Reason(Note.FEW_FOR_WEEKS, about=track, weeks=weeks, sources=" ".join(names))


def _weeks_before(track: str, week: WeekSpan, plans: Mapping[str, Mapping[str, Any]]) -> int:
    """How many weeks in a row just before ``week`` were planned and short of a track."""
    weeks = 0
    while (body := plans.get(week.shifted(-1 - weeks).name)) is not None and _was_short(body, track):
        weeks += 1
    return weeks


def _was_short(body: Mapping[str, Any], track: str) -> bool:
    """Whether a kept plan says so, or has nothing at all. Plans of older versions keep notes as one text."""
    if not body.get("picks"):
        return True
    for note in body.get("notes", ()):
        code, _, about = note.partition(": ") if isinstance(note, str) else (note.get("code"), "", note.get("about"))
        if code in OF_A_TRACK and about == track:
            return True
    return False


def _is_wanted(track: str, config: Config) -> bool:
    share = config.balance.industry_share
    return (share if track == "industry" else 1 - share) > 0
