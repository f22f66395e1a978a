"""The program's own processes, started once for many runs in place of once for each."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from unittest import mock

from planner.gather import fetch
from planner.plan import solve
from planner.plan.model import Problem, Solution
from planner.plan.model import solve as solve_here
from spiders.items import Reading
from spiders.pool import ReaderPool


@functools.cache
def readers() -> ReaderPool[Reading]:
    """Reading processes for all tests of this worker."""
    return ReaderPool()


@contextlib.contextmanager
def started_once() -> Iterator[None]:
    """Read in processes that stay, and solve in this one. How both are started and ended: `test_pool`, `test_solve`."""
    with (
        mock.patch.object(fetch, "ReaderPool", return_value=contextlib.nullcontext(readers())),
        mock.patch.object(solve.SolverProcess, "_solved", _solved),
    ):
        yield


def _solved(_: solve.SolverProcess, problem: Problem) -> Solution:
    return solve_here(problem, seconds=solve.SECONDS)
