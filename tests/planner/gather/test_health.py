"""Sources that fell silent are named, with the day since when; those that never spoke are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.gather.health import source_health
from planner.i18n.catalog import Catalog
from planner.render.digest import DigestBuilder
from planner.store import SourceState, Store
from planner.store.values import LastSeen
from spiders.items import SourceReport
from spiders.reasons import Code, Reason
from tests.support.events import NOW, make_event
from tests.support.weeks import WEEK, small_week

DAY = timedelta(days=1)


def state(outcome: str, **known: object) -> SourceState:
    return SourceState(id="club", address="x", tried=NOW, outcome=outcome, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "said", "begins", "kind"),
    [
        ("ok", 1, -5, None),
        ("ok", 1, 27, None),
        ("ok", 1, 29, "stale"),
        ("quiet", 13, 20, None),
        ("quiet", 15, 20, "quiet"),
        ("failed", 1, -5, "failed"),
    ],
)
def test_which_sources_are_silent(outcome, said, begins, kind):
    """``said`` and ``begins``: how many days before the week the source last spoke, and its last event began."""
    last = LastSeen(at=WEEK.start - said * DAY, begins=WEEK.start - begins * DAY)
    good = WEEK.start - 9 * DAY
    found = source_health(["club"], {"club": state(outcome, good=good)}, {"club": last}, WEEK.start)
    assert [each.kind for each in found] == ([kind] if kind else [])
    if kind:
        assert found[0].since == {"stale": last.begins, "quiet": last.at, "failed": good}[kind]


def test_who_never_spoke_and_who_is_no_longer_configured_is_not_named():
    assert source_health(["club"], {"club": state("quiet")}, {}, WEEK.start) == ()
    assert source_health(["new"], {}, {}, WEEK.start) == ()
    assert source_health([], {"club": state("failed")}, {}, WEEK.start) == ()


def test_events_without_a_time_make_nobody_stale():
    last = LastSeen(at=WEEK.start - DAY, begins=None)
    assert source_health(["club"], {"club": state("ok")}, {"club": last}, WEEK.start) == ()


def test_the_store_knows_the_last_words(place):
    first, second = make_event("a", start=NOW), make_event("b", start=NOW + 3 * DAY)
    with Store(place) as store:
        with store.transaction():
            store.put_records("club", {"a": first, "b": second}, NOW - 2 * DAY)
            store.put_records("club", {"a": first}, NOW - DAY)
            store.put_records("nameless", {"c": replace(first, start=None)}, NOW)
        words = store.last_seen_of_sources()
    assert words["club"] == LastSeen(at=NOW - DAY, begins=NOW + 3 * DAY)
    assert words["nameless"] == LastSeen(at=NOW, begins=None)


def test_the_digest_says_since_when():
    config, planned, _ = small_week("en")
    last = {"quiet one": LastSeen(at=WEEK.start - 20 * DAY, begins=None)}
    last["old one"] = LastSeen(at=WEEK.start - DAY, begins=WEEK.start - 40 * DAY)
    states = {
        "broken": replace(state("failed", good=WEEK.start - 9 * DAY), id="broken"),
        "quiet one": replace(state("quiet"), id="quiet one"),
        "old one": replace(state("ok"), id="old one"),
    }
    silent = source_health(states, states, last, WEEK.start)
    reports = (SourceReport(source="broken", outcome="failed", reason=Reason(Code.STATUS_ERROR, status=502)),)
    view = DigestBuilder(config, Catalog("en")).view(replace(planned, silent=silent), reports)
    assert view.failures == (
        "broken: the server answers with an error (502); still using what was read on Sat 14 Nov",
        "2 sources have nothing new: quiet one, old one (more: quanzi sources list)",
    )
    assert "sources failed: 1 · sources silent: 2" in view.summary
