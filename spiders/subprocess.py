"""A function in a process of its own that can be ended: what runs in C cannot be stopped from inside.

The child starts afresh (spawn): the same on every system, and safe beside threads. Whatever libraries print there
reaches nobody: our standard output is for what was asked for. What it logs is logged here.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

_SPAWN = multiprocessing.get_context("spawn")
_PACKAGE = __name__.partition(".")[0]


class ChildDiedError(Exception):
    """The child ended, or was ended, before it answered."""


class _LogLine(NamedTuple):
    """One line that the child logged."""

    name: str
    level: int
    message: str


class Pipe:
    """The child's end: answers and log lines of several threads share it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, value: Any) -> None:
        """Raises OSError where nobody listens any more."""
        with self._lock:
            self._connection.send(value)

    def recv(self) -> Any:
        """Raises EOFError where nothing will come any more."""
        return self._connection.recv()

    def close(self) -> None:
        self._connection.close()


class Child:
    """One process and the pipe to it. ``work`` is a function of a module, since it is named to the other process; it
    is called with its `Pipe` and ``args``. A child that starts children of its own is no ``daemon``."""

    def __init__(self, work: Callable[..., None], *args: Any, daemon: bool = True) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        level = logging.getLogger(_PACKAGE).getEffectiveLevel()
        self._process = _SPAWN.Process(target=_begin, args=(theirs, level, work, args), daemon=daemon)
        self._process.start()
        theirs.close()

    def send(self, value: Any) -> None:
        """Raises ChildDiedError where nobody is there to take it."""
        try:
            self._pipe.send(value)
        except (BrokenPipeError, ConnectionResetError) as exc:
            raise ChildDiedError from exc

    def receive(self, seconds: float) -> Any:
        """The child's next answer. Raises TimeoutError after ``seconds`` without a word, ChildDiedError where none will
        come."""
        try:
            while self._pipe.poll(max(0.0, seconds)):
                answer = self._pipe.recv()
                if not isinstance(answer, _LogLine):
                    return answer
                logging.getLogger(answer.name).log(answer.level, "%s", answer.message)
        except (EOFError, BrokenPipeError, ConnectionResetError) as exc:
            raise ChildDiedError from exc
        raise TimeoutError

    def end(self, *, grace: float = 0.0) -> None:
        """End the child, at once or once ``grace`` seconds have passed."""
        self._pipe.close()
        if grace:
            self._process.join(grace)
        self._process.kill()
        self._process.join()
        self._process.close()


class _Forwarding(logging.Handler):
    """Hands log lines to the parent."""

    def __init__(self, pipe: Pipe) -> None:
        super().__init__()
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):
            self._pipe.send(_LogLine(record.name, record.levelno, self.format(record)))


def _end_with_the_parent() -> None:
    """A run that is killed takes its children along: nobody would read what they fetch, and the next run begins."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _begin(connection: Connection, level: int, work: Callable[..., None], args: tuple[Any, ...]) -> None:
    with open(os.devnull, "wb") as nothing, contextlib.suppress(OSError):  # noqa: PTH123 - a device, not a file
        os.dup2(nothing.fileno(), 1)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    pipe = Pipe(connection)
    ours = logging.getLogger(_PACKAGE)
    ours.setLevel(level)
    ours.addHandler(_Forwarding(pipe))
    ours.propagate = False
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is gone: nobody listens
        work(pipe, *args)
        pipe.close()
