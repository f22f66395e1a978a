"""The program, killed at the n-th call of a function that is named: ``python -m tests.support.killer PLAN ARGUMENTS``.

PLAN is ``count`` (each call of a point is told on standard error), or ``before|after MODULE:NAME NUMBER`` in one word
with blanks. Of functions that yield, what is yielded is what counts. The program itself knows nothing of this.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

POINTS = (
    "planner.pipeline.opening:need_room",
    "planner.pipeline.opening:heal",
    "planner.store:Store.__init__",
    "planner.store:Store.put_records",
    "planner.store:Store.put_source",
    "planner.store:Store.miss",
    "planner.identity.relate:merge",
    "planner.store:Store.assign",
    "planner.store:Store.mark_resolved",
    "planner.store:Store.put_event_states",
    "planner.store:Store.put_fact",
    "planner.pipeline.run:propose",
    "planner.render.files:OutputFiles.outputs",
    "planner.publish:_sweep",
    "planner.publish:_written",
    "os:fsync",
    "pathlib:Path.replace",
    "planner.publish:sync_folder",
    "planner.store:Store.put_plan",
    "planner.store:Store.put_keywords",
    "planner.store:Store.put_communities",
    "planner.store:Store.put_evidence",
    "planner.store:Store.put_run",
    "planner.store:Store.prune",
    "planner.cli._send:send",
    "planner.store:Store.__exit__",
)
"""Where a weekly run is killed, in the order in which it comes by."""


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wrap(point: str, act: Callable[[int, str], None]) -> None:
    """Call ``act`` with the number of the call, before and after each."""
    module, _, name = point.partition(":")
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for each in path:
        owner = getattr(owner, each)
    real, calls = getattr(owner, last), [0]

    @functools.wraps(real)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        number = calls[0]
        act(number, "before")
        result = real(*args, **kwargs)
        act(number, "after")
        return result

    @functools.wraps(real)
    def yielding(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for each in real(*args, **kwargs):
            calls[0] += 1
            act(calls[0], "before")
            yield each
            act(calls[0], "after")

    setattr(owner, last, yielding if inspect.isgeneratorfunction(real) else wrapped)


def follow(plan: str) -> None:
    """Set the trap of a plan."""
    if plan == "count":
        for point in POINTS:
            wrap(point, lambda _, side, point=point: print(point, file=sys.stderr) if side == "before" else None)
        return
    when, point, wanted = plan.split(" ")

    def act(number: int, side: str) -> None:
        if number == int(wanted) and side == when:
            kill()

    wrap(point, act)


if __name__ == "__main__":
    from planner.cli import main

    follow(sys.argv[1])
    sys.argv[1:] = sys.argv[2:]
    main()
