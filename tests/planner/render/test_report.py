"""A run as JSON: English, whatever the reader's language."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from planner.plan.codes import Note
from planner.plan.keyword_effect import Effect
from planner.render.report import plan_json, report_body, report_entry
from spiders.items import SourceReport
from spiders.reasons import Code, Reason
from tests.support.events import NOW
from tests.support.weeks import small_week

SKIPPED = Reason(Code.EVENTS_SKIPPED, count=1, why=Reason(Code.NO_START))


@pytest.mark.parametrize(
    ("report", "reason", "notes"),
    [
        (SourceReport(source="club", outcome="ok", count=2, reader="ical"), None, []),
        (SourceReport(source="club", outcome="failed", reason=Reason(Code.NO_ANSWER)), "no answer", []),
        (
            SourceReport(source="club", outcome="ok", notes=(SKIPPED,)),
            None,
            ["1 event skipped: no start"],
        ),
    ],
)  # fmt: skip
def test_a_source_is_one_entry(report, reason, notes):
    entry = report_entry(report)
    assert (entry["source"], entry["outcome"], entry["reason"], entry["notes"]) == (
        "club", report.outcome, reason, notes,
    )  # fmt: skip
    assert (entry["count"], entry["reader"]) == (report.count, report.reader)


def test_the_report_is_the_plan_in_numbers_and_a_line_a_source():
    _, planned, reports = small_week("zh")
    body = json.loads(report_body(reports, planned, NOW))
    assert body["now"] == NOW.isoformat()
    assert [pick["id"] for pick in body["picks"]] == [pick.candidate.id for pick in planned.plan.picks]
    assert [each["outcome"] for each in body["sources"]] == ["ok", "failed"]


def test_notes_and_an_edit_are_told_by_code_and_title():
    _, planned, reports = small_week("zh")
    notes = (Reason(Note.FEW_OF, about="practice"), Reason(Note.BUSY_FAILED))
    edit = Effect(words=("+储能",), came=("沙龙",), went=())
    edited = replace(planned, edit=edit, plan=replace(planned.plan, notes=notes))
    body = plan_json(edited, reports)
    assert body["notes"] == ["few_of: practice", "busy_failed"]
    assert body["edit"] == {"words": ["+储能"], "came": ["沙龙"], "went": []}
    assert plan_json(planned, reports)["edit"] is None
    for pick, told in zip(planned.plan.picks, body["picks"], strict=True):
        assert told["score"] == pick.candidate.rated.score.total
        assert told["runner_up"] is None or set(told["runner_up"]) == {"uid", "title"}


def test_terms_say_what_is_near_and_the_plan_what_is_also_good():
    """The contract of ``plan --json``."""
    _, planned, reports = small_week("en")
    body = plan_json(planned, reports)
    for told in body["picks"]:
        assert all(set(term) == {"name", "points", "about", "near"} for term in told["terms"])
    assert all(set(each) == {"uid", "start", "title"} for each in body["also"])
    shown = {pick["uid"] for pick in body["picks"]}
    assert not shown & {each["uid"] for each in body["also"]}
