"""How often sources are asked, over many runs: back-off, waits, an end, moves, and a network that is down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from planner.config import parse
from planner.gather import Wish, gather
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.store import Store
from spiders.hosts import RulesBefore, RulesHeard, WaitHeard
from spiders.items import FetchResult, Validators
from spiders.reasons import Code, Reason
from tests.support.answers import Answers
from tests.support.documents import calendar
from tests.support.events import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GONE = FetchResult(source="a", failure=Reason(Code.STATUS_GONE, status=410))
ERROR = Code.STATUS_ERROR


@pytest.fixture
def answers(monkeypatch):
    made = Answers()
    monkeypatch.setattr("spiders.crawl.crawl", made.crawl)
    return made


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def config(*lines: str, more: str = ""):
    entries = lines or (
        "{id: a, kind: ical, url: 'https://a.example/x.ics'}",
        "{id: b, kind: ical, url: 'https://b.example/'}",
    )
    return parse((more + "sources:\n" + "".join(f"- {each}\n" for each in entries)).encode(), "c", Catalog("en"))


class Runs:
    """Runs of one configuration, some time apart."""

    def __init__(self, store, answers, *lines: str) -> None:
        self.store, self.answers, self.config, self.now = store, answers, config(*lines), NOW

    def __call__(self, after=timedelta(), **wish):
        """-> who was asked, and the reports by id."""
        self.now += after
        before = len(self.answers.asked)
        gathered = gather(self.config, self.store, self.now, wish=Wish(**wish))
        asked = [name for names in self.answers.asked[before:] for name in names]
        return asked, {report.source: report for report in gathered.reports}


def test_a_source_that_fails_is_asked_after_longer_and_longer_times_and_keeps_its_reason(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": ERROR, "b": calendar("Debate")}
    asked_at = []
    for hour in range(24 * 14):
        asked, reports = run(HOUR)
        if "a" in asked:
            asked_at.append(hour)
        assert (reports["a"].outcome, reports["a"].reason) == ("failed", Reason(ERROR))
    gaps = [later - sooner for sooner, later in pairwise(asked_at)]
    assert gaps == [1, 6, 22, 65, 152]  # nine tenths of 1, 6, 24, 72, 168, by whole hours
    assert store.sources()["a"].failures == 6


def test_it_is_asked_as_usual_once_it_answers_again(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": ERROR, "b": calendar("Debate")}
    for _ in range(4):
        run(DAY, insist=True)
    answers.of["a"] = calendar("Salon")
    asked, reports = run(HOUR, insist=True)
    assert ("a" in asked, reports["a"].outcome, store.sources()["a"].failures) == (True, "ok", 0)
    assert "a" in run(HOUR)[0]


def test_the_weekly_job_asks_once_in_spite_of_it(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": ERROR, "b": calendar("Debate")}
    for _ in range(5):
        run(8 * DAY)
    assert "a" not in run(2 * DAY)[0]
    assert run(DAY, insist=True)[0].count("a") == 1
    assert store.sources()["a"].failures == 6
    assert "a" not in run(DAY)[0]


def test_the_report_says_when_a_source_is_asked_next(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": ERROR, "b": GONE.__class__(source="b", failure=GONE.failure)}
    _, reports = run()
    assert reports["a"].asked_next == NOW + 0.9 * HOUR
    assert reports["b"].asked_next is None
    _, again = run(HOUR / 2)
    assert again == reports


def test_what_is_gone_is_asked_no_more_until_its_address_changes(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": GONE, "b": calendar("Debate")}
    run()
    for _ in range(3):
        asked, reports = run(30 * DAY, insist=True)
        assert "a" not in asked
        assert reports["a"].reason == GONE.failure
    assert "a" in run(DAY, fresh=frozenset({"a"}))[0]
    run.config = config("{id: a, kind: ical, url: 'https://a.example/new.ics'}")
    answers.of = {"a": calendar("Salon")}
    asked, reports = run(timedelta(minutes=5))
    assert asked == ["a"]
    assert reports["a"].outcome != "failed"


def test_a_host_that_asks_to_wait_is_left_alone_with_all_its_sources(store, answers):
    run = Runs(
        store, answers,
        "{id: a, kind: ical, url: 'https://hub.example/a'}",
        "{id: b, kind: ical, url: 'https://hub.example/b'}",
        "{id: c, kind: ical, url: 'https://other.example/'}",
    )  # fmt: skip
    busy = FetchResult(source="a", failure=Reason(Code.STATUS_WAIT, status=429), wait=7200)
    answers.of = {"a": busy, "b": calendar("Debate"), "c": calendar("Salon")}
    answers.news = [WaitHeard("hub.example", 7200)]
    run()
    answers.news = []
    asked, reports = run(1.5 * HOUR, insist=True)
    assert asked == ["c"]
    assert answers.facts.waits == {"hub.example": 1800.0}
    assert translate(reports["a"].reason, "en") == "asked to wait until 2026-11-20 22:00"
    assert reports["a"].asked_next == NOW + 2 * HOUR
    assert (reports["b"].outcome, reports["b"].count) == ("ok", 1), "that is no fault of b"
    assert store.sources()["a"].failures == 1
    assert store.sources()["b"].failures == 0
    answers.of["a"] = calendar("Board games")
    asked, reports = run(HOUR)
    assert asked == ["a", "b", "c"]
    assert {report.outcome for report in reports.values()} == {"ok"}


def test_what_a_clock_that_was_wrong_heard_of_a_host_does_not_hold_for_years(store, answers):
    with store.transaction():
        store.put_host_wait("a.example", NOW + 1800 * DAY)
        store.put_host_wait("b.example", NOW + DAY)
    answers.of = {"a": calendar("Salon")}
    asked, reports = Runs(store, answers)()
    assert asked == ["a"]
    assert reports["b"].reason is not None
    assert reports["b"].reason.code is Code.ASKED_TO_WAIT


def test_a_network_that_is_down_puts_nobody_into_back_off(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": ERROR, "b": calendar("Debate")}
    run()
    tried = store.sources()["a"].tried
    answers.of = {"a": Code.HOST_NOT_FOUND, "b": Code.NO_ANSWER_WITHIN}
    for _ in range(5):
        asked, reports = run(DAY)
        assert asked == ["a", "b"]
        assert {report.outcome for report in reports.values()} == {"failed"}
    states = store.sources()
    assert (states["a"].failures, states["b"].failures) == (1, 0)
    assert states["a"].tried == tried
    answers.of = {"a": Code.HOST_NOT_FOUND, "b": calendar("Debate")}
    run(HOUR)
    assert store.sources()["a"].failures == 2, "where others could be reached, it is the source's"


def test_a_network_that_is_down_at_the_first_run(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": Code.CONNECTION_REFUSED, "b": Code.NETWORK_UNREACHABLE}
    run()
    assert {state.failures for state in store.sources().values()} == {0}
    assert run(timedelta(minutes=1))[0] == ["a", "b"]


def test_a_crawl_that_was_ended_is_no_failure_of_those_it_did_not_reach(store, answers):
    run = Runs(store, answers)
    ended = {name: FetchResult(source=name, failure=Reason(Code.CRAWL_ENDED), asked=False) for name in "ab"}
    answers.of = {"a": ended["a"], "b": calendar("Debate")}
    _, reports = run()
    assert (reports["a"].outcome, reports["a"].asked_next) == ("failed", None)
    assert run(HOUR)[0] == ["a", "b"]


def test_a_move_for_good_is_proposed_once_two_runs_have_seen_it(store, answers):
    run = Runs(store, answers)
    new = "https://new.example/events.ics"

    def moved(address):
        told = answers._result(run_source, run_context)
        return replace(told, moved=address)

    from planner.gather import sources_of
    from planner.gather.fetch import context_of

    run_source = sources_of(run.config)[0]
    run_context = context_of(run_source, NOW)
    answers.of = {"a": calendar("Debate"), "b": calendar("Salon")}
    answers.of["a"] = moved(new)
    _, reports = run()
    assert reports["a"].notes == ()
    unchanged = FetchResult(source="a", unchanged=True, known=Validators(digest="d"), moved=new)
    answers.of["a"] = unchanged
    _, reports = run(DAY)
    assert translate(reports["a"].notes[-1], "en") == f"moved for good to {new} (change url in the configuration)"
    assert (store.sources()["a"].moved_to, store.sources()["a"].moved_seen) == (new, 2)
    answers.of["a"] = ERROR
    run(DAY)
    assert store.sources()["a"].moved_seen == 2, "a failure tells nothing of it"
    answers.of["a"] = replace(unchanged, moved="https://other.example/")
    _, reports = run(DAY)
    assert reports["a"].notes == ()
    key = "https://other.example/private-0123456789abcdef/events.ics"
    answers.of["a"] = replace(unchanged, moved=key)
    run(DAY)
    _, reports = run(DAY)
    assert reports["a"].notes == (Reason(Code.MOVED_FOR_GOOD, address="https://other.example/…"),)
    answers.of["a"] = replace(unchanged, moved=None)
    _, reports = run(DAY)
    assert reports["a"].notes == ()
    assert store.sources()["a"].moved_to is None


def test_a_source_that_is_wanted_seldom_is_not_asked_and_reports_as_it_last_was(store, answers):
    run = Runs(store, answers, "{id: a, kind: ical, url: 'https://a.example/x.ics', every: 7d}")
    answers.of = {"a": calendar("Debate", "Salon")}
    _, first = run()
    for day in range(1, 7):
        asked, reports = run(DAY)
        assert (asked, reports) == ([], first), day
    assert store.sources()["a"].good == NOW
    assert run(DAY)[0] == ["a"]


def test_runs_close_together_do_not_push_the_next_one_away(store, answers):
    """Every half hour: a source of strangers is asked once an hour, not never."""
    run = Runs(store, answers)
    answers.of = {"a": calendar("Debate"), "b": calendar("Salon")}
    asked = [run(HOUR / 2)[0] for _ in range(8)]
    assert [len(names) for names in asked] == [2, 0, 2, 0, 2, 0, 2, 0]


def test_read_anew_means_without_validators_and_nobody_else(store, answers, tmp_path):
    (tmp_path / "c.ics").write_bytes(calendar("Board games"))
    run = Runs(store, answers)
    lines = (
        "{id: a, kind: ical, url: 'https://a.example/x.ics'}",
        "{id: b, kind: ical, url: 'https://b.example/'}",
        "{id: c, file: c.ics}",
    )
    run.config = config(*lines).resolved(tmp_path)
    answers.of = {"a": calendar("Debate"), "b": calendar("Salon")}
    _, first = run()
    (tmp_path / "c.ics").write_bytes(calendar("Board games", "Go"))
    asked, reports = run(timedelta(minutes=1), fresh=frozenset({"a"}))
    assert (asked, answers.known, reports) == (["a"], {"a": Validators()}, first)
    _, reports = run(timedelta(minutes=1), fresh=frozenset({"c"}))
    assert reports["c"].count == 2


def test_who_was_never_asked_says_so_where_others_are_read_anew(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": calendar("Debate")}
    asked, reports = run(fresh=frozenset({"a"}))
    assert asked == ["a"]
    assert (reports["b"].outcome, translate(reports["b"].reason, "en")) == ("quiet", "not asked yet")


def test_what_was_taken_for_a_fault_is_asked_and_read_anew_next_time(store, answers):
    run = Runs(store, answers)
    names = [(f"Evening {number}", f"202611{24 + number % 5}T113000Z") for number in range(9)]
    last = ("The last", "20261210T113000Z")
    answers.of = {"a": calendar(*names, last), "b": calendar("Salon")}
    run()
    answers.of["a"] = calendar(last)
    _, reports = run(2 * HOUR)
    assert reports["a"].reason.code is Code.GONE_AT_ONCE
    assert reports["a"].asked_next is None
    assert run(timedelta(minutes=5))[0] == ["a"]
    assert answers.known == {"a": Validators()}


def test_robots_txt_is_kept_for_a_day_and_stands_in_for_thirty(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": calendar("Debate"), "b": calendar("Salon")}
    answers.news = [RulesHeard("https://a.example", b"User-agent: *")]
    run()
    answers.news = []
    for after, expected in ((23, True), (24, False), (24 * 29, False)):
        run(NOW + after * HOUR - run.now)
        assert answers.facts.rules == {"https://a.example": RulesBefore(b"User-agent: *", fresh=expected)}
        assert answers.facts.now == run.now
    run(2 * DAY)
    assert answers.facts.rules == {}


def test_a_source_whose_secret_cannot_be_read_is_asked_as_soon_as_it_can(store, answers, tmp_path):
    run = Runs(store, answers)
    run.config = config("{id: a, kind: ical, url: 'https://a.example/x.ics', headers_from: k}").resolved(tmp_path)
    answers.of = {"a": calendar("Debate")}
    for _ in range(3):
        asked, reports = run(timedelta(minutes=1))
        assert (asked, reports["a"].outcome) == ([], "failed")
    (tmp_path / "k").write_text("me:plum")
    (tmp_path / "k").chmod(0o600)
    assert run(timedelta(minutes=1))[0] == ["a"]


def test_another_address_under_the_same_id_begins_anew_also_where_it_fails(store, answers):
    run = Runs(store, answers)
    answers.of = {"a": calendar("Debate"), "b": calendar("Salon")}
    run()
    run.config = config(
        "{id: a, kind: ical, url: 'https://a.example/new.ics'}", "{id: b, kind: ical, url: 'https://b.example/'}"
    )
    answers.of["a"] = ERROR
    run(HOUR)
    assert run(HOUR / 2)[0] == [], "it is left alone by its own failures"
    answers.of["a"] = calendar("Debate")
    run(HOUR)
    assert answers.known["a"] == Validators()
