"""Every case of discovery without a network: what is found, why not, and what no search may do.

On loopback, through the real crawl: ``benchmarks/score_discovery.py``, and a few in `test_visit`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from spiders.discover.model import Discovery
from spiders.reasons import Code
from tests.support.discovery_cases import Case, all_cases, captures_folder
from tests.support.discovery_driver import Driver
from tests.support.discovery_score import Sent, broken_rules, wrong

# What is wrong today. Whoever mends one takes it out here; nothing is added.
MISSES: dict[str, str] = {}
BREAK_RULES: dict[str, str] = {}
CASES = all_cases()
NAMES = {case.name for case in CASES}


def those(misses: dict[str, str]) -> list[object]:
    """All cases, those that are missed today marked as such."""
    return [
        pytest.param(
            case.name,
            id=case.name,
            marks=[pytest.mark.xfail(strict=True, reason=misses[case.name])] if case.name in misses else [],
        )
        for case in CASES
    ]


@cache
def searched(name: str) -> tuple[Case, Discovery, tuple[Sent, ...]]:
    """One search of a case; those that need captures are skipped where none are at hand."""
    case = next(case for case in CASES if case.name == name)
    driver = Driver(case)
    return case, driver.run(), tuple(driver.sent)


def skip_without_captures(name: str) -> None:
    """Aloud, where a case needs captures and there are none."""
    case = next(case for case in CASES if case.name == name)
    if case.captures and captures_folder() is None:
        pytest.skip("QUANZI_CASES is not set: the captured pages are not at hand")


@pytest.mark.parametrize("name", those(MISSES))
def test_a_search_ends_as_a_sensible_person_expects(name):
    skip_without_captures(name)
    case, ended, _ = searched(name)
    assert wrong(case, ended) == []


@pytest.mark.parametrize("name", those(BREAK_RULES))
def test_no_search_asks_too_much_or_where_it_is_not_wanted(name):
    skip_without_captures(name)
    case, _, sent = searched(name)
    assert broken_rules(case, sent) == []


def test_what_is_missed_are_cases():
    assert {*MISSES, *BREAK_RULES} <= NAMES


def test_there_are_enough_cases_and_enough_unseen_ones():
    groups = {case.group: case.held_out for case in CASES}
    assert len(groups) >= 110
    assert sum(groups.values()) >= 40


def test_only_reasons_that_exist_are_expected():
    assert {name for case in CASES for name in case.expect.reason} <= set(Code.__members__)


def test_every_folder_of_captured_sources_has_a_case(cases: Path):
    used = {Path(capture).parts[2] for case in CASES for capture in case.captures if "corpus/sources/" in capture}
    assert {folder.name for folder in (cases / "corpus" / "sources").iterdir() if folder.is_dir()} <= used


def test_a_broken_rule_would_be_seen():
    case = next(case for case in CASES if case.name == "robots-forbid-a-part")
    page, closed = "https://www.coylantern.example/", "https://www.coylantern.example/export/all.ics"
    assert broken_rules(case, [Sent(address=page, status=200), Sent(address=page, status=200)]) == [
        f"asked twice: {page}"
    ]
    assert broken_rules(case, [Sent(address=closed, status=200)]) == [f"robots forbid: {closed}"]
    many = [Sent(address=f"{page}{number}", status=404) for number in range(8)]
    assert broken_rules(case, many) == ["8 requests"]
    refused = [Sent(address=page, status=403, refuses=True), Sent(address=f"{page}events", status=200)]
    assert broken_rules(case, refused) == [f"asked after a refusal: {page}events"]
