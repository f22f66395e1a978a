"""A function in a process of its own that can be ended: what runs in C cannot be stopped from inside.

The child starts afresh (spawn): the same on every system, and safe beside threads. Whatever libraries print there
reaches nobody: our standard output is for what was asked for.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_SPAWN = multiprocessing.get_context("spawn")


class ChildDiedError(Exception):
    """The child ended, or was ended, before it answered."""


class Child:
    """One process and the pipe to it. ``work`` is a function of a module, since it is named to the other process; it
    is called with its end of the pipe and ``args``. A child that starts children of its own is no ``daemon``."""

    def __init__(self, work: Callable[..., None], *args: Any, daemon: bool = True) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_begin, args=(theirs, work, args), daemon=daemon)
        self._process.start()
        theirs.close()

    def send(self, value: Any) -> None:
        """Raises ChildDiedError where nobody is there to take it."""
        try:
            self._pipe.send(value)
        except (BrokenPipeError, ConnectionResetError) as exc:
            raise ChildDiedError from exc

    def receive(self, seconds: float) -> Any:
        """The child's next answer. Raises TimeoutError after ``seconds``, ChildDiedError where none will come."""
        try:
            if not self._pipe.poll(max(0.0, seconds)):
                raise TimeoutError
            return self._pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError) as exc:
            raise ChildDiedError from exc

    def end(self, *, grace: float = 0.0) -> None:
        """End the child, at once or once ``grace`` seconds have passed."""
        self._pipe.close()
        if grace:
            self._process.join(grace)
        self._process.kill()
        self._process.join()
        self._process.close()


def _begin(pipe: Connection, work: Callable[..., None], args: tuple[Any, ...]) -> None:
    with open(os.devnull, "wb") as nothing, contextlib.suppress(OSError):  # noqa: PTH123 - a device, not a file
        os.dup2(nothing.fileno(), 1)
    work(pipe, *args)
    pipe.close()
