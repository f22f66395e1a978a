"""Searches through the real crawl, on loopback under the hosts' own names: certificates, redirects, robots, limits."""

from __future__ import annotations

import pytest

from spiders.discover.visit import discover
from spiders.settings import CrawlPolicy
from tests.support.certificates import Authority
from tests.support.discovery_cases import all_cases
from tests.support.discovery_driver import context_of
from tests.support.discovery_score import asked_address, broken_rules, said_https, wrong
from tests.support.replay import replaying

CASES = {case.name: case for case in all_cases()}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority.founded(tmp_path_factory.mktemp("authority"))


def search(name, authority):
    case = CASES[name]
    with replaying(case, authority) as replay:
        policy = CrawlPolicy(hosts=replay.hosts, delay=0)
        address = asked_address(case)
        ended = discover(address, context_of(case), policy, instance=case.instance, plain=not said_https(case))
    return case, ended, replay


@pytest.mark.parametrize(
    "name",
    [
        "meetup-linked-from-a-page",
        "redirect-inwards-1",
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in (
                "webcal-where-there-is-no-https",
                "calendar-moved-for-good",
                "certificate-of-nobody",
                "endless-redirects-1",
                "robots-forbid-all",
                "robots-out-of-order",
                "page-of-fifty-megabytes",
                "status-500",
                "challenge-page-1",
            )
        ),
        pytest.param(
            "page-filled-by-script",
            marks=[pytest.mark.long],
        ),
    ],
)
def test_a_search_on_the_web_ends_as_one_on_paper(name, authority):
    case, ended, replay = search(name, authority)
    assert wrong(case, ended) == []
    assert broken_rules(case, replay.sent) == []


@pytest.mark.long
def test_a_search_says_who_asks(authority):
    _, _, replay = search("page-filled-by-script", authority)
    assert replay.sent[0].is_robots
    assert {headers["user-agent"].partition("/")[0] for headers in replay.headers} == {"Quanzi"}
    assert not any("cookie" in headers or "referer" in headers for headers in replay.headers)
