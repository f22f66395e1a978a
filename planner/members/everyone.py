"""The weeks of all members, in as many processes as there are cores. One member's fault costs that member.

Each process reads the facts once and works through batches of members. One that dies, or does not answer, is replaced,
and the member that it was at is tried once more: who is there the second time too is the one who pays.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planner.config import Config
from planner.errors import QuanziError, StoreError
from planner.members.weekly import Outcome, Task, publish_week
from planner.pipeline.facts import SharedFacts
from planner.plan.solve import SolverProcess
from planner.plan.solved import Solver
from planner.store import Member, Store
from spiders.subprocess import Child, ChildDiedError, Pipe

_log = logging.getLogger(__name__)

BATCH = 25
SECONDS_TO_BEGIN = 300.0
"""Reading the facts of a large area on a machine that is busy."""
SECONDS_A_MEMBER = 120.0
TRIES, SECONDS_BETWEEN_TRIES = 2, 5.0
"""A process may also die of a database that went away, or of a machine without memory, which is nobody's fault."""
FAULTS = (
    *(QuanziError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError, AssertionError),
    OSError,
)
"""What may be wrong with one member's wishes or rows, foreseen or not. What ends the process costs the same one."""
DIED, TOO_LONG = "died", "too long"
"""Faults that are told of others; besides, the name of an error's class."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What a process is given once."""

    config: Config
    task: Task


def plan_everyone(
    config: Config, task: Task, numbers: Sequence[int], tell: Callable[[Outcome], None], *, processes: int | None = None
) -> None:
    """Plan and publish for these members; ``tell`` is called with each outcome, by one thread at a time. The facts of
    the store of ``config`` must not change meanwhile."""
    batches = deque(numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))
    if not batches:
        return
    count = min(processes or os.cpu_count() or 1, len(batches))
    telling = threading.Lock()

    def told(outcome: Outcome) -> None:
        with telling:
            tell(outcome)

    with ThreadPoolExecutor(count) as threads:
        for each in [threads.submit(_work_through, _Work(config, task), batches, told) for _ in range(count)]:
            each.result()


def _work_through(work: _Work, batches: deque[Sequence[int]], tell: Callable[[Outcome], None]) -> None:
    """One process, replaced where it is lost, until no batch is left."""
    worker = _Worker(work)
    try:
        while True:
            try:
                batch = batches.popleft()
            except IndexError:
                return
            worker.plan(batch, tell)
    finally:
        worker.end()


class _Worker:
    def __init__(self, work: _Work) -> None:
        self._work = work
        self._child: Child | None = None

    def plan(self, batch: Sequence[int], tell: Callable[[Outcome], None]) -> None:
        left, tries = list(batch), 0
        while left:
            seconds = SECONDS_A_MEMBER
            try:
                if self._child is None:
                    self._child, seconds = Child(_serve, self._work, daemon=False), SECONDS_TO_BEGIN
                self._child.send(left)
                while left:
                    outcome: Outcome = self._child.receive(seconds)
                    tell(outcome)
                    left.remove(outcome.number)
                    seconds, tries = SECONDS_A_MEMBER, 0
            except (ChildDiedError, TimeoutError) as exc:
                self.end()
                tries += 1
                if tries == TRIES:
                    fault = TOO_LONG if isinstance(exc, TimeoutError) else DIED
                    tell(Outcome(number=left.pop(0), state="failed", fault=fault))
                    tries = 0
                else:
                    time.sleep(SECONDS_BETWEEN_TRIES)

    def end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _serve(pipe: Pipe, work: _Work) -> None:
    """The process: facts once, then batch after batch."""
    with Store(work.config.kept_in, work.config.language) as store, SolverProcess() as solver:
        facts = SharedFacts(config=work.config, store=store, now=work.task.now)
        gone: tuple[type[Exception], ...] = (StoreError, *store.errors)
        try:
            while True:
                for outcome in outcomes(facts, pipe.recv(), work.task, solver):
                    pipe.send(outcome)
        except gone as exc:  # the next process finds it again, or not
            _log.warning("the store does not answer: %s", type(exc).__name__)


def outcomes(facts: SharedFacts, numbers: Iterable[int], task: Task, solver: Solver) -> Iterable[Outcome]:
    """Plan and publish for these members, one after another."""
    for number in numbers:
        found = facts.store.members([number])
        yield _one(facts, found[0], task, solver) if found else Outcome(number=number, state="left")


def _one(facts: SharedFacts, member: Member, task: Task, solver: Solver) -> Outcome:
    try:
        return publish_week(facts, member, task, solver)
    except FAULTS as exc:  # the border of one member: whatever is wrong with theirs, the others get their week
        if isinstance(exc, StoreError) and not isinstance(facts.store.place, Path):
            raise  # of a server that is nobody's own
        fault = type(exc).__name__
        _log.warning("member %d: %s", member.number, fault)
        _log.debug("%s", traceback.format_exc())  # may hold words of theirs: with -v alone
        with suppress(StoreError), facts.store.transaction():
            facts.store.of(member.number).note_planned(task.now, fault)
        return Outcome(number=member.number, state="failed", fault=fault)
