"""Which configured source a person means by an id."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from planner.cli._session import AppContext
from planner.config.source import SourceEntry
from planner.errors import UsageError

MOST_NAMED = 12


def meant(session: AppContext, source: str) -> SourceEntry:
    """The entry of this id. Raises UsageError that names near ones, or all that there are."""
    entries = {entry.id: entry for entry in session.config.sources}
    if source in entries:
        return entries[source]
    close = difflib.get_close_matches(source, entries, n=1)
    if close:
        raise UsageError(session.words("sources.close", source=source, close=close[0]))
    raise UsageError(session.words("sources.unknown", source=source, known=_some(list(entries)) or "–"))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
