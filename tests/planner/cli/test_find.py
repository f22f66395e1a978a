"""Which event a person means, among all that are known; how a source fared, in one line."""

from __future__ import annotations

import pytest

from planner.cli._find import find_event
from planner.cli._progress import report_line
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from spiders.items import SourceReport
from spiders.reasons import Code, Reason
from tests.support.events import make_event
from tests.support.planning import WEEK, at, rated

EN = Catalog("en")
SKIPPED = Reason(Code.EVENTS_SKIPPED, count=1, why=Reason(Code.NO_START))
KNOWN = [
    rated(make_event("Board games", uid="aaaa1111", start=at(1, 19))),
    rated(make_event("Board games", uid="aaaa2222", start=at(8, 19))),
    rated(make_event("Storage salon", uid="bbbb1111", start=at(9, 19))),
    rated(make_event("Debate", uid="cccc1111", start=at(1, 19))),
    rated(make_event("Debate", uid="cccc2222", start=at(2, 19))),
]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("aaaa2222", "aaaa2222"),
        ("bbbb", "bbbb1111"),
        ("aaaa", "aaaa1111"),  # of two, the one of the week
        ("board games", "aaaa1111"),
        ("salon", "bbbb1111"),  # none of this week
    ],
)
def test_the_event_that_is_meant(wanted, found):
    assert find_event(KNOWN, wanted, WEEK, EN).id == found


@pytest.mark.parametrize(
    ("wanted", "words"), [("no such", "no such event"), ("debate", r"cccc11 Debate \(2026-\S+ 19:00\); cccc22 Debate")]
)
def test_none_or_several_are_said(wanted, words):
    with pytest.raises(UsageError, match=words):
        find_event(KNOWN, wanted, WEEK, EN)


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (SourceReport(source="x", outcome="ok", count=12), "ok 12"),
        (
            SourceReport(source="x", outcome="ok", count=1, notes=(SKIPPED,)),
            "ok 1 (1 event skipped: no start)",
        ),
        (SourceReport(source="x", outcome="quiet"), "quiet"),
        (SourceReport(source="x", outcome="failed", reason=Reason(Code.NO_ANSWER)), "failed: no answer"),
    ],
)  # fmt: skip
def test_how_a_source_fared(report, line):
    assert report_line(report, EN) == line
