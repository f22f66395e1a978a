"""Every site module replayed from its start address through the real crawler, and what bad answers make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from planner.gather.keep import SourceResult, keep, keyed, settle
from planner.gather.keep import told as events_told
from planner.store import Store
from spiders import sites
from spiders.crawl import crawl
from spiders.items import Event, FetchResult, Validators
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy
from tests.support.certificates import Authority
from tests.support.discovery_cases import is_one_of
from tests.support.replay import replaying
from tests.support.site_cases import SIGN_IN, SiteCase, all_cases, told, web_of
from tests.support.site_driver import fetched

CASES = {case.name: case for case in all_cases()}
CHANGES = [(name, number) for name, case in CASES.items() for number in range(len(case.changed))]
each = pytest.mark.parametrize("name", list(CASES))


AUTHORITY = cache(lambda: Authority.founded(Path(mkdtemp())))


@cache
def crawled(state: str) -> tuple[Mapping[str, FetchResult], tuple[str, ...]]:
    """All cases in one crawl, in one of their states: ``good``, ``empty``, ``half``, ``sign-in`` or ``changed-N``; and
    every address that was asked."""
    given = {name: (case, files) for name, case in CASES.items() if (files := _files(case, state)) is not None}
    with replaying(web_of(given), AUTHORITY()) as replay:
        policy = CrawlPolicy(hosts=replay.hosts, delay=0)
        visits = [(CASES[name].source, CASES[name].context) for name in given]
        found = {one.source: one for one in crawl(visits, {}, policy)}
    return found, tuple(one.address for one in replay.sent if not one.address.endswith("/robots.txt"))


@cache
def result_of(name: str, state: str) -> FetchResult:
    """What the source gives: the good answers through the crawler, others on paper."""
    if state == "good":
        return crawled(state)[0][name]
    files = _files(CASES[name], state)
    assert files is not None
    return fetched(CASES[name], files)


def _files(case: SiteCase, state: str) -> Mapping[str, str] | None:
    if state == "good":
        return case.files
    if state == "empty":
        return {**case.files, **case.empty}
    if state == "half":
        return case.halved()
    if state == "sign-in":
        return dict.fromkeys(case.files, SIGN_IN)
    number = int(state.removeprefix("changed-"))
    return case.laid_out_anew(number) if number < len(case.changed) else None


def events_of(name: str, state: str) -> list[Event]:
    """What gathering would keep of the answer."""
    return list(keyed(events_told(CASES[name].source, result_of(name, state).readings)).values())


def failure_of(name: str, state: str) -> Reason | None:
    """Why the source counts as failed."""
    result = result_of(name, state)
    return result.failure or next((reading.reason for reading in result.readings if reading.refused), None)


def listed(name: str, state: str) -> set[str]:
    return {uid for reading in result_of(name, state).readings for uid in reading.listed}


@each
def test_its_events_are_read_from_the_start_address(name):
    case = CASES[name]
    events = events_of(name, "good")
    assert failure_of(name, "good") is None
    assert len(events) == case.expect["count"], [told(event) for event in events]
    for wanted in case.expect["events"]:
        assert any(wanted.items() <= told(event).items() for event in events), (wanted, [told(one) for one in events])
    assert set(case.expect.get("listed", ())) <= listed(name, "good")
    assert not [word for word in case.absent for event in events if word in repr(event)]


def test_nothing_is_asked_but_what_the_cases_say():
    sent = crawled("good")[1]
    wanted = [address for case in CASES.values() for address in case.asked]
    assert [address for address in wanted if not any(is_one_of(one, (address,)) for one in sent)] == []
    assert [address for address in sent if not is_one_of(address, tuple(wanted))] == []
    assert len(sent) == len(set(sent)), "nothing is asked twice"


@pytest.mark.long
@pytest.mark.parametrize("state", ["empty", "half", "sign-in", "changed-0", "changed-1", "changed-2"])
def test_bad_answers_fare_on_the_web_as_on_paper(state):
    found, _ = crawled(state)
    for name, result in found.items():
        assert _summary(result) == _summary(result_of(name, state)), name


def _summary(result: FetchResult) -> tuple[object, ...]:
    """What came of it, whatever the order in which the answers came."""
    events = {(event.uid, event.start, event.title) for reading in result.readings for event in reading.events}
    return events, {one.reason for one in result.readings if one.refused}, None if result.readings else result.failure


@pytest.mark.parametrize(("name", "number"), CHANGES)
def test_a_layout_that_changed_is_named_and_gives_no_event(name, number):
    state = f"changed-{number}"
    assert failure_of(name, state) == Reason(Code.LAYOUT_CHANGED, missing=CASES[name].changed[number]["missing"])
    known = {event.start.date() for event in events_of(name, "good")}
    assert {event.start.date() for event in events_of(name, state)} <= known, "no wrong days"


@pytest.mark.parametrize(("name", "number"), CHANGES)
def test_a_layout_that_changed_freezes_what_was_known(name, number):
    case, now = CASES[name], CASES[name].now
    with Store(":memory:") as store:
        for day, state in enumerate(["good", *[f"changed-{number}"] * 4]):
            result = _kept(case, result_of(name, state), store, day)
            assert (result.report.outcome == "failed") == (state != "good")
        records = store.records(now - timedelta(days=400), now + timedelta(days=400))
    assert len(records) == len(events_of(name, "good"))
    assert not [record.key for record in records if record.missed]


def _kept(case: SiteCase, result: FetchResult, store: Store, day: int) -> SourceResult:
    now = case.now + timedelta(days=day)
    return settle([keep(case.source, result, store, store.sources(), now)], store, now)[0]


@each
def test_an_empty_list_is_no_fault(name):
    assert failure_of(name, "empty") is None
    assert events_of(name, "empty") == []
    assert result_of(name, "empty").readings


@each
def test_a_sign_in_page_is_named_as_one(name):
    reason = failure_of(name, "sign-in")
    assert reason is not None
    assert "page_sign_in" in str(reason) or reason.code is Code.NOT_A_FEED
    assert events_of(name, "sign-in") == []


@each
def test_events_that_lack_their_day_cost_themselves(name):
    case = CASES[name]
    assert failure_of(name, "half") is None
    events = events_of(name, "half")
    assert len(events) == case.half["count"], [told(event) for event in events]
    assert set(case.half.get("listed", ())) <= listed(name, "half")
    assert {event.uid for event in events} <= {event.uid for event in events_of(name, "good")}
    with Store(":memory:") as store:
        for day, state in enumerate(["good", "half", "half", "half"]):
            _kept(case, result_of(name, state), store, day)
        records = store.records(case.now - timedelta(days=400), case.now + timedelta(days=400))
        missed = {record.event.uid for record in records if record.missed}
    assert not missed & set(case.half.get("listed", ())), "what is still listed is not missed"


@pytest.fixture
def two_pages():
    """The case of a list on two pages, what is served of it, and a crawl of it."""
    case = CASES["events_calendar"]
    web = web_of({case.name: (case, case.files)})
    pages = dict(web.pages)

    def crawls(known: Validators | None = None) -> tuple[FetchResult, list[str]]:
        with replaying(replace(web, pages=pages), AUTHORITY()) as replay:
            policy = CrawlPolicy(hosts=replay.hosts, delay=0)
            validators = {} if known is None else {case.name: known}
            (result,) = crawl([(case.source, case.context)], validators, policy)
        return result, [one.address for one in replay.sent if "robots" not in one.address]

    return pages, case.asked[1], crawls


def test_a_list_of_which_a_part_is_missing_is_cut(two_pages):
    pages, second, crawls = two_pages
    pages[second] = {"status": 500}
    result, _ = crawls()
    assert [reading.partial for reading in result.readings] == [False, True]
    assert len(result.readings[0].events) == 2
    pages[second] = {"status": 404}
    result, _ = crawls()
    assert [reading.partial for reading in result.readings] == [False], "what is not found is its end"


def test_a_first_page_that_did_not_change_says_nothing_of_the_others(two_pages):
    _, _, crawls = two_pages
    first, _ = crawls()
    again, sent = crawls(first.known)
    assert not again.unchanged
    assert len(sent) == 2


def test_every_module_has_its_case():
    assert {case.site for case in CASES.values()} == set(sites.names())
