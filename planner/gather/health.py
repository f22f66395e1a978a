"""Sources that fell silent: one that fails, that gives nothing any more, or whose events are all over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from planner.store import SourceState
from planner.store.values import LastSeen

PATIENCE_WITH_NOTHING = timedelta(days=14)
PATIENCE_WITH_THE_PAST = timedelta(days=28)


Health = Literal["ok", "quiet", "stale", "failed", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """One silent source. ``since``: when it last answered well (failed), last gave an event (quiet), or when its last
    event began (stale); None where it never did."""

    source: str
    kind: Literal["failed", "quiet", "stale"]
    since: datetime | None


def source_health(
    ids: Iterable[str], states: Mapping[str, SourceState], last_seen_of_sources: Mapping[str, LastSeen], at: datetime
) -> tuple[SourceHealth, ...]:
    """Which of the sources are silent as seen from ``at``, the beginning of a week."""
    found = (_silence(states[name], last_seen_of_sources.get(name), at) for name in ids if name in states)
    return tuple(silence for silence in found if silence is not None)


def health_of(state: SourceState | None, last: LastSeen | None, at: datetime) -> tuple[Health, datetime | None]:
    """How one source fares at a moment, and since when it is silent; None where it is not, or nobody knows. Without
    patience: who gave no event at the last good answer is quiet."""
    if state is None:
        return "never", None
    silence = _silence(state, last, at)
    if silence is not None:
        return silence.kind, silence.since
    return ("quiet", None) if state.outcome == "quiet" else ("ok", None)


def _silence(state: SourceState, last: LastSeen | None, at: datetime) -> SourceHealth | None:
    if state.outcome == "failed":
        return SourceHealth(source=state.id, kind="failed", since=state.good)
    if last is None:
        return None
    if state.outcome == "quiet" and last.at < at - PATIENCE_WITH_NOTHING:
        return SourceHealth(source=state.id, kind="quiet", since=last.at)
    if state.outcome == "ok" and last.begins is not None and last.begins < at - PATIENCE_WITH_THE_PAST:
        return SourceHealth(source=state.id, kind="stale", since=last.begins)
    return None
