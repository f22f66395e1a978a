"""A part of the sources, as a crawl of one bucket asks it: the others, own calendars and what is told stay alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.config import parse
from planner.gather import NO_WISH, gather
from planner.gather.problems import known_problems
from planner.i18n.catalog import Catalog
from planner.members.jobs.tasks import is_due
from planner.members.register import Entry, take_in
from planner.store import Store
from spiders.reasons import Code
from spiders.settings import user_agent
from tests.support.answers import Answers
from tests.support.documents import calendar
from tests.support.events import NOW

MANY = "sources:\n" + "".join(f"- {{id: s{n}, kind: ical, url: 'https://s{n}.example/'}}\n" for n in range(12))
MORE = 'week: {busy: ["https://cal.example/own.ics"]}\n'


@pytest.fixture
def answers(monkeypatch):
    made = Answers()
    made.of = {f"s{number}": calendar() for number in range(12)} | {"busy-1": calendar()}
    monkeypatch.setattr("spiders.crawl.crawl", made.crawl)
    return made


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def config():
    return parse((MORE + MANY).encode(), "c", Catalog("en"))


def test_these_alone_are_asked_and_told(store, answers):
    gathered = gather(config(), store, NOW, among={"s3", "s5", "busy-1"})
    assert answers.asked == [["s3", "s5"]]
    assert [report.source for report in gathered.reports] == ["s3", "s5"]
    assert store.sources().keys() == {"s3", "s5"}
    assert store.diaries() == {}


def test_own_calendars_and_trouble_stay_as_they_were(store, answers):
    answers.of["s1"] = Code.STATUS_ERROR
    gather(config(), store, NOW)
    diaries, trouble = store.diaries(), known_problems(store)
    assert diaries.keys() == {"busy-1"}
    assert trouble.keys() == {"s1"}
    answers.of["s2"] = Code.STATUS_ERROR
    gathered = gather(config(), store, NOW + timedelta(days=1), among={"s2"})
    assert (store.diaries(), known_problems(store)) == (diaries, trouble)
    assert gathered.news.begun == ()


def test_one_host_that_is_down_is_no_outage_and_waits_longer_each_time(store, answers):
    answers.of["s1"] = Code.HOST_NOT_FOUND
    now = NOW
    for failures, rest in ((1, 1), (2, 6), (3, 24)):
        gather(config(), store, now, among={"s1"})
        state = store.sources()["s1"]
        assert (state.failures, state.tried) == (failures, now)
        assert not is_due(state, now + timedelta(minutes=5))
        now += timedelta(hours=rest)
        assert is_due(state, now)


def test_a_bucket_of_many_of_which_none_is_reached_is_an_outage(store, answers):
    answers.of = dict.fromkeys(answers.of, Code.HOST_NOT_FOUND)
    gather(config(), store, NOW, among={f"s{number}" for number in range(12)})
    assert {state.failures for state in store.sources().values()} == {0}


def test_who_reads_for_many_says_so(store, answers, monkeypatch):
    agents = []

    def crawl(visits, known, manners, **more):
        agents.append(user_agent(manners.contact, "1", manners.for_whom))
        return answers.crawl(visits, known, manners, **more)

    monkeypatch.setattr("spiders.crawl.crawl", crawl)
    gather(config(), store, NOW, among={"s1"}, wish=NO_WISH)
    take_in(store, [Entry(name="Ana", wishes={}, where="")], NOW)
    gather(config(), store, NOW + timedelta(days=1), among={"s1"})
    assert "one person" in agents[0]
    assert "one person" not in agents[1]
