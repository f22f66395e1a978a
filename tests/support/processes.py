"""The program's own processes, started once for many runs in place of once for each."""

from __future__ import annotations

import contextlib
import functools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from unittest import mock

from planner.gather import fetch
from planner.members import everyone
from planner.pipeline.facts import SharedFacts
from planner.plan import solve
from planner.plan.model import Problem, Solution
from planner.plan.model import solve as solve_here
from planner.store import Store
from spiders.items import Reading
from spiders.pool import ReaderPool


@functools.cache
def readers() -> ReaderPool[Reading]:
    """Reading processes for all tests of this worker."""
    return ReaderPool()


@contextlib.contextmanager
def started_once() -> Iterator[None]:
    """Read in processes that stay, solve and plan for members in this one. How they are started and ended:
    `test_pool`, `test_solve`, `test_everyone`."""
    with (
        mock.patch.object(fetch, "ReaderPool", return_value=contextlib.nullcontext(readers())),
        mock.patch.object(solve.SolverProcess, "_solved", _solved),
        mock.patch.object(everyone, "_work_through", _work_through),
    ):
        yield


def _solved(_: solve.SolverProcess, problem: Problem) -> Solution:
    return solve_here(problem, seconds=solve.SECONDS)


def _work_through(work: Any, batches: deque[Sequence[int]], tell: Callable[[Any], None]) -> None:
    """Members are planned in this process too; how theirs are started and ended: `tests/planner/members`."""
    with Store(work.config.kept_in, work.config.language) as store, solve.SolverProcess() as solver:
        facts = SharedFacts(config=work.config, store=store, now=work.task.now)
        while batches:
            for outcome in everyone.outcomes(facts, batches.popleft(), work.task, solver):
                tell(outcome)
