"""A network that is down: when it is taken for that, and what is kept of it."""

from __future__ import annotations

import pytest

from planner.gather.outage import alike, is_offline, is_outage, unreached
from spiders.items import FetchResult, SourceReport
from spiders.reasons import Code, Reason

AWAY = Reason(Code.HOST_NOT_FOUND)
BROKEN = Reason(Code.STATUS_ERROR, status=500)


def results(*failures: Reason | None) -> list[FetchResult]:
    return [FetchResult(source=f"s{number}", failure=failure) for number, failure in enumerate(failures)]


@pytest.mark.parametrize(
    ("failures", "down"),
    [
        ([], False),
        ([AWAY], True),
        ([AWAY, AWAY, None], False),
        ([AWAY, AWAY, BROKEN], False),
        ([*[AWAY] * 8, None], False),
        ([*[AWAY] * 9, None], True),
        ([BROKEN] * 3, False),
    ],
)
def test_it_is_down_where_nearly_none_could_be_reached(failures, down):
    assert is_outage(results(*failures)) is down


def test_who_was_reached_is_not_excused():
    assert unreached(results(AWAY, BROKEN, None, Reason(Code.TIMED_OUT))) == ["s0", "s3"]


def test_failures_of_one_kind_stand_together_where_the_first_stands():
    reports = [
        SourceReport(source=name, outcome="failed" if reason else "ok", reason=reason)
        for name, reason in (("a", BROKEN), ("b", None), ("c", AWAY), ("d", Reason(Code.STATUS_ERROR, status=502)))
    ]
    assert [[report.source for report in kind] for kind in alike(reports)] == [["a", "d"], ["c"]]
    assert not any(is_offline(kind) for kind in alike(reports))
    down = [SourceReport(source=name, outcome="failed", reason=Reason(Code.NO_NETWORK, why=AWAY)) for name in "ab"]
    assert is_offline(down)
    assert not is_offline(down[:1])
