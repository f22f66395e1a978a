"""Sources whose present settings or contents no gathering has read yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.gather.fingerprint import is_as_configured
from planner.store import SourceState
from spiders.items import Source


def unread(sources: Sequence[Source], states: Mapping[str, SourceState]) -> tuple[str, ...]:
    """The ids of sources that were added or edited, and of files whose bytes changed, since they were last read. What
    failed under its present settings is not among them: that is told elsewhere."""
    return tuple(source.id for source in sources if _is_unread(source, states.get(source.id)))


def _is_unread(source: Source, state: SourceState | None) -> bool:
    if state is None or not is_as_configured(state, source):
        return True
    if source.file is None or state.outcome == "failed":
        return False
    try:
        return hashlib.sha256(Path(source.file).read_bytes()).hexdigest() != state.known.digest
    except OSError:
        return False
