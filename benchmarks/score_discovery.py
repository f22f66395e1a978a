"""How many addresses lead to the right source, or to the right reason: the cases of discovery on loopback.

    python -m benchmarks.score_discovery [--case NAME] [--workers 2]

Each case is served under its own host names on one loopback port and searched by the real crawl, in a process of its
own. A case is right where all that it asks ends as a sensible person expects and no rule is broken: at most seven
requests besides robots.txt, none twice, none after a refusal, none that robots forbid. Cases that need captures are
left out, aloud, where QUANZI_CASES is not set.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from spiders.discover.model import Discovery
from spiders.discover.visit import discover
from spiders.settings import CrawlPolicy
from tests.support.certificates import Authority
from tests.support.discovery_cases import Case, all_cases, captures_folder
from tests.support.discovery_driver import context_of
from tests.support.discovery_score import asked_address, broken_rules, said_https, wrong
from tests.support.replay import replaying


@dataclass(frozen=True, slots=True)
class Scored:
    """What is wrong with one case, how many requests it took and how many seconds."""

    name: str
    group: str
    held_out: bool
    faults: list[str]
    requests: int
    seconds: float


def score(case: Case) -> Scored:
    """One case, served and searched."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, replaying(case, Authority.founded(Path(folder))) as replay:
        address = asked_address(case)
        ended = address if isinstance(address, Discovery) else _searched(address, case, replay.hosts)
        faults = wrong(case, ended) + broken_rules(case, replay.sent)
        requests = sum(not each.is_robots for each in replay.sent)
    return Scored(case.name, case.group, case.held_out, faults, requests, time.monotonic() - started)


def _searched(address: str, case: Case, hosts: dict[str, int]) -> Discovery:
    policy = CrawlPolicy(hosts=hosts, delay=0)
    return discover(address, context_of(case), policy, instance=case.instance, plain=not said_https(case))


def main() -> None:
    """Print what is missed and the score."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--case", default="", help="only cases whose name has this in it")
    parser.add_argument("--workers", type=int, default=2, help="cases at the same time")
    options = parser.parse_args()
    wanted = [case for case in all_cases() if options.case in case.name]
    cases = [case for case in wanted if not case.captures or captures_folder() is not None]
    if len(cases) < len(wanted):
        print(f"{len(wanted) - len(cases)} need captures: QUANZI_CASES is not set")
    if not cases:
        sys.exit("no such case")
    with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as workers:
        scored = list(workers.map(score, cases))
    for each in scored:
        for fault in each.faults:
            print(f"{'held out ' if each.held_out else ''}{each.name}: {fault}")
    _print_figures(scored)


def _print_figures(scored: list[Scored]) -> None:
    missed = {each.group for each in scored if each.faults}
    for title, group in (
        ("all", {each.group for each in scored}),
        ("held out", {each.group for each in scored if each.held_out}),
    ):
        if group:
            right = len(group - missed)
            print(f"{title}: {right} of {len(group)} cases right ({right / len(group):.1%})")
    most = max(each.requests for each in scored)
    print(f"{len(scored)} addresses asked; requests: {sum(e.requests for e in scored)}, at most {most} for one")
    print(f"the slowest: {max(scored, key=lambda each: each.seconds).name}, {max(e.seconds for e in scored):.1f} s")


if __name__ == "__main__":
    main()
