"""A network that is down is no fault of any source: where none could be reached, none failed, and all that there is to
say is one thing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from planner.store import SourceState, Store
from spiders.items import FetchResult, SourceReport
from spiders.reasons import Code, Reason

UNREACHED = frozenset({
    Code.HOST_NOT_FOUND, Code.NAME_UNKNOWN, Code.NAME_LATER, Code.NAME_WITHOUT_ADDRESS, Code.NETWORK_UNREACHABLE,
    Code.CONNECTION_REFUSED, Code.NO_ANSWER_WITHIN, Code.TIMED_OUT,
})  # fmt: skip
"""No name, no way, nobody there: what a machine without network says of every host."""
NEARLY_ALL = 0.9
"""One in ten may have answered: one's own machine, or a host that came first."""
MOST_ALIKE = 3
"""Of more failures of one kind than these one line tells."""
ENOUGH_TO_TELL = 10
"""Of a part of the sources: fewer may all stand on one host that is down."""
TELLING = 2
"""Of one source alone nobody can tell whether it is down or the network."""


def is_outage(results: Sequence[FetchResult]) -> bool:
    """Whether (nearly) none of these, who were asked on the web, could be reached."""
    return bool(results) and len(unreached(results)) >= NEARLY_ALL * len(results)


def unreached(results: Sequence[FetchResult]) -> list[str]:
    """The sources that could not be reached."""
    return [each.source for each in results if each.failure is not None and each.failure.code in UNREACHED]


def forgive(ids: Collection[str], store: Store, before: Mapping[str, SourceState]) -> None:
    """Count no failure of these: the sources are asked again as if this run had not been."""
    sources = store.sources()
    own = {} if sources.keys() >= set(ids) else store.diaries()
    with store.transaction():
        for state in ((sources | own)[name] for name in ids):
            tried = before[state.id].tried if state.id in before else state.tried
            reason = state.reason
            if len(ids) >= TELLING and reason is not None and reason.code in UNREACHED:
                reason = Reason(Code.NO_NETWORK, why=reason)
            forgiven = replace(state, failures=max(0, state.failures - 1), tried=tried, reason=reason)
            if state.id in own:
                store.put_diary(forgiven, None)
            else:
                store.put_source(forgiven)


def alike(reports: Sequence[SourceReport]) -> list[tuple[SourceReport, ...]]:
    """Those that failed, by kind of failure, each kind where its first stands."""
    kinds: dict[str | None, list[SourceReport]] = {}
    for report in reports:
        if report.outcome == "failed":
            kinds.setdefault(str(report.reason.code) if report.reason else None, []).append(report)
    return [tuple(kind) for kind in kinds.values()]


def is_offline(kind: Sequence[SourceReport]) -> bool:
    """Whether failures of one kind are those of a network that is down."""
    codes = {report.reason.code if report.reason else None for report in kind}
    return len(kind) >= TELLING and codes == {Code.NO_NETWORK}
