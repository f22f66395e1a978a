"""Sources that failed, in the digest: each by itself, many of one kind and a network that was down in one line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.gather.health import SourceHealth
from planner.i18n.catalog import Catalog
from planner.render.cards import CardFormatter
from planner.render.news import failures
from spiders.items import SourceReport
from spiders.reasons import Code, Reason
from tests.support.events import NOW
from tests.support.weeks import small_week

LATE = Reason(Code.NO_ANSWER_WITHIN, seconds=30)


def told(language: str, *reasons: Reason) -> tuple[str, ...]:
    config, _, _ = small_week(language)
    reports = [SourceReport(source=f"s{number}", outcome="failed", reason=why) for number, why in enumerate(reasons)]
    since = {"s0": NOW - timedelta(days=3), "s1": NOW - timedelta(days=2), "s2": None}
    silent = [SourceHealth(source=name, kind="failed", since=day) for name, day in since.items()]
    quiet = SourceHealth(source="quiet", kind="quiet", since=NOW - timedelta(days=30))
    return failures(CardFormatter(config, Catalog(language)), reports, [*silent, quiet])


def test_one_alone_is_told_with_its_reason():
    lines = told("en", LATE)
    assert lines[0] == "s0: no answer within 30 s; still using what was read on Tue 17 Nov"
    assert lines[1].startswith("quiet: ")


def test_several_are_one_line_that_says_where_the_reasons_are():
    lines = told("en", LATE, LATE, Reason(Code.ROBOTS_FORBID))
    assert len(lines) == 2
    assert lines[0] == (
        "3 sources failed: s0, s1, s2 (why: quanzi sources list); still using what was read on Wed 18 Nov"
    )


def test_many_of_one_kind_are_one_line_with_the_last_day_of_any():
    lines = told("en", *[LATE] * 5)
    assert lines[0] == (
        "5 sources failed (no answer within 30 s): s0, s1, s2, s3, s4; still using what was read on Wed 18 Nov"
    )
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("language", "first"), [("en", "you seem to have been offline: 2 "), ("zh", "上次运行时好像没有联网")]
)
def test_a_network_that_was_down_is_one_line(language, first):
    lines = told(language, *[Reason(Code.NO_NETWORK, why=LATE)] * 2)
    assert len(lines) == 2
    assert lines[0].startswith(first)
    assert ("Wed 18 Nov" if language == "en" else "11月18日 周三") in lines[0]
