"""A network that is down is no fault of any source: where none could be reached, none failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.store import SourceState, Store
from spiders.items import FetchResult
from spiders.reasons import Code

UNREACHED = frozenset({
    Code.HOST_NOT_FOUND, Code.NAME_UNKNOWN, Code.NAME_LATER, Code.NAME_WITHOUT_ADDRESS, Code.NETWORK_UNREACHABLE,
    Code.CONNECTION_REFUSED, Code.NO_ANSWER_WITHIN, Code.TIMED_OUT,
})  # fmt: skip
"""No name, no way, nobody there: what a machine without network says of every host."""


def is_outage(results: Sequence[FetchResult]) -> bool:
    """Whether none of these, who were asked on the web, could be reached."""
    return bool(results) and all(each.failure is not None and each.failure.code in UNREACHED for each in results)


def forgive(results: Sequence[FetchResult], store: Store, before: Mapping[str, SourceState]) -> None:
    """Count no failure of these: the sources are asked again as if this run had not been."""
    states = store.sources()
    with store.transaction():
        for state in (states[each.source] for each in results):
            tried = before[state.id].tried if state.id in before else state.tried
            store.put_source(replace(state, failures=max(0, state.failures - 1), tried=tried))
